"""What staff change in Sessions is told once nobody has typed for a while; never about the past."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.domain.changes import Changes, Known, Noticed, decide_changes, unsettled
from tasks.domain.models import SessionStatus, Severity
from tasks.domain.revisions import CANCELLED, Revision, mark_of
from tasks.domain.sessions import SessionRow, SessionsReading
from tests.domain.session_builders import STARTS, a_presenter, a_revision, a_session
from tests.domain.sheet_builders import wrong

QUIET = timedelta(minutes=15)
NOW = STARTS - timedelta(days=3)
REF = "K7P2QX"
LATER = a_session(starts=STARTS + timedelta(days=1))
DIFFERENT = {
    "date": LATER,
    "hour": a_session(starts=STARTS + timedelta(minutes=30)),
    "length": a_session(minutes=60),
    "zone": a_session(zone="Africa/Kampala"),
    "title": a_session(title="Mothers"),
    "link": a_session(own_link="https://meet.example.org/fathers"),
    "presenter's name": a_session(presenters=(a_presenter(name="Rima K."),)),
    "presenter's address": a_session(presenters=(a_presenter(address="rima@example.com"),)),
    "one more presenter": a_session(presenters=(a_presenter(), a_presenter("Omar", "omar@example.org"))),
    "no presenter": a_session(presenters=()),
}


def reading(*sessions, status=SessionStatus.confirmed, held=()):
    rows = {one.ref: SessionRow(one.ref, 2, status, {}) for one in sessions}
    return SessionsReading(rows, sessions if status is SessionStatus.confirmed else (), (), frozenset(held))


OFF = reading(a_session(), status=SessionStatus.cancelled)


def known(*history, told=True, noticed=None):
    history = history or (a_revision(),)
    return Known({REF: history}, {REF: noticed} if noticed else {}, {REF} if told else set())


def decide(read, knows, now=NOW):
    return decide_changes(read, knows, now, QUIET, "Sessions")


def since(session, **ago):
    return Noticed(mark_of(session), NOW - timedelta(**ago))


# ------------------------------------------------------------------------------------------------- nothing is told
def test_what_people_were_told_already_is_no_change():
    assert decide(reading(a_session()), known()) == Changes()


@pytest.mark.parametrize(
    "same",
    [a_session(row=9), a_session(recording="no"), a_session(language="fr")],
    ids=["row", "recording", "language"],
)
def test_what_people_are_not_told_is_no_change(same):
    assert decide(reading(same), known()) == Changes()


@pytest.mark.parametrize("known_as", [True, False])
def test_of_a_safer_session_neither_title_nor_names_nor_that_it_is_safer_are_news(known_as):
    before = a_revision(a_session(safer=known_as))
    other = a_session(title="Mothers", presenters=(a_presenter(name="R."),), safer=True)

    assert decide(reading(other), known(before)) == Changes()
    assert unsettled(reading(other), {REF: (before,)}, NOW) == {}


def test_of_a_safer_session_the_date_is_news():
    assert REF in decide(reading(replace(LATER, safer=True)), known(a_revision(a_session(safer=True)))).waiting


def test_presenters_in_another_order_are_no_change():
    two = (a_presenter(), a_presenter("Omar", "omar@example.org"))

    assert decide(reading(a_session(presenters=two[::-1])), known(a_revision(a_session(presenters=two)))) == Changes()


@pytest.mark.parametrize("status", [SessionStatus.cancelled, SessionStatus.draft])
def test_a_session_that_was_never_announced_can_be_given_up_in_silence(status):
    assert decide(reading(a_session(), status=status), Known({}, {}, set())) == Changes()


@pytest.mark.parametrize("session", DIFFERENT.values(), ids=DIFFERENT)
def test_a_change_waits_until_nobody_has_typed_for_the_quiet_period(session):
    seen = decide(reading(session), known())

    assert (seen.revise, seen.notice) == ({}, {REF: Noticed(mark_of(session), NOW)})
    assert seen.waiting == {REF: NOW + QUIET}


@pytest.mark.parametrize(("ago", "told"), [(14, False), (15, True), (16, True)])
def test_a_change_is_told_when_it_has_stood_for_the_quiet_period(ago, told):
    changes = decide(reading(LATER), known(noticed=since(LATER, minutes=ago)))

    assert (REF in changes.revise) is told
    assert (REF in changes.waiting) is not told
    assert changes.notice == {}


def test_every_further_change_begins_the_quiet_period_anew():
    changes = decide(reading(DIFFERENT["title"]), known(noticed=since(LATER, hours=1)))

    assert changes.notice == {REF: Noticed(mark_of(DIFFERENT["title"]), NOW)}


def test_a_change_that_was_taken_back_is_forgotten():
    changes = decide(reading(a_session()), known(noticed=since(LATER, minutes=5)))

    assert changes == Changes(forget=frozenset({REF}))


def test_a_row_that_cannot_be_read_for_now_changes_nothing():
    knows = known(noticed=since(LATER, hours=1))

    assert decide(reading(LATER, held={REF}), knows) == Changes()


# ---------------------------------------------------------------------------------------------------- what is told
@pytest.mark.parametrize("session", DIFFERENT.values(), ids=DIFFERENT)
def test_everything_that_people_were_told_is_told_again_when_it_changes(session):
    (revision,) = decide(reading(session), known(noticed=since(session, hours=1))).revise.values()

    assert revision == Revision(1, SessionStatus.confirmed, session, NOW)


def test_a_cancellation_waits_for_the_quiet_period_too():
    assert decide(OFF, known()).waiting == {REF: NOW + QUIET}
    (revision,) = decide(OFF, known(noticed=Noticed(CANCELLED, NOW - QUIET))).revise.values()
    assert (revision.sequence, revision.status, revision.session) == (1, SessionStatus.cancelled, a_session())


def test_a_session_that_was_cancelled_can_be_confirmed_again():
    cancelled = a_revision(sequence=3, status=SessionStatus.cancelled)

    (revision,) = decide(reading(LATER), known(cancelled, noticed=since(LATER, hours=1))).revise.values()

    assert revision == Revision(4, SessionStatus.confirmed, LATER, NOW)


def test_a_session_is_first_taken_up_as_it_is():
    (revision,) = decide(reading(a_session()), Known({}, {}, set())).revise.values()

    assert revision == Revision(0, SessionStatus.confirmed, a_session(), NOW)


def test_nobody_has_to_wait_for_a_change_that_nobody_was_told_the_old_of():
    assert REF in decide(reading(LATER), known(told=False)).revise


# ------------------------------------------------------------------------------------------------ shortly before it
@pytest.mark.parametrize(("before", "told"), [(119, True), (120, False), (121, False)])
def test_shortly_before_a_session_two_runs_that_read_the_same_are_enough(before, told):
    now = STARTS - timedelta(minutes=before)

    changes = decide(reading(LATER), known(noticed=Noticed(mark_of(LATER), now - timedelta(minutes=5))), now)

    assert (REF in changes.revise) is told


def test_even_shortly_before_a_session_one_look_is_not_enough():
    now = STARTS - timedelta(minutes=30)

    assert decide(reading(LATER), known(), now).revise == {}


# ------------------------------------------------------------------------------------------------------- too late
@pytest.mark.parametrize("after", [0, 1, 90])
@pytest.mark.parametrize("status", [SessionStatus.confirmed, SessionStatus.cancelled, SessionStatus.draft])
def test_nothing_is_told_about_a_session_that_has_begun(after, status):
    changed = reading(DIFFERENT["title"], status=status)

    assert decide(changed, known(), STARTS + timedelta(minutes=after)) == Changes()


def test_a_session_that_has_taken_place_is_not_announced_for_another_day():
    changes = decide(reading(LATER), known(noticed=since(LATER, hours=1)), STARTS)

    (problem,) = changes.problems
    assert (changes.revise, problem.code, problem.severity) == ({}, "held-moved", Severity.notice)
    assert wrong(problem) == "Session K7P2QX has taken place on 2024-05-16 12:00 UTC; nobody is told of its new date."


def test_a_session_moved_into_the_past_is_a_typing_error_that_staff_must_see():
    past = a_session(starts=NOW)

    changes = decide(reading(past), known(noticed=since(past, hours=1)))

    assert ([one.code for one in changes.problems], changes.revise) == (["moved-into-past"], {})


def test_a_cancelled_session_confirmed_for_a_date_that_has_passed_is_nobodys_news():
    cancelled = a_revision(sequence=1, status=SessionStatus.cancelled)

    assert decide(reading(a_session(starts=NOW)), known(cancelled)) == Changes()


def test_a_session_confirmed_after_it_began_is_not_taken_up():
    assert decide(reading(a_session()), Known({}, {}, set()), STARTS) == Changes()


# ------------------------------------------------------------------------------------ people expect what is not there
@pytest.mark.parametrize(
    ("read", "code"),
    [
        (reading(a_session(), status=SessionStatus.draft), "announced-draft"),
        (reading(), "announced-gone"),
    ],
)
@pytest.mark.parametrize("told", [True, False])
def test_a_session_that_people_expect_cannot_just_disappear(read, code, told):
    changes = decide(read, known(told=told))

    assert [one.code for one in changes.problems] == ([code] if told else [])
    assert changes.revise == {}


def test_a_tab_that_cannot_be_read_has_lost_no_session():
    assert decide(SessionsReading({}, (), (), readable=False), known()) == Changes()


# ------------------------------------------------------------------------------- of whom nobody is told for now
@pytest.mark.parametrize(
    ("read", "last", "reason"),
    [
        (reading(a_session()), a_revision(), None),
        (reading(LATER), a_revision(), "a change is about to be announced"),
        (
            reading(a_session(), status=SessionStatus.cancelled),
            a_revision(),
            "its cancellation is about to be announced",
        ),
        (reading(a_session(), status=SessionStatus.draft), a_revision(), "it is not confirmed any more"),
        (reading(a_session(), held={REF}), a_revision(), "its row cannot be read for now"),
        (reading(), a_revision(), "its row cannot be read for now"),
        (reading(a_session()), a_revision(status=SessionStatus.cancelled), "its status was changed again"),
        (OFF, a_revision(status=SessionStatus.cancelled), None),
        (reading(), a_revision(status=SessionStatus.cancelled), None),
    ],
)
def test_nobody_is_told_what_may_be_different_in_a_moment(read, last, reason):
    assert unsettled(read, {REF: (last,)}, NOW).get(REF) == reason


def test_a_confirmed_session_that_was_not_taken_up_yet_has_no_event():
    assert unsettled(reading(a_session()), {}, NOW) == {REF: "the calendar event is not there yet"}
    assert unsettled(reading(a_session()), {}, STARTS) == {}


def test_a_revision_is_told_apart_by_what_people_are_told():
    assert mark_of(replace(a_session(), row=8)) == mark_of(a_session())
    assert len({mark_of(one) for one in (a_session(), *DIFFERENT.values())}) == len(DIFFERENT) + 1
