"""The event of a session is made, moved and removed as its newest revision asks."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.domain.calendar_events import (
    REMOVED,
    EventDeed,
    decide_events,
    event_key,
    is_over,
    next_event_id,
    standing_event,
    timing,
    timing_of,
)
from tasks.domain.effects import EffectState
from tasks.domain.keys import event_id
from tasks.domain.models import SessionStatus
from tasks.domain.revisions import Revision
from tests.domain.session_builders import BEFORE, STARTS, a_session, an_event, by_key

REF = "K7P2QX"
MOVED = a_session(starts=STARTS + timedelta(days=1))
FIRST, SECOND = event_id(REF), event_id(REF, 2)


def decide(session, *events, sequence=0, status=SessionStatus.confirmed, now=BEFORE):
    revision = Revision(sequence, status, session, BEFORE)
    return decide_events({session.ref: revision}, {session.ref: by_key(*events)}, now)


def the_event(number=0, **deviation):
    return an_event(key=event_key(REF, number), provider_id=FIRST, **deviation)


@pytest.mark.parametrize(("after", "made"), [(-1, 1), (0, 0), (1, 0)])
def test_a_session_that_has_begun_gets_no_event(after, made):
    plan = decide(a_session(), now=STARTS + timedelta(seconds=after))

    assert len(plan.deeds) == made
    assert plan.skipped == Counter({} if made else {"the session is in the past": 1})


def test_a_session_to_come_without_an_event_gets_one():
    assert decide(a_session()).deeds == (EventDeed("event:K7P2QX", a_session(), FIRST, timing(a_session())),)


@pytest.mark.parametrize("state", [EffectState.ready, EffectState.sending, EffectState.uncertain, EffectState.failed])
@pytest.mark.parametrize("identity", [FIRST, SECOND])
def test_an_event_that_is_not_settled_is_tried_under_its_claim_and_its_id(state, identity):
    (deed,) = decide(MOVED, replace(the_event(state=state), provider_id=identity), sequence=1).deeds

    assert deed == EventDeed("event:K7P2QX", MOVED, identity, timing(MOVED))


def test_an_event_that_stands_is_left_alone_even_after_the_session():
    plan = decide(a_session(), the_event(), now=STARTS + timedelta(days=9))

    assert (plan.deeds, plan.complete, plan.skipped) == ((), {}, Counter({"the event stands in the calendar": 1}))


def test_an_event_without_a_link_is_asked_for_it_again():
    assert decide(a_session(), the_event(link="")).complete == {REF: the_event(link="")}


@pytest.mark.parametrize("session", [MOVED, a_session(minutes=60)])
def test_an_event_moves_with_its_session_and_keeps_its_id(session):
    assert decide(session, the_event(), sequence=3).deeds == (
        EventDeed("event:K7P2QX:3", session, FIRST, timing(session)),
    )


def test_a_change_that_is_none_of_time_leaves_the_event_alone():
    assert decide(a_session(title="Mothers"), the_event(), sequence=1).deeds == ()


def test_the_event_of_a_cancelled_session_is_removed_once():
    off = {"sequence": 2, "status": SessionStatus.cancelled}

    assert decide(a_session(), the_event(), **off).deeds == (EventDeed("event:K7P2QX:2", a_session(), FIRST, REMOVED),)
    assert decide(a_session(), the_event(), the_event(2, detail=REMOVED, link=""), **off) == decide(a_session(), **off)


def test_a_session_that_is_confirmed_again_gets_a_new_event():
    (deed,) = decide(a_session(), the_event(), the_event(1, detail=REMOVED), sequence=2).deeds

    assert (deed.key, deed.event_id) == ("event:K7P2QX:2", SECOND)


def test_a_move_whose_event_staff_want_made_anew_is_made_under_the_new_id():
    tried = an_event(key=event_key(REF, 1), provider_id=SECOND, state=EffectState.ready)

    (deed,) = decide(MOVED, the_event(), tried, sequence=1).deeds

    assert (deed.key, deed.event_id) == ("event:K7P2QX:1", SECOND)


def test_the_event_stands_as_it_was_settled_last():
    moved = the_event(10, detail=timing(MOVED))

    assert standing_event(by_key(the_event(9), moved, the_event(11, state=EffectState.ready), the_event())) == moved
    assert standing_event({}) is None


def test_a_timing_is_read_as_it_was_written():
    assert timing_of(timing(MOVED)) == (MOVED.starts, MOVED.minutes)


def test_a_plan_says_what_becomes_of_the_event():
    deeds = [EventDeed("", a_session(), FIRST, goal) for goal in (timing(a_session()), REMOVED)]

    assert [deed.words for deed in deeds] == [
        "K7P2QX: calendar event at 2024-05-16T12:00Z for 90 minutes",
        "K7P2QX: removed from the calendar",
    ]


@pytest.mark.parametrize(("minutes", "over"), [(89, False), (90, True), (91, True)])
def test_a_session_is_over_when_its_minutes_have_passed(minutes, over):
    assert is_over(a_session(), STARTS + timedelta(minutes=minutes)) is over


@pytest.mark.parametrize(("sequence", "key"), [(0, "event:K7P2QX"), (7, "event:K7P2QX:7")])
def test_the_claim_of_an_event_is_made_of_its_ref_and_revision(sequence, key):
    assert event_key(REF, sequence) == key


@pytest.mark.parametrize("generation", [1, 2, 5])
def test_an_event_that_is_made_again_gets_the_id_of_the_next_generation(generation):
    event = an_event(provider_id=event_id("K7P2QX", generation))

    assert next_event_id(event) == event_id("K7P2QX", generation + 1)
