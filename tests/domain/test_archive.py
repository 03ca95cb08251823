"""Which recordings go into the archive, and what keeps them out."""

from datetime import timedelta

import pytest

from tasks.domain.archive import (
    Recording,
    archive_line,
    consent_problem,
    missing_problem,
    recording_key,
    sessions_to_look_at,
)
from tasks.domain.effects import EffectState
from tests.domain.session_builders import LINK, STARTS, a_presenter, a_session, an_event, by_key
from tests.domain.sheet_builders import wrong

ENDED = STARTS + timedelta(minutes=90)
RECORDING = Recording("conferenceRecords/1/recordings/2", "https://drive.google.com/file/d/1/view", 88)


@pytest.mark.parametrize("said", ["no", ""])
def test_a_recording_that_nobody_may_keep_stays_out(said):
    problem = consent_problem(a_session(recording=said), "Sessions", "May be recorded")

    assert (problem.code, problem.row, problem.column) == ("recording-consent", 2, "May be recorded")


@pytest.mark.parametrize(("said", "sharing"), [("public", "everyone"), ("members", "members only")])
def test_a_recording_that_may_be_kept_says_with_whom(said, sharing):
    session = a_session(recording=said)

    assert consent_problem(session, "Sessions", "May be recorded") is None
    assert archive_line(session, RECORDING).cells["sharing"] == sharing


@pytest.mark.parametrize(
    ("effects", "now"),
    [
        ({}, ENDED),
        (by_key(an_event(state=EffectState.sending)), ENDED),
        (by_key(an_event(link="")), ENDED),
        (by_key(an_event()), ENDED - timedelta(seconds=1)),
        (by_key(an_event()), STARTS + timedelta(days=14, seconds=1)),
    ],
)
def test_nothing_is_looked_for_before_the_end_without_a_link_or_too_late(effects, now):
    assert sessions_to_look_at([a_session()], effects, now, 14) == []


@pytest.mark.parametrize("now", [ENDED, STARTS + timedelta(days=14)])
def test_a_session_that_is_over_is_looked_at_by_its_link(now):
    assert sessions_to_look_at([a_session()], by_key(an_event()), now, 14) == [(a_session(), LINK)]


def test_the_row_says_what_the_session_was_and_names_no_address():
    session = a_session(presenters=(a_presenter(), a_presenter("Samir", "")))

    line = archive_line(session, RECORDING)

    assert line.cells == {
        "ref": "K7P2QX",
        "title": "Fathers",
        "date": "2024-05-16 12:00",
        "languages": "en",
        "presenters": "Rima Khoury, Samir",
        "minutes": 88,
        "sharing": "everyone",
        "link": "https://drive.google.com/file/d/1/view",
        "key": "conferenceRecords/1/recordings/2",
    }
    assert (line.identity, line.effect_key) == (RECORDING.name, recording_key("K7P2QX", RECORDING.name))


def test_minutes_that_are_not_known_yet_are_left_empty():
    assert archive_line(a_session(), Recording("n", "l", 0)).cells["minutes"] == ""


def test_two_parts_of_one_session_are_two_rows():
    assert recording_key("K7P2QX", "part 1") != recording_key("K7P2QX", "part 2")


@pytest.mark.parametrize(
    ("days", "unfinished", "told"),
    [
        (1.99, 0, None),
        (2, 0, "No finished recording of session K7P2QX was found."),
        (2, 1, "No finished recording of session K7P2QX was found. One is being made."),
    ],
)
def test_a_recording_that_does_not_appear_is_told_after_two_days(days, unfinished, told):
    problem = missing_problem(a_session(), "Sessions", unfinished, STARTS + timedelta(days=days))

    assert (problem and wrong(problem)) == told
