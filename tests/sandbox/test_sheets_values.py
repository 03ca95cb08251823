"""The tables of google-stand-in.md 3.3 to 3.6, through gspread."""

import random

import gspread
import pytest
from gspread.exceptions import APIError


@pytest.fixture
def tab(shared, request):
    book = shared.gspread().create(request.node.name)
    return book.sheet1


def values(tab, a1, **options):
    return tab.spreadsheet.values_get(a1, params=options)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("'Sheet1'", "Sheet1!A1:Z1000"),
        ("'Sheet1'!A1:A1", "Sheet1!A1"),
        ("'Sheet1'!A1:1", "Sheet1!A1:Z1"),
        ("'Sheet1'!A2:2", "Sheet1!A2:Z2"),
        ("'Sheet1'!A1:C", "Sheet1!A1:C1000"),
        ("'Sheet1'!D4:A1", "Sheet1!A1:D4"),
        ("Sheet1!B2:C3", "Sheet1!B2:C3"),
        ("A1:B2", "Sheet1!A1:B2"),
        ("'D3'", "'D3'!A1:D4"),
        ("'My tab'!A1", "'My tab'!A1"),
        ("My tab!A1", "'My tab'!A1"),
        ("'🙂'!A1", "'🙂'!A1"),
        ("'a/b:c!d'!A1", "'a/b:c!d'!A1"),
        ("'it''s'!A1", "'it''s'!A1"),
    ],
)
def test_ranges_are_answered_as_google_writes_them(ranges_book, asked, answered):
    assert ranges_book.values_get(asked)["range"] == answered


@pytest.fixture(scope="module")
def ranges_book(shared):
    book = shared.gspread().create("ranges")
    book.add_worksheet("D3", 4, 4)
    for title in ("My tab", "🙂", "a/b:c!d", "it's"):
        book.add_worksheet(title, 10, 10)
    return book


def test_a_column_of_a_short_tab_ends_with_the_tab(ranges_book):
    assert ranges_book.values_get("'My tab'!A:A")["range"] == "'My tab'!A1:A10"


@pytest.mark.parametrize("asked", ["'Nowhere'!A1", "Nowhere", "'Sheet1'!A1:B2:C3"])
def test_a_range_that_means_nothing_is_refused(ranges_book, asked):
    with pytest.raises(APIError, match="Unable to parse range"):
        ranges_book.values_get(asked)


def test_trailing_blanks_are_cut_and_inner_ones_kept(tab):
    tab.update([["A1", "B1", "", "D1", ""], ["1", "b2", "1.45"], [], ["A4", "0.4", "", "4"], [""]], "A3", raw=True)
    found = values(tab, "Sheet1")
    assert found["majorDimension"] == "ROWS"
    assert found["values"] == [[], [], ["A1", "B1", "", "D1"], ["1", "b2", "1.45"], [], ["A4", "0.4", "", "4"]]


def test_an_empty_tab_has_no_values(tab):
    assert values(tab, "Sheet1") == {"range": "Sheet1!A1:Z1000", "majorDimension": "ROWS"}


def test_columns_are_rows_turned(tab):
    tab.update([["a", "b"], ["c"]], "A1", raw=True)
    assert values(tab, "Sheet1", majorDimension="COLUMNS")["values"] == [["a", "c"], ["b"]]


@pytest.mark.parametrize(
    ("options", "row"),
    [
        ({}, ["2", "2020-01-01", "string", "53"]),
        ({"dateTimeRenderOption": "FORMATTED_STRING"}, ["2", "2020-01-01", "string", "53"]),
        ({"valueRenderOption": "UNFORMATTED_VALUE"}, [2, 43831, "string", 53]),
        (
            {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "FORMATTED_STRING"},
            [2, "2020-01-01", "string", 53],
        ),
        ({"valueRenderOption": "FORMULA"}, ["=4/2", 43831, "string", 53]),
    ],
)
def test_a_row_is_rendered_as_asked(tab, options, row):
    tab.update([["=4/2", "2020-01-01", "string", "53"]], "A1", raw=False)
    assert values(tab, "Sheet1", **options)["values"] == [row]


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("0042", 42, "42"),
        ("2,000,000.01", 2000000.01, "2,000,000.01"),
        ("= 1 / 1024", 0.0009765625, "0.0009765625"),
        ("3_1_0", "3_1_0", "3_1_0"),
        ("Привет", "Привет", "Привет"),
        ("one\ntwo", "one\ntwo", "one\ntwo"),
        ("TRUE", True, "TRUE"),
        ("15:00", 0.625, "15:00"),
        ("3:00 PM", 0.625, "3:00 PM"),
        ("1/30/2024", 45321, "1/30/2024"),
        ("30/1/2024", "30/1/2024", "30/1/2024"),
        ("2024-01-30 12:00", 45321.5, "2024-01-30 12:00"),
        ("50%", 0.5, "50%"),
        ("'0042", "0042", "0042"),
        ("=1/0", "#DIV/0!", "#DIV/0!"),
        ('=HYPERLINK("https://x.example","label")', "label", "label"),
        ("2024-13-45", "2024-13-45", "2024-13-45"),
    ],
)
def test_typed_text_is_understood(tab, typed, value, shown):
    tab.update([[typed]], "A1", raw=False)
    assert values(tab, "A1", valueRenderOption="UNFORMATTED_VALUE")["values"] == [[value]]
    assert values(tab, "A1")["values"] == [[shown]]


