"""The control path: what tests and rehearsals need to know and do beside the Google protocol."""

from tasks.sandbox.control.spoken import spoken
from tasks.sandbox.gmail.store import sent_mails
from tasks.sandbox.notices import notices
from tasks.sandbox.switches import set_switches, switches
from tasks.sandbox.wire import Answer, Call, Operation, answer


def _mailbox(call: Call) -> Answer:
    return answer(sent_mails(call.world))


def _notifications(call: Call) -> Answer:
    return answer(notices(call.world))


def _settings(call: Call) -> Answer:
    if call.method == "POST":
        return answer(set_switches(call.world.store, call.json()))
    return answer(switches(call.world.store))


OPERATIONS: list[Operation] = [
    *spoken("GET", "mailbox", _mailbox),
    *spoken("GET", "notifications", _notifications),
    *spoken("GET POST", "settings", _settings),
]
