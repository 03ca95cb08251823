"""What is kept beside the cells: names, protections, filters, highlights, groups, rules, as Google gives them back."""

import pytest

from tasks.sandbox.failures import GoogleError
from tests.sandbox.sheets_requests import BAND, HIGHLIGHT, ONE, ROWS, prepared, run

FREE = {"startRowIndex": 20, "endRowIndex": 22, "startColumnIndex": 0, "endColumnIndex": 2}
RED = {"red": 1}


def strip(start, end):
    return {"dimension": "ROWS", "startIndex": start, "endIndex": end}


def extras(book, name, tab=0):
    return book.tabs[tab].extras.get(name, [])


@pytest.fixture
def book():
    return prepared()


# ------------------------------------------------------------------------------------------------ what is refused
@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (
            {"addNamedRange": {"namedRange": {"name": "NAMES", "range": FREE}}},
            "Cannot add named range with name NAMES, a named range with that name already exists.",
        ),
        ({"addNamedRange": {"namedRange": {"name": "A1", "range": FREE}}}, "Invalid named range name"),
        ({"addNamedRange": {"namedRange": {"name": "two words", "range": FREE}}}, "Invalid named range name"),
        ({"addNamedRange": {"namedRange": {"name": "Far", "range": {"sheetId": 9}}}}, "No grid with id: 9"),
        ({"deleteNamedRange": {"namedRangeId": "1"}}, "No named range with id: 1"),
        ({"updateNamedRange": {"namedRange": {"namedRangeId": "6"}, "fields": "nothing"}}, "Invalid field: nothing"),
        ({"updateNamedRange": {"namedRange": {"namedRangeId": "6"}}}, "At least one field must be listed"),
        ({"deleteProtectedRange": {"protectedRangeId": 1}}, "No protected range with id: 1"),
        (
            {"addProtectedRange": {"protectedRange": {"warningOnly": True, "editors": {"users": ["a@example.org"]}}}},
            "ProtectedRange is warningOnly. Editors cannot be set on it.",
        ),
        (
            {"addProtectedRange": {"protectedRange": {"range": FREE, "unprotectedRanges": [FREE]}}},
            "only supported on protected sheets",
        ),
        ({"addFilterView": {"filter": {"filterViewId": 8, "range": ONE}}}, "Filter view with id 8 already exists"),
        ({"setBasicFilter": {"filter": {"criteria": {"A": {}}}}}, "must be a column index"),
        ({"addBanding": {"bandedRange": {**BAND, "bandedRangeId": 3}}}, "alternating background colors"),
        ({"deleteConditionalFormatRule": {"index": 5}}, "No conditional format rule at index: 5"),
        ({"addConditionalFormatRule": {"rule": {"ranges": [ONE]}}}, "either a boolean or a gradient rule"),
        ({"deleteDimensionGroup": {"range": strip(5, 6)}}, "no group"),
        ({"setDataValidation": {"range": ONE, "rule": {}}}, "Must specify a condition type"),
        ({"updateSheetProperties": {"properties": {"index": 9}, "fields": "index"}}, "out of range"),
        (
            {
                "updateSheetProperties": {
                    "properties": {"gridProperties": {"frozenRowCount": 1000}},
                    "fields": "gridProperties.frozenRowCount",
                }
            },
            "You can't freeze all visible rows on the sheet.",
        ),
        ({"addSheet": {"properties": {"sheetId": 1}}}, "Sheet with id 1 already exists."),
        ({"addSheet": {"properties": {"index": 3}}}, "out of range"),
        ({"addSheet": {"properties": {"title": "x" * 101}}}, "cannot be greater than 100 characters"),
        ({"updateSpreadsheetProperties": {"properties": {"locale": "no"}, "fields": "title"}}, "must not be empty"),
        ({"updateSpreadsheetProperties": {"properties": {"locale": "?"}, "fields": "locale"}}, "Invalid locale"),
        ({"updateSpreadsheetProperties": {"properties": {"timeZone": "Mars"}, "fields": "*"}}, "Invalid time zone"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_says_which_request_it_was(book, request_, message):
    kind = next(iter(request_))
    with pytest.raises(GoogleError) as caught:
        run(book, {"clearBasicFilter": {}}, request_)
    assert caught.value.code == 400
    assert caught.value.message.startswith(f"Invalid requests[1].{kind}: ")
    assert message in caught.value.message


@pytest.mark.parametrize(
    "request_",
    [
        {"updateFilterView": {"filter": {"filterViewId": 8, "tableId": "t"}, "fields": "tableId"}},
        {"addProtectedRange": {"protectedRange": {"tableId": "t"}}},
        {"updateCells": {"start": {}, "rows": [{"values": [{"textFormatRuns": []}]}], "fields": "*"}},
        {"repeatCell": {"range": ONE, "cell": {}, "fields": "pivotTable"}},
        {"updateSpreadsheetProperties": {"properties": {}, "fields": "iterativeCalculationSettings"}},
        {"addSheet": {"properties": {"sheetType": "OBJECT"}}},
        {"appendCells": {"tableId": "t", "fields": "*"}},
    ],
)
def test_a_field_that_is_not_modelled_is_never_quietly_left_out(book, request_):
    with pytest.raises(GoogleError, match="The sandbox does not model") as caught:
        run(book, request_)
    assert caught.value.code == 501


# ------------------------------------------------------------------------------------------------ names
def test_a_named_range_may_be_open_below_and_is_found_in_any_case(book):
    run(
        book,
        {"addNamedRange": {"namedRange": {"name": "Column", "range": {"startColumnIndex": 1, "endColumnIndex": 2}}}},
    )
    tab, box = book.find("column")
    assert (tab.sheet_id, box.left, box.bottom) == (0, 1, None)
    assert book.find("Sheet1!COLUMN") == (tab, box)


def test_a_name_goes_with_its_tab(book):
    run(
        book,
        {"addNamedRange": {"namedRange": {"name": "Far", "range": {"sheetId": 1}}}},
        {"deleteSheet": {"sheetId": 1}},
    )
    assert [one["name"] for one in book.named_ranges] == ["Names"]


# ------------------------------------------------------------------------------------------------ protections
def test_defaults_vanish_and_whoever_protects_may_edit(book):
    book.editor = "colab@example.org"
    given = {"range": FREE, "description": None, "warningOnly": False, "editors": {"users": [], "groups": []}}
    reply = run(book, {"addProtectedRange": {"protectedRange": given}})[0]["addProtectedRange"]["protectedRange"]
    number = reply.pop("protectedRangeId")
    assert reply == {"range": FREE, "editors": {}, "requestingUserCanEdit": True}
    assert extras(book, "protectedRanges")[-1]["editors"] == {"users": ["colab@example.org"]}
    wanted = {"protectedRangeId": number, "description": "Mine", "editors": {"users": ["ana@example.org"]}}
    run(book, {"updateProtectedRange": {"protectedRange": wanted, "fields": "description,editors"}})
    kept = extras(book, "protectedRanges")[-1]
    assert (kept["description"], kept["range"]) == ("Mine", FREE)
    assert kept["editors"] == {"users": ["colab@example.org", "ana@example.org"]}


def test_a_tab_is_protected_once(book):
    whole = {
        "addProtectedRange": {"protectedRange": {"range": {"sheetId": 1}, "unprotectedRanges": [FREE | {"sheetId": 1}]}}
    }
    run(book, whole)
    assert extras(book, "protectedRanges", tab=1)[0]["range"] == {"sheetId": 1}
    with pytest.raises(GoogleError, match='Sheet "Other" already has sheet protection'):
        run(book, whole)


# ------------------------------------------------------------------------------------------------ filters
def test_criteria_are_kept_in_both_spellings_and_open_bounds_are_filled(book):
    run(book, {"setBasicFilter": {"filter": {"criteria": {"1": {"hiddenValues": ["x"]}}}}})
    kept = extras(book, "basicFilter")
    assert kept["range"] == {"startRowIndex": 0, "endRowIndex": 1000, "startColumnIndex": 0, "endColumnIndex": 26}
    assert kept["filterSpecs"] == [{"columnIndex": 1, "filterCriteria": {"hiddenValues": ["x"]}}]
    run(book, {"clearBasicFilter": {"sheetId": 0}})
    assert "basicFilter" not in book.tabs[0].extras


def test_a_filter_with_an_order_sorts_what_stands_below_its_header(book):
    spec = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
    run(book, {"setBasicFilter": {"filter": {"range": ONE, "sortSpecs": spec}}})
    assert [book.tabs[0].cell(row, 0).value for row in range(4)] == ["a-1", "c", "ab ", "a-1"]


def test_a_filter_view_is_changed_copied_and_deleted(book):
    made = run(book, {"duplicateFilterView": {"filterId": 8}})[0]["duplicateFilterView"]["filter"]
    assert (made["title"], made["range"], made["criteria"]) == ("Copy of V", ONE, {"0": {"hiddenValues": ["a"]}})
    new = {"filterViewId": 8, "filterSpecs": [{"columnIndex": 2, "filterCriteria": {"hiddenValues": ["b"]}}]}
    run(
        book,
        {"updateFilterView": {"filter": new, "fields": "filterSpecs"}},
        {"deleteFilterView": {"filterId": made["filterViewId"]}},
    )
    assert [view["title"] for view in extras(book, "filterViews")] == ["V"]
    assert extras(book, "filterViews")[0]["criteria"] == {"2": {"hiddenValues": ["b"]}}


# ------------------------------------------------------------------------------------------------ highlights
def test_conditional_formats_have_an_order(book):
    other = {"ranges": [FREE], "gradientRule": {"minpoint": {"color": RED, "type": "MIN"}, "maxpoint": {"type": "MAX"}}}
    run(book, {"addConditionalFormatRule": {"index": 1, "rule": other}})
    assert ["gradientRule" in rule for rule in extras(book, "conditionalFormats")] == [False, True, False]
    moved = run(book, {"updateConditionalFormatRule": {"index": 1, "newIndex": 0}})[0]["updateConditionalFormatRule"]
    assert (moved["oldIndex"], moved["newIndex"], moved["newRule"]["ranges"]) == (1, 0, [FREE])
    again = run(book, {"updateConditionalFormatRule": {"index": 0, "rule": HIGHLIGHT}})[0]
    assert again["updateConditionalFormatRule"]["oldRule"] == moved["newRule"]
    gone = run(book, {"deleteConditionalFormatRule": {"index": 2}})[0]["deleteConditionalFormatRule"]["rule"]
    assert gone["ranges"] == [ONE]
    assert len(extras(book, "conditionalFormats")) == 2


def test_colours_come_back_in_both_spellings_and_in_steps_of_one_in_255(book):
    band = {"bandedRangeId": 9, "rowProperties": {"firstBandColorStyle": {"rgbColor": {"red": 0.5, "green": 0}}}}
    run(book, {"updateBanding": {"bandedRange": band, "fields": "rowProperties.firstBandColor"}})
    half = {"red": 0.49803922}
    kept = extras(book, "bandedRanges")[0]["rowProperties"]
    assert (kept["firstBandColor"], kept["firstBandColorStyle"]) == (half, {"rgbColor": half})
    assert kept["headerColorStyle"] == {"rgbColor": {"blue": 1}}
    themed = {"cell": {"userEnteredFormat": {"backgroundColorStyle": {"themeColor": "ACCENT5"}}}, "range": FREE}
    run(book, {"repeatCell": {**themed, "fields": "userEnteredFormat.backgroundColorStyle"}})
    assert book.tabs[0].cell(20, 0).style["backgroundColor"] == {"red": 1, "green": 0.42745098, "blue": 0.003921569}


# ------------------------------------------------------------------------------------------------ groups
@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ((2, 4), (1, 5), [((1, 5), 1), ((2, 4), 2)]),
        ((1, 5), (2, 4), [((1, 5), 1), ((2, 4), 2)]),
        ((1, 4), (2, 5), [((1, 5), 1), ((2, 4), 2)]),
        ((1, 3), (5, 7), [((1, 3), 1), ((5, 7), 1)]),
    ],
)
def test_groups_nest_as_the_documentation_says(book, first, second, found):
    run(book, {"deleteDimensionGroup": {"range": ROWS}}, {"addDimensionGroup": {"range": strip(*first)}})
    reply = run(book, {"addDimensionGroup": {"range": strip(*second)}})[0]["addDimensionGroup"]["dimensionGroups"]
    assert [(one["range"], one["depth"]) for one in reply] == [(strip(*span), depth) for span, depth in found]


