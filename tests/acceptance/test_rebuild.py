"""A lost ledger is made again from what stands in the sheets, the calendar and Sent, and nobody hears of it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.acceptance.people import (
    A_MEMBER,
    FEBRUARY,
    MARCH,
    add,
    an_answer,
    effects_of,
    events,
    fault,
    forget_requests,
    rewrite,
    round_of_all_flows,
    send_in,
    set_session,
    shown,
    told,
    writes,
)

START = datetime(2024, 5, 16, 12, 0, tzinfo=UTC)
AFTER = START + timedelta(hours=18)
REBUILT, LATER = AFTER + timedelta(minutes=5), AFTER + timedelta(minutes=10)
TABS = ("Submissions", "Possible duplicates", "Sessions", "Needs attention")
OTIENO = {"email": "otieno@example.org", "contact_name": "Otieno", "title": "Fathers and sons"}
OLD = {"email": "old@example.org", "title": "Long ago", "timestamp": "2023-02-14T10:00:00"}


@pytest.fixture
def told_office(office):
    """An office in which the whole story happened: with a correction, an edited answer, an old one and a bad one."""
    office.control("clock", now=FEBRUARY.isoformat())
    send_in(
        office,
        "en",
        an_answer(),
        an_answer(**OTIENO, timestamp="2024-02-15T10:00:00"),
        an_answer(**OLD),
        an_answer(email="nobody", timestamp="2024-02-15T11:00:00"),
    )
    send_in(office, "fr", an_answer("fr", email="luc@example.org", title="Pères", timestamp="2024-02-15T12:00:00"))
    assert not office.run("intake", now=FEBRUARY).red
    rewrite(office, "en", 3, an_answer(**OTIENO, summary="Newer words.", timestamp="2024-02-16T02:00:00"))
    office.type("register", "Submissions", row_of(office, "Pères"), "Name", "Luc Diallo")
    assert not office.run("intake", now=FEBRUARY + timedelta(minutes=5)).red
    return office


@pytest.fixture
def story(told_office):
    """… and a session was held, its recording filed."""
    office = told_office
    office.type("register", "Submissions", row_of(office, "Fathers in the delivery room"), "Decision", "Accepted")
    add(office, "Members", A_MEMBER)
    assert not office.run("scheduling", now=FEBRUARY + timedelta(minutes=10)).red
    ((ref,),) = shown(office, "Sessions", "Ref")
    set_session(
        office,
        ref,
        Date="2024-05-16",
        Start_time="15:00",
        Time_zone="Asia/Beirut",
        Presenters="Wanjiru <wanjiru@example.org>",
        Status="Confirmed",
    )
    office.control("clock", now=MARCH.isoformat())
    assert not office.run("scheduling", now=MARCH).red
    assert not office.run("invitations", now=MARCH).red
    (event,) = events(office)
    code = event["hangoutLink"].rsplit("/", 1)[-1]
    office.control("clock", now=AFTER.isoformat())
    office.control("recordings", meeting_code=code, started=START.isoformat(), minutes=88)
    assert not office.run("recordings", now=AFTER).red
    assert not office.run("intake", now=AFTER).red
    assert round_of_all_flows(office, AFTER) == ([], [])
    return office


def row_of(office, title):
    return 2 + [found for (found,) in shown(office, "Submissions", "Title")].index(title)


def lose_the_ledger(office):
    for file in office.folder.glob("ledger.sqlite*"):
        file.unlink()


def everything(office):
    """Every cell of every tab that the pipeline writes, without regard to the order of rows."""
    tabs = [("register", tab) for tab in TABS] + [("archive", "Recordings")]
    return {tab: sorted(str(row) for row in office.table(role, tab)) for role, tab in tabs}


def rebuild(office, now=REBUILT, **more):
    return office.run("rebuild-ledger", now=now, **more)


def sort_rows(office):
    sheet = office.book("register").worksheet("Submissions")
    sheet.sort((sheet.row_values(1).index("Title") + 1, "asc"), range=f"A2:AD{sheet.row_count}")


def delete_a_row(office):
    office.book("register").worksheet("Submissions").delete_rows(row_of(office, "Fathers and sons"))


def delete_the_session(office):
    office.book("register").worksheet("Sessions").delete_rows(2)


def delete_the_recording(office):
    office.book("archive").worksheet("Recordings").delete_rows(2)


def delete_the_answers(office):
    form = office.settings.programme.forms["en"]
    office.book(form.spreadsheet).worksheet(form.tab).delete_rows(2, 4)


@pytest.mark.parametrize("act", [None, sort_rows, delete_the_recording])
def test_after_a_rebuild_every_flow_does_nothing_and_every_cell_stays(story, act):
    if act:
        act(story)
    before, mails = everything(story), told(story)
    lose_the_ledger(story)
    forget_requests(story)

    outcome = rebuild(story)

    assert (outcome.failed, writes(story)) == ([], [])
    histories_only, _ = round_of_all_flows(story, LATER)
    assert (histories_only, round_of_all_flows(story, LATER)) == ([], ([], []))
    assert (everything(story), told(story), len(events(story))) == (before, mails, 1)


@pytest.mark.parametrize("act", [delete_a_row, delete_the_session, delete_the_answers])
def test_after_a_rebuild_nobody_is_written_to_and_no_row_comes_back_whatever_staff_deleted(story, act):
    act(story)
    mails, rows = told(story), {tab: len(story.table("register", tab)) for tab in TABS}
    lose_the_ledger(story)

    assert not rebuild(story).red

    for flow in ("intake", "scheduling", "invitations", "recordings", "intake"):
        outcome = story.run(flow, now=LATER)
        assert not outcome.red
        assert [line for line in outcome.done if "cells brought up to date" not in line] == []
    assert (told(story), len(events(story))) == (mails, 1)
    assert {tab: len(story.table("register", tab)) for tab in TABS} == rows


def test_invitations_are_found_in_sent_and_only_new_people_are_invited(told_office):
    office = told_office
    office.type("register", "Submissions", row_of(office, "Fathers in the delivery room"), "Decision", "Accepted")
    add(office, "Members", A_MEMBER)
    office.run("scheduling", now=FEBRUARY + timedelta(minutes=10))
    ((ref,),) = shown(office, "Sessions", "Ref")
    set_session(office, ref, Date="2024-05-16", Start_time="15:00", Time_zone="Asia/Beirut", Status="Confirmed")
    office.control("clock", now=MARCH.isoformat())
    office.run("scheduling", now=MARCH)
    office.run("invitations", now=MARCH)
    before = told(office)
    set_session(office, ref, Status="Draft")
    lose_the_ledger(office)
    assert not rebuild(office, now=MARCH).red

    set_session(office, ref, Status="Confirmed")
    add(office, "Members", {**A_MEMBER, "Name": "Eva", "E-mail": "eva@example.net"})
    assert not office.run("invitations", now=MARCH).red

    assert sorted(set(told(office))) == sorted({*before, ("eva@example.net", "en")})
    assert len(told(office)) == len(before) + 1


def test_answers_that_came_in_since_are_registered_and_acknowledged_afterwards(told_office):
    lose_the_ledger(told_office)
    send_in(told_office, "en", an_answer(email="new@example.org", title="New", timestamp="2024-02-16T02:30:00"))
    before = told(told_office)

    outcome = rebuild(told_office, now=FEBRUARY)

    assert outcome.held == [
        "row 6 of the en answers came in since: the next intake registers and acknowledges it",
    ]
    told_office.run("intake", now=FEBRUARY + timedelta(minutes=9))
    assert told(told_office) == sorted([*before, ("new@example.org", "en")])


def test_an_acknowledgement_of_which_nobody_knows_is_taken_as_done_and_named(office):
    send_in(office, "en", an_answer())
    fault(office, "POST", r"/drafts/send$", "status", status=429, reason="rateLimitExceeded")
    office.run("intake", now=FEBRUARY)
    ((ref, state),) = shown(office, "Submissions", "Ref", "State")
    assert (state, told(office)) == ("To be acknowledged", [])
    lose_the_ledger(office)

    outcome = rebuild(office, now=FEBRUARY)

    assert [line.split(":")[0] for line in outcome.held] == [ref]
    office.run("intake", now=FEBRUARY + timedelta(minutes=9))
    assert (told(office), shown(office, "Submissions", "State")) == ([], [("Acknowledged",)])


@pytest.mark.parametrize("verdict", ["", "Same", "Different"])
def test_pairs_and_what_staff_said_of_them_are_found_again(told_office, verdict):
    office = told_office
    again = an_answer("es", title="Padres en la sala de partos", timestamp="2024-02-15T15:00:00")
    send_in(office, "es", again)
    send_in(office, "fr", an_answer("fr", title="Les pères à la naissance", timestamp="2024-02-15T16:00:00"))
    office.run("intake", now=FEBRUARY + timedelta(minutes=10))
    office.type("register", "Possible duplicates", 2, "Verdict", verdict)
    for minutes in (15, 20):
        office.run("intake", now=FEBRUARY + timedelta(minutes=minutes))
    before, mails = everything(office), told(office)
    assert len(before["Possible duplicates"]) > 0
    lose_the_ledger(office)

    assert not rebuild(office, now=FEBRUARY + timedelta(minutes=25)).red

    office.run("intake", now=FEBRUARY + timedelta(minutes=30))
    after = everything(office)
    assert (told(office), after["Submissions"]) == (mails, before["Submissions"])
    assert len(after["Possible duplicates"]) == len(before["Possible duplicates"])
    assert office.run("intake", now=FEBRUARY + timedelta(minutes=35)).done == []


def test_a_rehearsal_says_what_would_be_found_and_keeps_nothing(story):
    lose_the_ledger(story)

    outcome = rebuild(story, live=False)

    assert (outcome.red, effects_of(story)) == (False, {})
    assert "submissions: 4, with 5 versions of answers" in outcome.done


def test_a_ledger_that_is_not_empty_is_refused(told_office):
    outcome = rebuild(told_office)

    assert outcome.failed == ["the ledger is not empty; only one that was lost can be made again"]


def test_a_form_that_cannot_be_read_stops_the_rebuild_and_keeps_nothing(story):
    story.type("responses-fr", "Réponses au formulaire 1", 1, "Format", "Forme")
    lose_the_ledger(story)

    assert rebuild(story).red
    assert effects_of(story) == {}
