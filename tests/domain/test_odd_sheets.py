"""Sheets as nobody should leave them: wide, long, blank or broken. A clear line, no crash, and every answer is read."""

import pytest

from tasks.domain.models import CellError, Tab
from tasks.domain.responses import read_responses
from tests.domain.sheet_builders import FIELDS, LANGUAGES, PROGRAMME, STAMP, a_form, a_row, read, to_do, told, wrong

QUESTIONS = tuple(LANGUAGES["en"].questions[field] for field in FIELDS)
LARGE = "x" * 10_000_000


def codes(reading):
    return sorted({problem.code for problem in reading.problems})


def test_a_thousand_columns_of_the_staff_are_one_notice_and_the_answers_are_read():
    more = tuple(f"Note {number}" for number in range(1000))

    reading = read((*a_row(), *("x" for _ in more)), headers=(*QUESTIONS, *more))

    (problem,) = reading.problems
    assert (len(reading.responses), problem.code) == (1, "unknown-column")
    assert "1000 columns, the first “Note 0” and the last “Note 999”" in wrong(problem)


def test_a_thousand_columns_without_a_header_are_nobodys_business():
    assert read((*a_row(), *("x" for _ in range(1000)))).problems == ()


@pytest.mark.parametrize(
    "field", ["title", "summary", "presenters", "country", "phone", "preferred_dates", "time_zone"]
)
def test_a_cell_of_ten_megabytes_is_told_in_a_short_line_and_the_others_are_read(field):
    reading = read(a_row(**{field: LARGE}), a_row(email="eva@example.org"))

    assert {3} <= {response.row for response in reading.responses}
    assert [problem.row for problem in reading.problems] == [2] * len(reading.problems) != []
    assert all(len(wrong(problem)) + len(to_do(problem)) < 1000 for problem in reading.problems)


@pytest.mark.parametrize("field", ["email", "format", "themes", "timestamp"])
def test_ten_megabytes_in_a_cell_that_must_be_understood_are_a_problem_of_their_row(field):
    reading = read(a_row(**{field: LARGE}), a_row(email="eva@example.org"))

    assert [response.row for response in reading.responses] == [3]
    assert all(len(wrong(problem)) + len(to_do(problem)) < 1000 for problem in reading.problems)


def test_a_header_of_ten_megabytes_is_cut_where_it_is_told():
    (problem,) = read(a_row(), headers=(*QUESTIONS, LARGE)).problems

    assert len(wrong(problem)) + len(problem.column) + len(problem.key) < 1000


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\u202e", "\u200b", "\ufeff", "\n", "\r\n", "\u2028"])
def test_marks_that_nobody_sees_make_no_other_header(mark):
    headers = tuple(f"{mark}{question}{mark}" for question in QUESTIONS)

    assert len(read(a_row(), headers=headers).responses) == 1


@pytest.mark.parametrize(
    "header", ["\ud800", "T\u0336h\u0336e\u0336m\u0336e\u0336s" * 20, '=HYPERLINK("x")', "{{ x }}"]
)
def test_an_odd_header_is_an_unknown_column(header):
    reading = read(a_row(), headers=(*QUESTIONS, header))

    assert (len(reading.responses), codes(reading)) == (1, ["unknown-column"])


def test_fifty_thousand_blank_rows_are_one_short_line():
    reading = read(a_row(), *[()] * 50_000, a_row(email="eva@example.org"))

    (problem,) = reading.problems
    assert (len(reading.responses), reading.blank) == (2, 50_000)
    assert wrong(problem) == "Rows 3 to 50002 are blank, with answers below."


def test_every_second_row_blank_is_one_short_line():
    rows = [row for number in range(1000) for row in ((), a_row(timestamp=STAMP + number))]

    (problem,) = read(*rows).problems

    assert len(wrong(problem)) < 200


@pytest.mark.parametrize("field", [field for field in FIELDS if PROGRAMME.questions[field].kind != "checkboxes"])
def test_an_error_in_a_cell_is_text_or_a_problem_of_its_row(field):
    reading = read(a_row(**{field: CellError("#REF!")}), a_row(email="eva@example.org"))

    assert 3 in {response.row for response in reading.responses}
    assert 2 in {response.row for response in reading.responses} or told(reading.problems)[0][1:] == (2, "problem")


def test_errors_in_the_headers_are_missing_questions():
    headers = tuple(CellError("#REF!") if question == "Themes" else question for question in QUESTIONS)

    assert [(one.code, one.column) for one in read(a_row(), headers=headers).problems] == [
        ("missing-question", "Themes")
    ]


def test_a_merged_header_leaves_the_cells_under_it_empty_and_names_the_questions_that_are_gone():
    headers = (*QUESTIONS[:7], "", *QUESTIONS[8:])

    assert [(one.code, one.column) for one in read(a_row(), headers=headers).problems] == [
        ("missing-question", QUESTIONS[7])
    ]


@pytest.mark.parametrize("above", [("Answers of 2024",), (), ("", "Answers")])
def test_a_title_row_above_the_questions_is_told_in_one_line(above):
    tab = Tab("Form Responses 1", 0, (above, *a_form(a_row()).rows))

    reading = read_responses(tab, sheet="s", language=LANGUAGES["en"], programme=PROGRAMME, zone="UTC")

    assert (told(reading.problems), reading.stopped) == ([("no-headers", 1, "problem")], True)
