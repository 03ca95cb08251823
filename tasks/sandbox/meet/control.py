"""The control path of Meet: a recording appears, a recording moves on."""

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.control.spoken import spoken
from tasks.sandbox.failures import invalid
from tasks.sandbox.meet.conferences import (
    BY_CLOCK,
    FILE_GENERATED,
    RECORDING,
    STATES,
    record_resource,
    recording_resource,
)
from tasks.sandbox.meet.making import Wanted, move_on, record
from tasks.sandbox.meet.people import KINDS
from tasks.sandbox.meet.spaces import add_space
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, answer

HOW = (
    "Say meeting_code, started (an instant), minutes, name and state (one of {}), or file_after_minutes instead of a"
    " state to let the clock decide; conference (the name of a call) for one more recording of it; participants."
)
LONGEST = 8 * 60


def _recordings(call: Call) -> Answer:
    if call.method == "GET":
        return answer([recording_resource(call.world, one) for one in call.world.store.all(RECORDING)])
    wanted = call.json()
    made = _wanted(wanted)
    conference, recording = record(call.world, add_space(call.world, made.code)["name"], made)
    shown = {
        "conferenceRecord": record_resource(call.world, conference),
        "recording": recording_resource(call.world, recording),
    }
    return answer(shown)


def _wanted(given: Json) -> Wanted:
    late = given.get("file_after_minutes")
    state = given.get("state", FILE_GENERATED if late is None else BY_CLOCK)
    if state not in (*STATES, BY_CLOCK) or not given.get("meeting_code") or not given.get("started"):
        raise invalid(HOW.format(", ".join(STATES)))
    return Wanted(
        code=str(given["meeting_code"]),
        started=parse_instant(str(given["started"])),
        minutes=_number(given.get("minutes", 90)),
        title=str(given.get("name", "")),
        state=state,
        file_after=None if late is None else _number(late),
        conference=str(given.get("conference", "")),
        people=_people(given.get("participants", [])),
    )


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise invalid(f"{value!r} is not a number of minutes.")
    return float(value)


def _people(given: object) -> list[Json | str]:
    if not isinstance(given, list):
        raise invalid("participants is a list.")
    return [_person(one) for one in given]


def _person(one: object) -> Json | str:
    if isinstance(one, str):
        return one
    if isinstance(one, dict) and isinstance(one.get("name"), str) and one.get("kind", KINDS[0]) in KINDS:
        for span in one.get("sessions", []):
            if not isinstance(span, list) or len(span) != len(("from", "to")) or _number(span[0]) > _number(span[1]):
                raise invalid(f"{span!r} is not a session: say [from, to] in minutes.")
        return one
    raise invalid(f"{one!r} is not a participant: say a name, or name, kind (one of {', '.join(KINDS)}) and sessions.")


def _state(call: Call) -> Answer:
    wanted = call.json()
    if wanted.get("state") not in STATES:
        raise invalid(f"Say state: one of {', '.join(STATES)}.")
    return answer(recording_resource(call.world, move_on(call.world, call.parts["name"], wanted["state"])))


OPERATIONS: list[Operation] = [
    *spoken("GET POST", "recordings", _recordings),
    *spoken("POST", "recordings/{name_}", _state),
]
