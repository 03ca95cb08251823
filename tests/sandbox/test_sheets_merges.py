"""Merged cells: their shapes, what becomes of the content, and what follows when the sheet changes."""

import pytest

from tasks.sandbox.failures import GoogleError
from tests.sandbox.sheets_requests import prepared, run


def area(top, left, bottom, right):
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def merges(book):
    return [tuple(one.values()) for one in book.tabs[0].extras["merges"]]


def values(book, row):
    return [cell.value for cell in book.tabs[0].rows[row]]


@pytest.fixture
def book():
    return prepared()


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("MERGE_ALL", [(10, 12, 5, 7), (0, 2, 0, 3)]),
        ("MERGE_ROWS", [(10, 12, 5, 7), (0, 1, 0, 3), (1, 2, 0, 3)]),
        ("MERGE_COLUMNS", [(10, 12, 5, 7), (0, 2, 0, 1), (0, 2, 1, 2), (0, 2, 2, 3)]),
    ],
)
def test_cells_are_merged_as_one_by_row_or_by_column(book, kind, found):
    run(book, {"mergeCells": {"range": area(0, 0, 2, 3), "mergeType": kind}})
    assert merges(book) == found


def test_only_the_first_content_is_kept_and_stands_in_the_corner(book):
    run(book, {"updateCells": {"range": area(0, 0, 1, 1), "fields": "userEnteredValue"}})
    run(book, {"mergeCells": {"range": area(0, 0, 2, 2)}})
    assert [values(book, 0)[0], *values(book, 0)[1:2], *values(book, 1)[:2]] == [2, None, None, None]


def test_a_new_merge_replaces_those_inside_it(book):
    run(book, {"mergeCells": {"range": area(0, 0, 1, 2)}}, {"mergeCells": {"range": area(0, 0, 3, 3)}})
    assert merges(book) == [(10, 12, 5, 7), (0, 3, 0, 3)]


@pytest.mark.parametrize("kind", ["mergeCells", "unmergeCells"])
def test_a_merge_cannot_be_cut_in_two(book, kind):
    message = rf"Invalid requests\[1\]\.{kind}: You must select all cells in a merged range"
    with pytest.raises(GoogleError, match=message):
        run(book, {"trimWhitespace": {"range": area(0, 0, 1, 1)}}, {kind: {"range": area(11, 5, 13, 7)}})


def test_a_merge_cannot_reach_over_the_edge_of_what_is_frozen(book):
    frozen = {"properties": {"gridProperties": {"frozenRowCount": 1}}, "fields": "gridProperties.frozenRowCount"}
    with pytest.raises(GoogleError, match="You can't merge frozen and non-frozen rows"):
        run(book, {"updateSheetProperties": frozen}, {"mergeCells": {"range": area(0, 0, 2, 1)}})


def test_unmerging_frees_all_that_lie_inside(book):
    run(book, {"mergeCells": {"range": area(0, 0, 2, 2)}}, {"unmergeCells": {"range": area(0, 0, 20, 20)}})
    assert merges(book) == []


@pytest.mark.parametrize(
    ("kind", "start", "end", "found"),
    [
        ("insertDimension", 3, 5, [(12, 14, 5, 7)]),
        ("insertDimension", 11, 12, [(10, 13, 5, 7)]),
        ("insertDimension", 12, 13, [(10, 12, 5, 7)]),
        ("deleteDimension", 3, 5, [(8, 10, 5, 7)]),
        ("deleteDimension", 11, 15, [(10, 11, 5, 7)]),
        ("deleteDimension", 9, 13, []),
    ],
)
def test_merges_move_grow_shrink_and_go_with_their_rows(book, kind, start, end, found):
    run(book, {kind: {"range": {"dimension": "ROWS", "startIndex": start, "endIndex": end}}})
    assert merges(book) == found
