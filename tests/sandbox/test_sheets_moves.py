"""Rows and columns that come, go and change places, and everything that has to follow them."""

import pytest

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.sheets.references import copied, retitled
from tests.sandbox.sheets_requests import prepared, run

A_NAME = {"startRowIndex": 2, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
OPEN = {"startRowIndex": 1, "startColumnIndex": 4, "endColumnIndex": 5}
RULE = {"condition": {"type": "BOOLEAN"}}


def strip(start, end, dimension="ROWS"):
    return {"dimension": dimension, "startIndex": start, "endIndex": end}


def formulas(book, tab=0):
    return [cell.formula for row in book.tabs[tab].rows for cell in row if cell.formula]


def typed(row, column, formula, sheet_id=0):
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    cell = {"userEnteredValue": {"formulaValue": formula}}
    return {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}


@pytest.fixture
def book():
    return prepared()


# ------------------------------------------------------------------------------------------------ what is refused
@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"deleteDimension": {"range": strip(1000, 1001)}}, "Tried to delete row index 1000 but there are only 1000"),
        ({"deleteDimension": {"range": strip(0, 26, "COLUMNS")}}, "You can't delete all the columns on the sheet."),
        ({"deleteDimension": {"range": strip(3, 3)}}, "range.endIndex"),
        ({"insertDimension": {"range": strip(1000, 1001)}}, r"less than the grid size \(1000\) if inheritFromBefore"),
        ({"insertDimension": {"range": strip(0, 1), "inheritFromBefore": True}}, "greater than 0"),
        (
            {"insertDimension": {"range": strip(2000, 2001), "inheritFromBefore": True}},
            r"larger than current grid size \(1000\)",
        ),
        ({"moveDimension": {"source": strip(1, 4), "destinationIndex": 2}}, "destination"),
        ({"appendDimension": {"dimension": "ROWS", "length": 1_000_000}}, "above the limit of 10000000 cells"),
        ({"insertDimension": {"range": {"startIndex": 1, "endIndex": 2}}}, "Must specify a dimension."),
    ],
)
def test_what_cannot_be_done_is_refused_in_googles_words(book, request_, message):
    kind = next(iter(request_))
    with pytest.raises(GoogleError, match=rf"^Invalid requests\[1\]\.{kind}: .*{message}"):
        run(book, {"clearBasicFilter": {}}, request_)


# ------------------------------------------------------------------------------------------------ what follows
@pytest.mark.parametrize(
    ("request_", "first", "last"),
    [
        ({"insertDimension": {"range": strip(0, 2)}}, 4, 6),
        ({"insertDimension": {"range": strip(2, 3)}}, 3, 5),
        ({"insertDimension": {"range": strip(3, 4)}}, 2, 5),
        ({"insertDimension": {"range": strip(4, 5)}}, 2, 4),
        ({"deleteDimension": {"range": strip(0, 1)}}, 1, 3),
        ({"deleteDimension": {"range": strip(3, 9)}}, 2, 3),
        ({"moveDimension": {"source": strip(2, 4), "destinationIndex": 0}}, 0, 2),
        ({"moveDimension": {"source": strip(2, 4), "destinationIndex": 8}}, 6, 8),
        ({"moveDimension": {"source": strip(7, 8), "destinationIndex": 0}}, 3, 5),
    ],
)
def test_a_named_range_follows_its_rows(book, request_, first, last):
    run(book, {"addNamedRange": {"namedRange": {"name": "Two", "range": A_NAME}}}, request_)
    place = book.named_ranges[-1]["range"]
    assert (place["startRowIndex"], place["endRowIndex"]) == (first, last)


def test_a_named_range_goes_with_its_rows(book):
    run(book, {"addNamedRange": {"namedRange": {"name": "Two", "range": A_NAME}}})
    run(book, {"deleteDimension": {"range": strip(2, 4)}})
    assert [one["name"] for one in book.named_ranges] == ["Names"]


def test_everything_that_is_kept_beside_the_cells_follows(book):
    run(book, {"setBasicFilter": {"filter": {"range": A_NAME, "criteria": {"1": {"hiddenValues": ["x"]}}}}})
    run(book, {"insertDimension": {"range": strip(0, 2, "COLUMNS")}})
    extras = book.tabs[0].extras
    assert extras["protectedRanges"][0]["range"]["startColumnIndex"] == 2
    assert extras["bandedRanges"][0]["range"]["endColumnIndex"] == 5
    assert extras["conditionalFormats"][0]["ranges"][0]["startColumnIndex"] == 2
    assert extras["basicFilter"]["criteria"] == {"3": {"hiddenValues": ["x"]}}
    assert extras["basicFilter"]["filterSpecs"][0]["columnIndex"] == 3
    assert extras["rowGroups"] == [{"range": strip(1, 3), "depth": 1}]


def test_a_rule_that_is_open_below_stays_open_and_comes_with_a_row_that_looks_like_its_neighbour(book):
    tab = book.tabs[0]
    tab.extras["validations"] = []
    run(book, {"setDataValidation": {"range": OPEN, "rule": RULE}})
    run(book, {"insertDimension": {"range": strip(1, 2)}}, {"deleteDimension": {"range": strip(5, 6)}})
    assert {"range": {**OPEN, "startRowIndex": 2}, "rule": RULE} in tab.extras["validations"]
    assert tab.extras["validations"][-1]["range"] == {**OPEN, "endRowIndex": 2}


