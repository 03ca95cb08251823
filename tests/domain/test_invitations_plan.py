"""Who is invited, once, and who is not and why."""

from collections import Counter
from datetime import timedelta

import pytest

from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.invitations import GuestBook, decide_invitations, decide_resend, invitation_key, resend_key
from tasks.domain.mails import MailKind
from tests.domain.session_builders import (
    BEFORE,
    LINK,
    STARTS,
    a_member,
    a_presenter,
    a_session,
    a_submission,
    an_event,
    by_key,
)
from tests.domain.sheet_builders import the_response

EVA = a_member()
BOTH = (MailKind.speaker_invitation, MailKind.invitation)


def identify(address_key):
    return f"id-{address_key.partition('@')[0]}"


def book(*members, submissions=None):
    return GuestBook(members, submissions or {}, identify, "themes")


def a_mail(key, state=EffectState.sent):
    return Effect(key, EffectKind.mail, "K7P2QX", state)


def decide(session=None, members=(EVA,), now=BEFORE, effects=None, submissions=None):
    session = session or a_session()
    effects = by_key(an_event()) if effects is None else effects
    return decide_invitations([session], book(*members, submissions=submissions), effects, now)


def resend(effects, now=BEFORE, kinds=BOTH, person_id=""):
    everything = by_key(an_event(), *effects)
    return decide_resend(a_session(), book(a_member()), everything, now, kinds=kinds, person_id=person_id)


# ------------------------------------------------------------------------------------------------ nobody is invited
@pytest.mark.parametrize(
    ("effects", "reason"),
    [
        ({}, "the calendar event is not there yet"),
        (by_key(an_event(state=EffectState.sending)), "the calendar event is not there yet"),
        (by_key(an_event(link="")), "the meeting link is not there yet"),
        (by_key(an_event(a_session(minutes=60))), "the session was moved after its event was made"),
        (
            by_key(an_event(a_session(starts=STARTS - timedelta(hours=1)))),
            "the session was moved after its event was made",
        ),
    ],
)
def test_a_session_that_cannot_be_announced_is_held_with_the_reason(effects, reason):
    plan = decide(effects=effects)

    assert (plan.send, plan.held, plan.skipped) == ((), (f"K7P2QX: {reason}",), Counter())
    assert decide_resend(a_session(), book(), effects, BEFORE, kinds=BOTH).held == plan.held


@pytest.mark.parametrize(("after", "sent"), [(-1, 2), (0, 0), (1, 0)])
def test_nobody_is_invited_to_a_session_that_has_begun(after, sent):
    plan = decide(now=STARTS + timedelta(seconds=after))

    assert (len(plan.send), plan.held) == (sent, ())
    assert plan.skipped == Counter({} if sent else {"the session is in the past": 1})


@pytest.mark.parametrize("state", [state for state in EffectState if state is not EffectState.ready])
def test_who_has_an_invitation_under_way_gets_no_other(state):
    effects = by_key(an_event(), a_mail("invitation:K7P2QX:id-eva:0", state), a_mail("invitation:K7P2QX:id-rima:0"))

    plan = decide(effects=effects)

    assert plan.send == ()
    assert plan.skipped == Counter([f"invitation {state}", "invitation sent"])


# ------------------------------------------------------------------------------------------------ everybody is invited
def test_presenters_and_members_are_invited_in_their_language_and_zone():
    plan = decide()

    assert [(one.key, one.kind, one.language, one.zone, one.where) for one in plan.send] == [
        ("invitation:K7P2QX:id-rima:0", MailKind.speaker_invitation, "en", "", "presenter 1"),
        ("invitation:K7P2QX:id-eva:0", MailKind.invitation, "es", "America/Lima", "Members row 2"),
    ]
    assert {one.meeting_link for one in plan.send} == {LINK}
    assert [one.words for one in plan.send] == [
        "K7P2QX: speaker invitation to presenter 1 (id-rima), in en",
        "K7P2QX: invitation to Members row 2 (id-eva), in es",
    ]


@pytest.mark.parametrize(
    ("wish", "whom"),
    [
        ({"topics": frozenset({"climate"})}, ["rima@example.org", "eva@example.org"]),
        ({"topics": frozenset({"gbv"})}, ["rima@example.org"]),
        ({"kinds": frozenset({"recordings"})}, ["rima@example.org"]),
        ({"unsubscribed": True}, ["rima@example.org"]),
    ],
)
def test_who_does_not_want_such_an_invitation_gets_none_and_the_presenters_always_get_theirs(wish, whom):
    about_climate = {"K7P2QX": a_submission(the_response(themes="Climate justice, Other: fish"))}

    plan = decide(members=(a_member(**wish),), submissions=about_climate)

    assert [one.to.address for one in plan.send] == whom