@pytest.mark.parametrize("text", ["0042", "=1+2", "2020-01-01", "+34600", "TRUE"])
def test_raw_text_stays_text(tab, text):
    tab.update([[text, 7, True]], "A1", raw=True)
    assert values(tab, "Sheet1", valueRenderOption="UNFORMATTED_VALUE")["values"] == [[text, 7, True]]


def test_dates_are_typed_and_shown_in_the_locale(shared):
    for role, typed, shown in (
        ("responses-en", "1/30/2024", "1/30/2024"),
        ("responses-es", "30/1/2024", "30/1/2024"),
        ("responses-fr", "30/01/2024", "30/01/2024"),
    ):
        book = shared.book(role)
        tab = book.add_worksheet("dates", 10, 10)
        tab.update([[typed]], "A1", raw=False)
        assert book.values_get("dates!A1")["values"] == [[shown]]
        assert book.values_get("dates!A1", params={"valueRenderOption": "UNFORMATTED_VALUE"})["values"] == [[45321]]


def test_the_answer_covers_the_data_and_counts_what_was_written(tab):
    assert tab.update([["a", "b"]], "A1:B2", raw=True)["updatedRange"] == "Sheet1!A1:B1"
    ragged = tab.update([["A1", "B1"], [1, 2, 3, 4]], "A1", raw=True)
    assert (ragged["updatedColumns"], ragged["updatedCells"], ragged["updatedRange"]) == (4, 6, "Sheet1!A1:D2")
    block = [[None] * 4 for _ in range(6)]
    block[0][0] = block[5][3] = "x"
    corners = tab.update(block, "A1", raw=True)
    assert corners["updatedRange"] == "Sheet1!A1:D6"
    assert [corners[f"updated{name}"] for name in ("Rows", "Columns", "Cells")] == [2, 2, 2]


def test_a_batch_of_values_counts_distinct_columns(tab):
    done = tab.batch_update(
        [{"range": "A1:D1", "values": [[1, 2, 3, 4]]}, {"range": "A2:D2", "values": [[5, 6, 7, 8]]}], raw=True
    )
    totals = [done[f"totalUpdated{name}"] for name in ("Rows", "Columns", "Cells", "Sheets")]
    assert totals == [2, 4, 8, 1]
    assert len(done["responses"]) == 2


def test_nothing_is_written_outside_the_grid(tab):
    with pytest.raises(APIError, match=r"exceeds grid limits\. Max rows: 1000, max columns: 26"):
        tab.update([["x"]], "A1001", raw=True)
    with pytest.raises(APIError, match="tried writing to column"):
        tab.update([["x", "y", "z"]], "A1:B1", raw=True)


def test_clearing_answers_the_range_and_keeps_notes(tab):
    tab.update([["x", "y"]], "A1", raw=True)
    tab.insert_note("A1", "look")
    assert tab.batch_clear(["A1:A1"])["clearedRanges"] == ["Sheet1!A1"]
    assert values(tab, "Sheet1")["values"] == [["", "y"]]
    assert tab.get_note("A1") == "look"


