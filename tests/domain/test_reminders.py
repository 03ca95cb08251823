"""Reminders: a week, a day and an hour before, to who was told early enough, whatever date the session has by now."""

from collections import Counter
from datetime import timedelta

import pytest

from tasks.domain.effects import EffectState
from tasks.domain.mail_identity import MailKind
from tasks.domain.models import SessionStatus
from tasks.domain.programme import Hours
from tasks.domain.reminders import LEADS, decide_reminders
from tests.domain.session_builders import (
    STARTS,
    a_book,
    a_mail,
    a_member,
    a_revision,
    a_session,
    an_event,
    by_key,
)

REF = "K7P2QX"
WEEK, DAY, HOUR = MailKind.reminder_week, MailKind.reminder_day, MailKind.reminder_hour
LONG_AGO = STARTS - timedelta(days=30)
ALWAYS = Hours(send_from=0, send_until=24)


def told(key, at=LONG_AGO, state=EffectState.sent):
    return a_mail(key, state, settled_at=at)


INVITED = (told("invitation:K7P2QX:id-rima:0"), told("invitation:K7P2QX:id-eva:0"))


def decide(*effects, before, revision=None, kinds=tuple(LEADS), members=None, hours=ALWAYS, unsettled=None):
    revision = revision or a_revision()
    mine = by_key(an_event(revision.session), *(effects or INVITED))
    book = a_book(*(members or [a_member()]))
    now = revision.session.starts - before
    return decide_reminders({REF: (revision,)}, unsettled or {}, book, {REF: mine}, now, kinds=kinds, hours=hours)


def kinds_of(plan):
    return {one.kind for one in plan.send}


# ---------------------------------------------------------------------------------------------------- nobody
@pytest.mark.parametrize("before", [timedelta(0), timedelta(minutes=-1), timedelta(minutes=10), timedelta(days=8)])
def test_nobody_is_reminded_too_late_or_too_early(before):
    assert decide(before=before).send == ()


def test_nobody_is_reminded_of_a_cancelled_session():
    assert decide(before=timedelta(hours=23), revision=a_revision(status=SessionStatus.cancelled)).send == ()


def test_nobody_is_reminded_while_a_session_may_be_different_in_a_moment():
    plan = decide(before=timedelta(hours=23), unsettled={REF: "a change is about to be announced"})

    assert (plan.send, plan.held) == ((), ("K7P2QX: a change is about to be announced",))


@pytest.mark.parametrize(
    "effects",
    [
        [told("invitation:K7P2QX:id-eva:0", state=EffectState.ready)],
        [told("invitation:K7P2QX:id-eva:0", state=EffectState.held)],
        [told("removed:K7P2QX:id-eva:0")],
    ],
)
def test_nobody_is_reminded_of_what_they_were_not_told(effects):
    plan = decide(*effects, before=timedelta(hours=23))

    assert (plan.send, plan.skipped) == ((), Counter({"nobody is reminded of what they were not told": 2}))


def test_nobody_is_reminded_of_a_date_they_do_not_know_yet():
    assert decide(before=timedelta(hours=23), revision=a_revision(sequence=1)).send == ()


@pytest.mark.parametrize(("kind", "before"), [(kind, lead.due) for kind, lead in LEADS.items()])
@pytest.mark.parametrize(("late", "reminded"), [(0, True), (1, False)])
def test_who_was_told_only_after_a_reminder_was_due_has_it_fresh_in_mind(kind, before, late, reminded):
    at = STARTS - before + timedelta(minutes=late)
    plan = decide(told("invitation:K7P2QX:id-eva:0", at), before=before - timedelta(minutes=2), kinds=(kind,))

    assert kinds_of(plan) == ({kind} if reminded else set())


@pytest.mark.parametrize("state", [state for state in EffectState if state is not EffectState.ready])
def test_nobody_is_reminded_twice(state):
    known = told("reminder_day:K7P2QX:id-eva:20240516T1200", state=state)

    plan = decide(*INVITED, known, before=timedelta(hours=23))

    assert [one.to.address for one in plan.send] == ["rima@example.org"]
    assert plan.skipped == Counter({f"reminder day {state}": 1})


@pytest.mark.parametrize("kind", LEADS)
def test_a_reminder_that_is_switched_off_is_not_sent(kind):
    others = tuple(one for one in LEADS if one is not kind)

    assert kind not in kinds_of(decide(before=LEADS[kind].due, kinds=others))


def test_a_member_who_wants_no_reminders_gets_none_and_the_presenters_do():
    plan = decide(before=timedelta(hours=23), members=[a_member(kinds=frozenset({"invitations"}))])

    assert [one.to.address for one in plan.send] == ["rima@example.org"]


# ------------------------------------------------------------------------------------------------------ everybody
@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        (timedelta(days=7, minutes=1), set()),
        (timedelta(days=7), {WEEK}),
        (timedelta(days=2, minutes=1), {WEEK}),
        (timedelta(days=2), set()),
        (timedelta(hours=24), {DAY}),
        (timedelta(hours=3, minutes=1), {DAY}),
        (timedelta(hours=3), set()),
        (timedelta(hours=1), {HOUR}),
        (timedelta(minutes=11), {HOUR}),
    ],
)
def test_everybody_who_was_invited_is_reminded_in_time(before, kinds):
    plan = decide(before=before)

    assert kinds_of(plan) == kinds
    assert len(plan.send) == 2 * len(kinds)


def test_a_reminder_is_of_no_use_when_it_comes_too_late():
    (mail, _) = decide(before=timedelta(hours=24)).send

    assert (mail.key, mail.expires_at) == ("reminder_day:K7P2QX:id-rima:20240516T1200", STARTS - timedelta(hours=3))
    assert mail.since == STARTS - timedelta(hours=24)


def test_a_session_that_was_moved_is_reminded_of_again():
    moved = a_session(starts=STARTS + timedelta(days=7))
    told_of_it = [told(f"rescheduled:K7P2QX:{person}:1") for person in ("id-rima", "id-eva")]
    earlier = told("reminder_day:K7P2QX:id-eva:20240516T1200")

    plan = decide(*told_of_it, earlier, before=timedelta(hours=23), revision=a_revision(moved, 1))

    assert [one.key for one in plan.send] == [
        "reminder_day:K7P2QX:id-rima:20240523T1200",
        "reminder_day:K7P2QX:id-eva:20240523T1200",
    ]


@pytest.mark.parametrize(("kind", "waits"), [(WEEK, True), (DAY, True), (HOUR, False)])
def test_only_a_reminder_that_can_wait_waits_for_the_morning(kind, waits):
    night = a_session(starts=STARTS.replace(hour=8))  # three o'clock in Lima

    plan = decide(before=LEADS[kind].due, revision=a_revision(night), kinds=(kind,), hours=Hours())

    assert [one.not_before is not None for one in plan.send] == [False, waits]
