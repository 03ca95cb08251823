"""What staff may answer in Needs attention: in any staff language, to what was asked, while it is open."""

from datetime import UTC, datetime

import pytest

from config.settings import ROOT, load_words
from tasks.domain.models import Problem, Tab
from tasks.domain.programme import Columns
from tasks.domain.sentences import say
from tasks.domain.staff_answers import EVENT_DELETED, HELD, UNCERTAIN, Answer, read_answers
from tasks.domain.submissions import Attention
from tests.domain.sheet_builders import to_do, wrong

COLUMNS = Columns(tab="Needs attention", columns={"answer": "Answer", "key": "Key"}, optional=("answer",))
EVERY_WORDS = [load_words(ROOT / "config", language) for language in ("en", "es", "fr")]
SINCE = datetime(2024, 2, 16, 8, 0, tzinfo=UTC)


def asked(code, subject="many:2024-02-16T08:00:00"):
    return Problem(code, "Mail", subject, (say("mail-queue"),), (say("mail-queue-todo"),))


def answered(*cells, problem=None, headers=("Answer", "Key")):
    """What the given cells of the one open line say."""
    problem = problem or asked(HELD)
    rows = (headers, *((cell, "k1") for cell in cells))
    tab = Tab("Needs attention", 1, tuple(row[: len(headers)] for row in rows))
    return read_answers(
        tab, COLUMNS, "register · Needs attention", [Attention(problem, SINCE, None, "k1")], EVERY_WORDS
    )


@pytest.mark.parametrize(
    ("code", "cell"),
    [
        (HELD, "hmm"),
        (HELD, "It was sent"),
        (HELD, 1),
        (UNCERTAIN, "Go on"),
        (UNCERTAIN, True),
        (EVENT_DELETED, "Send it again"),
    ],
)
def test_what_is_no_answer_to_the_question_is_told_and_nothing_is_done(code, cell):
    found = answered(cell, problem=asked(code))

    assert found.said == ()
    assert [(one.code, one.row, one.column) for one in found.problems] == [("no-answer", 2, "Answer")]


def test_the_reader_is_told_what_can_be_answered():
    (problem,) = answered("hmm", problem=asked(UNCERTAIN)).problems

    assert wrong(problem) == "“hmm” in row 2 is not an answer to what this line asks."
    assert to_do(problem) == "Write It was sent or Send it again into row 2, or empty the cell."


@pytest.mark.parametrize(
    ("code", "cell", "expected"),
    [
        (HELD, "Go on", Answer.go_on),
        (HELD, " GO ON.", Answer.go_on),
        (HELD, "Adelante", Answer.go_on),
        (HELD, "continuer", Answer.go_on),
        (HELD, True, Answer.go_on),
        (UNCERTAIN, "it was sent", Answer.was_sent),
        (UNCERTAIN, "Enviar de nuevo", Answer.send_again),
        (EVENT_DELETED, True, Answer.make_again),
    ],
)
def test_an_answer_counts_in_any_staff_language_and_a_tick_where_only_one_is_possible(code, cell, expected):
    problem = asked(code)

    assert answered(cell, problem=problem).said == ((problem, expected),)


@pytest.mark.parametrize("cell", ["", "  ", False])
def test_an_empty_cell_or_an_empty_box_says_nothing(cell):
    found = answered(cell)

    assert (found.said, found.problems) == ((), ())


def test_a_line_that_nobody_asked_anything_in_may_hold_whatever_staff_like():
    assert answered("call them", problem=asked("mail-failed")).problems == ()


def test_a_sheet_without_the_column_has_no_answers():
    tab = Tab("Needs attention", 1, (("Key",), ("k1",)))
    item = Attention(asked(HELD), SINCE, None, "k1")

    assert read_answers(tab, COLUMNS, "register", [item], EVERY_WORDS).said == ()
