"""Every submission is acknowledged once, in the language of its form."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from tasks.chapter import Run
from tasks.domain.book import Book
from tasks.domain.conversation_mails import compose_acknowledgement
from tasks.domain.effects import Effect, EffectKind, EffectState, Priority
from tasks.domain.intake import IntakePlan, acknowledgement_key, acknowledgement_of, repeated_key
from tasks.domain.mail_expectations import About
from tasks.domain.rations import Waiting, turns
from tasks.domain.submissions import Submission
from tasks.domain.wishes import Wishes
from tasks.gate import Letter
from tasks.ledger.texts import Text


def acknowledgements(run: Run, book: Book, effects: Mapping[str, Effect], wishes: Wishes) -> list[Letter]:
    """Those that were promised, now or earlier, and have not gone out."""
    current = {one.ref: acknowledgement_of(one, effects) for one in book.found.values()}
    due = [(one, effect) for one in book.found.values() if (effect := _to_send(run, one, current[one.ref]))]
    return [_letter(run, *one, wishes) for one in _in_turn(run, due)]


def _in_turn(run: Run, due: Sequence[tuple[Submission, Effect]]) -> list[tuple[Submission, Effect]]:
    """Those whose address may get one now. The others wait in the ledger, with when their turn comes."""
    if not due:
        return []
    ledger = run.services.ledger
    waiting = [
        Waiting(effect.key, ledger.identify(one.current.person.address_key), one.received_at) for one, effect in due
    ]
    turn = turns(waiting, ledger.rations.got(run.now), run.limits, run.now)
    late = {one: turn[one.key] for one in waiting if turn[one.key] > run.now}
    if run.live:
        let_go = {effect.key for _, effect in due if effect.not_before}
        ledger.rations.wait(late | {one: run.now for one in waiting if one not in late and one.key in let_go})
    if late:
        run.outcome.held.append(f"{len(late)} acknowledgements wait: their addresses have got others lately")
    keys = {one.key for one in late}
    return [(one, effect) for one, effect in due if effect.key not in keys]


def _to_send(run: Run, submission: Submission, effect: Effect | None) -> Effect | None:
    """What waits; and what came back is sent once more when staff, or the person, corrected the address since.

    A first one that the server refused is made ready again where the correction is recorded.
    """
    if effect is None or effect.may_go:
        return effect
    repeated = effect.key != acknowledgement_key(effect.ref)
    if not effect.person or not (
        effect.state is EffectState.bounced or (repeated and effect.state is EffectState.failed)
    ):
        return None
    address = submission.current.person.address_key
    again = replace(effect, key=repeated_key(effect.key), state=EffectState.ready, created_at=None)
    return again if run.services.ledger.identify(address) != effect.person else None


def keep(run: Run, plan: IntakePlan, texts: Collection[Text]) -> None:
    """Write new versions, their pairs and what they promise into the ledger, before anything is done about them.

    ``texts`` are those that were encoded on the way.
    """
    if run.live:
        run.services.ledger.record(plan, run.now, texts)
    run.outcome.done += plan.done
    run.outcome.skipped += plan.skipped


def effects_with(run: Run, promised: Sequence[Effect]) -> dict[str, Effect]:
    """The ledger's effects together with those that a rehearsal would promise."""
    return {**{effect.key: effect for effect in promised}, **run.services.ledger.effects(EffectKind.mail)}


def _letter(run: Run, submission: Submission, effect: Effect, wishes: Wishes) -> Letter:
    current = submission.current
    to = wishes.asked(current.person)
    compose = partial(
        compose_acknowledgement,
        run.services.letters,
        run.services.settings.programme.sender,
        key=effect.key,
        to=to,
        language=current.language,
        ref=effect.ref,
        made_at=run.now,
    )
    return Letter(
        key=effect.key,
        ref=effect.ref,
        words=f"{effect.ref}: acknowledgement in {current.language}",
        to=to,
        compose=compose,
        about=About(effect.ref),
        priority=Priority.first,
        since=submission.received_at if effect.created_at else None,
    )
