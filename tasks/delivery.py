"""Mails go out: those that may, in their order; the others wait for their turn, or for a person."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from tasks.chapter import Run
from tasks.domain.brakes import Brake, Delivery, Due, decide_delivery, hold_id
from tasks.domain.budgets import Traffic, next_turn
from tasks.domain.effects import Effect, EffectState
from tasks.domain.faults import TryLater
from tasks.domain.suppression import Reason
from tasks.gate import Gate, Letter
from tasks.mail import provider
from tasks.sending import send_all


async def deliver(run: Run, letters: Sequence[Letter], gate: Gate | None = None) -> None:
    """Send what may go now and is not settled yet; say what waits, and for what."""
    gate = gate or Gate(run, letters)
    ledger = run.services.ledger
    if run.live:
        ledger.intend([letter.effect for letter in letters], run.now)
        run.outcome.skipped["too late to be sent"] += ledger.outbox.expire(run.now)
    known = gate.look_again(ledger.effects_of([letter.key for letter in letters]))
    due = {
        _due(run, letter, known.get(letter.key), gate.person(letter)): letter
        for letter in letters
        if _is_ready(letter, known)
    }
    due = _reachable(run, due)
    programme = run.services.settings.programme
    traffic, budget = ledger.outbox.traffic(provider(run), run.now), programme.budget(provider(run))
    plan = decide_delivery(
        list(due),
        traffic,
        programme.brakes,
        budget,
        run.now,
        failing=bool(ledger.outbox.failing()),
    )
    _keep_waiting(run, plan, traffic)
    stopped = await send_all(run, gate, [due[one] for one in plan.send if gate.rehearse(due[one])])
    if stopped and isinstance(stopped.fault, TryLater):
        ledger.outbox.pause(provider(run), stopped.fault.retry_at or run.now)
        run.outcome.held.append(f"{stopped.untried} mails wait for the next run")
    elif stopped:
        _hold(run, dict.fromkeys(plan.send[len(plan.send) - stopped.untried :], Brake.failures))


def _reachable(run: Run, due: Mapping[Due, Letter]) -> dict[Due, Letter]:
    """Without those to whose address no mail goes any more: they wait until it works again.

    Only a run that has the lease suppresses an address, so none is while this one sends.
    """
    unreachable = run.services.ledger.suppressions.persons(Reason.bounced, Reason.held)
    found = {one: letter for one, letter in due.items() if one.person not in unreachable}
    run.outcome.skipped["mail comes back from the address"] += len(due) - len(found)
    return found


def _is_ready(letter: Letter, known: Mapping[str, Effect]) -> bool:
    return letter.key not in known or known[letter.key].state is EffectState.ready


def _due(run: Run, letter: Letter, effect: Effect | None, person: str) -> Due:
    begun = effect.created_at if effect else None
    return Due(
        key=letter.key,
        person=person,
        since=letter.since or begun or run.now,
        priority=letter.priority,
        not_before=effect.not_before if effect else letter.not_before,
        expires_at=letter.expires_at,
        released=bool(effect and effect.released_at),
        listed=run.reaches(letter.to),
    )


def _keep_waiting(run: Run, plan: Delivery, traffic: Traffic) -> None:
    held = run.outcome.held
    held += [f"{len(plan.unlisted)} mails to people who are not on the list"] if plan.unlisted else []
    held += [f"{len(plan.early)} mails wait for their hour"] if plan.early else []
    run.outcome.skipped["too late to be sent"] += len(plan.expire)
    if plan.wait:
        held.append(f"{len(plan.wait)} mails wait until the provider takes more")
        if run.live:
            _wait(run, plan, traffic)
    _hold(run, plan.hold)


def _wait(run: Run, plan: Delivery, traffic: Traffic) -> None:
    budget = run.services.settings.programme.budget(provider(run))
    for priority, mails in groupby(plan.wait, key=lambda one: one.priority):
        until = next_turn(budget, traffic, priority, len(plan.send), run.now)
        run.services.ledger.outbox.wait([one.key for one in mails], until)


def _hold(run: Run, mails: Mapping[Due, Brake]) -> None:
    for brake in Brake:
        if count := sum(found is brake for found in mails.values()):
            run.outcome.held.append(f"{count} mails wait for a person: {brake}")
    if run.live and mails:
        outbox = run.services.ledger.outbox
        names = {brake: hold_id(brake, run.now) for brake in Brake}
        names[Brake.failures] = outbox.failing() or names[Brake.failures]
        outbox.hold({one: names[brake] for one, brake in mails.items()})
