"""The history of a submission stands on its Ref cell and in `colab history`."""

import json
from datetime import timedelta

import pytest

from tests.acceptance.people import (
    FEBRUARY,
    MARCH,
    an_answer,
    forget_requests,
    google,
    send_in,
    set_session,
    shown,
    writes,
)
from tests.acceptance.test_command_line import whole_process

LATER = FEBRUARY + timedelta(minutes=5)
HEAD = "History, kept by the pipeline"


@pytest.fixture
def one(office):
    """One answer, registered and acknowledged."""
    send_in(office, "en", an_answer())
    assert not office.run("intake").red
    return office


def note(office, row=2):
    """The note on a Ref cell through the Sheets API."""
    sheets = google(office, "sheets", "v4").spreadsheets()
    asked = {"ranges": [f"Submissions!A{row}"], "fields": "sheets(data(rowData(values(note))))"}
    found = sheets.get(spreadsheetId=office.book("register").id, **asked).execute()["sheets"][0]["data"][0]
    return found.get("rowData", [{}])[0].get("values", [{}])[0].get("note", "")


def test_the_ref_cell_tells_the_history_from_the_first_poll_on_and_is_written_only_when_it_changes(one):
    assert note(one).splitlines() == [
        HEAD,
        "14 Feb 2024 10:00: sent through the form in English",
        "16 Feb 2024 03:00: acknowledgement sent",
    ]
    forget_requests(one)
    assert (one.run("intake", now=LATER).done, writes(one)) == ([], [])


def test_the_history_grows_with_what_staff_do_in_the_write_that_shows_it(one):
    one.type("register", "Submissions", 2, "Decision", "Accepted")
    one.type("register", "Submissions", 2, "Country", "Uganda")
    forget_requests(one)

    one.run("scheduling", now=LATER)

    assert note(one).splitlines()[3:] == [
        "16 Feb 2024 03:05: staff corrected Country",
        "16 Feb 2024 03:05: decision seen: Accepted",
    ]
    assert writes(one) == ["sheets.spreadsheets.batchUpdate"]
    ((ref,),) = shown(one, "Sessions", "Ref")
    set_session(one, ref, Date="2024-05-16", Start_time="15:00", Time_zone="Asia/Beirut", Status="Confirmed")
    one.run("scheduling", now=MARCH)
    assert note(one).splitlines()[-1] == "4 Mar 2024 04:30: calendar event made"


def test_a_note_by_staff_is_never_written_over(one):
    sheet = one.book("register").worksheet("Submissions")
    sheet.update_note("A2", "Call her first!")
    one.type("register", "Submissions", 2, "Country", "Uganda")

    one.run("intake", now=LATER)

    assert note(one) == "Call her first!"


def test_a_rehearsal_writes_no_history(office):
    send_in(office, "en", an_answer())
    office.run("intake", live=False)

    assert note(office) == ""


def at(office, *words):
    settings = office.settings
    return whole_process(*words, cwd=office.folder, google_url=settings.google_url, ledger_url=settings.ledger_url)


def test_the_command_tells_the_same_in_words_and_as_json_and_names_nobody(one):
    ((ref,),) = shown(one, "Submissions", "Ref")

    code, out, err = at(one, "history", ref.lower())
    told = json.loads(at(one, "history", ref, "--json")[1])

    assert (code, err, "acknowledgement sent" in out) == (0, "", True)
    assert (told["ref"], told["zone"], told["history"][1]) == (
        ref,
        "America/New_York",
        {"at": "2024-02-16T08:00:00+00:00", "local": "16 Feb 2024 03:00", "words": "acknowledgement sent"},
    )
    assert [word for word in ("Wanjiru", "wanjiru", "Fathers") if word in out] == []


def test_a_ref_that_nobody_has_is_said_in_one_sentence(one):
    assert at(one, "history", "NOSUCH") == (1, "", "NOSUCH: the ledger knows no submission with this ref\n")