@pytest.mark.parametrize("submissions", [{}, {"K7P2QX": a_submission(the_response(themes="Other: fish"))}])
def test_a_session_without_topics_is_for_everybody(submissions):
    plan = decide(members=(a_member(topics=frozenset({"gbv"})),), submissions=submissions)

    assert [one.to.address for one in plan.send] == ["rima@example.org", "eva@example.org"]


def test_a_presenter_is_written_to_in_the_members_language_also_when_unsubscribed():
    rima = a_member("Rima", "rima@example.org", language="fr", unsubscribed=True)

    assert [(one.kind, one.language) for one in decide(members=(rima,)).send] == [(MailKind.speaker_invitation, "fr")]


def test_an_invitation_that_is_ready_again_is_sent():
    effects = by_key(
        an_event(), a_mail("invitation:K7P2QX:id-eva:0", EffectState.ready), a_mail("invitation:K7P2QX:id-rima:0")
    )

    assert [one.to.address for one in decide(effects=effects).send] == ["eva@example.org"]


def test_a_member_who_presents_is_invited_once_and_by_the_members_row():
    rima = a_member("Rima", "Rima@Example.org", language="fr", zone="Asia/Beirut", row=7)

    (invitation,) = decide(members=(rima,)).send

    assert (invitation.kind, invitation.language, invitation.zone) == (MailKind.speaker_invitation, "fr", "Asia/Beirut")


@pytest.mark.parametrize(
    "presenters",
    [(), (a_presenter(address=""),)],
)
def test_a_presenter_without_an_address_gets_no_mail(presenters):
    assert decide(a_session(presenters=presenters), members=()).send == ()


def test_a_presenter_named_twice_is_invited_once():
    twice = (a_presenter(), a_presenter("R. Khoury", "RIMA@example.org"))

    assert [one.to.name for one in decide(a_session(presenters=twice), members=()).send] == ["Rima Khoury"]


@pytest.mark.parametrize(("address", "language"), [("rima@abaad.example.org", "en"), ("other@example.org", "fr")])
def test_the_submitter_is_written_to_in_the_language_of_the_form(address, language):
    session = a_session(language="fr", presenters=(a_presenter(address=address),))

    (invitation,) = decide(session, members=(), submissions={"K7P2QX": a_submission(the_response())}).send

    assert invitation.language == language


# ------------------------------------------------------------------------------------------------ once more
def test_only_who_was_invited_is_invited_again():
    plan = resend(
        [a_mail(invitation_key("K7P2QX", "id-rima")), a_mail(invitation_key("K7P2QX", "id-eva"), EffectState.ready)]
    )

    assert [(one.key, one.resent) for one in plan.send] == [("resend:K7P2QX:id-rima:2024-04-16", True)]
    assert plan.send[0].words == "K7P2QX: speaker invitation again to presenter 1 (id-rima), in en"
    assert plan.skipped == Counter({"not invited yet: the invitations flow writes to them": 1})


@pytest.mark.parametrize("state", EffectState)
def test_nobody_is_invited_again_twice_a_day(state):
    invited = [a_mail(invitation_key("K7P2QX", "id-rima")), a_mail(invitation_key("K7P2QX", "id-eva"))]
    again = a_mail(resend_key("K7P2QX", "id-rima", BEFORE.date()), state)

    plan = resend([*invited, again])

    assert len(plan.send) == (2 if state is EffectState.ready else 1)
    assert len(resend([*invited, again], now=BEFORE + timedelta(days=1)).send) == 2


@pytest.mark.parametrize(
    ("asked", "whom"),
    [
        ({"kinds": (MailKind.invitation,)}, ["eva@example.org"]),
        ({"kinds": (MailKind.speaker_invitation,)}, ["rima@example.org"]),
        ({"person_id": "id-eva"}, ["eva@example.org"]),
        ({"person_id": "id-nobody"}, []),
        ({"person_id": "id-eva", "kinds": (MailKind.speaker_invitation,)}, []),
    ],
)
def test_an_invitation_is_sent_again_only_to_those_asked_for(asked, whom):
    plan = resend([a_mail(invitation_key("K7P2QX", "id-rima")), a_mail(invitation_key("K7P2QX", "id-eva"))], **asked)

    assert [one.to.address for one in plan.send] == whom
    assert plan.skipped["not asked for"] == 2 - len(whom)


def test_nobody_is_invited_again_to_a_session_that_has_begun():
    plan = resend([a_mail(invitation_key("K7P2QX", "id-eva"))], now=STARTS)

    assert (plan.send, plan.held) == ((), ("K7P2QX: the session is in the past",))
