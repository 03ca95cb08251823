"""Cells that are copied, cut, pasted, shifted, split, trimmed, replaced and thinned out."""

import pytest

from tasks.sandbox.failures import GoogleError
from tests.sandbox.sheets_requests import prepared, run

RULE = {"condition": {"type": "BOOLEAN"}}
BOLD = {"userEnteredFormat": {"textFormat": {"bold": True}, "numberFormat": {"type": "PERCENT"}}}


def area(top, left, bottom, right):
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def seen(book, top, left, bottom, right, tab=0):
    tab = book.tabs[tab]
    cells = [[tab.cell(row, at) for at in range(left, right)] for row in range(top, bottom)]
    return [[cell.formula or cell.value for cell in row] for row in cells]


@pytest.fixture
def book():
    return prepared()


# ------------------------------------------------------------------------------------------------ what is refused
@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (
            {"copyPaste": {"source": area(10, 5, 11, 6), "destination": area(0, 0, 1, 1)}},
            "select all cells in a merged",
        ),
        ({"copyPaste": {"destination": area(0, 0, 1, 1)}}, "Must specify source"),
        (
            {"cutPaste": {"source": area(0, 0, 1, 1), "destination": {"rowIndex": 1000}}},
            r"GridCoordinate.rowIndex\[1000\] is after last row in grid\[999\]",
        ),
        ({"pasteData": {"coordinate": {}, "data": "a"}}, "Must specify a delimiter"),
        ({"insertRange": {"range": area(0, 0, 1, 1)}}, "Must specify a shiftDimension"),
        ({"insertRange": {"range": area(9, 5, 10, 6), "shiftDimension": "ROWS"}}, "part of a merged range"),
        ({"deleteRange": {"range": area(10, 5, 11, 6), "shiftDimension": "COLUMNS"}}, "part of a merged range"),
        ({"findReplace": {"find": "a", "allSheets": True, "sheetId": 0}}, "exactly one of"),
        ({"findReplace": {"find": "(", "searchByRegex": True, "sheetId": 0}}, "Invalid regular expression"),
        ({"findReplace": {"find": "a", "replacement": "$1", "searchByRegex": True, "sheetId": 0}}, "group"),
        ({"textToColumns": {"source": area(0, 0, 4, 2)}}, "exactly one column"),
        ({"deleteDuplicates": {"range": area(0, 0, 4, 2), "comparisonColumns": [{"dimension": "ROWS"}]}}, "columns"),
        ({"sortRange": {"range": area(0, 1, 4, 2), "sortSpecs": [{"dimensionIndex": 0}]}}, "must be in the range"),
    ],
)
def test_what_cannot_be_done_is_refused_and_says_which_request_it_was(book, request_, message):
    kind = next(iter(request_))
    with pytest.raises(GoogleError, match=rf"^Invalid requests\[0\]\.{kind}: .*{message}"):
        run(book, request_)


@pytest.mark.parametrize(
    "request_",
    [
        {"pasteData": {"coordinate": {}, "data": "<b>a</b>", "html": True}},
        {
            "copyPaste": {
                "source": area(0, 0, 1, 1),
                "destination": area(1, 0, 2, 1),
                "pasteType": "PASTE_CONDITIONAL_FORMATTING",
            }
        },
    ],
)
def test_what_is_not_modelled_is_never_quietly_left_out(book, request_):
    with pytest.raises(GoogleError) as caught:
        run(book, request_)
    assert caught.value.code == 501


# ------------------------------------------------------------------------------------------------ copy and cut
def test_formulas_are_adjusted_where_they_are_copied_and_kept_where_they_are_cut(book):
    run(book, {"copyPaste": {"source": area(1, 0, 2, 3), "destination": area(5, 1, 6, 2)}})
    assert seen(book, 5, 1, 6, 4) == [["ab ", 2, "=SUM(B5:C6)"]]
    run(book, {"cutPaste": {"source": area(1, 0, 2, 3), "destination": {"sheetId": 1, "rowIndex": 2}}})
    assert seen(book, 2, 0, 3, 3, tab=1) == [["ab ", 2, "=SUM(A1:B2)"]]
    assert seen(book, 1, 0, 2, 3) == [[None, None, None]]


