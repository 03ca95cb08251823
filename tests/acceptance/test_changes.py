"""What staff change in Sessions: one update to each person who was invited, one cancellation, and nothing more."""

import re
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from tests.acceptance.people import (
    A_MEMBER,
    MARCH,
    add,
    attention,
    calendar_part,
    confirm_talk,
    effects_of,
    events,
    fault,
    google,
    recipient,
    sent,
    set_session,
    shown,
)

SIPHO, WANJIRU = "sipho@example.net", "wanjiru@example.org"
SEEN, QUIET, LATER = (MARCH + timedelta(minutes=minutes) for minutes in (10, 30, 60))
NEXT_DAY = MARCH + timedelta(days=1)
EVENT = r"/events/[^/]+$"


@pytest.fixture
def invited(office):
    """A session with one presenter and one member, who have their invitations."""
    add(office, "Members", A_MEMBER)
    confirm_talk(office)
    assert not office.run("invitations", now=MARCH).red
    return office


def both(office, now):
    """The two flows that pass on changes."""
    return [office.run(flow, now=now) for flow in ("scheduling", "invitations")]


def change(office, *, seen=SEEN, told=QUIET, **cells):
    """Staff change a row; the quiet period passes."""
    set_session(office, "TALK1", **cells)
    both(office, seen)
    return both(office, told)


def news(office):
    """Who got what kind of calendar part after the invitations, in which revision."""
    found = []
    for mail in sent(office)[2:]:
        calendar = calendar_part(mail)
        event = next(iter(calendar.events))
        found.append((recipient(mail), str(calendar["METHOD"]), int(event["SEQUENCE"]), str(event["STATUS"])))
    return sorted(found)


def state(office):
    return shown(office, "Sessions", "State")[0][0]


# -------------------------------------------------------------------------------------------------- nothing is told
def test_a_change_that_is_taken_back_within_the_quiet_period_is_never_told(invited):
    set_session(invited, "TALK1", Date="2024-05-17")
    both(invited, SEEN)
    change(invited, Date="2024-05-16", seen=SEEN + timedelta(minutes=5))

    assert news(invited) == []
    assert "change" not in state(invited)


def test_while_staff_go_on_typing_nobody_is_told(invited):
    for minutes, title in ((10, "F"), (20, "Fat"), (30, "Fathers")):
        set_session(invited, "TALK1", Title=title)
        both(invited, MARCH + timedelta(minutes=minutes))

    assert news(invited) == []
    assert " · change to be announced after 4 Mar 2024 05:15 · " in state(invited)


@pytest.mark.parametrize("cells", [{"Status": "Cancelled"}, {"Title": "Other"}, {"Date": "2024-03-01"}])
def test_nothing_is_told_about_a_session_that_has_begun(invited, cells):
    begun = datetime.fromisoformat("2024-05-16T12:00Z")

    change(invited, seen=begun, told=begun + timedelta(hours=1), **cells)

    assert news(invited) == []


def test_a_row_that_was_deleted_is_told_to_staff_and_to_nobody_else(invited):
    invited.book("register").worksheet("Sessions").delete_rows(2)

    both(invited, SEEN)
    both(invited, QUIET)

    assert news(invited) == []
    assert attention(invited)[0][4:] == (
        "The row of session TALK1 is gone, but people expect it on 2024-05-16 12:00 UTC.",
        "Take the deletion back, or write a row with the ref TALK1 and the Status Cancelled, so that they are told.",
    )


def test_a_session_set_back_to_draft_is_told_to_staff_and_to_nobody_else(invited):
    change(invited, Status="Draft")

    assert (news(invited), [line[0] for line in attention(invited)]) == ([], ["To"])
    change(invited, Status="Confirmed", seen=LATER, told=NEXT_DAY)
    assert (news(invited), [line[0] for line in attention(invited)]) == ([], ["Solved"])


# ------------------------------------------------------------------------------------------------------ what changed
@pytest.mark.parametrize(
    "cells",
    [
        {"Date": "2024-05-17"},
        {"Start_time": "16:00"},
        {"Minutes": 60},
        {"Time_zone": "Africa/Nairobi"},
        {"Title": "Fathers at home"},
        {"Own_link": "https://meet.google.com/own-link-own"},
        {"Presenters": "Wanjiru K. <wanjiru@example.org>"},
    ],
)
def test_a_change_is_told_to_everybody_once(invited, cells):
    change(invited, **cells)
    both(invited, LATER)
    both(invited, NEXT_DAY)

    assert news(invited) == [(SIPHO, "REQUEST", 1, "CONFIRMED"), (WANJIRU, "REQUEST", 1, "CONFIRMED")]
    assert "2 told of changes, last on 4 Mar 2024 05:00" in state(invited)


