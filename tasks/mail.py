"""Mail leaves here: claim, prepare, note, hand over, settle. An unclear send is looked up, never repeated."""

from collections.abc import Callable
from datetime import timedelta

from tasks.adapters.mail_transport import Fate
from tasks.chapter import Run
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.faults import Fault, TryLater
from tasks.domain.mails import Mail, token
from tasks.domain.models import Problem
from tasks.domain.sentences import AnyOf, say
from tasks.domain.staff_answers import UNCERTAIN, Answer
from tasks.steps import step

MAIL = "Mail"
MAILS = {
    "acknowledgement": say("an-acknowledgement"),
    "welcome": say("a-welcome"),
    "accepted": say("an-acceptance"),
    "declined": say("a-refusal"),
    "missing_answer": say("a-question"),
    "schedule_proposal": say("a-date-proposal"),
    "digest": say("an-overview"),
    "invitation": say("an-invitation"),
    "resend": say("a-second-invitation"),
    "test": say("a-test-mail"),
    "rescheduled": say("a-change"),
    "cancelled": say("a-cancellation"),
    "removed": say("a-removal"),
    "reminder_week": say("a-reminder"),
    "reminder_day": say("a-reminder"),
    "reminder_hour": say("a-reminder"),
    "recording_review": say("a-review"),
}
LATEST = timedelta(hours=1)
"""After its request nothing is made any more."""
NEED_A_PERSON = {EffectState.failed, EffectState.uncertain}


@step("send {mail.key}")
async def send_claimed(run: Run, mail: Mail, effect: Effect, keep: Callable[[str, str], object]) -> str:
    """Send a mail claimed as ``effect``; answers the sent message's id. ``keep`` keeps the note to its key.

    Raises Fault; Unclear only if it may have been sent.
    """
    transport = run.services.mail
    note = transport.prepare(mail, effect)
    keep(mail.key, note)
    return transport.hand_over(mail, note)


async def send(run: Run, mail: Mail) -> str:
    """``send_claimed`` for a mail that was claimed alone."""
    ledger = run.services.ledger
    return await send_claimed(run, mail, ledger.effect(mail.key), lambda key, note: ledger.note(key, provider_id=note))


async def look_up_open_mails(run: Run) -> None:
    """Find out what became of mails whose run ended before they were settled, and remove what such a run left."""
    if not run.live:
        return
    for key, effect in run.services.ledger.abandoned(EffectKind.mail).items():
        try:
            fate = await look_up(run, key, effect)
        except Fault as fault:
            run.outcome.failed.append(f"{key}: {fault.reason}")
            if isinstance(fault, TryLater):
                break
            continue
        if fate.state is not effect.state:
            found = {"provider_id": fate.provider_id} if fate.provider_id else {}
            run.services.ledger.settle(key, effect.state, fate.state, run.now, **found)
        if fate.state is EffectState.sent:
            run.outcome.done.append(f"{effect.ref}: an earlier mail was found in Sent")
    await _clear_away(run)


async def _clear_away(run: Run) -> None:
    """What was asked for in an attempt whose answer was lost may be made only after the next attempt was through."""
    if repeated := run.services.ledger.sent_mails.repeated(run.now - LATEST):
        try:
            count = run.services.mail.clear(repeated)
        except Fault as fault:
            run.outcome.failed.append(f"drafts of mails that were sent: {fault.reason}")
        else:
            run.outcome.done += [f"{count} drafts deleted, whose mails were sent by a later attempt"] if count else []


@step("look up {key}")
async def look_up(run: Run, key: str, effect: Effect) -> Fate:
    """Where a claimed mail stands at its provider. Raises Fault."""
    return run.services.mail.look_up(key, effect)


def mail_problems(run: Run) -> list[Problem]:
    """Mails that need a person: refused, or perhaps sent."""
    problems, transport = [], run.services.mail
    for key, effect in run.services.ledger.effects(EffectKind.mail, NEED_A_PERSON).items():
        mail = MAILS[key.split(":", 1)[0]]
        if effect.state is EffectState.failed:
            what = say("mail-failed", mail=mail, ref=effect.ref, detail=effect.detail)
            problems.append(Problem("mail-failed", MAIL, key, (what,), (say("mail-failed-todo"),)))
        else:
            what = say(transport.unknown, mail=mail, ref=effect.ref)
            answers = AnyOf((say(Answer.was_sent), say(Answer.send_again)))
            then = say("then-answer", answers=answers, column=answer_column(run))
            todo = (say(transport.advice, code=token(key)), then)
            problems.append(Problem(UNCERTAIN, MAIL, key, (what,), todo))
    return problems


def answer_column(run: Run) -> str:
    """The header of the column of *Needs attention* that staff answer in."""
    return run.services.settings.programme.register_.needs_attention.columns["answer"]


def provider(run: Run) -> str:
    """Who takes our mail, by the name of its budget."""
    return run.services.settings.mail_transport
