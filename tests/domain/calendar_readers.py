"""Other programs' eyes on a calendar file: icalendar (strict), libical (Evolution, KDE) and ical.js (Thunderbird).

Each answers what it understood of the one event in it.
"""

import ctypes
import json
import shutil
import subprocess
from functools import cache

from icalendar import Calendar


def by_icalendar(raw):
    calendar = Calendar.from_ical(raw)
    [event] = calendar.walk("VEVENT")
    assert [component.errors for component in calendar.walk()] == [[] for _ in calendar.walk()]
    return {
        "method": str(calendar["METHOD"]),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "status": str(event["STATUS"]),
        "starts": event["DTSTART"].to_ical().decode(),
        "ends": event["DTEND"].to_ical().decode(),
        "summary": str(event["SUMMARY"]),
        "organizer": str(event["ORGANIZER"]),
        "attendees": [str(event["ATTENDEE"])],
    }


# ------------------------------------------------------------------------------------------------ libical
class _Time(ctypes.Structure):
    _fields_ = (
        *[(name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")],
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    )


@cache
def libical():
    """The library with the types of what we ask of it, or None where it is not installed."""
    try:
        library = ctypes.CDLL("libical.so.3")
    except OSError:
        return None
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, answer, asked in (
        ("icalparser_parse_string", pointer, [text]),
        ("icalcomponent_get_inner", pointer, [pointer]),
        ("icalcomponent_count_errors", number, [pointer]),
        ("icalrestriction_check", number, [pointer]),
        ("icalcomponent_get_method", number, [pointer]),
        ("icalproperty_method_to_string", text, [number]),
        ("icalcomponent_get_status", number, [pointer]),
        ("icalproperty_status_to_string", text, [number]),
        ("icalcomponent_get_uid", text, [pointer]),
        ("icalcomponent_get_sequence", number, [pointer]),
        ("icalcomponent_get_summary", text, [pointer]),
        ("icalcomponent_get_dtstart", _Time, [pointer]),
        ("icalcomponent_get_dtend", _Time, [pointer]),
        ("icaltime_as_ical_string", text, [_Time]),
        ("icalproperty_string_to_kind", number, [text]),
        ("icalcomponent_get_first_property", pointer, [pointer, number]),
        ("icalcomponent_get_next_property", pointer, [pointer, number]),
        ("icalproperty_get_value_as_string", text, [pointer]),
        ("icalcomponent_free", None, [pointer]),
    ):
        getattr(library, name).restype, getattr(library, name).argtypes = answer, asked
    return library


def by_libical(raw):
    library = libical()
    calendar = library.icalparser_parse_string(raw)
    event = library.icalcomponent_get_inner(calendar)
    assert library.icalrestriction_check(calendar) == 1
    assert library.icalcomponent_count_errors(calendar) == 0
    found = {
        "method": library.icalproperty_method_to_string(library.icalcomponent_get_method(calendar)).decode(),
        "uid": library.icalcomponent_get_uid(event).decode(),
        "sequence": library.icalcomponent_get_sequence(event),
        "status": library.icalproperty_status_to_string(library.icalcomponent_get_status(event)).decode(),
        "starts": library.icaltime_as_ical_string(library.icalcomponent_get_dtstart(event)).decode(),
        "ends": library.icaltime_as_ical_string(library.icalcomponent_get_dtend(event)).decode(),
        "summary": library.icalcomponent_get_summary(event).decode(),
        "organizer": _values(library, event, b"ORGANIZER")[0],
        "attendees": _values(library, event, b"ATTENDEE"),
    }
    library.icalcomponent_free(calendar)
    return found


def _values(library, event, name):
    kind, values = library.icalproperty_string_to_kind(name), []
    one = library.icalcomponent_get_first_property(event, kind)
    while one:
        values.append(library.icalproperty_get_value_as_string(one).decode())
        one = library.icalcomponent_get_next_property(event, kind)
    return values


# ------------------------------------------------------------------------------------------------ ical.js
SCRIPT = """
const ICAL = require("ical.js");
ICAL.design.strict = true;
const files = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const stamp = time => time.toICALString();
console.log(JSON.stringify(files.map(file => {
  const calendar = new ICAL.Component(ICAL.parse(file));
  const events = calendar.getAllSubcomponents("vevent");
  if (events.length !== 1) throw new Error("not one event");
  const event = new ICAL.Event(events[0], {strictExceptions: true});
  return {
    method: calendar.getFirstPropertyValue("method"),
    uid: event.uid,
    sequence: event.sequence,
    status: events[0].getFirstPropertyValue("status"),
    starts: stamp(event.startDate),
    ends: stamp(event.endDate),
    summary: event.summary,
    organizer: event.organizer,
    attendees: event.attendees.map(one => one.getFirstValue()),
  };
})));
"""


@cache
def ical_js():
    """Whether node is there and finds ical.js (``npm install ical.js``, and NODE_PATH where it is installed)."""
    node = shutil.which("node")
    command = [node, "--eval", 'require("ical.js")']
    return bool(node) and subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603


def by_ical_js(files):
    """Several files at once: to start node takes longer than to read them."""
    asked = json.dumps([raw.decode() for raw in files])
    command = [shutil.which("node"), "--eval", SCRIPT]
    answer = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)  # noqa: S603
    return json.loads(answer.stdout)