def test_a_group_is_taken_off_a_part_of_another(book):
    run(book, {"deleteDimensionGroup": {"range": ROWS}})
    run(book, {"addDimensionGroup": {"range": strip(1, 5)}}, {"addDimensionGroup": {"range": strip(2, 4)}})
    reply = run(book, {"deleteDimensionGroup": {"range": strip(3, 5)}})[0]["deleteDimensionGroup"]["dimensionGroups"]
    assert [(one["range"], one["depth"]) for one in reply] == [(strip(1, 4), 1), (strip(2, 3), 2)]


def test_a_group_that_is_collapsed_hides_its_rows_until_it_is_unfolded(book):
    for collapsed in (True, False):
        group = {"range": ROWS, "depth": 1, "collapsed": collapsed}
        run(book, {"updateDimensionGroup": {"dimensionGroup": group, "fields": "collapsed"}})
        assert extras(book, "rowGroups")[0].get("collapsed", False) is collapsed
        assert [book.tabs[0].row_sizes[at].get("hiddenByUser", False) for at in (1, 2)] == [collapsed, collapsed]


# ------------------------------------------------------------------------------------------------ tabs and rules
@pytest.mark.parametrize(("index", "order"), [(0, "cab"), (1, "acb"), (2, "abc"), (3, "abc")])
def test_a_tab_moves_to_an_index_as_it_was_before_the_move(book, index, order):
    run(
        book,
        *[
            {"addSheet": {"properties": {"sheetId": number, "title": title}}}
            for number, title in ((11, "a"), (12, "b"), (13, "c"))
        ],
    )
    run(book, {"deleteSheet": {"sheetId": 0}}, {"deleteSheet": {"sheetId": 1}})
    run(book, {"updateSheetProperties": {"properties": {"sheetId": 13, "index": index}, "fields": "index"}})
    assert "".join(tab.title for tab in book.tabs) == order