@pytest.mark.parametrize(
    ("content", "asked", "table", "written"),
    [
        ({}, "Sheet1", None, "Sheet1!A1:C1"),
        ({"A1": [list("abcdefghij")]}, "Sheet1", "Sheet1!A1:J1", "Sheet1!A2:C2"),
        ({"A1": [["x", "", "y"]]}, "Sheet1", "Sheet1!C1", "Sheet1!C2:E2"),
        ({"A1": [["x", "", "y"]]}, "A1", "Sheet1!A1", "Sheet1!A2:C2"),
        ({"A1": [["a"], [""], ["c"]]}, "A2", None, "Sheet1!A2:C2"),
        *[
            ({"A1": [list("abc")] * 2, "B4": [list("def")] * 3}, asked, table, written)
            for asked, table, written in [
                ("Sheet1", "Sheet1!B4:D6", "Sheet1!B7:D7"),
                ("B4", "Sheet1!B4:D6", "Sheet1!B7:D7"),
                ("C5:D5", "Sheet1!B4:D6", "Sheet1!B7:D7"),
                ("B2:D4", "Sheet1!B4:D6", "Sheet1!B7:D7"),
                ("A3:G10", "Sheet1!B4:D6", "Sheet1!B7:D7"),
                ("A1", "Sheet1!A1:C2", "Sheet1!A3:C3"),
                ("E4", None, "Sheet1!E4:G4"),
                ("A4", None, "Sheet1!A4:C4"),
            ]
        ],
    ],
)
def test_append_finds_the_table(tab, content, asked, table, written):
    for start, block in content.items():
        tab.update(block, start, raw=True)
    done = tab.spreadsheet.values_append(asked, {"valueInputOption": "RAW"}, {"values": [["1", "2", "3"]]})
    assert done.get("tableRange") == table
    assert done["updates"]["updatedRange"] == written


def test_append_past_the_end_enlarges_the_grid(shared):
    tab = shared.gspread().create("small").add_worksheet("small", 2, 2)
    tab.append_rows([["a"], ["b"], ["c", "d", "e"]])
    assert tab.spreadsheet.values_get("small")["range"] == "small!A1:C3"


def test_inserted_rows_push_what_stands_below(tab):
    tab.update([["a"], ["b"], [""], ["note"]], "A1", raw=True)
    tab.append_rows([["c"]], insert_data_option="INSERT_ROWS", table_range="A1")
    assert tab.get_all_values() == [["a"], ["b"], ["c"], [""], ["note"]]


def test_values_that_are_no_list_are_refused_before_the_range_is_read(shared):
    path = "/v4/spreadsheets/sandbox-register/values/nonsense!!?valueInputOption=RAW"
    answer = shared.ask("PUT", path, json={"values": "X"})
    assert answer.status_code == 400
    assert "Invalid value at 'data.values'" in answer.json()["error"]["message"]


def test_data_filters_find_tabs_by_their_id(shared):
    tab = shared.book("archive").worksheet("Recordings")
    body = {"dataFilters": [{"gridRange": {"sheetId": tab.id, "endRowIndex": 1}}]}
    answer = shared.ask("POST", "/v4/spreadsheets/sandbox-archive/values:batchGetByDataFilter", json=body).json()
    assert answer["valueRanges"][0]["valueRange"]["values"][0][0] == "Ref"


def test_an_unknown_spreadsheet_is_not_found(shared):
    with pytest.raises(gspread.SpreadsheetNotFound):
        shared.gspread().open_by_key("nothing-here")


def at(tab, suffix):
    return f"/v4/spreadsheets/{tab.spreadsheet.id}/values{suffix}"


@pytest.mark.parametrize("how", ["OVERWRITE", "INSERT_ROWS"])
def test_what_stands_below_a_table_is_overwritten_or_moves_on(tab, how):
    tab.update([["a"], ["b"]], "A1", raw=True)
    tab.update([["note"]], "C4", raw=True)
    tab.append_rows([["c"], ["d", "e", "f"]], insert_data_option=how, table_range="A1")
    below = {"OVERWRITE": [["c"], ["d", "e", "f"]], "INSERT_ROWS": [["c"], ["d", "e", "f"], [], ["", "", "note"]]}[how]
    assert values(tab, "Sheet1")["values"] == [["a"], ["b"], *below]
    assert values(tab, "Sheet1")["range"] == {"OVERWRITE": "Sheet1!A1:Z1000", "INSERT_ROWS": "Sheet1!A1:Z1002"}[how]


def test_an_append_tells_the_table_and_what_was_written(tab):
    tab.update([["a", "b"]], "B2", raw=True)
    done = tab.spreadsheet.values_append(
        "Sheet1", {"valueInputOption": "USER_ENTERED", "includeValuesInResponse": "true"}, {"values": [["1", None, ""]]}
    )
    assert done["tableRange"] == "Sheet1!B2:C2"
    assert done["updates"] == {
        "spreadsheetId": tab.spreadsheet.id,
        "updatedRange": "Sheet1!B3:D3",
        "updatedRows": 1,
        "updatedColumns": 2,
        "updatedCells": 2,
        "updatedData": {"range": "Sheet1!B3:D3", "majorDimension": "ROWS", "values": [["1"]]},
    }


