"""Recordings: one row each in the archive, only where the presenters agreed."""

from datetime import timedelta

import pytest

from tests.acceptance.people import MARCH, attention, confirm_talk, events, fault, set_session, shown

START = MARCH.replace(month=5, day=16, hour=12, minute=0)
AFTER = START + timedelta(hours=2)
TAB = "register · Sessions (recordings)"


def held(office, *, minutes=88, state="FILE_GENERATED", started=START, **cells):
    """The session took place and was recorded."""
    confirm_talk(office, **cells)
    record(office, minutes=minutes, state=state, started=started)


def record(office, *, minutes=88, state="FILE_GENERATED", started=START):
    (event,) = events(office)
    code = event["hangoutLink"].rsplit("/", 1)[-1]
    office.control("clock", now=started.isoformat())  # Meet forgets calls after a month
    office.control("recordings", meeting_code=code, started=started.isoformat(), minutes=minutes, state=state)


def archived(office):
    return [(row["Ref"], row["Minutes recorded"]) for row in office.table("archive", "Recordings")]


CONSENT = {"no": "may not be recorded", "": "does not say whether it may be recorded"}


@pytest.mark.parametrize(("cell", "said"), CONSENT.items())
def test_a_recording_that_nobody_agreed_to_stays_out_of_the_archive(office, cell, said):
    held(office, May_be_recorded=cell)

    office.run("recordings", now=AFTER)

    assert archived(office) == []
    what = f"There is a recording of session TALK1, which {said}; it was not put into the archive."
    assert attention(office)[0][:5] == ("To", TAB, 2, "May be recorded", what)
    assert shown(office, "Sessions", "Recording link") == [("",)]


def test_a_recording_is_archived_once_the_presenters_agree(office):
    held(office, May_be_recorded="no")
    office.run("recordings", now=AFTER)
    set_session(office, "TALK1", May_be_recorded="public")

    office.run("recordings", now=AFTER + timedelta(hours=1))

    assert archived(office) == [("TALK1", 88)]
    assert [state for state, *_ in attention(office)] == ["Solved"]


def test_a_session_that_may_not_be_recorded_is_not_searched_for_a_missing_recording(office):
    confirm_talk(office, May_be_recorded="no")

    outcome = office.run("recordings", now=START + timedelta(days=3))

    assert (outcome.held, attention(office)) == ([], [])


def test_what_meet_did_not_answer_is_not_called_solved(office):
    held(office, May_be_recorded="no")
    office.run("recordings", now=AFTER)
    fault(office, "GET", r"/conferenceRecords$", "status", status=503)

    assert office.run("recordings", now=AFTER + timedelta(hours=1)).red

    assert [state for state, *_ in attention(office)] == ["To"]


@pytest.mark.parametrize("effect", ["drop-before", "drop-after"])
def test_a_recording_whose_answer_is_lost_stands_in_the_archive_once(office, effect):
    held(office)
    fault(office, "POST", r"sandbox-archive:batchUpdate$", effect)

    assert office.run("recordings", now=AFTER).red
    assert not office.run("recordings", now=AFTER + timedelta(hours=1)).red

    (row,) = office.table("archive", "Recordings")
    assert shown(office, "Sessions", "Recording link") == [(row["Recording"],)]


def test_an_archive_that_staff_renamed_is_told_until_it_is_mended(office):
    held(office)
    tab = office.book("archive").worksheet("Recordings")
    tab.update_title("Videos")
    office.run("recordings", now=AFTER)
    assert attention(office)[0][:5] == (
        "To",
        "archive · Recordings",
        "",
        "",
        "The spreadsheet has no tab called “Recordings”.",
    )

    tab.update_title("Recordings")
    office.run("recordings", now=AFTER + timedelta(hours=1))

    assert archived(office) == [("TALK1", 88)]
    assert [state for state, *_ in attention(office)] == ["Solved"]


def test_a_recording_that_is_still_being_made_waits(office):
    held(office, state="ENDED")

    outcome = office.run("recordings", now=AFTER)

    assert (outcome.held, archived(office)) == (["TALK1: no finished recording yet"], [])


def test_a_session_that_is_not_over_is_not_looked_at(office):
    held(office)

    assert office.run("recordings", now=START + timedelta(minutes=89)).requests == {"sheets": {"GET": 1}}


def test_two_days_without_a_recording_are_told(office):
    confirm_talk(office)

    office.run("recordings", now=START + timedelta(days=2))

    assert attention(office)[0][:5] == ("To", TAB, 2, "", "No finished recording of session TALK1 was found.")


def test_a_second_part_gets_a_row_of_its_own(office):
    held(office)
    office.run("recordings", now=AFTER)
    record(office, minutes=20, started=START + timedelta(minutes=90))

    office.run("recordings", now=AFTER + timedelta(hours=1))

    assert archived(office) == [("TALK1", 88), ("TALK1", 20)]
    assert shown(office, "Sessions", "Recording link")[0][0].count("https://drive.google.com/") == 2


def test_an_older_call_behind_the_same_link_is_not_a_recording_of_this_session(office):
    held(office, started=START - timedelta(days=3))

    office.run("recordings", now=AFTER)

    assert archived(office) == []


def test_what_staff_wrote_into_the_archive_stays(office):
    held(office)
    office.run("recordings", now=AFTER)
    office.type("archive", "Recordings", 2, "Title", "Corrected by staff")
    office.book("archive").worksheet("Recordings").update([["Tags"], ["care"]], "J1")

    assert office.run("recordings", now=AFTER + timedelta(hours=1)).done == []
    assert [(row["Title"], row["Tags"]) for row in office.table("archive", "Recordings")] == [
        ("Corrected by staff", "care")
    ]


def test_the_archive_holds_no_addresses(office):
    held(office)
    office.run("recordings", now=AFTER)

    assert "@" not in str(office.table("archive", "Recordings"))


def test_a_rehearsal_names_the_row_and_writes_none(office):
    held(office)

    outcome = office.run("recordings", live=False, now=AFTER)

    assert outcome.done == ["archive · Recordings: rows added: 1"]
    assert archived(office) == []
