"""Rows of Submissions are known by their ref; a ref that staff edited is recognised by its row."""

import pytest

from tasks.domain.register_rows import read_rows
from tests.domain.sheet_builders import a_tab, to_do
from tests.domain.test_corrections import ANA, COLUMNS, RIMA, SHEET, cells_of, corrected_to


def read(*rows, found=(RIMA, ANA)):
    return read_rows(a_tab(COLUMNS, *rows), COLUMNS, SHEET, {one.ref: one for one in found})


def told(reading):
    return [(problem.code, problem.subject, problem.row) for problem in reading.problems]


def test_rows_are_found_by_ref_wherever_they_stand():
    reading = read({}, cells_of(ANA), {"notes": ""}, cells_of(RIMA, ref=" K7P2QX "))

    assert {ref: row.number for ref, row in reading.by_ref.items()} == {"Z3W4VT": 3, "K7P2QX": 5}
    assert (reading.problems, reading.forgotten, reading.doubled) == ((), frozenset(), frozenset())


@pytest.mark.parametrize("ref", ["", "k7p2qx", "K7P2Q", "K7P2QZ", "done"])
def test_a_ref_that_was_edited_or_emptied_is_told_with_the_right_one_and_is_no_lost_ledger(ref):
    reading = read(cells_of(RIMA, ref=ref, decision="Accepted"), cells_of(ANA))

    assert told(reading) == [("changed-ref", "K7P2QX", 2)]
    assert "Type K7P2QX into cell A2" in to_do(reading.problems[0])
    assert reading.forgotten == frozenset()


@pytest.mark.parametrize("shown", ["as sent", "as corrected"])
def test_the_row_of_an_edited_ref_is_recognised_before_and_after_a_correction(shown):
    corrected = corrected_to(RIMA, "title", "By staff")
    cells = cells_of(RIMA if shown == "as sent" else corrected, ref="K7P2QZ")

    assert told(read(cells, found=(corrected,))) == [("changed-ref", "K7P2QX", 2)]


def test_a_copied_row_is_told():
    reading = read(cells_of(RIMA), cells_of(RIMA), cells_of(RIMA, ref="K7P2QZ"))

    assert [code for code, *_ in told(reading)] == ["doubled-ref", "copied-row"]
    assert (reading.doubled, reading.forgotten) == ({"K7P2QX"}, frozenset())
    assert reading.by_ref["K7P2QX"].number == 2


@pytest.mark.parametrize("ref", ["", "OURS-1"])
def test_a_row_that_staff_typed_themselves_is_left_alone(ref):
    reading = read({"ref": ref, "title": "An idea from a call"})

    assert [(problem.code, str(problem.severity)) for problem in reading.problems] == [("unknown-row", "notice")]


def test_a_ref_of_ours_in_a_row_that_nobody_knows_is_of_a_ledger_that_is_lost():
    reading = read(cells_of(RIMA), cells_of(ANA), found=(RIMA,))

    assert (reading.forgotten, reading.problems) == ({"Z3W4VT"}, ())
