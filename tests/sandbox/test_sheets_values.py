"""The tables of google-stand-in.md 3.3 to 3.6, through gspread."""

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
