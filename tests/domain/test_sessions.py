"""The Sessions tab as staff leave it."""

from datetime import UTC, datetime

import pytest

from tasks.domain.models import CellError, Person, Presenter, Session, SessionStatus
from tasks.domain.sessions import read_sessions
from tests.domain.sheet_builders import LANGUAGES, PROGRAMME, a_tab, to_do, told, wrong

COLUMNS = PROGRAMME.register_.sessions
A_SESSION = {
    "ref": "K7P2QX",
    "status": "Confirmed",
    "date": 45363,
    "start_time": 0.625,
    "time_zone": "Africa/Nairobi",
    "minutes": 90,
    "title": "Working with fathers",
    "presenters": "Rima Khoury <rima@abaad.example.org>",
    "language": "en",
    "recording": "members",
}
RIMA = Person("Rima Khoury", "rima@abaad.example.org", "rima@abaad.example.org")


def a_session(**changes):
    return {**A_SESSION, **changes}


def read(*rows, zone="Europe/London", without=()):
    return read_sessions(
        a_tab(COLUMNS, *rows, without=without), columns=COLUMNS, languages=LANGUAGES, zone_of_sheet=zone
    )


def test_a_confirmed_row_is_a_session_in_utc():
    reading = read(a_session())

    assert reading.problems == ()
    assert reading.confirmed == (
        Session(
            ref="K7P2QX",
            row=2,
            title="Working with fathers",
            starts=datetime(2024, 3, 12, 12, tzinfo=UTC),
            minutes=90,
            zone="Africa/Nairobi",
            language="en",
            presenters=(Presenter("Rima Khoury", "Rima Khoury <rima@abaad.example.org>", RIMA),),
            recording="members",
        ),
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "confirmed "),
        ("date", "2024-03-12"),
        ("start_time", "15:00"),
        ("start_time", "15h00"),
        ("start_time", "15.00"),
        ("time_zone", "Nairobi"),
        ("minutes", "90"),
        ("minutes", 90.0),
        ("language", "English"),
        ("language", "Inglés"),
        ("recording", "Yes, with members only"),
        ("recording", "Oui, avec les membres seulement"),
    ],
)
def test_cells_may_be_typed_in_more_than_one_way(field, value):
    assert read(a_session(**{field: value})).confirmed == read(a_session()).confirmed


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("date", "", "date"),
        ("date", "12 March", "date"),
        ("date", "12/03/2024", "date"),
        ("date", 12, "date"),
        ("date", CellError("#REF!"), "date"),
        ("start_time", "", "start-time"),
        ("start_time", "3 pm", "start-time"),
        ("start_time", 15, "start-time"),
        ("time_zone", "", "time-zone"),
        ("time_zone", "EAT", "time-zone"),
        ("minutes", "", "minutes"),
        ("minutes", 4, "minutes"),
        ("minutes", 1441, "minutes"),
        ("minutes", "an hour", "minutes"),
        ("minutes", True, "minutes"),
        ("title", " ", "title"),
        ("language", "Klingon", "language"),
        ("language", "", "language"),
        ("recording", "maybe", "recording"),
        ("status", "Confirmd", "status"),
    ],
)
def test_a_confirmed_row_with_a_fault_is_held_and_told(field, value, code):
    reading = read(a_session(**{field: value}))

    assert reading.confirmed == ()
    assert told(reading.problems) == [(code, 2, "problem")]
    assert reading.problems[0].column == COLUMNS.columns[field]
    assert reading.held == {"K7P2QX"}


def test_text_in_the_date_is_told_in_words():
    (problem,) = read(a_session(date="12 March")).problems

    assert wrong(problem) == "“Date” in row 2 is text, not a date."


def test_all_faults_of_a_row_are_told_at_once():
    reading = read(a_session(date="", start_time="", time_zone="", minutes="", title="", language=""))

    assert [problem.code for problem in reading.problems] == [
        "date",
        "start-time",
        "time-zone",
        "minutes",
        "title",
        "language",
    ]


@pytest.mark.parametrize(
    ("typed", "suggestion"), [("heure de Dakar", "Africa/Dakar"), ("Nairobbi", "Africa/Nairobi"), ("", "Europe/London")]
)
def test_a_zone_is_suggested(typed, suggestion):
    (problem,) = read(a_session(time_zone=typed)).problems

    assert suggestion in to_do(problem)


