"""Invitations once more: to whom staff want, at most once a day to each, as the session is by now."""

from collections import Counter
from datetime import timedelta

import pytest

from tasks.domain.effects import EffectState, Priority
from tasks.domain.forgetting import GONE
from tasks.domain.mail_identity import MailKind
from tasks.domain.resending import Audience, decide_resend, still_asked_for
from tasks.domain.told import resend_key
from tasks.domain.wording import AS_USUAL, Wording
from tests.domain.session_builders import (
    BEFORE,
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
BOTH = (a_mail("invitation:K7P2QX:id-rima:0"), a_mail("invitation:K7P2QX:id-eva:0"))
BOOK = a_book(a_member())
TODAY = resend_key(REF, "id-rima", BEFORE.date())


def resend(*effects, now=BEFORE, wording=AS_USUAL, revision=None, **asked):
    revision = revision or a_revision()
    mine = by_key(an_event(revision.session), *effects)
    return decide_resend(revision, Audience(**asked), wording, BOOK, mine, now)


def still(*effects, wordings=None, revision=None):
    revision = revision or a_revision()
    mine = by_key(an_event(revision.session), *effects)
    return still_asked_for({REF: (revision,)}, wordings or {}, BOOK, {REF: mine}, BEFORE)


def test_nobody_is_invited_again_to_a_session_that_has_begun():
    plan = resend(*BOTH, now=STARTS)

    assert (plan.send, plan.held) == ((), ("K7P2QX: the session is in the past",))


@pytest.mark.parametrize("last", ["removed:K7P2QX:id-rima:0", "cancelled:K7P2QX:id-rima:0"])
def test_who_is_not_expected_any_more_is_not_invited_again(last):
    plan = resend(BOTH[0], a_mail(last))

    assert (plan.send, plan.skipped) == ((), Counter({"not invited yet: the invitations flow writes to them": 2}))


def test_only_who_was_invited_is_invited_again():
    plan = resend(BOTH[0], a_mail("invitation:K7P2QX:id-eva:0", EffectState.ready))

    assert [(one.key, one.resent) for one in plan.send] == [("resend:K7P2QX:id-rima:2024-04-16", True)]
    assert plan.send[0].words == "K7P2QX: speaker invitation again to presenter 1 (id-rima), in en"
    assert plan.skipped == Counter({"not invited yet: the invitations flow writes to them": 1})


def test_whose_invitation_came_back_can_be_invited_again():
    plan = resend(a_mail("invitation:K7P2QX:id-eva:0", EffectState.bounced))

    assert [one.to.address for one in plan.send] == ["eva@example.org"]


def test_who_is_about_to_hear_of_a_change_does_not_get_it_twice():
    plan = resend(*BOTH, a_mail("rescheduled:K7P2QX:id-eva:1"), revision=a_revision(sequence=1))

    assert [one.to.address for one in plan.send] == ["eva@example.org"]
    assert plan.skipped == Counter({"the invitations flow is about to tell them what has changed": 1})


@pytest.mark.parametrize("state", EffectState)
def test_nobody_is_invited_again_twice_a_day(state):
    again = a_mail(TODAY, state)

    assert len(resend(*BOTH, again).send) == (2 if state is EffectState.ready else 1)
    assert len(resend(*BOTH, again, now=BEFORE + timedelta(days=1)).send) == 2


@pytest.mark.parametrize(
    ("asked", "whom", "reason"),
    [
        ({"kinds": (MailKind.invitation,)}, ["eva@example.org"], "not asked for"),
        ({"kinds": (MailKind.speaker_invitation,)}, ["rima@example.org"], "not asked for"),
        ({"people": frozenset({"id-eva"})}, ["eva@example.org"], "not asked for"),
        ({"people": frozenset({"id-eva", "id-rima"})}, ["rima@example.org", "eva@example.org"], "not asked for"),
        ({"people": frozenset({"id-nobody"})}, [], "not asked for"),
        ({"people": frozenset({"id-eva"}), "kinds": (MailKind.speaker_invitation,)}, [], "not asked for"),
        ({"answered": frozenset({"id-eva"})}, ["rima@example.org"], "has answered"),
        ({"answered": frozenset({"id-eva", "id-rima"})}, [], "has answered"),
    ],
)
def test_an_invitation_is_sent_again_only_to_those_asked_for(asked, whom, reason):
    plan = resend(*BOTH, **asked)

    assert [one.to.address for one in plan.send] == whom
    assert plan.skipped[reason] == 2 - len(whom)


@pytest.mark.parametrize(("language", "written"), [("", ["en", "es"]), ("fr", ["fr", "fr"])])
def test_it_is_written_as_staff_ask(language, written):
    plan = resend(*BOTH, wording=Wording(language, "The link works now.", "wrong link in the first"))

    assert [one.language for one in plan.send] == written
    assert {(one.preface, one.priority) for one in plan.send} == {("The link works now.", Priority.normal)}


AT = [BEFORE - timedelta(days=days) for days in (3, 2, 1)]


@pytest.mark.parametrize(
    ("mails", "copied"),
    [
        ([], "invitation:K7P2QX:id-rima:0"),
        ([a_mail("resend:K7P2QX:id-rima:2024-04-14", settled_at=AT[1])], "resend:K7P2QX:id-rima:2024-04-14"),
        ([a_mail("reminder_week:K7P2QX:id-rima:x", settled_at=AT[1])], "invitation:K7P2QX:id-rima:0"),
        ([a_mail("resend:K7P2QX:id-rima:2024-04-14", EffectState.held)], "invitation:K7P2QX:id-rima:0"),
        ([a_mail("resend:K7P2QX:id-rima:2024-04-14", settled_at=AT[1], provider_id=GONE)], ""),
    ],
)
def test_a_copy_is_of_what_the_person_got_last_if_that_is_kept(mails, copied):
    first = a_mail("invitation:K7P2QX:id-rima:0", settled_at=AT[0])

    (mail,) = resend(first, *mails, wording=Wording(as_copy=True)).send

    assert mail.copy_of == copied
    assert ("as a copy" if copied else "written anew") in mail.words


def test_it_is_the_session_as_it_is_by_now():
    revision = a_revision(a_session(title="Mothers"), 2)
    told = [a_mail(f"rescheduled:K7P2QX:{person}:2") for person in ("id-rima", "id-eva")]

    assert {(one.session.title, one.sequence) for one in resend(*told, revision=revision).send} == {("Mothers", 2)}


@pytest.mark.parametrize("state", [state for state in EffectState if state is not EffectState.ready])
def test_one_that_went_out_or_was_given_up_is_not_sent_along(state):
    assert still(*BOTH, a_mail(TODAY, state)) == []


def test_one_that_was_asked_for_and_has_not_gone_out_is_sent_along_in_the_words_of_that_time():
    wording = Wording("fr", "Voici le lien.")

    (mail,) = still(*BOTH, a_mail(TODAY, EffectState.ready), wordings={TODAY: wording})

    assert (mail.key, mail.language, mail.preface, mail.resent) == (TODAY, "fr", "Voici le lien.", True)