def test_columns_can_be_appended_and_written(tab):
    tab.spreadsheet.values_append(
        "Sheet1", {"valueInputOption": "RAW"}, {"values": [["a", "b"], ["c"]], "majorDimension": "COLUMNS"}
    )
    assert values(tab, "Sheet1")["values"] == [["a", "c"], ["b"]]


@pytest.mark.parametrize(
    ("options", "read_back"),
    [
        ({}, ["2", "1/30/2024"]),
        ({"responseValueRenderOption": "UNFORMATTED_VALUE"}, [2, 45321]),
        ({"responseValueRenderOption": "FORMULA"}, ["=1+1", 45321]),
        (
            {"responseValueRenderOption": "UNFORMATTED_VALUE", "responseDateTimeRenderOption": "FORMATTED_STRING"},
            [2, "1/30/2024"],
        ),
    ],
)
def test_what_was_written_is_read_back_as_asked(shared, tab, options, read_back):
    query = {"valueInputOption": "USER_ENTERED", "includeValuesInResponse": "true", **options}
    body = {"values": [["=1+1", "1/30/2024"]]}
    answer = shared.ask("PUT", at(tab, "/A1:C2"), params=query, json=body).json()
    assert answer["updatedData"] == {"range": "Sheet1!A1:C2", "majorDimension": "ROWS", "values": [read_back]}


def test_an_empty_write_touches_nothing(tab):
    assert tab.update([], "B2", raw=True) == {"spreadsheetId": tab.spreadsheet.id, "updatedRange": "Sheet1!B2"}
    done = tab.update([[None, None], []], "A1", raw=True)
    assert done == {"spreadsheetId": tab.spreadsheet.id, "updatedRange": "Sheet1!A1:B2"}


def test_null_leaves_a_cell_alone_and_an_empty_text_empties_it(tab):
    tab.update([["a", "b"]], "A1", raw=True)
    tab.update([[None, ""]], "A1", raw=True)
    assert values(tab, "Sheet1")["values"] == [["a"]]


def test_many_ranges_are_written_counted_and_read_back_together(shared, tab):
    body = {
        "valueInputOption": "USER_ENTERED",
        "includeValuesInResponse": True,
        "responseValueRenderOption": "UNFORMATTED_VALUE",
        "data": [
            {"range": "A1:B1", "values": [["1", "=A2*2"]]},
            {"range": "A2", "majorDimension": "COLUMNS", "values": [["5", "6"]]},
        ],
    }
    answer = shared.ask("POST", at(tab, ":batchUpdate"), json=body).json()
    assert [answer[f"totalUpdated{name}"] for name in ("Rows", "Columns", "Cells", "Sheets")] == [3, 2, 4, 1]
    assert [one["updatedRange"] for one in answer["responses"]] == ["Sheet1!A1:B1", "Sheet1!A2:A3"]
    assert [one["updatedData"]["values"] for one in answer["responses"]] == [[[1, 10]], [[5], [6]]]


def test_one_wrong_range_of_many_writes_nothing_and_is_named(shared, tab):
    body = {"valueInputOption": "RAW", "data": [{"range": "A1", "values": [["x"]]}, {"range": "?", "values": [["y"]]}]}
    answer = shared.ask("POST", at(tab, ":batchUpdate"), json=body)
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "Invalid data[1]: Unable to parse range: ?")
    assert "values" not in values(tab, "Sheet1")


def test_many_ranges_are_read_and_cleared_together(tab):
    tab.update([["a", "b"], ["c", "d"]], "A1", raw=True)
    found = tab.spreadsheet.values_batch_get(["A1:A2", "B2"], {"majorDimension": "COLUMNS"})["valueRanges"]
    assert [one["values"] for one in found] == [[["a", "c"]], [["d"]]]
    assert tab.batch_clear(["A1", "B1:B2"])["clearedRanges"] == ["Sheet1!A1", "Sheet1!B1:B2"]
    assert values(tab, "Sheet1")["values"] == [[], ["c"]]


