"""A correction by staff wins over the form; a cell that is old, moved or emptied by mistake is never one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.domain.cells import fitting, written
from tasks.domain.corrected import Correction
from tasks.domain.corrections import Remembered, notice_corrections, with_corrections
from tasks.domain.corrections_checked import make_rules
from tasks.domain.keys import digest
from tasks.domain.lines import submission_line
from tasks.domain.models import CellError
from tasks.domain.register_rows import read_rows
from tests.domain.session_builders import BEFORE, a_submission
from tests.domain.sheet_builders import LANGUAGES, PROGRAMME, STAMP, WORDS, a_tab, the_response, wrong

COLUMNS = PROGRAMME.register_.submissions
SHEET = "register · Submissions (rows)"
RULES = make_rules(PROGRAMME, LANGUAGES, COLUMNS, SHEET)
NOW = BEFORE + timedelta(days=1)
RIMA = a_submission(ref="K7P2QX")
ANA = a_submission(
    the_response(email="ana@example.org", contact_name="Ana", title="Otra", country="Peru", timestamp=STAMP + 1),
    ref="Z3W4VT",
)
NO_WISH = a_submission(the_response(email="ana@example.org", timestamp=STAMP + 1, interpretation=""), ref="Z3W4VT")
EDITED = a_submission(the_response(title="Old"), the_response(title="New", timestamp=STAMP + 1))


def cells_of(submission, *, acknowledgement=None, words=WORDS, **typed):
    return {**submission_line(submission, acknowledgement, "UTC", words, COLUMNS.columns).cells, **typed}


def read(*rows, found):
    return read_rows(a_tab(COLUMNS, *rows), COLUMNS, SHEET, found)


def notice(*rows, found=(RIMA,), unseen=False, written_before=()):
    """What is noticed in these rows, when the same submissions stood there in order before (or were never seen)."""
    known = {submission.ref: submission for submission in found}
    before = read(*map(cells_of, found), found=known)
    seen = {} if unseen else notice_corrections(before, known, Remembered(), RULES, BEFORE).seen
    remembered = Remembered(seen, frozenset(digest(value) for value in written_before))
    return notice_corrections(read(*rows, found=known), known, remembered, RULES, NOW)


def corrections(noticed):
    return [(one.ref, one.field, one.value) for one in noticed.corrections]


def told(noticed):
    return [(problem.code, problem.row, problem.column, str(problem.severity)) for problem in noticed.problems]


def corrected_to(submission, field, value):
    return with_corrections({submission.ref: submission}, [Correction(submission.ref, field, value, BEFORE)])[
        submission.ref
    ]


# ------------------------------------------------------------------------------------------ what is a correction
@pytest.mark.parametrize("unseen", [False, True])
@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("title", "Working with young fathers", "Working with young fathers"),
        ("email", "rima@example.org", "rima@example.org"),
        ("contact_name", "Rima K.", "Rima K."),
        ("country", "Jordan", "Jordan"),
        ("language", "es", "es"),
        ("language", "Français", "fr"),
        ("phone", 96170123456, "96170123456"),
        ("format", "Workshop", "Workshop"),
        ("themes", "Climate justice, LGBTIQ rights", "Climate justice, LGBTIQ rights"),
        ("interpretation", "", ""),
    ],
)
def test_what_staff_type_over_an_answer_is_a_correction(field, typed, value, unseen):
    noticed = notice(cells_of(RIMA, **{field: typed}), unseen=unseen)

    assert (corrections(noticed), told(noticed)) == ([("K7P2QX", field, value)], [])


def test_a_correction_of_a_closed_question_brings_its_codes():
    (correction,) = notice(cells_of(RIMA, themes="LGBTIQ rights, Climate justice")).corrections

    assert correction.codes == ("climate", "lgbtiq")


def test_corrections_of_the_same_column_in_two_rows_are_two_corrections():
    rows = (cells_of(RIMA, country="Jordan"), cells_of(ANA, country="Jordan"))

    assert corrections(notice(*rows, found=(RIMA, ANA))) == [
        ("K7P2QX", "country", "Jordan"),
        ("Z3W4VT", "country", "Jordan"),
    ]


def test_a_correction_stays_while_the_form_brings_newer_answers():
    newer = a_submission(the_response(), the_response(title="Newest", summary="Better", timestamp=STAMP + 1))
    submission = corrected_to(newer, "title", "By staff")

    assert (submission.current.answers["title"], submission.current.answers["summary"]) == ("By staff", "Better")
    assert submission.newest.answers["title"] == "Newest"
    assert corrections(notice(cells_of(submission), found=(submission,))) == []


def test_a_corrected_address_name_and_language_are_the_ones_that_are_written_to():
    submission = RIMA
    for field, value in (("email", "Rima.K@Example.org"), ("contact_name", "Rima K."), ("language", "fr")):
        submission = corrected_to(submission, field, value)
    current = submission.current

    assert (current.person.address, current.person.address_key) == ("Rima.K@example.org", "rima.k@example.org")
    assert (current.person.name, current.language) == ("Rima K.", "fr")


@pytest.mark.parametrize("field", ["decision", "notes", "state", "received"])
def test_other_columns_are_no_answers(field):
    assert corrections(notice(cells_of(RIMA, **{field: "Accepted"}))) == []


# ------------------------------------------------------------------------------------------ taking one back
@pytest.mark.parametrize(("unseen", "taken_back"), [(False, True), (True, False)])
def test_typing_the_forms_own_answer_again_takes_a_correction_back_once_it_was_seen_standing(unseen, taken_back):
    submission = corrected_to(RIMA, "title", "By staff")

    noticed = notice(cells_of(submission, title="Working with fathers"), found=(submission,), unseen=unseen)

    assert [(one.value, one.withdrawn_at) for one in noticed.corrections] == [("By staff", NOW)] * taken_back
    after = with_corrections({"K7P2QX": submission}, noticed.corrections)["K7P2QX"]
    assert after.current.answers["title"] == ("Working with fathers" if taken_back else "By staff")


def test_a_second_correction_replaces_the_first_and_an_earlier_one_can_come_back():
    once = corrected_to(RIMA, "title", "First")
    twice = replace(once, corrections=(*once.corrections, Correction("K7P2QX", "title", "Second", NOW)))

    assert twice.current.answers["title"] == "Second"
    assert corrections(notice(cells_of(twice, title="First"), found=(twice,))) == [("K7P2QX", "title", "First")]
    assert corrections(notice(cells_of(twice, title="First"), found=(twice,), unseen=True)) == []


# ------------------------------------------------------------------------------------------ what is none
@pytest.mark.parametrize("unseen", [False, True])
def test_an_earlier_answer_of_the_form_is_old_and_no_correction(unseen):
    assert corrections(notice(cells_of(EDITED, title="Old"), found=(EDITED,), unseen=unseen)) == []


@pytest.mark.parametrize("value", ["Acknowledged 3 Feb 2024 10:02", "Jordan", 3])
def test_what_the_last_write_may_have_put_into_the_wrong_row_is_no_correction(value):
    noticed = notice(cells_of(RIMA, country=value), written_before=[written(value)])

    assert (corrections(noticed), noticed.held) == ([], frozenset())


@pytest.mark.parametrize(
    ("answer", "cell"),
    [("x" * 60_000, None), ("two\r\nlines", "two\nlines"), ("end ", "end"), ("zero\u200bwidth", "zerowidth")],
)
def test_what_a_sheet_shows_a_little_differently_is_no_correction(answer, cell):
    submission = a_submission(the_response(summary=answer))
    shown = cell or written(fitting(answer))

    noticed = notice(cells_of(submission, summary=shown), found=(submission,), unseen=True)

    assert (corrections(noticed), noticed.problems) == ([], ())


def test_answers_that_landed_in_each_others_columns_are_no_corrections():
    swapped = cells_of(RIMA, title="What we got wrong.", summary="Working with fathers")

    assert corrections(notice(swapped, unseen=True)) == []


def test_rows_in_another_order_hold_no_corrections():
    assert corrections(notice(cells_of(ANA), {}, cells_of(RIMA), found=(RIMA, ANA))) == []


@pytest.mark.parametrize("field", ["title", "email", "country"])
def test_a_column_that_was_sorted_without_its_rows_is_put_back_and_told(field):
    mine, hers = cells_of(RIMA), cells_of(ANA)
    noticed = notice({**mine, field: hers[field]}, {**hers, field: mine[field]}, found=(RIMA, ANA))

    header = COLUMNS.columns[field]
    assert corrections(noticed) == []
    assert told(noticed) == [("correction", 2, header, "notice"), ("correction", 3, header, "notice")]


def test_cells_that_moved_up_when_one_was_deleted_are_put_back():
    noticed = notice(cells_of(RIMA, interpretation=""), cells_of(NO_WISH, interpretation="Yes"), found=(RIMA, NO_WISH))

    assert corrections(noticed) == []


def test_rows_that_share_a_ref_are_left_as_they_are_and_told():
    noticed = notice(cells_of(RIMA, title="Mine"), cells_of(RIMA))

    assert (corrections(noticed), told(noticed)) == ([], [("doubled-ref", 3, "Ref", "problem")])
    assert ("K7P2QX", "title") in noticed.held


# ------------------------------------------------------------------------------------------ what cannot be used
@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("email", "rima at example.org", "does not hold one e-mail address"),
        ("language", "Klingon", "is “Klingon”, which is not a language of this programme"),
        ("format", "Dance", "holds “Dance”, which is not an option of the form"),
        ("title", CellError("#REF!"), "shows the error “#REF!”"),
        ("preferred_dates", 45363, "was turned into a date by Sheets"),
    ],
)
def test_what_cannot_be_used_is_left_as_typed_and_told(field, typed, words):
    noticed = notice(cells_of(RIMA, **{field: typed}))

    (problem,) = noticed.problems
    assert (corrections(noticed), noticed.held) == ([], {("K7P2QX", field)})
    assert (wrong(problem), str(problem.severity)) == (f"“{COLUMNS.columns[field]}” in row 2 {words}.", "problem")


@pytest.mark.parametrize("field", ["email", "contact_name", "title", "summary", "language"])
@pytest.mark.parametrize("typed", ["", "  "])
def test_an_answer_that_is_needed_and_was_emptied_is_put_back_and_told(field, typed):
    noticed = notice(cells_of(RIMA, **{field: typed}))

    assert (corrections(noticed), noticed.held) == ([], frozenset())
    assert told(noticed) == [("correction", 2, COLUMNS.columns[field], "notice")]
