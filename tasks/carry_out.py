"""Carries out a plan effect by effect: claim, act, settle. What nobody can know is left open, to be looked up."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from tasks.chapter import Run
from tasks.domain.effects import Effect, EffectState
from tasks.domain.faults import Deferred, Fault, Rejected, TryLater, Unclear, Withheld


@dataclass(frozen=True, slots=True)
class Deed:
    """An effect to be, in the words of the report. ``act`` does it and answers what the ledger should remember.

    ``act`` raises Fault: Unclear only if it may have been done. ``noted`` is kept together with the claim.
    ``afterwards`` is done once the effect is settled, and whether it succeeds changes nothing about that.
    """

    effect: Effect
    words: str
    act: Callable[[], Awaitable[Mapping[str, str]]]
    noted: Mapping[str, str] = field(default_factory=dict)
    afterwards: Callable[[], Awaitable[None]] | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why the rest was not tried: the fault of the last one that was."""

    fault: Fault
    untried: Sequence[Deed]


async def carry_out(run: Run, deeds: Sequence[Deed]) -> Stopped | None:
    """Do what is still to be done of what was intended, one by one; in a rehearsal only say it.

    One that fails does not stop the others; a provider that asks us to wait does, and so do failures in a row.
    """
    if not run.live:
        run.outcome.done += [deed.words for deed in deeds]
        return None
    in_a_row = 0
    for number, deed in enumerate(deeds, start=1):
        if not run.services.ledger.claim(deed.effect.key, run.now, **deed.noted):
            run.outcome.skipped["claimed or settled before"] += 1
            continue
        fault = await _settled(run, deed)
        if not isinstance(fault, Withheld):  # which says nothing about the provider
            in_a_row = in_a_row + 1 if fault else 0
        if isinstance(fault, TryLater) and not isinstance(fault, Deferred):
            return Stopped(fault, deeds[number:])
        if fault and in_a_row == run.services.settings.programme.brakes.failures_in_a_row:
            return Stopped(fault, deeds[number:])
    return None


async def _settled(run: Run, deed: Deed) -> Fault | None:
    """Act and settle; answers what went wrong."""
    key, outcome = deed.effect.key, run.outcome
    settle = partial(run.services.ledger.settle, key, EffectState.sending)
    try:
        remembered = await deed.act()
    except Unclear as fault:
        outcome.failed.append(f"{deed.words}: {fault.reason}; the next run looks it up")
        return fault
    except Withheld as fault:
        settle(EffectState.held, run.now, detail=fault.reason, held_by=fault.held_by)
        outcome.failed.append(f"{deed.words}: held, since a rule of our mails is broken ({fault.reason})")
        return fault
    except Fault as fault:
        settle(EffectState.failed if isinstance(fault, Rejected) else EffectState.ready, run.now, detail=fault.reason)
        outcome.failed.append(f"{deed.words}: {fault.reason}")
        return fault
    settle(EffectState.sent, run.now, **remembered)
    outcome.done.append(deed.words)
    if deed.afterwards:
        try:
            await deed.afterwards()
        except Fault as fault:
            outcome.failed.append(f"{deed.words}: done, but then {fault.reason}")
    return None
