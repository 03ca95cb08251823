"""Every submission is acknowledged once, in the language of its form."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from tasks.chapter import Run
from tasks.delivery import deliver
from tasks.domain.book import Book
from tasks.domain.conversation_mails import compose_acknowledgement
from tasks.domain.effects import Effect, EffectKind, Priority
from tasks.domain.intake import IntakePlan, acknowledgement_of
from tasks.domain.mail_expectations import About
from tasks.domain.submissions import Submission
from tasks.gate import Letter
from tasks.ledger.texts import Text


async def acknowledge(run: Run, book: Book, effects: Mapping[str, Effect]) -> None:
    """Send the acknowledgements that were promised, now or earlier, and have not gone out."""
    due = [
        (submission, effect)
        for submission in book.found.values()
        if (effect := acknowledgement_of(submission, effects)) and effect.may_go
    ]
    await deliver(run, [_letter(run, *one) for one in due])


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


def _letter(run: Run, submission: Submission, effect: Effect) -> Letter:
    current = submission.current
    compose = partial(
        compose_acknowledgement,
        run.services.letters,
        run.services.settings.programme.sender,
        key=effect.key,
        to=current.person,
        language=current.language,
        ref=effect.ref,
        made_at=run.now,
    )
    return Letter(
        key=effect.key,
        ref=effect.ref,
        words=f"{effect.ref}: acknowledgement in {current.language}",
        to=current.person,
        compose=compose,
        about=About(effect.ref),
        priority=Priority.first,
        since=submission.received_at,
    )
