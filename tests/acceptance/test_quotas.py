"""A quota of one API never stops the others, and what waited is done once when the quota is over."""

from datetime import timedelta

import pytest
import requests

from tests.acceptance.people import (
    A_MEMBER,
    FEBRUARY,
    MARCH,
    add,
    an_answer,
    asked,
    confirm_talk,
    drafts,
    events,
    fault,
    plan_session,
    send_in,
    shown,
    told,
)

SEND, INSERT = r"/drafts/send$", r"/events$"
SOON = MARCH + timedelta(minutes=5)
WANJIRU, EVA, SIPHO = ("wanjiru@example.org", "en"), ("eva@example.org", "es"), ("sipho@example.net", "en")


@pytest.fixture
def office(open_office):
    """An office whose runs wait for nobody."""
    office = open_office(google_patience_seconds=0)
    send_in(office, "en", an_answer())
    send_in(office, "es", an_answer("es", email="eva@example.org", contact_name="Eva", title="Padres"))
    return office


def misfortune(office, name):
    requests.post(f"{office.url}/control/scenarios", json={"name": name}, timeout=10).raise_for_status()


def over(office):
    requests.delete(f"{office.url}/control/faults", timeout=10).raise_for_status()


def test_the_quota_of_the_calendar_parks_events_alone_while_mail_goes_on(office):
    for ref in ("TALK1", "TALK2", "TALK3"):
        plan_session(office, Ref=ref)
    misfortune(office, "calendar_limit")

    outcome = office.run("scheduling", now=MARCH)
    assert office.run("intake", now=FEBRUARY).failed == []

    assert (outcome.held, len(outcome.failed)) == (["2 events wait for the next run"], 1)
    assert [how for how, what in asked(office) if what == "calendar.events.insert"] == ["POST"]
    assert (told(office), events(office)) == (sorted([WANJIRU, EVA]), [])

    over(office)
    assert office.run("scheduling", now=SOON).failed == []
    assert len(events(office)) == 3


def test_invitations_to_a_talk_that_stands_in_the_calendar_go_out_while_its_quota_is_used_up(office):
    confirm_talk(office)
    add(office, "Members", A_MEMBER)
    plan_session(office, Ref="TALK2")
    misfortune(office, "calendar_limit")

    assert office.run("scheduling", now=MARCH).red
    assert office.run("invitations", now=MARCH).failed == []

    assert told(office) == sorted([SIPHO, WANJIRU])


def test_gmails_rate_lets_mail_wait_while_answers_are_registered_and_events_are_made(office):
    plan_session(office)
    office.control("clock", now=FEBRUARY.isoformat())
    misfortune(office, "gmail_rate")

    outcome = office.run("intake", now=FEBRUARY)
    assert office.run("scheduling", now=MARCH).failed == []

    assert outcome.held == ["1 mails wait for the next run"]
    assert (len(shown(office, "Submissions", "Title")), len(events(office)), office.mails()) == (2, 1, [])

    over(office)
    assert office.run("intake", now=FEBRUARY + timedelta(minutes=20)).failed == []
    assert (told(office), drafts(office)) == (sorted([WANJIRU, EVA]), [])


def test_the_quota_of_sheets_stops_no_mail_that_was_decided_on(office):
    fault(office, "POST", r":batchUpdate$", "status", status=429, times=0)

    assert office.run("intake", now=FEBRUARY).red
    assert told(office) == sorted([WANJIRU, EVA])

    over(office)
    assert office.run("intake", now=FEBRUARY + timedelta(minutes=5)).failed == []
    assert (len(shown(office, "Submissions", "Title")), told(office)) == (2, sorted([WANJIRU, EVA]))


def test_a_refusal_that_passes_soon_is_waited_out_in_the_same_run(open_office):
    office = open_office(google_patience_seconds=60)
    send_in(office, "en", an_answer())
    fault(office, "POST", SEND, "status", status=429)

    assert not office.run("intake", now=FEBRUARY).red
    assert told(office) == [WANJIRU]
