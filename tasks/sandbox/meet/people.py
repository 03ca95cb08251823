"""Who was in a call: names, never addresses."""

from datetime import timedelta

from tasks.sandbox.clock import parse_instant, rfc3339
from tasks.sandbox.meet.conferences import is_running
from tasks.sandbox.meet.names import identifier
from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World

KINDS = ("signedinUser", "anonymousUser", "phoneUser")


def names(world: World, call: Json) -> list[str]:
    """What everybody is called, the organiser first."""
    return [world.programme.sender.name, *(one if isinstance(one, str) else one["name"] for one in call["people"])]


def participants(world: World, call: Json) -> list[Json]:
    """``Participant`` resources, the last to join first; the organiser was there all the time."""
    organiser = {"name": world.programme.sender.name, "kind": "signedinUser"}
    found = [_participant(world, call, number, one) for number, one in enumerate([organiser, *call["people"]])]
    return sorted(found, key=lambda one: str(one["earliestStartTime"]), reverse=True)


def sessions(world: World, call: Json, participant: str) -> list[Json] | None:
    """The ``ParticipantSession`` resources of a participant, the last to join first; None for an unknown one."""
    for number, one in enumerate([{}, *call["people"]]):
        if _name(call, number) == participant:
            return _sessions(world, call, number, one)[::-1]
    return None


def _participant(world: World, call: Json, number: int, one: Json | str) -> Json:
    given = {"name": one} if isinstance(one, str) else one
    kind = given.get("kind", "anonymousUser")
    there = _sessions(world, call, number, one)
    who = {"displayName": given["name"]}
    if kind == "signedinUser":
        who["user"] = f"users/{int(identifier('user', given['name'])[:12], 16)}"
    body = {"name": _name(call, number), kind: who, "earliestStartTime": there[0]["startTime"]}
    return body | ({"latestEndTime": there[-1]["endTime"]} if "endTime" in there[-1] else {})


def _sessions(world: World, call: Json, number: int, one: Json | str) -> list[Json]:
    given = [] if isinstance(one, str) else one.get("sessions", [])
    began = parse_instant(call["started"])
    spans = [tuple(rfc3339(began + timedelta(minutes=minute)) for minute in span) for span in given]
    found = []
    for at, (start, end) in enumerate(spans or [(call["started"], call["ended"])]):
        body = {"name": f"{_name(call, number)}/participantSessions/{at + 1}", "startTime": start}
        still_there = is_running(world, call) and end > world.clock.text()
        found.append(body if still_there else body | {"endTime": end})
    return found


def _name(call: Json, number: int) -> str:
    return f"{call['name']}/participants/{int(identifier(call['name'], number)[:14], 16)}"
