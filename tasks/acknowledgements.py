"""Every submission is acknowledged once, in the language of its form."""

from collections.abc import Mapping
from functools import partial

from tasks.chapter import Run
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.intake import IntakePlan, acknowledgement_key
from tasks.domain.mails import compose_acknowledgement
from tasks.domain.submissions import Submission
from tasks.mail import Letter, deliver


async def acknowledge(run: Run, submissions: Mapping[str, Submission], plan: IntakePlan) -> None:
    """Send the acknowledgements that were promised, now or earlier, and have not gone out."""
    effects = effects_with(run, plan)
    due = [
        submission
        for ref, submission in submissions.items()
        if (effect := effects.get(acknowledgement_key(ref))) and effect.state is EffectState.ready
    ]
    await deliver(run, [_letter(run, submission) for submission in due])


def keep(run: Run, plan: IntakePlan) -> None:
    """Write new versions and what they promise into the ledger, before anything is done about them."""
    if run.live:
        run.services.ledger.record(plan, run.now)
    run.outcome.done += plan.done
    run.outcome.skipped += plan.skipped


def effects_with(run: Run, plan: IntakePlan) -> dict[str, Effect]:
    """The ledger's effects together with those that a rehearsed plan would promise."""
    return {**{effect.key: effect for effect in plan.promised}, **run.services.ledger.effects(EffectKind.mail)}


def _letter(run: Run, submission: Submission) -> Letter:
    key, current = acknowledgement_key(submission.ref), submission.current
    compose = partial(
        compose_acknowledgement,
        run.services.letters,
        run.services.settings.programme.sender,
        key=key,
        to=current.person,
        language=current.language,
        ref=submission.ref,
        made_at=run.now,
    )
    return Letter(key, submission.ref, f"{submission.ref}: acknowledgement in {current.language}", compose)
