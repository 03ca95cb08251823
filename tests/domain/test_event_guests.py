"""Nobody outside stands in a calendar event, unless staff say that its presenters agreed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.event_guests import decide_guests
from tasks.domain.models import Discretion, SessionStatus
from tasks.domain.wishes import NO_WISHES, UNKNOWN, Wishes
from tests.domain.session_builders import BEFORE, STARTS, a_presenter, a_revision, a_session, an_event

ON = SessionStatus.confirmed
TWO = a_session(presenters=(a_presenter(), a_presenter("Eva", "Eva@example.org"), a_presenter("Nobody", "")))


def decide(
    session=TWO, *, box=True, status=SessionStatus.confirmed, event=None, guests=(), wishes=NO_WISHES, now=BEFORE
):
    event = an_event(session, provider_id="e1") if event is None else event
    mine = {one.key: one for one in (event, *guests) if one}
    ticked = {} if box is None else {session.ref: box}
    newest = {session.ref: a_revision(session, status=status)}
    return [(one.key, one.addresses) for one in decide_guests(newest, ticked, {session.ref: mine}, wishes, now)]


def set_before(session=TWO, number=1, state=EffectState.sent, *, box=True):
    event, newest = an_event(session, provider_id="e1"), {session.ref: a_revision(session)}
    others = {one.key: one for one in (event, Effect("guests:K7P2QX:0", EffectKind.guests, "K7P2QX", EffectState.sent))}
    (deed,) = decide_guests(newest, {session.ref: box}, {session.ref: others}, NO_WISHES, BEFORE)
    return Effect(f"guests:{session.ref}:{number}", EffectKind.guests, session.ref, state, provider_id=deed.mark)


NOBODY = {
    "the box is not ticked": {"box": False},
    "its row cannot be read": {"box": None},
    "the session is a safer one": {"session": replace(TWO, safer=True)},
    "it is cancelled": {"status": SessionStatus.cancelled},
    "it has no event": {"event": False},
    "its event was removed": {"event": an_event(TWO, detail="removed")},
    "it is over": {"now": STARTS + timedelta(minutes=TWO.minutes)},
    "nobody knows who wants that": {"wishes": UNKNOWN},
}


@pytest.mark.parametrize("case", NOBODY.values(), ids=NOBODY)
def test_nobody_becomes_a_guest_if(case):
    assert decide(**case) == []


def test_the_presenters_with_an_address_become_guests_and_nobody_else():
    assert decide() == [("guests:K7P2QX:1", ("Eva@example.org", "rima@example.org"))]


@pytest.mark.parametrize("wish", [Discretion.minimal, Discretion.no_calendar])
def test_who_wants_nothing_in_a_calendar_does_not(wish):
    wishes = Wishes({"eva@example.org": frozenset({wish})})

    assert decide(wishes=wishes) == [("guests:K7P2QX:1", ("rima@example.org",))]


@pytest.mark.parametrize("state", [EffectState.sent, EffectState.failed])
def test_what_was_done_or_refused_is_not_asked_for_again(state):
    assert decide(guests=[set_before(state=state)]) == []


def test_what_was_not_done_yet_is_asked_for_under_its_key():
    assert decide(guests=[set_before(state=EffectState.ready)])[0][0] == "guests:K7P2QX:1"


AGAIN = {
    "a presenter more": ({"session": TWO}, a_session()),
    "another event": ({"event": an_event(TWO, provider_id="e2")}, TWO),
}


@pytest.mark.parametrize(("now", "before"), AGAIN.values(), ids=AGAIN)
def test_they_are_set_anew_for(now, before):
    assert decide(**now, guests=[set_before(before)]) == [("guests:K7P2QX:2", ("Eva@example.org", "rima@example.org"))]


def test_they_leave_the_event_when_the_box_is_unticked_and_come_back_when_it_is_ticked_again():
    there, left = set_before(), set_before(number=2, box=False)

    assert decide(box=False, guests=[there]) == [("guests:K7P2QX:2", ())]
    assert decide(box=False, guests=[there, left]) == []
    assert decide(guests=[there, left]) == [("guests:K7P2QX:3", ("Eva@example.org", "rima@example.org"))]
