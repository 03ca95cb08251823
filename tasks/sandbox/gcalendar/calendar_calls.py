"""Calendars, the list of them, who may see them, settings, free and busy times."""

from tasks.sandbox.failures import GoogleError, invalid, not_found
from tasks.sandbox.gcalendar import busy
from tasks.sandbox.gcalendar.calendars import all_calendars, calendar_named, keep_calendar, list_entry, new_calendar
from tasks.sandbox.gcalendar.notices import tell
from tasks.sandbox.gcalendar.storage import events_of, remove
from tasks.sandbox.paging import page
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

CALENDARS = "/calendar/v3/calendars"
LIST = "/calendar/v3/users/me/calendarList"
RULES = CALENDARS + "/{calendar}/acl"
SETTINGS = "/calendar/v3/users/me/settings"
ROLES = {"none", "freeBusyReader", "reader", "writer", "owner"}
PAGE, MOST = 100, 250
SCOPES = {"default", "user", "group", "domain"}


def _get(call: Call) -> Answer:
    return masked(call, calendar_named(call.world, call.parts["calendar"]))


def _insert(call: Call) -> Answer:
    return masked(call, new_calendar(call.world, call.json()))


def _change(call: Call) -> Answer:
    old = calendar_named(call.world, call.parts["calendar"])
    wanted = {**old, **call.json()} if call.method == "PATCH" else call.json()
    return masked(call, keep_calendar(call.world, old["id"], wanted))


def _delete(call: Call) -> Answer:
    calendar = _secondary(call)
    for event in events_of(call.world, calendar["id"]):
        remove(call.world, calendar["id"], event["id"])
    call.world.store.remove("calendar", calendar["id"])
    return _gone()


def _clear(call: Call) -> Answer:
    calendar = calendar_named(call.world, call.parts["calendar"])
    if calendar["id"] != call.world.owner:
        raise invalid("Cannot clear a secondary calendar.")
    for event in events_of(call.world, calendar["id"]):
        remove(call.world, calendar["id"], event["id"])
    return _gone()


def _secondary(call: Call) -> Json:
    calendar = calendar_named(call.world, call.parts["calendar"])
    if calendar["id"] == call.world.owner:
        raise GoogleError(403, "Forbidden", "forbidden")
    return calendar


def _gone() -> Answer:
    return Answer(status=204, content_type="text/html")


# ------------------------------------------------------------------------------------------------ the list
def _list(call: Call) -> Answer:
    entries = [list_entry(call.world, calendar) for calendar in all_calendars(call.world)]
    return _listed(call, "calendarList", entries)


def _listed(call: Call, kind: str, found: list[Json]) -> Answer:
    size = min(max(call.number("maxResults", PAGE), 1), MOST)
    shown, token = page(call, found, size, invalid("Invalid page token value."))
    body: Json = {"kind": f"calendar#{kind}", "etag": '"1"', "items": shown}
    return masked(call, body | ({"nextPageToken": token} if token else {}))


def _entry(call: Call) -> Answer:
    return masked(call, list_entry(call.world, calendar_named(call.world, call.parts["calendar"])))


def _enter(call: Call) -> Answer:
    return masked(call, list_entry(call.world, calendar_named(call.world, str(call.json().get("id", "")))))


# ------------------------------------------------------------------------------------------------ who may see it
def _rules(call: Call) -> Answer:
    calendar = calendar_named(call.world, call.parts["calendar"])
    rules = [_owner_rule(call), *call.world.store.all(f"acl:{calendar['id']}")]
    return _listed(call, "acl", rules)


def _owner_rule(call: Call) -> Json:
    return _rule("owner", {"type": "user", "value": call.world.owner})


def _rule(role: str, scope: Json) -> Json:
    name = ":".join(filter(None, (scope["type"], scope.get("value", ""))))
    return {"kind": "calendar#aclRule", "etag": '"1"', "id": name, "scope": scope, "role": role}


def _share(call: Call) -> Answer:
    calendar = calendar_named(call.world, call.parts["calendar"])
    wanted = call.json()
    role, scope = wanted.get("role"), wanted.get("scope") or {}
    if role not in ROLES or scope.get("type") not in SCOPES or (scope["type"] != "default" and not scope.get("value")):
        raise invalid("Invalid scope or role value.")
    rule = _rule(role, scope)
    call.world.store.put(f"acl:{calendar['id']}", rule["id"], rule)
    if scope["type"] == "user" and call.one("sendNotifications").lower() != "false":
        tell(call.world, {"id": calendar["id"], "summary": calendar["summary"]}, "share", [scope["value"]], "all")
    return masked(call, rule)


def _unshare(call: Call) -> Answer:
    calendar = calendar_named(call.world, call.parts["calendar"])
    if call.world.store.get(f"acl:{calendar['id']}", call.parts["rule"]) is None:
        raise not_found("Not Found")
    call.world.store.remove(f"acl:{calendar['id']}", call.parts["rule"])
    return _gone()


def _rule_of(call: Call) -> Answer:
    calendar = calendar_named(call.world, call.parts["calendar"])
    known = {rule["id"]: rule for rule in [_owner_rule(call), *call.world.store.all(f"acl:{calendar['id']}")]}
    if call.parts["rule"] not in known:
        raise not_found("Not Found")
    return masked(call, known[call.parts["rule"]])


# ------------------------------------------------------------------------------------------------ settings
def _values(call: Call) -> list[Json]:
    zone = calendar_named(call.world, "primary")["timeZone"]
    found = {"timezone": zone, "locale": "en", "weekStart": "0", "format24HourTime": "false"}
    return [{"kind": "calendar#setting", "etag": '"1"', "id": name, "value": value} for name, value in found.items()]


def _settings(call: Call) -> Answer:
    return _listed(call, "settings", _values(call))


def _setting(call: Call) -> Answer:
    known = {setting["id"]: setting for setting in _values(call)}
    if call.parts["setting"] not in known:
        raise not_found("Not Found")
    return masked(call, known[call.parts["setting"]])


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("calendar", method, path, name, work)


OPERATIONS: list[Operation] = [
    _spoken("POST", CALENDARS, "calendars.insert", _insert),
    _spoken("GET", CALENDARS + "/{calendar}", "calendars.get", _get),
    _spoken("PATCH", CALENDARS + "/{calendar}", "calendars.patch", _change),
    _spoken("PUT", CALENDARS + "/{calendar}", "calendars.update", _change),
    _spoken("DELETE", CALENDARS + "/{calendar}", "calendars.delete", _delete),
    _spoken("POST", CALENDARS + "/{calendar}/clear", "calendars.clear", _clear),
    _spoken("GET", LIST, "calendarList.list", _list),
    _spoken("POST", LIST, "calendarList.insert", _enter),
    _spoken("GET", LIST + "/{calendar}", "calendarList.get", _entry),
    _spoken("GET", RULES, "acl.list", _rules),
    _spoken("POST", RULES, "acl.insert", _share),
    _spoken("GET", RULES + "/{rule}", "acl.get", _rule_of),
    _spoken("DELETE", RULES + "/{rule}", "acl.delete", _unshare),
    _spoken("POST", "/calendar/v3/freeBusy", "freebusy.query", busy.query),
    _spoken("GET", SETTINGS, "settings.list", _settings),
    _spoken("GET", SETTINGS + "/{setting}", "settings.get", _setting),
]
