"""Conferences of events: made on request, ready after as many reads as the settings say."""

import hashlib

from tasks.sandbox.failures import invalid
from tasks.sandbox.gcalendar.storage import CALENDAR, keep, put
from tasks.sandbox.meet.spaces import add_space
from tasks.sandbox.shapes import Json
from tasks.sandbox.switches import switch
from tasks.sandbox.wire import Call
from tasks.sandbox.world import World

PENDING = "_pendingReads"
SOLUTION = {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"}
KEPT = ("conferenceData", "hangoutLink", PENDING)


def meeting_code(request_id: str) -> str:
    """``abc-defg-hij``, the same for the same request."""
    digest = hashlib.sha256(request_id.encode()).digest()
    letters = "".join(chr(ord("a") + byte % 26) for byte in digest[:10])
    return f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"


def with_conference(call: Call, event: Json, wanted: Json, old: Json) -> Json:
    """The event with the conference it should have; without ``conferenceDataVersion=1`` that is the old one."""
    kept = {name: old[name] for name in KEPT if name in old}
    bare = {name: value for name, value in event.items() if name not in KEPT}
    if call.number("conferenceDataVersion", 0) != 1:
        return bare | kept
    given = wanted.get("conferenceData")
    if given is None:
        absent = "conferenceData" not in wanted and call.method == "PATCH"
        return bare | kept if absent else bare
    request = given.get("createRequest")
    if request is None:
        same = given.get("conferenceId") == kept.get("conferenceData", {}).get("conferenceId")
        if not same:
            raise invalid("Invalid conference data.")
        return bare | kept
    earlier = kept.get("conferenceData", {}).get("createRequest", {}).get("requestId")
    if earlier and earlier == request.get("requestId"):
        return bare | kept
    return _created(call.world, bare, request)


def after_read(world: World, event: Json) -> None:
    """One read nearer to a pending conference."""
    if not (left := event.get(PENDING)):
        return
    event = {**event, PENDING: left - 1}
    if left == 1:
        keep(world, event.get(CALENDAR, world.owner), _ready(world, event))
    else:
        put(world, event)


def _created(world: World, event: Json, request: Json) -> Json:
    solution = (request.get("conferenceSolutionKey") or {}).get("type", "hangoutsMeet")
    if solution != "hangoutsMeet" or not request.get("requestId"):
        raise invalid("Invalid conference type value.")
    asked = {"requestId": request["requestId"], "conferenceSolutionKey": {"type": solution}}
    waiting = {**event, "conferenceData": {"createRequest": {**asked, "status": {"statusCode": "pending"}}}}
    reads = switch(world.store, "conference_pending_reads")
    return {**waiting, PENDING: reads} if reads else _ready(world, waiting)


def _ready(world: World, event: Json) -> Json:
    request = event["conferenceData"]["createRequest"]
    code = meeting_code(request["requestId"])
    link = f"https://meet.google.com/{code}"
    add_space(world, code)
    data = {
        "createRequest": {**request, "status": {"statusCode": "success"}},
        "entryPoints": [{"entryPointType": "video", "uri": link, "label": link.removeprefix("https://")}],
        "conferenceSolution": SOLUTION,
        "conferenceId": code,
    }
    rest = {name: value for name, value in event.items() if name != PENDING}
    return {**rest, "conferenceData": data, "hangoutLink": link}
