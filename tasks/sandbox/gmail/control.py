"""The control path of mail: who cannot be reached, and mails that people write."""

from tasks.sandbox.failures import invalid
from tasks.sandbox.gmail.bounces import DEAD_DOMAIN, REASONS, dead, set_dead
from tasks.sandbox.gmail.letters import letter
from tasks.sandbox.gmail.mailboxes import mailbox_at
from tasks.sandbox.gmail.parts import decode
from tasks.sandbox.gmail.resources import brief
from tasks.sandbox.gmail.sending import send
from tasks.sandbox.wire import Answer, Call, Operation, answer, operation


def _bounces(call: Call) -> Answer:
    if call.method == "POST":
        wanted = call.json()
        address, reason = str(wanted.get("address", "")), str(wanted.get("reason", "unknown"))
        if "@" not in address or reason not in {"", *REASONS}:
            raise invalid(f'Say {{"address": "…", "reason": one of {", ".join(REASONS)}, or "" to reach it again}}.')
        set_dead(call.world, address, reason)
    return answer({"addresses": dead(call.world), "domain": DEAD_DOMAIN})


def _write(call: Call) -> Answer:
    """Somebody (``from``) writes a mail: ``to``, ``subject``, ``text``, or all of it in ``raw``."""
    wanted = call.json()
    sender = str(wanted.get("from", ""))
    if "@" not in sender:
        raise invalid(
            'Say {"from": an address, "to": another, "subject": "…", "text": "…"}, or "raw" for all but from.'
        )
    given = {name: str(wanted.get(name, "")) for name in ("to", "subject", "text")}
    now = call.world.clock.now()
    data = decode(wanted["raw"]) if "raw" in wanted else letter(("", sender), **given, now=now).as_bytes()
    return answer(brief(send(mailbox_at(call.world, sender), data)))


OPERATIONS: list[Operation] = [
    operation("control", "GET", "/control/bounces", "bounces", _bounces),
    operation("control", "POST", "/control/bounces", "bounces", _bounces),
    operation("control", "POST", "/control/mail", "mail", _write),
]
