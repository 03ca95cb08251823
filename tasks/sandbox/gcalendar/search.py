"""``events.list``."""

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.gcalendar.events import instant
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Call

UNKNOWN = ("syncToken", "sharedExtendedProperty", "eventTypes")
PAGE = 250
MOST = 2500


def listing(call: Call) -> tuple[list[Json], str]:
    """One page of events and the token of the next."""
    for name in UNKNOWN:
        if call.one(name):
            raise not_modelled(f"events.list with {name}")
    found = [event for event in call.world.store.all("event") if _wanted(call, event)]
    if call.one("orderBy") == "startTime":
        if not call.flag("singleEvents"):
            raise invalid("The requested ordering is not available for the particular query.")
        found.sort(key=lambda event: instant(event["start"]))
    elif call.one("orderBy") == "updated":
        found.sort(key=lambda event: str(event["updated"]))
    return page(call, found, PAGE, MOST, "maxResults")


def page(call: Call, found: list[Json], usual: int, most: int, size_name: str) -> tuple[list[Json], str]:
    """The part of a list that a page token points at; tokens are places in the list."""
    token = call.one("pageToken") or "0"
    if not token.isdigit():
        raise invalid("Invalid page token.")
    size = min(max(call.number(size_name, usual), 1), most)
    start = int(token)
    following = str(start + size) if start + size < len(found) else ""
    return found[start : start + size], following


def _wanted(call: Call, event: Json) -> bool:
    if event["status"] == "cancelled" and not call.flag("showDeleted"):
        return False
    if call.one("iCalUID") and event["iCalUID"] != call.one("iCalUID"):
        return False
    private = (event.get("extendedProperties") or {}).get("private") or {}
    for pair in call.many("privateExtendedProperty"):
        name, _, value = pair.partition("=")
        if private.get(name) != value:
            return False
    return _in_time(call, event) and _has_words(call, event)


def _in_time(call: Call, event: Json) -> bool:
    if call.one("timeMin") and instant(event["end"]) <= parse_instant(call.one("timeMin")):
        return False
    if call.one("timeMax") and instant(event["start"]) >= parse_instant(call.one("timeMax")):
        return False
    return not call.one("updatedMin") or parse_instant(event["updated"]) >= parse_instant(call.one("updatedMin"))


def _has_words(call: Call, event: Json) -> bool:
    text = " ".join(str(event.get(name, "")) for name in ("summary", "description", "location")).casefold()
    return all(word in text for word in call.one("q").casefold().split())
