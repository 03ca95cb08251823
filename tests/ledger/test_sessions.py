"""What the ledger keeps of sessions: revisions, changes that wait, and how invitations are written once more."""

from dataclasses import replace

import pytest

from tasks.domain.changes import Changes, Noticed
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.forgetting import bare
from tasks.domain.incoming.replies import Coming
from tasks.domain.models import SessionStatus
from tasks.domain.wording import Wording
from tests.domain.session_builders import a_presenter, a_revision, a_session
from tests.ledger.ledger_builders import LATER, NOW, a_mail

REF = "K7P2QX"
WAITS = Noticed("mark", NOW)


def revised(*revisions):
    return [Changes(revise={one.ref: one}) for one in revisions]


def promise(ledger, key, ref=REF, kind=EffectKind.mail, state=EffectState.ready):
    ledger.intend([Effect(key, kind, ref, EffectState.ready)], NOW)
    if state is EffectState.sending:
        assert ledger.claim(key, NOW)
    elif state is EffectState.sent:
        assert ledger.claim(key, NOW)
        assert ledger.settle(key, EffectState.sending, state, NOW)


def follow(ledger, *changes):
    for one in changes:
        ledger.sessions.follow(one)


def test_a_revision_is_found_again_as_it_was(ledger):
    first = a_revision(a_session(presenters=(a_presenter(), a_presenter("Omar", "")), own_link="https://x.example.org"))
    second = a_revision(sequence=1, status=SessionStatus.cancelled)

    follow(ledger, *revised(first, second))

    assert ledger.sessions.revisions() == {REF: (first, second)}


def test_a_revision_that_was_kept_twice_is_there_once(ledger):
    follow(ledger, *revised(a_revision(), a_revision()))

    assert ledger.sessions.revisions() == {REF: (a_revision(),)}


def test_a_change_waits_until_it_is_announced_or_taken_back(ledger):
    other = a_revision(a_session(ref="B"))
    follow(ledger, Changes(notice={REF: WAITS, "B": WAITS, "C": WAITS}))
    follow(ledger, Changes(notice={REF: replace(WAITS, mark="newer")}, forget=frozenset({"C"}), revise={"B": other}))

    assert ledger.sessions.noticed() == {REF: Noticed("newer", NOW)}


ABOUT = [
    "invitation:K7P2QX:p:0",
    "rescheduled:K7P2QX:p:1",
    "removed:K7P2QX:p:1",
    "cancelled:K7P2QX:p:1",
    "resend:K7P2QX:p:2024-03-04",
    "reminder_week:K7P2QX:p:20240516T1200",
    "reminder_day:K7P2QX:p:20240516T1200",
    "reminder_hour:K7P2QX:p:20240516T1200",
]


@pytest.mark.parametrize("key", ABOUT)
def test_what_was_still_to_be_sent_of_an_older_revision_is_given_up(ledger, key):
    promise(ledger, key)

    follow(ledger, *revised(a_revision(sequence=2)))

    assert ledger.effect(key).state is EffectState.superseded
    assert not ledger.claim(key, LATER)


@pytest.mark.parametrize("state", [EffectState.sending, EffectState.sent])
def test_what_has_begun_or_gone_out_is_not_given_up(ledger, state):
    promise(ledger, ABOUT[0], state=state)

    follow(ledger, *revised(a_revision(sequence=2)))

    assert ledger.effect(ABOUT[0]).state is state


@pytest.mark.parametrize(
    ("key", "ref", "kind"),
    [
        ("acknowledgement:K7P2QX", REF, EffectKind.mail),
        ("invitation:OTHER:p:0", "OTHER", EffectKind.mail),
        ("event:K7P2QX", REF, EffectKind.event),
        ("row:sessions:K7P2QX", REF, EffectKind.row),
    ],
)
def test_nothing_else_is_given_up(ledger, key, ref, kind):
    promise(ledger, key, ref, kind)

    follow(ledger, *revised(a_revision(sequence=2)))

    assert ledger.effect(key).state is EffectState.ready


def test_a_move_of_an_event_that_was_not_begun_gives_way_to_the_next(ledger):
    promise(ledger, "event:K7P2QX:1", kind=EffectKind.event)

    follow(ledger, *revised(a_revision(sequence=2)))

    assert ledger.effect("event:K7P2QX:1").state is EffectState.superseded


def test_taking_up_a_session_for_the_first_time_gives_nothing_up(ledger):
    promise(ledger, ABOUT[0])

    follow(ledger, *revised(a_revision()))

    assert ledger.effect(ABOUT[0]).state is EffectState.ready


def test_how_an_invitation_is_written_once_more_is_kept_until_it_went_out(ledger):
    wording = Wording("fr", "Voici le lien.", "wrong link in the first", as_copy=True)
    ledger.asked_for.ask([a_mail("resend:1"), a_mail("resend:2")], wording, NOW)
    ledger.asked_for.ask([a_mail("resend:1")], replace(wording, language="en"), LATER)
    assert ledger.claim("resend:2", NOW)
    ledger.settle("resend:2", EffectState.sending, EffectState.sent, NOW)

    assert ledger.asked_for.wordings() == {"resend:1": replace(wording, language="en")}


def test_what_is_forgotten_of_a_session_is_what_people_typed_and_answered_and_of_no_other_session(ledger):
    other = a_revision(a_session(ref="M4M4M4"))
    follow(ledger, *revised(a_revision(), a_revision(sequence=1), other))
    again = "resend:K7P2QX:id-eva:1"
    ledger.asked_for.ask([replace(a_mail(again), ref=REF)], Wording(preface="For Eva"), NOW)
    assert ledger.claim(again, NOW)
    ledger.settle(again, EffectState.sending, EffectState.sent, NOW)
    ledger.mailroom.answered("1", REF, "id-eva", Coming.accepted, 0, NOW)
    ledger.mailroom.answered("2", "M4M4M4", "id-eva", Coming.accepted, 0, NOW)
    assert ledger.sessions.remembered() == {REF, "M4M4M4"}

    for _ in range(2):
        ledger.sessions.forget([REF])

    assert ledger.sessions.remembered() == {"M4M4M4"}
    kept = ledger.sessions.revisions()
    assert [(one.sequence, one.session) for one in kept[REF]] == [(number, bare(a_session())) for number in (0, 1)]
    assert kept["M4M4M4"] == (other,)
    assert ledger.effect(again).state is EffectState.sent


def test_a_tick_counts_once_until_the_box_was_seen_empty(ledger):
    ledger.asked_for.ask([a_mail("resend:1")], Wording(), NOW, wish=REF)
    ledger.asked_for.ask([], Wording(), LATER, wish=REF)
    assert ledger.asked_for.asked() == {REF}

    ledger.asked_for.unticked([REF])

    assert ledger.asked_for.asked() == set()