@pytest.mark.parametrize(
    ("destination", "filled"),
    [
        (area(6, 0, 7, 1), [["a-1", 2], [None, None]]),
        (area(6, 0, 8, 2), [["a-1", 2], ["a-1", 2]]),
        (area(6, 0, 9, 1), [["a-1", 2], ["a-1", 2]]),
        (area(6, 0, 7, 3), [["a-1", 2], [None, None]]),
    ],
)
def test_a_destination_that_is_a_multiple_of_the_source_is_filled(book, destination, filled):
    run(book, {"copyPaste": {"source": area(0, 0, 1, 2), "destination": destination}})
    assert seen(book, 6, 0, 8, 2) == filled


def test_rows_can_be_pasted_as_columns(book):
    request = {"source": area(0, 0, 2, 2), "destination": area(6, 0, 7, 1), "pasteOrientation": "TRANSPOSE"}
    run(book, {"copyPaste": request})
    assert seen(book, 6, 0, 8, 2) == [["a-1", "ab "], [2, 2]]


@pytest.mark.parametrize(
    ("kind", "content", "bold"),
    [
        ("PASTE_NORMAL", "=B6", True),
        ("PASTE_NO_BORDERS", "=B6", True),
        ("PASTE_FORMULA", "=B6", False),
        ("PASTE_VALUES", "x", False),
        ("PASTE_FORMAT", "old", True),
        ("PASTE_DATA_VALIDATION", "old", False),
    ],
)
def test_only_what_was_asked_for_is_pasted(book, kind, content, bold):
    tab = book.tabs[0]
    cell = tab.cell(0, 2)._replace(value="x", formula="=A1", style={"textFormat": {"bold": True}}, kind="PERCENT")
    tab.put(0, [(2, cell)])
    tab.put(5, [(3, tab.cell(1, 0)._replace(value="old"))])
    run(book, {"copyPaste": {"source": area(0, 2, 1, 3), "destination": area(5, 3, 6, 4), "pasteType": kind}})
    new = tab.cell(5, 3)
    assert (new.formula or new.value, bool(new.style), new.kind == "PERCENT") == (content, bold, bold)


def test_rules_and_merges_are_pasted_too_and_a_cut_takes_them_along(book):
    tab = book.tabs[0]
    run(book, {"copyPaste": {"source": area(10, 5, 12, 7), "destination": area(20, 0, 22, 2)}})
    assert tab.extras["merges"][-1] == area(20, 0, 22, 2)
    assert tab.extras["validations"][-1]["range"] == area(20, 0, 22, 2)
    run(book, {"cutPaste": {"source": area(10, 5, 12, 7), "destination": {"rowIndex": 30}}})
    assert tab.extras["merges"] == [area(20, 0, 22, 2), area(30, 0, 32, 2)]
    assert [one["range"] for one in tab.extras["validations"]] == [area(20, 0, 22, 2), area(30, 0, 32, 2)]


def test_pasted_lines_are_read_as_if_typed(book):
    data = 'a,"b,c"\n0042,=1+1\n'
    run(book, {"pasteData": {"coordinate": {"rowIndex": 6}, "data": data, "delimiter": ","}})
    assert seen(book, 6, 0, 8, 2) == [["a", "b,c"], [42, "=1+1"]]


# ------------------------------------------------------------------------------------------------ shift
@pytest.mark.parametrize(
    ("request_", "rows"),
    [
        (
            {"insertRange": {"range": area(1, 0, 2, 1), "shiftDimension": "ROWS"}},
            [["a-1", 2], [None, 2], ["ab ", 3.5], ["c", 2], ["a-1", None]],
        ),
        (
            {"insertRange": {"range": area(1, 0, 2, 1), "shiftDimension": "COLUMNS"}},
            [["a-1", 2], [None, "ab "], ["c", 3.5], ["a-1", 2], [None, None]],
        ),
        (
            {"deleteRange": {"range": area(1, 0, 3, 1), "shiftDimension": "ROWS"}},
            [["a-1", 2], ["a-1", 2], [None, 3.5], [None, 2], [None, None]],
        ),
        (
            {"deleteRange": {"range": area(1, 0, 2, 1), "shiftDimension": "COLUMNS"}},
            [["a-1", 2], [2, "=SUM(A1:B2)"], ["c", 3.5], ["a-1", 2], [None, None]],
        ),
    ],
)
def test_cells_are_shifted_in_and_out(book, request_, rows):
    run(book, request_)
    assert seen(book, 0, 0, 5, 2) == rows


