"""Invitations: to each person once, in their language; again only by hand; none for what moved, is off, or is over."""

from datetime import timedelta

import pytest

from tests.acceptance.people import (
    A_MEMBER,
    A_SESSION,
    MARCH,
    add,
    an_answer,
    attention,
    calendar_part,
    confirm_talk,
    drafts,
    effects_of,
    fault,
    hash_of,
    plan_session,
    recipient,
    send_in,
    sent,
    set_session,
    shown,
    told,
)

SOON, NEXT_DAY = MARCH + timedelta(minutes=5), MARCH + timedelta(days=1)
SEND = r"/drafts/send$"
WANJIRU, SIPHO = ("wanjiru@example.org", "en"), ("sipho@example.net", "en")


@pytest.fixture
def announced(office):
    """A session with one presenter and one member stands in the calendar; nobody is invited yet."""
    add(office, "Members", A_MEMBER)
    confirm_talk(office)
    return office


@pytest.fixture
def invited(announced):
    """Both have their invitation."""
    assert not announced.run("invitations", now=MARCH).red
    return announced


# ---------------------------------------------------------------------------------------------- who gets no mail
@pytest.mark.parametrize("cells", [{"Date": "2024-05-17"}, {"Start_time": "16:00"}, {"Minutes": 60}])
def test_nobody_is_invited_to_a_session_whose_change_was_not_taken_up_yet(announced, cells):
    set_session(announced, "TALK1", **cells)

    outcome = announced.run("invitations", now=SOON)

    assert (outcome.held, sent(announced)) == (["TALK1: a change is about to be announced"], [])


@pytest.mark.parametrize("status", ["Cancelled", "Draft"])
def test_nobody_is_invited_to_a_session_that_is_not_confirmed_any_more(announced, status):
    set_session(announced, "TALK1", Status=status)

    assert announced.run("invitations", now=SOON).done == [
        "register · Sessions: cells brought up to date: 1",
    ]
    assert sent(announced) == []


@pytest.mark.parametrize("minutes", [0, 1])
def test_nobody_is_invited_to_a_session_that_has_begun(announced, minutes):
    begun = MARCH.replace(month=5, day=16, hour=12, minute=minutes)

    outcome = announced.run("invitations", now=begun)

    assert (outcome.skipped["the session is in the past"], sent(announced)) == (1, [])


def test_nobody_is_invited_before_the_event_is_there(office):
    plan_session(office)

    outcome = office.run("invitations", now=MARCH)

    assert (outcome.held, sent(office)) == (["TALK1: the calendar event is not there yet"], [])


def test_nobody_is_invited_before_the_meeting_link_is_there(office):
    office.control("settings", conference_pending_reads=9)
    confirm_talk(office)

    outcome = office.run("invitations", now=MARCH)

    assert (outcome.held, sent(office)) == (["TALK1: the meeting link is not there yet"], [])


@pytest.mark.parametrize("subscribed", [False, "", "no"])
def test_a_member_who_is_not_subscribed_gets_no_invitation(announced, subscribed):
    announced.book("register").worksheet("Members").update([[subscribed]], "E2", raw=True)

    announced.run("invitations", now=MARCH)

    assert told(announced) == [WANJIRU]


def test_a_presenter_without_an_address_is_told_and_gets_no_invitation(office):
    confirm_talk(office, Presenters="Wanjiru Kamau <wanjiru@example.org>\nOtieno")

    office.run("invitations", now=MARCH)

    assert told(office) == [WANJIRU]
    assert attention(office)[0][:5] == (
        "To",
        "register · Sessions",
        2,
        "Presenters",
        "“Presenters” in row 2 names 1 of 2 without a usable e-mail address, who will get no invitation.",
    )


# ----------------------------------------------------------------------------------------------------- each once
def test_everybody_is_invited_once(invited):
    assert invited.run("invitations", now=SOON).done == []
    assert told(invited) == [SIPHO, WANJIRU]


def test_a_presenter_who_is_a_member_is_invited_once_in_the_language_they_chose(office):
    add(office, "Members", {**A_MEMBER, "E-mail": " Wanjiru@Example.org", "Language": "fr"})
    confirm_talk(office)

    office.run("invitations", now=MARCH)

    assert told(office) == [("wanjiru@example.org", "fr")]


def test_a_member_who_stands_there_twice_is_invited_once(office):
    for name in ("Sipho", "Sipho Dube"):
        add(office, "Members", {**A_MEMBER, "Name": name})
    confirm_talk(office, Presenters="Wanjiru")

    office.run("invitations", now=MARCH)

    assert told(office) == [SIPHO]


def test_a_submitter_is_invited_in_the_language_of_their_form(office):
    send_in(office, "es", an_answer("es"))
    office.run("intake", now=MARCH)
    office.type("register", "Submissions", 2, "Decision", "Accepted")
    office.run("scheduling", now=MARCH)
    (ref,) = (ref for (ref,) in shown(office, "Sessions", "Ref"))
    set_session(office, ref, Date="2024-05-16", Start_time="15:00", Status="Confirmed")
    office.run("scheduling", now=MARCH)

    office.run("invitations", now=MARCH)

    assert told(office) == [("wanjiru@example.org", "es")] * 2


def test_somebody_added_later_is_invited_later(invited):
    add(invited, "Members", {**A_MEMBER, "E-mail": "late@example.org", "Language": "fr"})

    invited.run("invitations", now=SOON)

    assert told(invited) == [("late@example.org", "fr"), SIPHO, WANJIRU]


