"""``history.list``: what changed in a mailbox since a point that the client remembers."""

from tasks.sandbox.failures import invalid, not_found
from tasks.sandbox.gmail.paging import listed
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, masked
from tasks.sandbox.world import World

FIRST = 1000
KEPT_SECONDS = 7 * 24 * 3600
TYPES = {
    "messageAdded": "messagesAdded",
    "messageDeleted": "messagesDeleted",
    "labelAdded": "labelsAdded",
    "labelRemoved": "labelsRemoved",
}


def history_id(world: World, address: str) -> int:
    """Of the last change of a mailbox."""
    return FIRST + int(world.store.fact(f"number:history:{address}", 0))


def note(world: World, address: str, what: str, message: Json, labels: list[str]) -> str:
    """Put a change (``messagesAdded``, ``labelsRemoved``, …) into the history; answers its id."""
    number = str(FIRST + world.store.next_number(f"history:{address}"))
    brief = {"id": message["id"], "threadId": message["threadId"]}
    change = {"message": {**brief, "labelIds": message["labelIds"]}} | ({"labelIds": labels} if labels else {})
    at = world.clock.now().timestamp()
    world.store.put(f"history:{address}", number, {"id": number, "at": at, "messages": [brief], what: [change]})
    return number


def changes(call: Call, address: str) -> Answer:
    """One page of changes; 404 for a point that the history does not reach back to, which is a week here."""
    world, start = call.world, call.one("startHistoryId")
    if not start:
        raise invalid("Missing required parameter: startHistoryId", "invalidArgument")
    newest = history_id(world, address)
    if not start.isdigit() or not FIRST <= int(start) <= newest:
        raise not_found()
    since = [one for one in world.store.all(f"history:{address}") if int(one["id"]) > int(start)]
    if any(one["at"] < world.clock.now().timestamp() - KEPT_SECONDS for one in since):
        raise not_found()
    found = [row for one in since if (row := _wanted(call, one))]
    return masked(call, listed(call, "history", found, historyId=str(newest)))


def _wanted(call: Call, one: Json) -> Json | None:
    kinds = call.many("historyTypes") or list(TYPES)
    for kind in kinds:
        if kind not in TYPES:
            raise invalid(f"Invalid value at 'history_types', \"{kind}\"", "invalidArgument")
        for change in one.get(TYPES[kind], []):
            if call.one("labelId") in {"", *change["message"]["labelIds"], *change.get("labelIds", [])}:
                return {name: value for name, value in one.items() if name != "at"}
    return None
