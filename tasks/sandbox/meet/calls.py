"""Meet v2: conference records, recordings and spaces."""

import re

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.failures import invalid, not_found, not_modelled
from tasks.sandbox.gcalendar.search import page
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

RECORDS = "/v2/conferenceRecords"
TERM = re.compile(r"""([\w.]+)\s*(=|>=|<=|>|<)\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
TIMES = {"start_time": "startTime", "end_time": "endTime"}
PAGE, MOST = 25, 100


def _records(call: Call) -> Answer:
    now = call.world.clock.now()
    found = [one for one in call.world.store.all("conferenceRecord") if parse_instant(one["expireTime"]) > now]
    terms = _terms(call.one("filter"))
    found = [one for one in found if all(_fits(call, one, *term) for term in terms)]
    found.sort(key=lambda one: str(one["startTime"]), reverse=True)
    shown, token = page(call, found, PAGE, MOST, "pageSize")
    body: Json = {"conferenceRecords": shown} if shown else {}
    return masked(call, body | ({"nextPageToken": token} if token else {}))


def _terms(text: str) -> list[tuple[str, str, str]]:
    terms = []
    for part in re.split(r"\s+AND\s+", text.strip(), flags=re.IGNORECASE) if text.strip() else []:
        if not (found := TERM.fullmatch(part.strip())):
            raise invalid(f"Invalid filter: {text}")
        terms.append((found[1], found[2], found[3] or found[4] or found[5] or ""))
    return terms


def _fits(call: Call, record: Json, name: str, sign: str, value: str) -> bool:
    if name in TIMES:
        return _compared(record.get(TIMES[name]), sign, value)
    if name not in {"space.meeting_code", "space.name"} or sign != "=":
        raise not_modelled(f"the filter {name} {sign}")
    space = next(one for one in call.world.store.all("space") if one["name"] == record["space"])
    return bool(value == space["meetingCode" if name == "space.meeting_code" else "name"])


def _compared(have: str | None, sign: str, value: str) -> bool:
    if have is None:
        return False
    one, other = parse_instant(have), parse_instant(value)
    return {"=": one == other, ">": one > other, ">=": one >= other, "<": one < other, "<=": one <= other}[sign]


def _one(call: Call, kind: str, name: str) -> Json:
    found = call.world.store.get(kind, name)
    if found is None:
        raise not_found(f"Requested entity was not found: {name}")
    return found


def _record(call: Call) -> Answer:
    return masked(call, _one(call, "conferenceRecord", f"conferenceRecords/{call.parts['record']}"))


def _recordings(call: Call) -> Answer:
    record = _one(call, "conferenceRecord", f"conferenceRecords/{call.parts['record']}")
    found = [one for one in call.world.store.all("recording") if one["name"].startswith(record["name"] + "/")]
    shown, token = page(call, found, 10, MOST, "pageSize")
    body: Json = {"recordings": shown} if shown else {}
    return masked(call, body | ({"nextPageToken": token} if token else {}))


def _recording(call: Call) -> Answer:
    name = f"conferenceRecords/{call.parts['record']}/recordings/{call.parts['recording']}"
    return masked(call, _one(call, "recording", name))


def _space(call: Call) -> Answer:
    wanted = call.parts["space"]
    for space in call.world.store.all("space"):
        if wanted in {space["meetingCode"], space["name"].removeprefix("spaces/")}:
            return masked(call, space)
    raise not_found(f"Requested entity was not found: spaces/{wanted}")


def _spoken(path: str, name: str, work: Work) -> Operation:
    return operation("meet", "GET", path, name, work)


OPERATIONS: list[Operation] = [
    _spoken(RECORDS, "conferenceRecords.list", _records),
    _spoken(RECORDS + "/{record}", "conferenceRecords.get", _record),
    _spoken(RECORDS + "/{record}/recordings", "conferenceRecords.recordings.list", _recordings),
    _spoken(RECORDS + "/{record}/recordings/{recording}", "conferenceRecords.recordings.get", _recording),
    _spoken("/v2/spaces/{space}", "spaces.get", _space),
]
