"""Sessions: planned by staff, and put into the calendar once."""

from datetime import UTC, datetime, timedelta

import pytest
import requests

from config.sandbox import CALENDAR_ID
from tests.acceptance.people import (
    MARCH,
    add,
    an_answer,
    attention,
    confirm_talk,
    effects_of,
    events,
    fault,
    google,
    places,
    plan_session,
    send_in,
    set_session,
    shown,
)

SOON = MARCH + timedelta(minutes=5)
INSERT = r"/events$"


@pytest.fixture
def accepted(office):
    """A submission is registered and accepted."""
    send_in(office, "en", an_answer())
    office.run("intake")
    office.type("register", "Submissions", 2, "Decision", "Accepted")
    return office


@pytest.mark.parametrize("decision", ["", "Declined"])
def test_only_an_accepted_submission_is_planned(accepted, decision):
    accepted.type("register", "Submissions", 2, "Decision", decision)

    assert accepted.run("scheduling").done == []
    assert shown(accepted, "Sessions", "Ref") == []


@pytest.mark.parametrize("effect", ["drop-before", "drop-after"])
def test_a_planned_row_whose_answer_is_lost_stands_there_once(accepted, effect):
    fault(accepted, "POST", r"sandbox-register:batchUpdate$", effect)

    assert accepted.run("scheduling").red
    assert not accepted.run("scheduling").red

    assert shown(accepted, "Sessions", "Title", "Status") == [("Fathers in the delivery room", "Draft")]


def test_a_planned_row_that_staff_deleted_does_not_come_back(accepted):
    accepted.run("scheduling")
    accepted.book("register").worksheet("Sessions").delete_rows(2)

    assert accepted.run("scheduling").done == []


def test_a_draft_session_is_not_put_into_the_calendar(office):
    plan_session(office, Status="Draft")

    office.run("scheduling", now=MARCH)

    assert events(office) == []


def test_a_session_in_the_past_is_not_put_into_the_calendar(office):
    plan_session(office, Date="2024-03-01")

    outcome = office.run("scheduling", now=MARCH)

    assert (outcome.skipped["the session is in the past"], events(office)) == (1, [])


@pytest.mark.parametrize("effect", ["drop-before", "drop-after", "status-after"])
def test_an_event_whose_answer_is_lost_is_made_once(office, effect):
    plan_session(office)
    fault(office, "POST", INSERT, effect)

    assert office.run("scheduling", now=MARCH).red
    assert not office.run("scheduling", now=SOON).red

    (event,) = events(office)
    assert shown(office, "Sessions", "State", "Meeting link") == [("In the calendar", event["hangoutLink"])]
    assert office.run("scheduling", now=SOON).done == []


def test_an_event_that_is_refused_is_tried_again(office):
    plan_session(office)
    fault(office, "POST", INSERT, "status", status=403, reason="rateLimitExceeded")

    assert office.run("scheduling", now=MARCH).red
    assert not office.run("scheduling", now=SOON).red

    assert len(events(office)) == 1


def test_one_event_that_fails_does_not_stop_the_next(office):
    plan_session(office)
    plan_session(office, Ref="TALK2")
    fault(office, "POST", INSERT, "status", status=403)

    assert office.run("scheduling", now=MARCH).red

    assert [event["extendedProperties"]["private"]["ref"] for event in events(office)] == ["TALK2"]


def test_a_meeting_link_that_is_still_being_made_is_fetched_later(office):
    office.control("settings", conference_pending_reads=1)
    plan_session(office)
    office.run("scheduling", now=MARCH)
    assert shown(office, "Sessions", "Meeting link") == [("",)]

    for minutes in (5, 10):
        office.run("scheduling", now=MARCH + timedelta(minutes=minutes))

    (event,) = events(office)
    assert shown(office, "Sessions", "Meeting link") == [(event["hangoutLink"],)]


@pytest.mark.parametrize(
    ("zone", "date", "hour"),
    [
        ("Asia/Beirut", "2024-03-30", 13),  # before the clocks change
        ("Asia/Beirut", "2024-03-31", 12),  # after
        ("Nairobi", "2024-05-16", 12),
        ("America/Bogota", "2024-05-16", 20),
    ],
)
def test_an_event_begins_when_its_own_city_says_so(office, zone, date, hour):
    confirm_talk(office, Time_zone=zone, Date=date)

    (event,) = events(office)

    start = datetime.fromisoformat(event["start"]["dateTime"])
    assert start == datetime.fromisoformat(date).replace(hour=hour, tzinfo=UTC)


def test_two_sessions_with_one_ref_are_told_once_and_neither_is_acted_upon(office):
    plan_session(office)
    plan_session(office, Title="Another")

    office.run("scheduling", now=MARCH)

    assert [line[:4] for line in attention(office)] == [("To", "register · Sessions", 2, "Ref")]
    assert events(office) == []