def test_a_smaller_grid_takes_with_it_what_stood_outside(book):
    small = {"gridProperties": {"rowCount": 2, "columnCount": 2}}
    run(book, {"updateSheetProperties": {"properties": small, "fields": "gridProperties"}})
    assert [len(row) for row in book.tabs[0].rows] == [2, 2]
    assert extras(book, "merges") == []
    assert extras(book, "protectedRanges")[0]["range"]["endRowIndex"] == 2


def test_a_rule_gives_way_to_a_later_one_where_they_meet(book):
    run(book, {"setDataValidation": {"range": ONE, "rule": {"condition": {"type": "BOOLEAN"}}}})
    middle = {**ONE, "startRowIndex": 1, "endRowIndex": 2}
    run(book, {"setDataValidation": {"range": middle}})
    kept = [one["range"] for one in extras(book, "validations")[1:]]
    assert kept == [{**ONE, "endRowIndex": 1}, {**ONE, "startRowIndex": 2}]


def test_borders_are_drawn_around_and_between_and_taken_away(book):
    line = {"style": "SOLID"}
    run(book, {"updateBorders": {"range": ONE, "top": line, "left": line, "innerHorizontal": line}})
    assert book.tabs[0].cell(0, 0).style["borders"].keys() == {"top", "left", "bottom"}
    assert book.tabs[0].cell(1, 1).style["borders"].keys() == {"top", "bottom"}
    run(book, {"updateBorders": {"range": ONE, "innerHorizontal": {"style": "NONE"}}})
    assert "borders" not in book.tabs[0].cell(1, 1).style