@pytest.fixture
def marked(tab):
    """Row 2 and column C carry metadata."""
    tab.update([["a1", "b1", "c1"], ["a2", "b2", "c2"]], "A1", raw=True)
    for name, dimension, start in (("row", "ROWS", 1), ("column", "COLUMNS", 2)):
        place = {"sheetId": tab.id, "dimension": dimension, "startIndex": start, "endIndex": start + 1}
        entry = {"metadataKey": name, "location": {"dimensionRange": place}, "visibility": "DOCUMENT"}
        tab.spreadsheet.batch_update({"requests": [{"createDeveloperMetadata": {"developerMetadata": entry}}]})
    return tab


def by_key(name):
    return {"developerMetadataLookup": {"metadataKey": name}}


def test_data_filters_read_by_range_and_by_metadata(shared, marked):
    grid = {"gridRange": {"sheetId": marked.id, "startColumnIndex": 2, "endColumnIndex": 3}}
    filters = [by_key("row"), by_key("column"), grid, {"a1Range": "A1:B1"}, by_key("nobody")]
    body = {"dataFilters": filters, "valueRenderOption": "FORMULA"}
    answer = shared.ask("POST", at(marked, ":batchGetByDataFilter"), json=body).json()
    found = [(one["valueRange"]["range"], one["valueRange"]["values"]) for one in answer["valueRanges"]]
    assert found == [
        ("Sheet1!A2:Z2", [["a2", "b2", "c2"]]),
        ("Sheet1!C1:C1000", [["c1"], ["c2"]]),
        ("Sheet1!A1:B1", [["a1", "b1"]]),
    ]
    assert [len(one["dataFilters"]) for one in answer["valueRanges"]] == [1, 2, 1]


def test_data_filters_write_where_the_metadata_has_gone(shared, marked):
    marked.insert_rows([["new"]], 1)
    body = {"valueInputOption": "RAW", "data": [{"dataFilter": by_key("row"), "values": [["x", None, "z"]]}]}
    answer = shared.ask("POST", at(marked, ":batchUpdateByDataFilter"), json=body).json()
    assert answer["totalUpdatedCells"] == 2
    assert answer["responses"] == [
        {
            "updatedRange": "Sheet1!A3:C3",
            "updatedRows": 1,
            "updatedColumns": 2,
            "updatedCells": 2,
            "dataFilter": by_key("row"),
        }
    ]
    assert values(marked, "A3:C3")["values"] == [["x", "b2", "z"]]


def test_data_filters_clear(shared, marked):
    body = {"dataFilters": [by_key("column")]}
    answer = shared.ask("POST", at(marked, ":batchClearByDataFilter"), json=body).json()
    assert answer["clearedRanges"] == ["Sheet1!C1:C1000"]
    assert values(marked, "Sheet1")["values"] == [["a1", "b1"], ["a2", "b2"]]


def test_values_that_are_no_list_are_refused_with_details(shared):
    path = "/v4/spreadsheets/sandbox-register/values/A1?valueInputOption=RAW"
    error = shared.ask("PUT", path, json={"values": "X", "majorDimension": None}).json()["error"]
    words = "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\""
    violation = {"field": "data.values", "description": words}
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}]
    assert error == {"code": 400, "message": words, "status": "INVALID_ARGUMENT", "details": details}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([["x" * 50_001]], "more than the maximum of 50000 characters in a single cell"),
        ([["a", {"b": 1}]], r"Invalid values\[0\]\[1\]: struct_value"),
        ([[1], [[2]]], r"Invalid values\[1\]\[0\]: list_value"),
        ([[10**400]], "out of range"),
    ],
)
def test_what_no_cell_can_hold_is_refused(tab, values, words):
    with pytest.raises(APIError, match=words):
        tab.update(values, "A1", raw=True)


def test_the_longest_text_fits(tab):
    tab.update([["x" * 50_000]], "A1", raw=True)
    assert len(values(tab, "A1")["values"][0][0]) == 50_000


def test_a_spreadsheet_has_room_for_ten_million_cells(shared):
    book = shared.gspread().create("huge")
    tab = book.add_worksheet("huge", 1, 1)
    tab.resize(498_000, 20)
    with pytest.raises(APIError, match="above the limit of 10000000 cells"):
        tab.append_rows([[""] * 21])
    tab.append_rows([["fits"]])
    with pytest.raises(APIError, match="above the limit of 10000000 cells"):
        book.add_worksheet("more", 1000, 20)


