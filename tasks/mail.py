"""Mail leaves here: claim, draft, note its id, send, settle. An unclear send is looked up, never repeated."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tasks.carry_out import Deed, carry_out
from tasks.chapter import Run
from tasks.domain.effects import OPEN, Effect, EffectKind, EffectState
from tasks.domain.faults import Fault, NotFound, Refused, Rejected, Unclear
from tasks.domain.mails import Mail, token
from tasks.domain.models import Problem
from tasks.steps import step

MAIL = "Mail"
NEED_A_PERSON = {EffectState.failed, EffectState.uncertain}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be: its effect, the words of the report, and how it is composed once it is claimed."""

    key: str
    ref: str
    words: str
    compose: Callable[[], Mail]


async def deliver(run: Run, letters: Sequence[Letter]) -> None:
    """Send what is still to be sent."""
    await carry_out(run, [_deed(run, letter) for letter in letters])


def _deed(run: Run, letter: Letter) -> Deed:
    async def act() -> Mapping[str, str]:
        try:
            mail = letter.compose()
        except ValueError as error:
            raise Rejected(f"it cannot be written ({error})") from None
        return {"provider_id": await send(run, mail)}

    return Deed(Effect(letter.key, EffectKind.mail, letter.ref), letter.words, act)


@step("send {mail.key}")
async def send(run: Run, mail: Mail) -> str:
    """Send a claimed mail; answers the sent message's id. Raises Fault; Unclear only if it may have been sent."""
    ledger, gmail = run.services.ledger, run.services.gmail
    effect = ledger.effect(mail.key)
    try:
        waiting = effect.provider_id or (gmail.find_draft(mail.token) if effect.attempts > 1 else "")
        draft_id = gmail.rewrite_draft(waiting, mail.raw) if waiting else gmail.create_draft(mail.raw)
    except NotFound as fault:
        raise Unclear(fault.reason) from None
    except Unclear as fault:
        raise Refused(fault.reason) from None
    ledger.note(mail.key, provider_id=draft_id)
    try:
        return gmail.send_draft(draft_id)
    except NotFound as fault:
        raise Unclear(fault.reason) from None


async def look_up_open_mails(run: Run) -> None:
    """Find out what became of mails whose run ended before they were settled."""
    if not run.live:
        return
    for key, effect in run.services.ledger.effects(EffectKind.mail, OPEN).items():
        try:
            new, message_id = await look_up(run, key, effect)
        except Fault as fault:
            run.outcome.failed.append(f"{key}: {fault.reason}")
            continue
        if new is not effect.state:
            found = {"provider_id": message_id} if message_id else {}
            run.services.ledger.settle(key, effect.state, new, run.now, **found)
        if new is EffectState.sent:
            run.outcome.done.append(f"{effect.ref}: an earlier mail was found in Sent")


@step("look up {key}")
async def look_up(run: Run, key: str, effect: Effect) -> tuple[EffectState, str]:
    """Where a claimed mail stands, by its draft and by its code in Sent. Raises Fault."""
    gmail = run.services.gmail
    if not effect.provider_id or gmail.is_draft(effect.provider_id):
        return EffectState.ready, ""
    if message_id := gmail.find_sent(token(key)):
        return EffectState.sent, message_id
    return EffectState.uncertain, ""


def mail_problems(run: Run) -> list[Problem]:
    """Mails that need a person: refused, or perhaps sent."""
    problems = []
    for key, effect in run.services.ledger.effects(EffectKind.mail, NEED_A_PERSON).items():
        kind = key.split(":", 1)[0]
        if effect.state is EffectState.failed:
            what = f"The {kind} of {effect.ref} could not be sent. {effect.detail}"
            todo = "Correct the address where it stands; the mail is tried again when the answers change."
            problems.append(Problem("mail-failed", MAIL, key, what, todo))
        else:
            what = (
                f"Nobody knows whether the {kind} of {effect.ref} was sent: its draft is gone, Sent does not show it."
            )
            todo = f"Look into Sent for the code {token(key)}. It is not sent again by itself."
            problems.append(Problem("mail-uncertain", MAIL, key, what, todo))
    return problems