@pytest.mark.parametrize(
    ("day", "hour"), [("2024-03-31", "02:30"), ("2024-10-27", "02:30")], ids=["does not exist", "happens twice"]
)
def test_an_hour_of_the_clock_change_is_asked(day, hour):
    reading = read(a_session(date=day, start_time=hour, time_zone="Europe/Paris"))

    assert told(reading.problems) == [("hour", 2, "problem")]
    assert reading.confirmed == ()


@pytest.mark.parametrize("status", ["Draft", "Cancelled", ""])
def test_rows_that_are_not_confirmed_may_be_incomplete(status):
    reading = read({"ref": "A", "status": status, "date": "soon"})

    assert reading.problems == ()
    assert reading.confirmed == ()
    assert reading.rows["A"].status is (SessionStatus(status) if status else SessionStatus.draft)
    assert reading.rows["A"].row == 2
    assert reading.rows["A"].cells["date"] == "soon"


def test_presenters_without_an_address_are_a_notice():
    reading = read(a_session(presenters="Rima Khoury <rima@abaad.example.org>\nSamir Haddad"))

    assert told(reading.problems) == [("presenter-address", 2, "notice")]
    assert len(reading.confirmed) == 1
    assert reading.held == frozenset()
    assert "Samir" not in wrong(reading.problems[0]) + to_do(reading.problems[0])


def test_a_row_without_a_ref_is_told_to_get_one():
    reading = read(a_session(ref=""))

    assert told(reading.problems) == [("no-ref", 2, "problem")]
    assert (reading.rows, reading.confirmed) == ({}, ())


@pytest.mark.parametrize("again", ["K7P2QX", " k7p2qx"])
def test_rows_with_the_same_ref_are_one_problem_and_none_is_acted_upon(again):
    reading = read(a_session(), a_session(ref=again), a_session(ref="B"))

    assert told(reading.problems) == [("duplicate-ref", 2, "problem")]
    assert [session.ref for session in reading.confirmed] == ["B"]
    assert "K7P2QX" in reading.held


def test_blank_rows_are_nothing():
    reading = read({}, a_session(), {"notes": " "})

    assert (reading.problems, list(reading.rows)) == ((), ["K7P2QX"])


def test_a_missing_column_stops_the_tab():
    reading = read(a_session(), without=("date", "minutes"))

    assert told(reading.problems) == [("missing-column", 1, "problem")]
    assert "Date and Minutes" in wrong(reading.problems[0])
    assert (reading.rows, reading.confirmed, reading.readable) == ({}, (), False)


# ------------------------------------------------------------------------------------------- columns that may be absent
@pytest.mark.parametrize("column", ["own_link", "safer", "send_again", "preface"])
def test_a_tab_without_a_newer_column_is_read_as_before(column):
    assert read(a_session(), without=(column,)).confirmed == read(a_session()).confirmed


@pytest.mark.parametrize(
    "link", ["meet.example.org/x", "http://x.example.org", "https://a@b.example.org", "https://x y"]
)
def test_an_own_link_that_nobody_may_follow_keeps_the_session_from_being_announced(link):
    reading = read(a_session(own_link=link))

    assert (reading.confirmed, told(reading.problems)) == ((), [("own-link", 2, "problem")])
    assert wrong(reading.problems[0]) == "“Own link” in row 2 is not an address that begins with https://."


def test_an_own_link_is_where_the_session_takes_place():
    (session,) = read(a_session(own_link=" https://meet.google.com/x ")).confirmed

    assert session.own_link == "https://meet.google.com/x"


@pytest.mark.parametrize(
    ("box", "safer", "recording"), [(True, True, "no"), (False, False, "members"), ("", False, "members")]
)
def test_a_safer_session_is_not_recorded_whatever_else_its_row_says(box, safer, recording):
    (session,) = read(a_session(safer=box)).confirmed

    assert (session.safer, session.recording) == (safer, recording)


def test_a_ref_with_a_colon_would_be_taken_for_another_key():
    reading = read(a_session(ref="K7:P2"))

    assert (reading.confirmed, told(reading.problems)) == ((), [("odd-ref", 2, "problem")])