@pytest.mark.parametrize(
    ("body", "query", "words"),
    [
        (b'{"values": [[1]]}', "", "'valueInputOption' is required but not specified"),
        (b'{"values": [[1]]}', "valueInputOption=INPUT_VALUE_OPTION_UNSPECIFIED", "is required but not specified"),
        (b'{"values": [[1]]}', "valueInputOption=raw", "Invalid value at 'value_input_option'"),
        (b'{"values": [[1]], "majorDimension": "DEPTH"}', "valueInputOption=RAW", "Invalid value at 'data.major"),
        (b'{"values": [[1]], "range": "B9"}', "valueInputOption=RAW", "does not match value range"),
        (b'{"values": [[NaN]]}', "valueInputOption=RAW", "Invalid JSON payload"),
        (b'{"values": [["\\ud800"]]}', "valueInputOption=RAW", "Invalid JSON payload"),
        (b'{"values": ' + b"[" * 5000 + b"]" * 5000 + b"}", "valueInputOption=RAW", "Invalid JSON payload"),
        (b'{"values": [["\xff"]]}', "valueInputOption=RAW", "Invalid JSON payload"),
        (b"[1]", "valueInputOption=RAW", "Invalid JSON payload"),
    ],
)
def test_a_request_that_google_cannot_read_is_refused(shared, body, query, words):
    answer = shared.ask("PUT", f"/v4/spreadsheets/sandbox-register/values/A1?{query}", data=body)
    assert answer.status_code == 400
    assert words in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("number", "kept"), [(2.0, 2), (-0.0, 0), (2**53 + 1, 9007199254740992.0), (10**20, 1e20), (0.1, 0.1)]
)
def test_numbers_are_doubles(tab, number, kept):
    tab.update([[number]], "A1", raw=True)
    assert values(tab, "A1", valueRenderOption="UNFORMATTED_VALUE")["values"] == [[kept]]


def test_a_day_without_a_year_is_in_the_year_of_the_sandboxs_clock(shared, tab):
    shared.control("clock", {"now": "2031-05-05T12:00:00Z"})
    tab.update([["Jan 30"]], "A1", raw=False)
    assert values(tab, "A1", valueRenderOption="UNFORMATTED_VALUE")["values"] == [[47878]]


ODD = [None, True, 0, -1, 1.5, "x", "", [], {}, [[]], [None], {"a": 1}, 2**63, [[[]]], [[{}]], [["=1+"]], "A1:A0"]
VALUE_RANGE = {"range": "A5", "majorDimension": "ROWS", "values": [["a", 1, True], [None, "=SUM(A1:A3)"]]}
FILTERS = [
    {"gridRange": {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3}},
    {"a1Range": "A1"},
    {"developerMetadataLookup": {"metadataKey": "x"}},
]
CALLS = [
    ("PUT", "/A5?valueInputOption=USER_ENTERED&includeValuesInResponse=true", VALUE_RANGE),
    ("POST", "/A5:append?valueInputOption=USER_ENTERED", VALUE_RANGE),
    ("POST", ":batchUpdate", {"valueInputOption": "RAW", "data": [VALUE_RANGE], "includeValuesInResponse": True}),
    ("POST", ":batchClear", {"ranges": ["A9:B10"]}),
    ("POST", ":batchGetByDataFilter", {"dataFilters": FILTERS, "majorDimension": "COLUMNS"}),
    (
        "POST",
        ":batchUpdateByDataFilter",
        {"valueInputOption": "USER_ENTERED", "data": [{"dataFilter": FILTERS[0], "values": [[1]]}]},
    ),
    ("POST", ":batchClearByDataFilter", {"dataFilters": FILTERS[:2]}),
]


def spoiled(value, source):
    """The same body with something odd at one place."""
    if source.random() < 0.25 or not isinstance(value, dict | list) or not value:
        return source.choice(ODD)
    key = source.choice(list(value) if isinstance(value, dict) else range(len(value)))
    copy = value.copy()
    copy[key] = spoiled(value[key], source)
    return copy


def test_no_wrongly_typed_body_breaks_the_sandbox(shared, tab):
    source = random.Random(1)  # noqa: S311 (the same odd bodies each time)
    found = set()
    for _ in range(300):
        method, path, body = source.choice(CALLS)
        answer = shared.ask(method, at(tab, path), json=spoiled(body, source))
        assert answer.status_code in {200, 400, 501}, (path, answer.request.body, answer.text)
        found.add(answer.status_code)
    assert {200, 400} <= found


def test_an_answer_of_megabytes_arrives_whole(tab):
    long = ["é" * 50_000] * 24
    tab.update([long], "C1", raw=True)
    assert values(tab, "Sheet1")["values"] == [["", "", *long]]
