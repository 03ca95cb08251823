"""Presenters become guests of the calendar event where staff say so, and leave it again."""

from collections.abc import Mapping
from functools import partial

from tasks.carry_out import Deed, carry_out
from tasks.chapter import Run
from tasks.domain.effects import Effect, EffectKind, EffectState, by_ref
from tasks.domain.event_guests import GuestDeed, decide_guests, newest_settled
from tasks.domain.models import Problem
from tasks.domain.revisions import Revision
from tasks.domain.sentences import say
from tasks.domain.sessions import SessionsReading
from tasks.domain.wishes import Wishes
from tasks.meetings import EVENTS
from tasks.steps import step


async def change_guests(run: Run, reading: SessionsReading, newest: Mapping[str, Revision], wishes: Wishes) -> None:
    """Bring the guests of all events up to date: setting them once more, after a lost answer too, changes nothing."""
    ledger = run.services.ledger
    for key, effect in (ledger.abandoned(EffectKind.guests) if run.live else {}).items():
        ledger.settle(key, effect.state, EffectState.ready, run.now)
    ticked = {ref: row.google_invitations for ref, row in reading.rows.items() if ref not in reading.held}
    effects = by_ref(ledger.effects())
    wanted = decide_guests(newest, ticked, effects, wishes, run.now)
    deeds = [Deed(_effect(one), one.words, partial(_act, run, one), noted={"provider_id": one.mark}) for one in wanted]
    if run.live:
        ledger.intend([deed.effect for deed in deeds], run.now)
    await carry_out(run, deeds)


def _effect(wanted: GuestDeed) -> Effect:
    return Effect(wanted.key, EffectKind.guests, wanted.ref)


@step("set the guests of the event of {wanted.ref}")
async def _act(run: Run, wanted: GuestDeed) -> Mapping[str, str]:
    run.services.calendar.set_guests(wanted.event_id, wanted.addresses)
    return {}


def guest_problems(run: Run) -> list[Problem]:
    """Guests that Google refused."""
    refused = [
        one
        for one in newest_settled(by_ref(run.services.ledger.effects(EffectKind.guests)))
        if one.state is EffectState.failed
    ]
    return [
        Problem(
            "guests-failed",
            EVENTS,
            one.key,
            (say("guests-failed", ref=one.ref, detail=one.detail),),
            (say("guests-failed-todo"),),
        )
        for one in refused
    ]
