"""The control path: what tests and rehearsals need to know and do beside the Google protocol."""

from tasks.sandbox.clock import parse_instant, rfc3339
from tasks.sandbox.failures import invalid
from tasks.sandbox.gmail.store import sent_mails
from tasks.sandbox.meet.spaces import add_recording
from tasks.sandbox.switches import set_switches, switches
from tasks.sandbox.wire import Answer, Call, Operation, Work, answer, operation

STATES = ("STARTED", "ENDED", "FILE_GENERATED")


def _clock(call: Call) -> Answer:
    if call.method == "POST":
        wanted = call.json()
        if "now" not in wanted:
            raise invalid('Say {"now": "2024-02-16T08:00:00Z"} or {"now": null}.')
        call.world.clock.set(None if wanted["now"] is None else parse_instant(str(wanted["now"])))
    return answer({"now": rfc3339(call.world.clock.now()), "data": str(call.world.store.folder)})


def _requests(call: Call) -> Answer:
    if call.method == "DELETE":
        call.world.journal.clear()
    return answer(call.world.journal.report())


def _mailbox(call: Call) -> Answer:
    return answer(sent_mails(call.world))


def _notifications(call: Call) -> Answer:
    return answer(call.world.store.all("notification"))


def _recordings(call: Call) -> Answer:
    wanted = call.json()
    state = wanted.get("state", "FILE_GENERATED")
    if state not in STATES or not wanted.get("meeting_code") or not wanted.get("started"):
        raise invalid(f"Say meeting_code, started (an instant), minutes, name and state (one of {', '.join(STATES)}).")
    made = add_recording(
        call.world,
        str(wanted["meeting_code"]),
        parse_instant(str(wanted["started"])),
        float(wanted.get("minutes", 90)),
        str(wanted.get("name", "")),
        state,
    )
    return answer(made)


def _faults(call: Call) -> Answer:
    if call.method == "POST":
        call.world.faults.add(call.json())
    if call.method == "DELETE":
        call.world.faults.waiting.clear()
    return answer(call.world.faults.report())


def _settings(call: Call) -> Answer:
    if call.method == "POST":
        return answer(set_switches(call.world.store, call.json()))
    return answer(switches(call.world.store))


def _spoken(methods: str, name: str, work: Work) -> list[Operation]:
    return [operation("control", method, f"/control/{name}", name, work) for method in methods.split()]


OPERATIONS: list[Operation] = [
    *_spoken("GET POST", "clock", _clock),
    *_spoken("GET DELETE", "requests", _requests),
    *_spoken("GET", "mailbox", _mailbox),
    *_spoken("GET", "notifications", _notifications),
    *_spoken("POST", "recordings", _recordings),
    *_spoken("GET POST DELETE", "faults", _faults),
    *_spoken("GET POST", "settings", _settings),
]