def test_what_staff_typed_into_a_session_stays(office):
    confirm_talk(office, Notes="Ask for slides")
    columns = ("Status", "Date", "Start time", "Time zone", "Minutes", "Title", "Presenters", "Notes")
    before = shown(office, "Sessions", *columns)
    office.type("register", "Sessions", 2, "Meeting link", "typed over by mistake")

    outcome = office.run("scheduling", now=SOON)

    assert outcome.done == ["register · Sessions: cells brought up to date: 1"]
    assert shown(office, "Sessions", *columns) == before


def test_a_session_sorted_by_staff_keeps_its_own_event(office):
    confirm_talk(office, Ref="ZULU")
    confirm_talk(office, Ref="ALFA", Date="2024-05-23")
    links = dict(shown(office, "Sessions", "Ref", "Meeting link"))
    office.book("register").worksheet("Sessions").sort((1, "asc"), range="A2:N3")

    assert office.run("scheduling", now=SOON).done == []
    assert shown(office, "Sessions", "Ref", "Meeting link") == [("ALFA", links["ALFA"]), ("ZULU", links["ZULU"])]


def test_a_rehearsal_names_the_event_and_makes_none(office):
    plan_session(office)

    outcome = office.run("scheduling", live=False, now=MARCH)

    assert outcome.done == [
        "TALK1: calendar event at 2024-05-16T12:00Z for 90 minutes",
        "register · Sessions: cells brought up to date: 1",
    ]
    assert (events(office), effects_of(office)) == ([], {})


def test_a_note_below_the_sessions_is_told_and_nothing_else(office):
    confirm_talk(office)
    add(office, "Sessions", {"Title": "and one on care?"})

    assert not office.run("scheduling", now=SOON).red
    assert [line[:4] for line in attention(office)] == [("To", "register · Sessions", 3, "Ref")]


def test_an_event_that_was_deleted_before_we_knew_of_it_is_made_again_when_staff_say_so(office):
    plan_session(office)
    fault(office, "POST", INSERT, "drop-after")
    office.run("scheduling", now=MARCH)
    (event,) = events(office)
    google(office, "calendar", "v3").events().delete(calendarId=CALENDAR_ID, eventId=event["id"]).execute()

    office.run("scheduling", now=MARCH + timedelta(minutes=5))

    assert events(office) == []
    (line,) = attention(office)
    assert line[4] == "Somebody deleted the calendar event of TALK1 while it was being made."
    office.type("register", "Needs attention", 2, "Answer", "Make it again")
    office.run("scheduling", now=MARCH + timedelta(minutes=10))
    office.run("scheduling", now=MARCH + timedelta(minutes=15))
    (again,) = events(office)
    assert again["id"] != event["id"]
    assert [state for state, *_ in places(office)] == ["Solved"]


def test_what_landed_in_a_row_that_staff_inserted_while_a_run_died_is_emptied_by_the_next(office):
    confirm_talk(office)
    before = shown(office, "Sessions", "Ref", "State", "Meeting link")
    add(office, "Sessions", {"State": "In the calendar", "Meeting link": before[0][2]})

    office.run("scheduling", now=SOON)

    assert shown(office, "Sessions", "Ref", "State", "Meeting link") == before


def test_presenters_who_agreed_become_guests_of_the_event_and_leave_it_again(office):
    confirm_talk(office, Presenters="Rima <rima@example.org>\nEva <eva@example.net>")
    calendar = google(office, "calendar", "v3").events()
    event = {"calendarId": CALENDAR_ID, "eventId": events(office)[0]["id"]}
    calendar.patch(**event, body={"attendees": [{"email": "colleague@colab.example.org"}]}).execute()
    set_session(office, "TALK1", Google_invitations=True)
    fault(office, "PATCH", r"/events/[^/]+$", "drop-after")

    assert office.run("scheduling", now=SOON).red
    assert not office.run("scheduling", now=SOON + timedelta(minutes=5)).red

    (found,) = events(office)
    assert emails(found) == ["colleague@colab.example.org", "eva@example.net", "rima@example.org"]
    assert (found["guestsCanSeeOtherGuests"], found["guestsCanInviteOthers"]) == (False, False)
    assert office.run("scheduling", now=SOON + timedelta(minutes=10)).requests.get("calendar") is None
    set_session(office, "TALK1", Google_invitations=False)
    office.run("scheduling", now=SOON + timedelta(minutes=15))
    assert emails(events(office)[0]) == ["colleague@colab.example.org"]
    assert requests.get(f"{office.url}/control/notifications", timeout=10).json() == []


def emails(event):
    return sorted(guest["email"] for guest in event.get("attendees", []))