def test_several_changes_in_one_sitting_are_one_piece_of_news(invited):
    change(invited, Date="2024-05-17", Start_time="16:00", Title="Fathers at home")

    assert len(news(invited)) == 2


def test_the_mail_says_what_is_new_and_the_calendar_keeps_the_event(invited):
    change(invited, Date="2024-05-17", Own_link="https://meet.google.com/own-link-own")

    first, *_, last = [mail for mail in sent(invited) if recipient(mail) == WANJIRU]
    old, new = (next(iter(calendar_part(mail).events)) for mail in (first, last))
    text = last.get_body(("plain",)).get_content()
    assert (old["UID"], new.start - old.start) == (new["UID"], timedelta(days=1))
    assert new["DTSTAMP"].dt > old["DTSTAMP"].dt
    assert ["2024-05-17 12:00 UTC" in text, "https://meet.google.com/own-link-own" in text] == [True, True]


def test_the_event_of_the_team_moves_along_and_is_the_same(invited):
    (before,) = events(invited)

    change(invited, Date="2024-05-17")

    (after,) = events(invited)
    assert (after["id"], after["hangoutLink"]) == (before["id"], before["hangoutLink"])
    assert datetime.fromisoformat(after["start"]["dateTime"]) == datetime.fromisoformat("2024-05-17T12:00Z")


@pytest.mark.parametrize("effect", ["drop-before", "drop-after", "status-after"])
def test_a_move_whose_answer_is_lost_is_made_once_and_told_once(invited, effect):
    set_session(invited, "TALK1", Date="2024-05-17")
    both(invited, SEEN)
    fault(invited, "PATCH", EVENT, effect)

    assert invited.run("scheduling", now=QUIET).red
    invited.run("invitations", now=QUIET)
    both(invited, LATER)
    both(invited, NEXT_DAY)

    assert len(news(invited)) == 2
    assert [event["start"]["dateTime"][:10] for event in events(invited)] == ["2024-05-17"]


def test_who_comes_later_is_invited_to_what_it_is_by_now(invited):
    change(invited, Date="2024-05-17")
    add(invited, "Members", {**A_MEMBER, "E-mail": "late@example.org"})

    both(invited, LATER)

    assert ("late@example.org", "REQUEST", 1, "CONFIRMED") in news(invited)


def test_shortly_before_it_two_runs_are_enough(invited):
    near = datetime.fromisoformat("2024-05-16T10:30Z")

    change(invited, Start_time="17:00", seen=near, told=near + timedelta(minutes=5))

    assert len(news(invited)) == 2


# ---------------------------------------------------------------------------------------------------------- it is off
def test_a_cancellation_is_told_once_and_the_event_is_gone(invited):
    change(invited, Status="Cancelled")
    both(invited, LATER)
    both(invited, NEXT_DAY)

    assert news(invited) == [(SIPHO, "CANCEL", 1, "CANCELLED"), (WANJIRU, "CANCEL", 1, "CANCELLED")]
    assert (events(invited), state(invited)) == ([], "Cancelled · 2 told that it is off, last on 4 Mar 2024 05:00")


@pytest.mark.parametrize("effect", ["drop-before", "drop-after", "status-after"])
def test_a_removal_whose_answer_is_lost_happens_once(invited, effect):
    set_session(invited, "TALK1", Status="Cancelled")
    both(invited, SEEN)
    fault(invited, "DELETE", EVENT, effect)

    assert invited.run("scheduling", now=QUIET).red
    assert [run.failed for run in both(invited, LATER)] == [[], []]
    assert (events(invited), len(news(invited))) == ([], 2)


def test_a_session_that_was_cancelled_by_mistake_is_still_on(invited):
    set_session(invited, "TALK1", Status="Cancelled")
    both(invited, SEEN)

    change(invited, Status="Confirmed", seen=SEEN + timedelta(minutes=5))

    assert (news(invited), len(events(invited))) == ([], 1)


def test_a_session_that_is_on_again_is_announced_anew_with_a_new_event(invited):
    (before,) = events(invited)
    change(invited, Status="Cancelled")
    change(invited, Status="Confirmed", seen=LATER, told=NEXT_DAY)

    (after,) = events(invited)
    assert before["id"] != after["id"]
    assert [line for line in news(invited) if line[0] == SIPHO] == [
        (SIPHO, "CANCEL", 1, "CANCELLED"),
        (SIPHO, "REQUEST", 2, "CONFIRMED"),
    ]
    assert after["hangoutLink"] in sent(invited)[-1].get_body(("plain",)).get_content()