def test_a_format_changes_only_where_the_mask_says(book):
    bold = {"userEnteredFormat": {"textFormat": {"bold": True, "italic": True}, "wrapStrategy": "WRAP"}}
    run(book, {"repeatCell": {"range": FREE, "cell": bold, "fields": "userEnteredFormat"}})
    plain = {"userEnteredFormat": {"textFormat": {"bold": False}}}
    run(book, {"repeatCell": {"range": FREE, "cell": plain, "fields": "userEnteredFormat.textFormat.bold"}})
    kept = {"textFormat": {"bold": False, "italic": True}, "wrapStrategy": "WRAP"}
    assert book.tabs[0].cell(20, 0).style == kept


def test_what_the_rows_leave_of_a_range_is_cleared_and_more_than_the_range_is_refused(book):
    x = {"userEnteredValue": {"stringValue": "x"}}
    run(book, {"updateCells": {"range": ONE, "rows": [{"values": [x]}], "fields": "userEnteredValue"}})
    assert [cell.value for row in book.tabs[0].rows for cell in row if not cell.blank] == ["x"]
    message = "Attempting to write column: 3, beyond the last requested column of: 2"
    with pytest.raises(GoogleError, match=message):
        run(book, {"updateCells": {"range": ONE, "rows": [{"values": [x] * 4}], "fields": "userEnteredValue"}})