def test_merges_shift_with_their_cells(book):
    run(book, {"insertRange": {"range": area(0, 5, 3, 7), "shiftDimension": "ROWS"}})
    assert book.tabs[0].extras["merges"] == [area(13, 5, 15, 7)]
    run(book, {"deleteRange": {"range": area(13, 5, 15, 7), "shiftDimension": "ROWS"}})
    assert book.tabs[0].extras["merges"] == []


# ------------------------------------------------------------------------------------------------ text
@pytest.mark.parametrize(
    ("wanted", "counts", "column"),
    [
        (
            {"find": "A", "replacement": "b", "range": area(0, 0, 4, 1)},
            {"valuesChanged": 3, "rowsChanged": 3, "sheetsChanged": 1, "occurrencesChanged": 3},
            ["b-1", "bb ", "c", "b-1"],
        ),
        ({"find": "A", "matchCase": True, "allSheets": True}, {}, ["a-1", "ab ", "c", "a-1"]),
        (
            {"find": "c", "replacement": "7", "matchEntireCell": True, "sheetId": 0},
            {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 1},
            ["a-1", "ab ", 7, "a-1"],
        ),
        (
            {"find": r"(.)-(\d)", "replacement": r"$2\$$1", "searchByRegex": True, "sheetId": 0},
            {"valuesChanged": 2, "rowsChanged": 2, "sheetsChanged": 1, "occurrencesChanged": 2},
            ["1$a", "ab ", "c", "1$a"],
        ),
    ],
)
def test_text_is_found_and_replaced_and_counted(book, wanted, counts, column):
    assert run(book, {"findReplace": wanted}) == [{"findReplace": counts}]
    assert [row[0] for row in seen(book, 0, 0, 4, 1)] == column


def test_formulas_are_searched_only_on_demand(book):
    wanted = {"find": "A1", "replacement": "B1", "sheetId": 0, "includeFormulas": True}
    assert run(book, {"findReplace": wanted})[0]["findReplace"]["formulasChanged"] == 2
    assert [row[0] for row in seen(book, 0, 2, 2, 3)] == ["=B1", "=SUM(B1:B2)"]


def test_blanks_at_the_ends_go(book):
    assert run(book, {"trimWhitespace": {"range": area(0, 0, 4, 3)}}) == [{"trimWhitespace": {"cellsChangedCount": 1}}]
    assert seen(book, 1, 0, 2, 1) == [["ab"]]


@pytest.mark.parametrize(
    ("how", "rows"),
    [
        ({"delimiterType": "CUSTOM", "delimiter": "-"}, [["a", 1], ["ab", 2], ["c", 3.5]]),
        ({"delimiterType": "AUTODETECT"}, [["a-1", 2], ["ab", None], ["c", 3.5]]),
        ({"delimiterType": "SEMICOLON"}, [["a-1", 2], ["ab", 2], ["c", 3.5]]),
    ],
)
def test_text_is_split_into_columns(book, how, rows):
    run(book, {"textToColumns": {"source": area(0, 0, 4, 1), **how}})
    assert seen(book, 0, 0, 3, 2) == rows


def test_rows_that_are_there_twice_go_but_only_inside_the_range(book):
    gone = {"deleteDuplicates": {"range": area(0, 0, 4, 2)}}
    assert run(book, gone) == [{"deleteDuplicates": {"duplicatesRemovedCount": 1}}]
    assert seen(book, 0, 0, 4, 2)[-1] == [None, None]
    assert run(book, gone) == [{"deleteDuplicates": {}}]
