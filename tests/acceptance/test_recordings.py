"""Recordings: one row each in the archive, only where the presenters agreed, who may see it first."""

from datetime import timedelta

import pytest
import requests

from tasks.domain.reviews import file_in
from tests.acceptance.people import (
    MARCH,
    add,
    asked,
    attention,
    configuration_that_shares,
    confirm_talk,
    events,
    fault,
    forget_requests,
    google,
    hash_of,
    places,
    set_session,
    shown,
    told,
)

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


# ------------------------------------------------------------------------- seen by the presenters first
BOX = "Share for review"
TWO = "Wanjiru Kamau <wanjiru@example.org>\nEva <Eva@example.org>"
A_DAY_LATER = AFTER + timedelta(days=1)


def to_be_shared(office, *, ticked=True, **cells):
    """A recording in the archive, whose box staff tick."""
    office.config = configuration_that_shares(office.folder / "config")
    office.book("archive").worksheet("Recordings").update([[BOX]], "J1")
    held(office, Presenters=TWO, **cells)
    add(office, "Members", {"Name": "Eva", "E-mail": "eva@example.org", "Language": "es", "Subscribed": True})
    office.run("recordings", now=AFTER)
    if ticked:
        tick(office)


def tick(office):
    office.type("archive", "Recordings", 2, BOX, value=True)


def boxes(office):
    return [row[BOX] for row in office.table("archive", "Recordings")]


def readers(office):
    """Who was let in to see the recording, by Drive's own list."""
    permissions = google(office, "drive", "v3").permissions()
    found = permissions.list(fileId=file_of(office), fields="permissions(emailAddress,role)").execute()
    return sorted(one["emailAddress"] for one in found["permissions"] if one["role"] == "reader")


def file_of(office):
    (row,) = office.table("archive", "Recordings")
    return file_in(row["Recording"])


def notices_of_google(office):
    return requests.get(f"{office.url}/control/notifications", timeout=10).json()


def test_presenters_see_the_recording_first_when_staff_tick_it_each_by_one_letter_of_ours(office):
    to_be_shared(office, ticked=False)
    assert (office.run("recordings", now=AFTER).done, readers(office)) == ([], [])
    tick(office)
    one, two = hash_of(office, "wanjiru@example.org"), hash_of(office, "eva@example.org")
    assert office.run("recordings", live=False, now=A_DAY_LATER).done == [
        f"TALK1: presenter 1 ({one}) may see the recording",
        f"TALK1: presenter 2 ({two}) may see the recording",
        f"TALK1: recording to look at, to presenter 1 ({one}), in en",
        f"TALK1: recording to look at, to presenter 2 ({two}), in es",
    ]
    assert (readers(office), told(office), boxes(office)) == ([], [], [True])

    office.run("recordings", now=A_DAY_LATER)

    assert readers(office) == ["Eva@example.org", "wanjiru@example.org"]
    assert told(office) == [("Eva@example.org", "es"), ("wanjiru@example.org", "en")]
    assert (boxes(office), notices_of_google(office), attention(office)) == ([False], [], [])
    for file in office.folder.glob("ledger.sqlite*"):
        file.unlink()
    assert not office.run("rebuild-ledger", now=A_DAY_LATER + timedelta(hours=2)).red
    for hours in (3, 4):
        tick(office)
        assert not office.run("recordings", now=A_DAY_LATER + timedelta(hours=hours)).red
    assert (len(readers(office)), len(told(office)), boxes(office)) == (2, 2, [False])
    assert "2 asked to look at the recording" in shown(office, "Sessions", "State")[0][0]


def test_a_permission_whose_answer_is_lost_is_looked_for_and_not_given_twice(office):
    to_be_shared(office)
    fault(office, "POST", r"/permissions$", "drop-after")
    forget_requests(office)

    assert office.run("recordings", now=A_DAY_LATER).red
    assert len(told(office)) == 1
    assert not office.run("recordings", now=A_DAY_LATER + timedelta(hours=1)).red

    assert asked(office).count(("POST", "drive.permissions.create")) == 2
    assert readers(office) == ["Eva@example.org", "wanjiru@example.org"]
    assert len(told(office)) == 2


def test_who_has_no_google_account_is_told_to_staff_and_the_others_see_it(office):
    to_be_shared(office)
    office.control("strangers", address="wanjiru@example.org")

    assert office.run("recordings", now=A_DAY_LATER).red

    assert (readers(office), told(office)) == (["Eva@example.org"], [("Eva@example.org", "es")])
    [line] = attention(office)
    assert line[:4] == ("To", "archive · Recordings", 2, BOX)
    assert line[4].startswith("Presenter 1 of TALK1 could not be let in to see the recording in row 2: Google knows no")
    assert boxes(office) == [False]
    set_session(office, "TALK1", Presenters=TWO.replace("wanjiru@", "w.kamau@"))
    tick(office)
    assert not office.run("recordings", now=A_DAY_LATER + timedelta(hours=1)).red
    assert (readers(office), places(office)[0][0]) == (["Eva@example.org", "w.kamau@example.org"], "Solved")