def test_a_new_row_looks_like_the_one_before_or_after_it(book):
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    head = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    run(book, {"repeatCell": {"range": head, "cell": bold, "fields": "userEnteredFormat"}})
    run(book, {"insertDimension": {"range": strip(1, 2), "inheritFromBefore": True}})
    assert book.tabs[0].cell(1, 0).style == {"textFormat": {"bold": True}}
    run(book, {"insertDimension": {"range": strip(2, 3)}})
    assert book.tabs[0].cell(2, 0).style == {}


def test_frozen_rows_are_counted_again(book):
    frozen = {"gridProperties": {"frozenRowCount": 2}}
    run(book, {"updateSheetProperties": {"properties": frozen, "fields": "gridProperties.frozenRowCount"}})
    for request, count in (
        ({"insertDimension": {"range": strip(1, 2)}}, 3),
        ({"insertDimension": {"range": strip(3, 4)}}, 3),
        ({"deleteDimension": {"range": strip(0, 2)}}, 1),
    ):
        run(book, request)
        assert book.tabs[0].properties["grid"]["frozenRowCount"] == count
    run(book, {"deleteDimension": {"range": strip(0, 1)}})
    assert "frozenRowCount" not in book.tabs[0].properties["grid"]


# ------------------------------------------------------------------------------------------------ formulas
@pytest.mark.parametrize(
    ("before", "request_", "after"),
    [
        ("=A5", {"insertDimension": {"range": strip(2, 4)}}, "=A7"),
        ("=$A$5", {"insertDimension": {"range": strip(2, 4)}}, "=$A$7"),
        ("=A1", {"insertDimension": {"range": strip(2, 4)}}, "=A1"),
        ("=SUM(A1:A9)", {"insertDimension": {"range": strip(2, 4)}}, "=SUM(A1:A11)"),
        ("=SUM(A:A)", {"insertDimension": {"range": strip(2, 4)}}, "=SUM(A:A)"),
        ("=SUM(A2:A)", {"insertDimension": {"range": strip(0, 1)}}, "=SUM(A3:A)"),
        ("=SUM(3:5)", {"deleteDimension": {"range": strip(3, 4)}}, "=SUM(3:4)"),
        ("=A5", {"deleteDimension": {"range": strip(4, 5)}}, "=#REF!"),
        ("=SUM(A5:B6)", {"deleteDimension": {"range": strip(4, 9)}}, "=SUM(#REF!)"),
        ("=C5*2", {"deleteDimension": {"range": strip(0, 1, "COLUMNS")}}, "=B5*2"),
        ("=C5", {"moveDimension": {"source": strip(2, 3, "COLUMNS"), "destinationIndex": 0}}, "=A5"),
        ('="A5"&A5', {"insertDimension": {"range": strip(0, 1)}}, '="A5"&A6'),
        ("=LOG10(A5)", {"insertDimension": {"range": strip(0, 1)}}, "=LOG10(A6)"),
        ("=Sheet1!A5+'Sheet1'!A5", {"insertDimension": {"range": strip(0, 1)}}, "=Sheet1!A6+'Sheet1'!A6"),
        ("=Other!A5", {"insertDimension": {"range": strip(0, 1)}}, "=Other!A5"),
        ("=Names+A5", {"insertDimension": {"range": strip(0, 1)}}, "=Names+A6"),
    ],
)
def test_a_formula_reads_the_same_cells_afterwards(book, before, request_, after):
    run(book, typed(0, 9, before), request_)
    assert after in formulas(book)


def test_a_formula_of_another_tab_follows_too(book):
    run(book, typed(0, 0, "=Sheet1!A5+A5", sheet_id=1), {"insertDimension": {"range": strip(0, 1)}})
    assert formulas(book, tab=1) == ["=Sheet1!A6+A5"]


def test_a_formula_follows_a_tab_under_its_new_title_and_loses_one_that_goes(book):
    new = {"sheetId": 1, "title": "It's new"}
    run(book, typed(0, 9, "=Other!A1&Others!A1&Other!Names"))
    run(book, {"updateSheetProperties": {"properties": new, "fields": "title"}})
    assert "='It''s new'!A1&Others!A1&'It''s new'!Names" in formulas(book)
    run(book, {"deleteSheet": {"sheetId": 1}})
    assert "=#REF!&Others!A1&#REF!" in formulas(book)


@pytest.mark.parametrize(
    ("formula", "down", "right", "found"),
    [
        ("=A1+$A1+A$1+$A$1", 2, 1, "=B3+$A3+B$1+$A$1"),
        ("=SUM(A1:B2)", 1, 0, "=SUM(A2:B3)"),
        ("=SUM(A:A, 1:1)", 1, 1, "=SUM(B:B, 2:2)"),
        ("=A1", -1, 0, "=#REF!"),
        ("=T!A1", 0, -1, "=#REF!"),
        ('="A1"', 5, 5, '="A1"'),
    ],
)
def test_a_formula_that_is_copied_reads_its_new_neighbours(formula, down, right, found):
    assert copied(formula, down, right) == found


def test_text_that_looks_like_a_title_stays_text():
    assert retitled('="Other!A1"&Other!A1', "other", "New") == '="Other!A1"&New!A1'


def test_a_sort_takes_formulas_along_to_their_new_rows(book):
    whole = {"startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 3}
    run(book, {"sortRange": {"range": whole, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]}})
    assert [book.tabs[0].cell(row, 0).value for row in range(4)] == ["c", "ab ", "a-1", "a-1"]
    assert formulas(book) == ["=SUM(A1:B2)", "=A3"]