# ------------------------------------------------------------------------------------------------- who is not in it
def test_a_presenter_who_was_taken_out_is_told_once_and_the_others_of_the_change(invited):
    change(invited, Presenters="Otieno <otieno@example.org>")
    both(invited, LATER)

    assert news(invited) == [
        ("otieno@example.org", "REQUEST", 1, "CONFIRMED"),
        (SIPHO, "REQUEST", 1, "CONFIRMED"),
        (WANJIRU, "CANCEL", 1, "CANCELLED"),
    ]


def test_who_unsubscribed_hears_nothing_of_a_change(invited):
    invited.book("register").worksheet("Members").update([[False]], "E2", raw=True)

    change(invited, Date="2024-05-17")

    assert [line[0] for line in news(invited)] == [WANJIRU]


# ---------------------------------------------------------------------------------------------------------- reminders
def remind(office, text):
    office.run("reminders", now=datetime.fromisoformat(text))
    return [mail["Subject"] for mail in sent(office)[2:]]


@pytest.mark.parametrize("at", ["2024-05-09T11:59Z", "2024-05-15T11:59Z", "2024-05-16T10:59Z", "2024-05-16T12:00Z"])
def test_nobody_is_reminded_at_another_time(invited, at):
    assert remind(invited, at) == []


@pytest.mark.parametrize("at", ["2024-05-09T12:00Z", "2024-05-15T12:00Z", "2024-05-16T11:00Z"])
def test_everybody_is_reminded_once(invited, at):
    remind(invited, at)

    assert len(remind(invited, at)) == 2
    assert "2 reminded" in state(invited)


def test_reminders_follow_a_session_that_was_moved(invited):
    change(invited, Date="2024-05-23")

    assert len(remind(invited, "2024-05-15T12:00Z")) == 2  # the news of the change
    assert len(remind(invited, "2024-05-22T12:00Z")) == 4


def test_nobody_is_reminded_of_a_session_that_is_off(invited):
    change(invited, Status="Cancelled")

    assert len(remind(invited, "2024-05-15T12:00Z")) == 2  # the cancellations


# ------------------------------------------------------------------------------------------------ as people wish it
def test_whoever_wishes_otherwise_after_the_invitation_is_told_of_changes_as_they_wish_by_now(invited):
    invited.book("register").worksheet("Members").delete_rows(2)
    add(invited, "Members", {**A_MEMBER, "Discretion": "minimal"})
    add(invited, "Members", {**A_MEMBER, "E-mail": WANJIRU, "Subscribed": False, "Discretion": "solo texto"})

    change(invited, Date="2024-05-17")

    told = {recipient(mail): mail for mail in sent(invited)[2:]}
    parts = {to: [part.get_content_type() for part in mail.walk()] for to, mail in told.items()}
    assert parts == {
        SIPHO: ["multipart/alternative", "text/plain", "text/html"],
        WANJIRU: ["multipart/mixed", "multipart/alternative", "text/plain", "text/calendar", "application/ics"],
    }
    assert "Fathers" not in told[SIPHO].as_string()
    assert "If you keep the session in a calendar of your own" in told[SIPHO].get_body(("plain",)).get_content()
    assert (told[SIPHO]["Subject"].endswith("a short message"), told[SIPHO]["To"]) == (True, SIPHO)


def test_a_renamed_column_of_wishes_discloses_nothing(invited):
    add(invited, "Members", {**A_MEMBER, "E-mail": WANJIRU, "Subscribed": False, "Discretion": "minimal"})
    invited.run("invitations", now=MARCH + timedelta(hours=1))
    invited.type("register", "Members", 1, "Discretion", "How to write")

    change(invited, Date="2024-05-17")

    assert not [mail for mail in sent(invited)[2:] if "Fathers" in mail.as_string()]
    assert [line[4] for line in attention(invited)] == [
        "In row 1 of the tab Members, the column Discretion is missing or was renamed. Nothing is read from this tab."
    ]


