"""Mail leaves here: claim, prepare, note, hand over, settle. An unclear send is looked up, never repeated."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tasks.adapters.mail_transport import Fate
from tasks.carry_out import Deed, carry_out
from tasks.chapter import Run
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.faults import Fault, Rejected, TryLater
from tasks.domain.mails import Mail, token
from tasks.domain.models import Problem
from tasks.domain.sentences import say
from tasks.steps import step

MAIL = "Mail"
MAILS = {
    "acknowledgement": say("an-acknowledgement"),
    "invitation": say("an-invitation"),
    "resend": say("a-second-invitation"),
}
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
    written: list[Mail] = []

    async def act() -> Mapping[str, str]:
        try:
            written.append(letter.compose())
        except ValueError as error:
            raise Rejected(f"it cannot be written ({error})") from None
        return {"provider_id": await send(run, written[0])}

    async def keep_a_copy() -> None:
        run.services.mail.file(written[0])

    return Deed(Effect(letter.key, EffectKind.mail, letter.ref), letter.words, act, afterwards=keep_a_copy)


@step("send {mail.key}")
async def send(run: Run, mail: Mail) -> str:
    """Send a claimed mail; answers the sent message's id. Raises Fault; Unclear only if it may have been sent."""
    ledger, transport = run.services.ledger, run.services.mail
    note = transport.prepare(mail, ledger.effect(mail.key))
    ledger.note(mail.key, provider_id=note)
    return transport.hand_over(mail, note)


async def look_up_open_mails(run: Run) -> None:
    """Find out what became of mails whose run ended before they were settled."""
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
            todo = (say(transport.advice, code=token(key)), say("not-again"))
            problems.append(Problem("mail-uncertain", MAIL, key, (what,), todo))
    return problems
