"""What everybody is told of a session, once: an invitation, a change, that it is off, or that they are not in it."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.domain.announcements import SOON, decide_announcements
from tasks.domain.calendar_events import REMOVED, event_key
from tasks.domain.effects import EffectState, Priority
from tasks.domain.mail_identity import MailKind
from tasks.domain.models import Discretion, SessionStatus
from tasks.domain.programme import Hours
from tasks.domain.wishes import Wishes
from tests.domain.session_builders import (
    BEFORE,
    LINK,
    STARTS,
    a_book,
    a_mail,
    a_member,
    a_presenter,
    a_revision,
    a_session,
    a_submission,
    an_event,
    by_key,
)
from tests.domain.sheet_builders import the_response

REF = "K7P2QX"
EVA = a_member()
ALWAYS = Hours(send_from=0, send_until=24)
MOVED = a_session(starts=STARTS + timedelta(days=1))
INVITED = (a_mail("invitation:K7P2QX:id-rima:0"), a_mail("invitation:K7P2QX:id-eva:0"))
CHANGED = (a_revision(), a_revision(MOVED, 1))
OFF = (a_revision(), a_revision(sequence=1, status=SessionStatus.cancelled))
NOBODY = a_session(presenters=(), starts=MOVED.starts)
PERHAPS_TOLD = [EffectState.sent, EffectState.sending, EffectState.uncertain, EffectState.bounced]


def decide(session=None, members=(EVA,), now=BEFORE, **given):
    history = given.get("history") or (a_revision(session),)
    effects = given.get("effects", by_key(an_event(history[-1].session)))
    book = given.get("book") or a_book(*members, submissions=given.get("submissions"))
    hours = given.get("hours", ALWAYS)
    return decide_announcements({REF: history}, given.get("unsettled", {}), book, {REF: effects}, now, hours)


def news(*effects, history=CHANGED, **deviation):
    return decide(effects=by_key(an_event(history[-1].session), *(effects or INVITED)), history=history, **deviation)


def whom(plan):
    return [(one.kind, one.to.address) for one in plan.send]


# ------------------------------------------------------------------------------------------------- nobody is told
@pytest.mark.parametrize(
    ("effects", "reason"),
    [
        ({}, "the calendar event is not there yet"),
        (by_key(an_event(state=EffectState.sending)), "the calendar event is not there yet"),
        (by_key(an_event(), an_event(key=event_key(REF, 1), detail=REMOVED)), "the calendar event is not there yet"),
        (by_key(an_event(link="")), "the meeting link is not there yet"),
        (by_key(an_event(a_session(minutes=60))), "the calendar event is still to be moved"),
        (by_key(an_event(MOVED)), "the calendar event is still to be moved"),
    ],
)
def test_a_session_that_cannot_be_announced_is_held_with_the_reason(effects, reason):
    plan = decide(effects=effects)

    assert (plan.send, plan.held, plan.skipped) == ((), (f"K7P2QX: {reason}",), Counter())


@pytest.mark.parametrize("history", [(a_revision(),), CHANGED, OFF])
def test_nobody_is_told_anything_while_a_session_may_be_different_in_a_moment(history):
    plan = news(history=history, unsettled={REF: "a change is about to be announced"})

    assert (plan.send, plan.held) == ((), ("K7P2QX: a change is about to be announced",))


@pytest.mark.parametrize(("after", "sent"), [(-1, 2), (0, 0), (1, 0)])
@pytest.mark.parametrize("history", [(a_revision(),), OFF])
def test_nobody_is_told_of_a_session_that_has_begun(after, sent, history):
    invited = [] if len(history) == 1 else INVITED
    now = STARTS + timedelta(seconds=after)
    plan = decide(history=history, effects=by_key(an_event(), *invited), now=now)

    assert (len(plan.send), plan.held) == (sent, ())
    assert plan.skipped == Counter({} if sent else {"the session is in the past": 1})


@pytest.mark.parametrize("state", [state for state in EffectState if state is not EffectState.ready])
def test_who_has_an_invitation_under_way_gets_no_other(state):
    plan = news(a_mail("invitation:K7P2QX:id-eva:0", state), INVITED[0], history=(a_revision(),))

    assert plan.send == ()
    assert plan.skipped == Counter(["told already" if state in PERHAPS_TOLD else f"invitation {state}", "told already"])


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


# -------------------------------------------------------------------------------------------------- what changed
def test_everybody_who_was_invited_is_told_of_a_change_and_what_it_was_before():
    plan = news()

    assert [(one.key, one.kind, one.sequence, one.was) for one in plan.send] == [
        ("rescheduled:K7P2QX:id-rima:1", MailKind.rescheduled, 1, STARTS),
        ("rescheduled:K7P2QX:id-eva:1", MailKind.rescheduled, 1, STARTS),
    ]
    assert {(one.session, one.meeting_link, one.expires_at) for one in plan.send} == {(MOVED, LINK, MOVED.starts)}


@pytest.mark.parametrize("state", PERHAPS_TOLD)
def test_who_was_perhaps_invited_is_told_of_a_change(state):
    told = a_mail("invitation:K7P2QX:id-eva:0", state)

    assert whom(news(told, INVITED[0]))[-1] == (MailKind.rescheduled, "eva@example.org")


@pytest.mark.parametrize("state", [EffectState.superseded, EffectState.failed, EffectState.held])
def test_who_was_never_told_is_invited_to_what_it_is_by_now(state):
    (rima, eva) = news(a_mail("invitation:K7P2QX:id-eva:0", state), INVITED[0]).send

    assert (rima.kind, eva.key, eva.sequence) == (MailKind.rescheduled, "invitation:K7P2QX:id-eva:1", 1)


def test_a_change_is_told_once():
    told = [a_mail(f"rescheduled:K7P2QX:{person}:1") for person in ("id-rima", "id-eva")]

    plan = news(*INVITED, *told)

    assert (plan.send, plan.skipped) == ((), Counter({"told already": 2}))


def test_of_several_changes_only_the_newest_is_told_with_what_the_person_knew():
    twice = (*CHANGED, a_revision(a_session(starts=STARTS + timedelta(days=2)), 2))

    plan = news(*INVITED, a_mail("rescheduled:K7P2QX:id-rima:1"), history=twice)

    assert [(one.key, one.was) for one in plan.send] == [
        ("rescheduled:K7P2QX:id-rima:2", MOVED.starts),
        ("rescheduled:K7P2QX:id-eva:2", STARTS),
    ]


@pytest.mark.parametrize("wish", [{"topics": frozenset({"gbv"})}, {"kinds": frozenset({"recordings"})}])
def test_who_was_invited_hears_of_changes_whatever_they_want_by_now(wish):
    about_climate = {REF: a_submission(the_response(themes="Climate justice"))}

    plan = news(members=(a_member(**wish),), submissions=about_climate)

    assert whom(plan)[-1] == (MailKind.rescheduled, "eva@example.org")


@pytest.mark.parametrize("history", [CHANGED, OFF])
@pytest.mark.parametrize("members", [(), (a_member(unsubscribed=True),)])
def test_who_withdrew_hears_nothing_any_more(history, members):
    assert [address for _, address in whom(news(members=members, history=history))] == ["rima@example.org"]


# ---------------------------------------------------------------------------------------------------- who is not in it
def test_a_presenter_who_was_taken_out_is_told_once():
    without_rima = (a_revision(), a_revision(NOBODY, 1))

    assert whom(news(history=without_rima)) == [
        (MailKind.rescheduled, "eva@example.org"),
        (MailKind.removed, "rima@example.org"),
    ]
    assert whom(news(*INVITED, a_mail("removed:K7P2QX:id-rima:1"), history=without_rima)) == [
        (MailKind.rescheduled, "eva@example.org"),
    ]


def test_a_presenter_who_is_a_member_is_a_guest_from_then_on():
    plan = news(history=(a_revision(), a_revision(NOBODY, 1)), members=(a_member("Rima", "rima@example.org"),))

    assert whom(plan) == [(MailKind.rescheduled, "rima@example.org")]


def test_a_presenter_who_was_never_invited_need_not_be_told():
    plan = news(INVITED[1], history=(a_revision(), a_revision(NOBODY, 1)))

    assert whom(plan) == [(MailKind.rescheduled, "eva@example.org")]


def test_a_presenter_who_comes_back_is_invited_again():
    told = [*INVITED, a_mail("removed:K7P2QX:id-rima:1"), a_mail("rescheduled:K7P2QX:id-eva:1")]

    plan = news(*told, history=(a_revision(), a_revision(NOBODY, 1), a_revision(MOVED, 2)))

    assert [one.key for one in plan.send] == ["invitation:K7P2QX:id-rima:2", "rescheduled:K7P2QX:id-eva:2"]


# ------------------------------------------------------------------------------------------------------- it is off
def test_everybody_who_was_invited_is_told_that_it_is_off():
    plan = news(history=OFF)

    assert [(one.key, one.sequence, one.meeting_link) for one in plan.send] == [
        ("cancelled:K7P2QX:id-rima:1", 1, ""),
        ("cancelled:K7P2QX:id-eva:1", 1, ""),
    ]


def test_who_was_not_invited_is_not_told_that_it_is_off():
    assert whom(news(INVITED[0], history=OFF)) == [(MailKind.cancelled, "rima@example.org")]


def test_that_it_is_off_is_told_once():
    told = [a_mail(f"cancelled:K7P2QX:{person}:1") for person in ("id-rima", "id-eva")]

    assert news(*INVITED, *told, history=OFF).send == ()


def test_a_session_that_is_on_again_is_announced_anew():
    again = (*OFF, a_revision(sequence=2))

    plan = news(*INVITED, a_mail("cancelled:K7P2QX:id-eva:1"), history=again)

    assert [one.key for one in plan.send] == ["rescheduled:K7P2QX:id-rima:2", "invitation:K7P2QX:id-eva:2"]


# ---------------------------------------------------------------------------------------------------- at which hour
NIGHT = BEFORE.replace(hour=8)  # three o'clock in Lima
MORNING = NIGHT.replace(hour=13)


def test_an_invitation_waits_for_the_morning_of_its_recipient():
    rima, eva = decide(now=NIGHT, hours=Hours()).send

    assert (rima.not_before, eva.not_before) == (None, MORNING)


@pytest.mark.parametrize(("near", "waits"), [(-1, False), (0, False), (1, True)])
def test_news_of_a_session_that_is_near_do_not_wait(near, waits):
    night = STARTS.replace(hour=8) - timedelta(days=1)
    starts = night + SOON + timedelta(minutes=near)
    history = (a_revision(), a_revision(a_session(starts=starts), 1))

    plan = news(history=history, now=night, hours=Hours())

    assert [one.not_before is not None for one in plan.send] == [False, waits]


@pytest.mark.parametrize("history", [OFF, (a_revision(), a_revision(NOBODY, 1))])
def test_that_it_is_off_or_somebody_is_not_in_it_never_waits(history):
    plan = news(history=history, now=NIGHT, hours=Hours())

    assert {one.not_before for one in plan.send if one.kind is not MailKind.rescheduled} == {None}


def test_the_many_come_last():
    assert [one.priority for one in decide().send] == [Priority.normal, Priority.bulk]


def test_a_presenter_in_members_is_written_to_as_the_row_says():
    wishes = Wishes({"rima@example.org": frozenset({Discretion.text_only})})
    found = decide(book=a_book(EVA, wishes=wishes))

    assert {mail.to.address: set(mail.to.discretion) for mail in found.send} == {
        "rima@example.org": {"text-only"},
        "eva@example.org": set(),
    }


# -------------------------------------------------------------------------------------------------- a safer session
@pytest.mark.parametrize("history", [(a_revision(a_session(safer=True)),), OFF, CHANGED])
def test_mails_about_a_safer_session_hold_neither_title_nor_names(history):
    safer = tuple(replace(one, session=replace(one.session, safer=True)) for one in history)
    invited = () if len(history) == 1 else INVITED

    mails = decide(history=safer, effects=by_key(an_event(safer[-1].session), *invited)).send

    assert {(mail.session.title, mail.session.presenters, mail.to.name) for mail in mails} == {("", (), "")}
    assert {mail.hidden for mail in mails} == {("Fathers", name, "Rima Khoury") for name in ("Rima Khoury", "Eva")}
    assert [mail.to.address for mail in mails] == ["rima@example.org", "eva@example.org"]