# ------------------------------------------------------------------------------------------------- a safer session
def test_nothing_that_leaves_about_a_safer_session_names_its_title_or_people(office):
    add(office, "Members", A_MEMBER)
    confirm_talk(office, Safer=True)
    office.run("invitations", now=MARCH)
    change(office, Date="2024-05-17", Title="Fathers at home")
    office.run("reminders", now=datetime.fromisoformat("2024-05-16T12:00Z"))

    mails = sent(office)
    assert [recipient(mail) for mail in mails] == [WANJIRU, SIPHO] * 3
    everything = "".join(
        mail.as_string() + "".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")
        for mail in mails
    )
    assert [word for word in ("Fathers", "Kamau", "Sipho", "Wanjiru") if word in everything] == []
    assert all(word not in str(events(office)) for word in ("Fathers", "Kamau", "attendees"))

    keys = set(effects_of(office))
    before, over = (datetime.fromisoformat(f"2024-05-31T{hour}:00Z") for hour in (13, 14))
    assert (office.run("recordings", now=before).done, len(sent(office))) == ([], 6)
    assert not office.run("recordings", now=over).red
    assert (sent(office), office.run("recordings", now=over).done) == ([], [])
    with closing(sqlite3.connect(office.folder / "ledger.sqlite")) as ledger:
        kept = "\n".join(ledger.iterdump())
    assert [name for name in ("Fathers", "Kamau", WANJIRU) if name in kept] == []
    office.run("invitations", now=over)
    assert (sent(office), set(effects_of(office))) == ([], keys)


# -------------------------------------------------------------------------------------------------------- once more
def text_with_its_code(mail):
    text = mail.get_body(("plain",)).get_content()
    return text.replace(re.search(r": ([A-Z2-7]{10})\s*$", text)[1], "CODE")


def test_a_copy_is_what_the_person_got_whatever_would_be_written_now_as_long_as_it_is_kept(invited):
    invited.type("register", "Members", 2, "Language", "es")
    rehearsed = invited.run("resend-invites", session="TALK1", audience="members", as_copy=True, now=SEEN, live=False)
    assert "again (as a copy) to Members row 2" in rehearsed.done[0]

    assert not invited.run("resend-invites", session="TALK1", audience="members", as_copy=True, now=SEEN).red

    first, again = (mail for mail in sent(invited) if recipient(mail) == SIPHO)
    assert text_with_its_code(again) == text_with_its_code(first)
    assert (again["Subject"], again["Message-ID"] == first["Message-ID"]) == (first["Subject"], False)
    messages = google(invited, "gmail", "v1").users().messages()
    for one in messages.list(userId="me", q="in:sent").execute()["messages"]:
        messages.delete(userId="me", id=one["id"]).execute()

    outcome = invited.run("resend-invites", session="TALK1", audience="members", as_copy=True, now=NEXT_DAY)

    assert outcome.skipped["copies not kept, or not right for their readers by now: written anew"] == 1
    assert [mail["Content-Language"] for mail in sent(invited)] == ["es"]


def tick(office, **cells):
    set_session(office, "TALK1", Send_again=True, **cells)
    return office.run("invitations", now=SEEN)


def test_a_ticked_box_sends_everybody_the_invitation_once_more_and_unticks_itself(invited):
    tick(invited, Preface="The link in our first mail was wrong.")

    assert news(invited) == [(SIPHO, "REQUEST", 0, "CONFIRMED"), (WANJIRU, "REQUEST", 0, "CONFIRMED")]
    assert all(
        "The link in our first mail was wrong." in mail.get_body(("plain",)).get_content() for mail in sent(invited)[2:]
    )
    assert shown(invited, "Sessions", "Send again") == [(False,)]


def test_a_tick_whose_run_died_before_the_box_was_emptied_does_not_fire_twice(invited):
    fault(invited, "POST", r"sandbox-register:batchUpdate$", "drop-before")

    assert tick(invited).red
    invited.run("invitations", now=NEXT_DAY)

    assert (len(news(invited)), shown(invited, "Sessions", "Send again")) == (2, [(False,)])


def test_a_box_may_be_ticked_again_another_day(invited):
    tick(invited)
    invited.run("invitations", now=QUIET)
    set_session(invited, "TALK1", Send_again=True)

    invited.run("invitations", now=NEXT_DAY)

    assert len(news(invited)) == 4


def test_a_tick_waits_until_people_may_be_told(invited):
    set_session(invited, "TALK1", Title="Fathers at home", Send_again=True)
    both(invited, SEEN)

    assert (news(invited), shown(invited, "Sessions", "Send again")) == ([], [(True,)])
    both(invited, QUIET)
    assert len(news(invited)) == 2  # of the change, which is the invitation as it is by now


def test_a_preface_may_say_anything_that_staff_type(invited):
    tick(invited, Preface="TODO: see https://example.org/new-plan and write to us")

    assert len(news(invited)) == 2


@pytest.mark.parametrize("box", [False, "", "no"])
def test_an_empty_box_sends_nothing(invited, box):
    set_session(invited, "TALK1", Send_again=box)

    assert invited.run("invitations", now=SEEN).done == []
