"""Of safer sessions that are over, what was kept of people is removed, and the mails leave Sent."""

from tasks.chapter import Run
from tasks.domain.effects import Effect
from tasks.domain.faults import Fault, TryLater
from tasks.domain.forgetting import decide_forgetting
from tasks.domain.sessions import SessionsReading
from tasks.steps import step

MOST_AT_ONCE = 200
"""Mails of one run: one question to the provider each."""


async def forget_safer_sessions(run: Run, reading: SessionsReading) -> None:
    """Forget what is due, each mail and each session for itself; what cannot be done is tried again by the next run."""
    ledger, discretion = run.services.ledger, run.services.settings.programme.discretion
    ticked = {ref for ref, row in reading.rows.items() if row.safer}
    plan = decide_forgetting(
        ledger.sessions.revisions(),
        ticked,
        ledger.sessions.remembered(),
        ledger.effects(),
        run.now,
        discretion.safer_days,
    )
    if discretion.safer_from_sent:
        await _empty_sent(run, plan.mails)
    if run.live:
        ledger.sessions.forget(plan.details)
    run.outcome.done += [f"{ref}: a safer session, forgotten but for its date" for ref in plan.details]


async def _empty_sent(run: Run, mails: tuple[Effect, ...]) -> None:
    done = 0
    for mail in mails[:MOST_AT_ONCE]:
        try:
            if run.live:
                await take_out_of_sent(run, mail.key, mail)
                run.services.ledger.sent_mails.gone(mail.key)
            done += 1
        except Fault as fault:
            run.outcome.failed.append(f"{mail.ref}: a mail stays in Sent for now ({fault.reason})")
            if isinstance(fault, TryLater):
                break
    run.outcome.done += [f"{done} mails about safer sessions taken out of Sent"] if done else []
    if len(mails) > MOST_AT_ONCE:
        run.outcome.held.append(
            f"{len(mails) - MOST_AT_ONCE} mails about safer sessions stay in Sent until the next run"
        )


@step("take {key} out of Sent")
async def take_out_of_sent(run: Run, key: str, mail: Effect) -> None:
    """Raises Fault."""
    run.services.mail.remove(key, mail)