def test_members_sorted_by_staff_are_not_invited_again(invited):
    add(invited, "Members", {**A_MEMBER, "E-mail": "also@example.org", "Name": "Achieng"})
    invited.run("invitations", now=SOON)
    invited.book("register").worksheet("Members").sort((1, "asc"), range="A2:E3")

    assert invited.run("invitations", now=NEXT_DAY).done == []


# ------------------------------------------------------------------------------------------ replies that were lost
@pytest.mark.parametrize("effect", ["drop-before", "drop-after"])
def test_an_invitation_whose_answer_is_lost_is_sent_once(announced, effect):
    fault(announced, "POST", SEND, effect)

    assert announced.run("invitations", now=MARCH).red
    assert not announced.run("invitations", now=SOON).red

    assert told(announced) == [SIPHO, WANJIRU]
    assert drafts(announced) == []


def test_too_many_requests_let_the_other_invitations_wait(announced):
    fault(announced, "POST", SEND, "status", status=429, nth=2)

    assert announced.run("invitations", now=MARCH).red
    assert told(announced) == [WANJIRU]
    assert not announced.run("invitations", now=SOON).red
    assert told(announced) == [SIPHO, WANJIRU]


def test_an_invitation_that_waited_says_what_the_session_says_now(announced):
    fault(announced, "POST", SEND, "status", status=429)
    announced.run("invitations", now=MARCH)
    set_session(announced, "TALK1", Title="A better title")

    for flow in ("scheduling", "invitations"):
        announced.run(flow, now=SOON)

    assert ["A better title" in mail.get_body(("plain",)).get_content() for mail in sent(announced)] == [True, True]


# --------------------------------------------------------------------------------------------------------- by hand
def test_an_unknown_session_is_refused_by_name(invited):
    outcome = invited.run("resend-invites", session="NOSUCH", now=SOON)

    assert outcome.failed == ["NOSUCH: there is no confirmed session with this ref in the Sessions tab"]


@pytest.mark.parametrize(
    ("audience", "expected"),
    [("presenters", [WANJIRU]), ("members", [SIPHO]), ("everyone", [WANJIRU, SIPHO])],
)
def test_an_invitation_is_sent_again_to_those_who_were_asked_for(invited, audience, expected):
    invited.run("resend-invites", session="talk1", audience=audience, now=SOON)

    again = sent(invited)[2:]
    assert [(recipient(mail), mail["Content-Language"]) for mail in again] == expected
    assert all("once more" in text or "again" in text for text in map(plain, again))


def plain(mail):
    return mail.get_body(("plain",)).get_content()


def test_an_invitation_sent_again_is_the_same_event(invited):
    invited.run("resend-invites", session="TALK1", people=[hash_of(invited, WANJIRU[0])], now=SOON)

    (first, _, again) = sent(invited)
    events = [next(iter(calendar_part(mail).events)) for mail in (first, again)]
    assert len({(str(event["UID"]), event["SEQUENCE"], event.start) for event in events}) == 1


def test_an_invitation_is_not_sent_again_twice_on_one_day(invited):
    runs = [invited.run("resend-invites", session="TALK1", now=now) for now in (SOON, SOON, NEXT_DAY)]

    assert [run.skipped["sent again today already"] for run in runs] == [0, 2, 0]
    assert len(sent(invited)) == 6


def test_who_was_never_invited_is_not_invited_again(announced):
    outcome = announced.run("resend-invites", session="TALK1", now=SOON)

    assert outcome.skipped["not invited yet: the invitations flow writes to them"] == 2
    assert sent(announced) == []


def test_nothing_is_sent_again_for_a_session_that_moved(invited):
    set_session(invited, "TALK1", Date="2024-05-17")

    outcome = invited.run("resend-invites", session="TALK1", now=SOON)

    assert (outcome.failed, len(sent(invited))) == (["TALK1: a change is about to be announced"], 2)


def test_who_does_not_belong_to_a_session_is_not_invited_again_and_the_run_says_so(invited):
    outcome = invited.run("resend-invites", session="TALK1", people=[hash_of(invited, "nobody@example.org")], now=SOON)

    assert outcome.failed == ["TALK1: 1 of the people named are neither presenters nor subscribed members"]
    assert len(sent(invited)) == 2


def test_the_state_says_how_many_were_invited(invited):
    invited.run("resend-invites", session="TALK1", audience="members", now=NEXT_DAY)

    assert shown(invited, "Sessions", "State") == [
        ("In the calendar · 2 invited, last on 4 Mar 2024 04:30 · 1 invited again, last on 5 Mar 2024 04:30",)
    ]


def test_a_rehearsal_names_rows_and_not_people(announced):
    outcome = announced.run("invitations", live=False, now=MARCH)

    assert outcome.done == [
        f"TALK1: speaker invitation to presenter 1 ({hash_of(announced, WANJIRU[0])}), in en",
        f"TALK1: invitation to Members row 2 ({hash_of(announced, SIPHO[0])}), in en",
    ]
    assert sent(announced) == []


def test_no_key_in_the_ledger_holds_an_address_or_a_name(invited):
    invited.run("resend-invites", session="TALK1", now=SOON)
    keys = " ".join(effects_of(invited))

    assert keys.count("invitation:TALK1:") == 2
    assert [word for word in (*WANJIRU[:1], *SIPHO[:1], "Sipho", A_SESSION["Presenters"]) if word in keys] == []
