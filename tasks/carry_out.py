"""Carries out a plan effect by effect: claim, act, settle. What nobody can know is left open, to be looked up."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeGuard

from tasks.chapter import Run
from tasks.domain.effects import Effect, EffectState
from tasks.domain.faults import Deferred, Fault, Rejected, TryLater, Unclear, Withheld


@dataclass(frozen=True, slots=True)
class Deed:
    """An effect to be, in the words of the report. ``act`` does it and answers what the ledger should remember.

    ``act`` raises Fault: Unclear only if it may have been done. ``noted`` is kept with the claim, or, of mails, where
    they are held. ``afterwards`` is done once the effect is settled, and whether it succeeds changes nothing about it.
    """

    effect: Effect
    words: str
    act: Callable[[], Awaitable[Mapping[str, str]]]
    noted: Mapping[str, str] = field(default_factory=dict)
    afterwards: Callable[[], Awaitable[None]] | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why the rest, which are so many, was not tried: the fault of the last one that was."""

    fault: Fault
    untried: int


class Failures:
    """Says when the others must not be tried: a provider asks us to wait, or several failed one after the other."""

    def __init__(self, run: Run) -> None:
        self._most = run.services.settings.programme.brakes.failures_in_a_row
        self._in_a_row = 0

    def stop_after(self, fault: Fault | None) -> TypeGuard[Fault]:
        """Whether this was one too many; None is a success. What is withheld says nothing about the provider."""
        if isinstance(fault, Withheld):
            return False
        self._in_a_row = self._in_a_row + 1 if fault else 0
        waits = isinstance(fault, TryLater) and not isinstance(fault, Deferred)
        return waits or self._in_a_row == self._most


async def carry_out(run: Run, deeds: Sequence[Deed]) -> Stopped | None:
    """Do what is still to be done of what was intended, one by one; in a rehearsal only say it.

    One that fails does not stop the others; a provider that asks us to wait does, and so do failures in a row.
    """
    if not run.live:
        run.outcome.done += [deed.words for deed in deeds]
        return None
    ledger, failures = run.services.ledger, Failures(run)
    for number, deed in enumerate(deeds, start=1):
        if not ledger.claim(deed.effect.key, run.now, **deed.noted):
            run.outcome.skipped["claimed or settled before"] += 1
            continue
        fault = await settled(run, deed, ledger.settle)
        if failures.stop_after(fault):
            return Stopped(fault, len(deeds) - number)
    return None


async def settled(run: Run, deed: Deed, settle: Callable[..., object]) -> Fault | None:
    """Act on what is claimed, and settle it as ``Ledger.settle`` does; answers what went wrong."""
    outcome, move = run.outcome, partial(settle, deed.effect.key, EffectState.sending)
    try:
        remembered = await deed.act()
    except Unclear as fault:
        outcome.failed.append(f"{deed.words}: {fault.reason}; the next run looks it up")
        return fault
    except Withheld as fault:
        move(EffectState.held, run.now, detail=fault.reason, held_by=fault.held_by, **deed.noted)
        outcome.failed.append(f"{deed.words}: held, since a rule of our mails is broken ({fault.reason})")
        return fault
    except Fault as fault:
        move(EffectState.failed if isinstance(fault, Rejected) else EffectState.ready, run.now, detail=fault.reason)
        outcome.failed.append(f"{deed.words}: {fault.reason}")
        return fault
    move(EffectState.sent, run.now, **remembered)
    outcome.done.append(deed.words)
    if deed.afterwards:
        try:
            await deed.afterwards()
        except Fault as fault:
            outcome.failed.append(f"{deed.words}: done, but then {fault.reason}")
    return None
