"""What stands in the pipeline's columns, in the words of the staff."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.intake import acknowledgement_key
from tasks.domain.lines import (
    ATTENTION_OWNED,
    SESSION_OWNED,
    SUBMISSION_STAFF,
    SessionRemarks,
    attention_lines,
    new_session_line,
    row_key,
    session_line,
    submission_line,
    utc_minute,
)
from tasks.domain.models import Problem, SessionStatus, Severity
from tasks.domain.sessions import SessionRow
from tasks.domain.submissions import Attention
from tests.domain.session_builders import BEFORE, LINK, a_submission, an_event, by_key
from tests.domain.sheet_builders import PROGRAMME, STAMP, WORDS, the_response

HEADERS = PROGRAMME.register_.submissions.columns
SETTLED = datetime(2024, 2, 3, 15, 2, tzinfo=UTC)
ALL_DONE = (
    "In the calendar · 2 invited, last on 4 Feb 2024 15:02 · 1 invited again, last on 5 Feb 2024 15:02 · "
    "recording in the archive"
)
NEW = "New: set date, start time, time zone and minutes, then Status Confirmed"


def an_acknowledgement(state, **deviation):
    return Effect(acknowledgement_key("K7P2QX"), EffectKind.mail, "K7P2QX", state, **deviation)


def a_mail(key, state=EffectState.sent, settled_at=SETTLED):
    return Effect(key, EffectKind.mail, "K7P2QX", state, settled_at=settled_at)


def test_utc_minutes_sort_as_text():
    assert utc_minute(SETTLED.astimezone()) == "2024-02-03 15:02"


# ------------------------------------------------------------------------------------------------ submissions
@pytest.mark.parametrize(
    ("acknowledgement", "state"),
    [
        (None, "Registered, not acknowledged (too old)"),
        (an_acknowledgement(EffectState.ready), "To be acknowledged"),
        (an_acknowledgement(EffectState.ready, not_before=SETTLED), "Acknowledgement waits until 3 Feb 2024 15:02"),
        (an_acknowledgement(EffectState.sending), "Acknowledgement on its way"),
        (an_acknowledgement(EffectState.failed), "Acknowledgement failed: see Needs attention"),
        (an_acknowledgement(EffectState.uncertain), "Acknowledgement uncertain: see Needs attention"),
        (an_acknowledgement(EffectState.sent, settled_at=SETTLED), "Acknowledged 3 Feb 2024 15:02"),
    ],
)
def test_every_state_of_an_acknowledgement_has_its_words(acknowledgement, state):
    assert submission_line(a_submission(), acknowledgement, "UTC", WORDS, HEADERS).cells["state"] == state


def test_a_submission_shows_every_answer_as_typed():
    line = submission_line(a_submission(the_response(title="=1+1", country=" Lebanon ")), None, "UTC", WORDS, HEADERS)

    assert line.cells == {
        **the_response(title="=1+1", country=" Lebanon ").answers,
        "ref": "K7P2QX",
        "state": "Registered, not acknowledged (too old)",
        "received": "2024-01-29 12:00",
        "language": "en",
        "understood": "Lebanon",
    }
    assert (line.identity, line.effect_key, line.gone_is_fine) == ("K7P2QX", "row:submissions:K7P2QX", False)


def test_a_submission_sent_again_shows_its_newest_answers_and_when_it_first_came():
    newer = the_response(timestamp=STAMP + 1, summary="Better")

    cells = submission_line(a_submission(the_response(), newer), None, "UTC", WORDS, HEADERS).cells

    assert (cells["received"], cells["summary"]) == ("2024-01-29 12:00", "Better")
    assert cells["state"].endswith(" · sent 2 times, newest answers of 30 Jan 2024 12:00")


def test_every_column_of_submissions_that_is_ours_is_filled():
    ours = set(PROGRAMME.register_.submissions.columns) - {*SUBMISSION_STAFF, "send_letter"}

    assert ours <= set(submission_line(a_submission(), None, "UTC", WORDS, HEADERS).cells)


# ------------------------------------------------------------------------------------------------ sessions
def test_an_accepted_submission_becomes_a_prefilled_draft():
    response = the_response(
        title="Fathers", time_zone="Beirut", recording="No", presenters="Samir, samir@example.org\nRima Khoury"
    )

    line = new_session_line(a_submission(response), 90, WORDS)

    assert line.cells == {
        "ref": "K7P2QX",
        "state": NEW,
        "status": "Draft",
        "time_zone": "Asia/Beirut",
        "minutes": 90,
        "title": "Fathers",
        "presenters": "Samir <samir@example.org>\nRima Khoury <rima@abaad.example.org>",
        "language": "en",
        "recording": "no",
    }
    assert (line.effect_key, line.gone_is_fine) == ("row:sessions:K7P2QX", False)


@pytest.mark.parametrize("zone", ["", "EST", "anywhere"])
def test_a_zone_that_is_not_clear_is_left_to_staff(zone):
    assert new_session_line(a_submission(the_response(time_zone=zone)), 90, WORDS).cells["time_zone"] == ""


def a_row(status=SessionStatus.confirmed, cells=MappingProxyType({})):
    return SessionRow("K7P2QX", 2, status, cells)


@pytest.mark.parametrize(
    ("row", "held", "effects", "state"),
    [
        (a_row(), {"K7P2QX"}, (an_event(),), "Not ready: see Needs attention"),
        (a_row(SessionStatus.cancelled), (), (an_event(),), "Cancelled"),
        (a_row(SessionStatus.draft), (), (), NEW),
        (a_row(None), (), (), NEW),
        (a_row(), (), (), "To be put into the calendar"),
        (a_row(), (), (an_event(state=EffectState.sending),), "To be put into the calendar"),
        (a_row(), (), (an_event(),), "In the calendar"),
        (
            a_row(),
            (),
            (
                an_event(),
                a_mail("invitation:K7P2QX:a:0"),
                a_mail("invitation:K7P2QX:b:0", settled_at=SETTLED + timedelta(days=1)),
                a_mail("invitation:K7P2QX:c:0", EffectState.failed, None),
                a_mail("resend:K7P2QX:a:2024-02-05", settled_at=SETTLED + timedelta(days=2)),
                a_mail("recording:K7P2QX:1"),
            ),
            ALL_DONE,
        ),
        (
            a_row(),
            (),
            (an_event(), a_mail("rescheduled:K7P2QX:a:1"), a_mail("reminder_day:K7P2QX:a:20240516T1200")),
            "In the calendar · 1 told of changes, last on 3 Feb 2024 15:02 · 1 reminded, last on 3 Feb 2024 15:02",
        ),
        (
            a_row(SessionStatus.cancelled),
            (),
            (an_event(), a_mail("invitation:K7P2QX:a:0"), a_mail("cancelled:K7P2QX:a:1")),
            "Cancelled · 1 told that it is off, last on 3 Feb 2024 15:02",
        ),
    ],
)
def test_a_session_shows_what_has_happened(row, held, effects, state):
    assert session_line(row, held, by_key(*effects), "UTC", WORDS).cells["state"] == state


def test_a_session_shows_its_links():
    mine = Effect("recording:K7P2QX:1", EffectKind.row, "K7P2QX", EffectState.sent, link="https://one")
    second = Effect("recording:K7P2QX:2", EffectKind.row, "K7P2QX", EffectState.sent, link="https://two")
    unlinked = Effect("recording:K7P2QX:3", EffectKind.row, "K7P2QX", EffectState.sent)

    line = session_line(a_row(), (), by_key(an_event(), mine, second, unlinked), "UTC", WORDS)

    assert line.cells["meeting_link"] == LINK
    assert line.cells["recording_link"] == "https://one\nhttps://two"
    assert (set(line.cells), line.gone_is_fine) == (set(SESSION_OWNED) - {"send_again", "send_letter"}, True)


@pytest.mark.parametrize(
    ("tick", "acted", "emptied"), [("TRUE", True, {"send_again": False}), ("TRUE", False, {}), ("", True, {})]
)
def test_only_a_box_whose_tick_was_acted_upon_is_emptied(tick, acted, emptied):
    row = a_row(cells={"send_again": tick})

    line = session_line(row, (), by_key(an_event()), "UTC", WORDS, SessionRemarks(is_sent_again=acted))

    assert {field: cell for field, cell in line.cells.items() if field == "send_again"} == emptied


@pytest.mark.parametrize(
    ("more", "state"),
    [
        (
            {"announced_from": BEFORE},
            "In the calendar · change to be announced after 16 Apr 2024 12:00",
        ),
        ({}, "In the calendar"),
    ],
)
def test_a_change_that_nobody_knows_of_yet_is_shown_to_staff(more, state):
    assert session_line(a_row(), (), by_key(an_event()), "UTC", WORDS, SessionRemarks(**more)).cells["state"] == state


def test_a_tick_that_was_not_acted_upon_yet_says_that_it_waits():
    line = session_line(a_row(cells={"send_again": "TRUE"}), (), by_key(an_event()), "UTC", WORDS)

    assert line.cells["state"].endswith("invitations to be sent again as soon as people may be told of it")


# ------------------------------------------------------------------------------------------------ needs attention
def a_problem(**deviation):
    values = {
        "code": "address",
        "sheet": "responses-en",
        "subject": "k",
        "what": ("is wrong",),
        "todo": ("Mend.",),
        "row": 3,
    }
    return Problem(**(values | deviation))


@pytest.mark.parametrize(
    ("severity", "solved", "state", "gone_is_fine"),
    [
        (Severity.problem, None, "To do", False),
        (Severity.notice, None, "To know", False),
        (Severity.problem, SETTLED, "Solved 3 Feb 2024 15:02", True),
    ],
)
def test_a_problem_is_to_do_to_know_or_solved(severity, solved, state, gone_is_fine):
    (line,) = attention_lines(
        [Attention(a_problem(severity=severity, column="E-mail"), BEFORE, solved, "k1")], "UTC", WORDS
    )

    assert (line.cells["state"], line.gone_is_fine) == (state, gone_is_fine)
    assert {field: line.cells[field] for field in ("since", "sheet", "row", "column", "what", "todo")} == {
        "since": "2024-04-16 12:00",
        "sheet": "responses-en",
        "row": 3,
        "column": "E-mail",
        "what": "is wrong",
        "todo": "Mend.",
    }
    assert set(line.cells) == set(ATTENTION_OWNED)
    assert line.effect_key == row_key("attention", line.identity)


def test_a_problem_of_a_whole_tab_has_no_row():
    assert attention_lines([Attention(a_problem(row=None), BEFORE, None, "k1")], "UTC", WORDS)[0].cells["row"] == ""


def test_a_problem_keeps_its_line_while_its_row_moves():
    lines = attention_lines(
        [Attention(a_problem(), BEFORE, None, "k1"), Attention(a_problem(row=9), BEFORE, None, "k1")], "UTC", WORDS
    )

    assert {line.identity for line in lines} == {"k1"}
