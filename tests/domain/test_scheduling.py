"""Which submissions become sessions, and which sessions need an event."""

from collections import Counter
from datetime import timedelta

import pytest

from tasks.domain.effects import EffectState
from tasks.domain.keys import event_id
from tasks.domain.models import SessionStatus, Severity
from tasks.domain.scheduling import (
    Decisions,
    change_problems,
    decide_events,
    event_key,
    is_over,
    next_event_id,
    read_decisions,
    timing,
)
from tasks.domain.sessions import SessionRow, SessionsReading
from tests.domain.session_builders import BEFORE, STARTS, a_session, an_event, by_key
from tests.domain.sheet_builders import PROGRAMME, a_tab, to_do, told, wrong

SUBMISSIONS = PROGRAMME.register_.submissions


def decide(*rows):
    return read_decisions(a_tab(SUBMISSIONS, *rows), SUBMISSIONS, "register · Submissions")


@pytest.mark.parametrize("word", ["Maybe", "Accepted?", "yes", "x", 1, True])
def test_a_word_that_is_no_decision_is_asked_about_and_not_acted_upon(word):
    decisions = decide({"ref": "K7P2QX", "decision": word})

    assert (decisions.accepted, decisions.waiting) == ((), 0)
    assert told(decisions.problems) == [("decision", 2, "problem")]
    assert to_do(decisions.problems[0]) == "Choose Accepted or Declined in row 2, or leave the cell empty."


@pytest.mark.parametrize("word", ["Accepted", " accepted ", "ACCEPTED"])
def test_accepted_refs_come_in_the_order_of_the_tab_and_once(word):
    rows = [{"ref": ref, "decision": word} for ref in ("B", "A", "B")]

    assert decide(*rows) == Decisions(("B", "A"), 0, ())


def test_declined_and_undecided_rows_become_no_session():
    assert decide({"ref": "A", "decision": "Declined"}, {"ref": "B", "decision": ""}, {"ref": "C"}) == Decisions(
        (), 2, ()
    )


def test_a_problem_in_a_row_without_a_ref_is_known_by_its_row():
    (problem,) = decide({"title": "x", "decision": "Maybe"}).problems

    assert problem.subject == "row 2"


def test_a_session_to_come_without_an_event_gets_one():
    plan = decide_events([a_session()], {}, BEFORE)

    assert (plan.create, plan.complete, plan.skipped) == ((a_session(),), (), Counter())


@pytest.mark.parametrize("state", [EffectState.ready, EffectState.sending, EffectState.uncertain, EffectState.failed])
def test_an_event_that_is_not_settled_is_tried_under_its_claim(state):
    plan = decide_events([a_session()], by_key(an_event(state=state)), BEFORE)

    assert plan.create == (a_session(),)


@pytest.mark.parametrize(("after", "created"), [(-1, 1), (0, 0), (1, 0)])
def test_a_session_that_has_begun_gets_no_event(after, created):
    plan = decide_events([a_session()], {}, STARTS + timedelta(seconds=after))

    assert len(plan.create) == created
    assert plan.skipped == Counter({} if created else {"the session is in the past": 1})


def test_an_event_that_stands_is_left_alone_and_one_without_a_link_is_asked_again():
    late = a_session(ref="LATE")
    effects = by_key(an_event(), an_event(late, link=""))

    plan = decide_events([a_session(), late], effects, STARTS + timedelta(days=9))

    assert (plan.create, plan.complete) == ((), (late,))
    assert plan.skipped == Counter({"the event stands in the calendar": 1})


@pytest.mark.parametrize(("minutes", "over"), [(89, False), (90, True), (91, True)])
def test_a_session_is_over_when_its_minutes_have_passed(minutes, over):
    assert is_over(a_session(), STARTS + timedelta(minutes=minutes)) is over


def reading(*confirmed, status=SessionStatus.confirmed):
    rows = {session.ref: SessionRow(session.ref, session.row, status, {}) for session in confirmed}
    sessions = confirmed if status is SessionStatus.confirmed else ()
    return SessionsReading(rows, tuple(sessions), ())


@pytest.mark.parametrize("changes", [{"starts": STARTS + timedelta(minutes=1)}, {"minutes": 60}])
def test_a_session_moved_after_its_event_was_made_is_told(changes):
    (problem,) = change_problems(reading(a_session(**changes)), by_key(an_event()), "Sessions")

    assert (problem.code, problem.row, problem.severity) == ("moved-late", 2, Severity.problem)
    assert f"made for {timing(a_session()).replace(' for ', ' (')})" in wrong(problem)


def test_a_session_cancelled_after_its_event_was_made_is_told():
    found = change_problems(reading(a_session(), status=SessionStatus.cancelled), by_key(an_event()), "Sessions")

    assert told(found) == [("cancelled-late", 2, "notice")]


@pytest.mark.parametrize(
    ("session", "status", "effects"),
    [
        (a_session(), SessionStatus.confirmed, by_key(an_event())),
        (a_session(minutes=60), SessionStatus.confirmed, {}),
        (a_session(minutes=60), SessionStatus.confirmed, by_key(an_event(state=EffectState.sending))),
        (a_session(), SessionStatus.cancelled, {}),
        (a_session(), SessionStatus.draft, by_key(an_event())),
    ],
)
def test_what_was_not_changed_or_has_no_event_is_not_told(session, status, effects):
    assert change_problems(reading(session, status=status), effects, "Sessions") == []


def test_the_claim_of_an_event_is_made_of_its_ref():
    assert event_key("K7P2QX") == "event:K7P2QX"


@pytest.mark.parametrize("generation", [1, 2, 5])
def test_an_event_that_is_made_again_gets_the_id_of_the_next_generation(generation):
    event = an_event(provider_id=event_id("K7P2QX", generation))

    assert next_event_id(event) == event_id("K7P2QX", generation + 1)
