"""The pages of the spreadsheets without a browser: what they refuse, keep and leave alone."""

import html
import re

import pytest

from tasks.sandbox.pages.sheet_changes import PLANNERS

PEOPLE = [["Name", "Age"], ["Zoé", 30], ["ana", 4], ["Marc", 12]]


class Staff:
    """A person at the pages of one tab."""

    def __init__(self, place, title="People"):
        self.place = place
        self.sheet = place.book().add_worksheet(title, 20, 5)
        self.sheet.update(PEOPLE, "A1")
        self.sheet.freeze(rows=1)
        self.path = f"/sheets/sandbox-register/{self.sheet.id}"

    def look(self, query=""):
        return self.place.ask("GET", self.path + query)

    def post(self, path, **given):
        return self.place.ask("POST", self.path + path, data=given)

    def do(self, name, **given):
        return self.post("/change", do=name, **given)

    def type(self, cell, text):
        return self.post(f"/edit/{cell}", value=text)

    def column(self, letter="A"):
        return [row[0] if row else "" for row in self.sheet.get(f"{letter}1:{letter}20")]


@pytest.fixture
def staff(shared, request):
    return Staff(shared, request.node.name[:90])


def words(answer):
    """The sentence of a refusal."""
    found = re.search(r'id="refusal".*?<p[^>]*>(.*?)</p>', answer.text, re.DOTALL)
    return html.unescape(found[1]).strip() if found else ""


def shown_cells(answer):
    return re.findall(r'<td id="(\w+)"', answer.text)


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        ({"do": "rows_delete", "from": "1", "to": "20"}, 400, "can't delete all the rows"),
        ({"do": "rows_delete", "from": "19", "to": "21"}, 400, "no row 21"),
        ({"do": "rows_delete", "from": "0"}, 400, "no row 0"),
        ({"do": "rows_delete", "from": "²"}, 400, "no row ²"),
        ({"do": "rows_hide", "from": "1", "to": "20"}, 400, "Something has to stay in sight"),
        ({"do": "rows_up", "from": "1"}, 400, "cannot be moved any further"),
        ({"do": "columns_delete", "from": "F"}, 400, "no column F"),
        ({"do": "columns_delete", "from": "A1"}, 400, "no column A1"),
        ({"do": "columns_width", "from": "A", "pixels": "wide"}, 400, "whole number up to 2000"),
        ({"do": "sort", "column": "C", "range": "A2:B4"}, 400, "Column C lies outside"),
        ({"do": "sort", "column": "A", "range": "nonsense"}, 400, "no range “nonsense”"),
        ({"do": "freeze", "rows": "-1", "columns": "0"}, 400, "whole number"),
        ({"do": "tab_rename", "title": " "}, 400, "needs a name"),
        ({"do": "tab_rename", "title": "members"}, 400, "A tab named “members” already exists."),
        ({"do": "tab_show", "hidden": "0"}, 404, "no such tab"),
        ({"do": "explode"}, 400, "no such change"),
        ({}, 400, "no such change"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence_and_changes_nothing(staff, given, status, sentence):
    before = staff.sheet.spreadsheet.fetch_sheet_metadata()
    answer = staff.post("/change", **given)
    assert (answer.status_code, sentence.casefold() in words(answer).casefold()) == (status, True), words(answer)
    assert staff.sheet.spreadsheet.fetch_sheet_metadata() == before
    assert staff.column() == ["Name", "Zoé", "ana", "Marc"]


@pytest.mark.parametrize("cell", ["F1", "A21", "A0", "A", "1", "A1:B2", "AAAA1"])
def test_a_cell_outside_the_grid_is_not_there(staff, cell):
    for answer in (staff.look(f"/edit/{cell}"), staff.type(cell, "x")):
        assert (answer.status_code, words(answer)) == (404, f"There is no cell {cell} here.")


EVERY_CHANGE = {
    "rows_above": {"from": "2", "to": "3"},
    "rows_below": {"from": "2"},
    "rows_delete": {"from": "3", "to": "2"},
    "rows_hide": {"from": "2"},
    "rows_show": {},
    "rows_up": {"from": "3"},
    "rows_down": {"from": "2"},
    "rows_more": {"count": "5"},
    "columns_left": {"from": "A", "to": "B"},
    "columns_right": {"from": "b"},
    "columns_delete": {"from": "B"},
    "columns_hide": {"from": "B", "to": "C"},
    "columns_show": {},
    "columns_to_left": {"from": "B"},
    "columns_to_right": {"from": "A"},
    "columns_width": {"from": "A", "pixels": "300"},
    "freeze": {"rows": "2", "columns": "1"},
    "sort": {"column": "B", "order": "DESCENDING"},
    "filter_on": {},
    "filter_off": {},
    "tab_add": {"title": "Fresh"},
    "tab_rename": {"title": "Renamed"},
    "tab_duplicate": {},
    "tab_delete": {},
    "tab_hide": {},
    "tab_show": {"hidden": "itself"},
    "tab_left": {},
    "tab_right": {},
}


def test_every_change_that_the_menus_offer_is_tried_here():
    assert set(EVERY_CHANGE) == set(PLANNERS)


def everything(staff):
    """All that the API shows of the tab and its neighbours, without what counts how often it was changed."""
    path = f"/v4/spreadsheets/sandbox-register?includeGridData=true&ranges='{staff.sheet.title}'"
    tabs = staff.sheet.spreadsheet.fetch_sheet_metadata({"fields": "sheets.properties"})["sheets"]
    here = staff.sheet.id in {tab["properties"]["sheetId"] for tab in tabs}
    return tabs, staff.place.ask("GET", path).json() if here else None


@pytest.mark.parametrize("name", EVERY_CHANGE)
def test_every_change_is_done_told_undone_and_done_again(staff, name):
    if name == "filter_off":
        staff.do("filter_on")
    if name == "tab_right":
        staff.place.book().add_worksheet("Right of it", 2, 2)
    if name == "tab_show":
        staff.do("tab_hide")
    given = {key: str(staff.sheet.id) if value == "itself" else value for key, value in EVERY_CHANGE[name].items()}
    before = everything(staff)
    done = staff.do(name, **given)
    assert (done.status_code, 'class="said">Done: ' in done.text) == (200, True), words(done)
    after = everything(staff)
    assert (after != before) == (name not in {"rows_show", "columns_show"})
    undone = staff.post("/undo")
    assert (undone.status_code, 'class="said">Undone: ' in undone.text) == (200, True), words(undone)
    assert everything(staff) == before
    again = staff.post("/redo")
    assert (again.status_code, 'class="said">Done again: ' in again.text) == (200, True), words(again)
    assert everything(staff) == after
    staff.post("/undo")


def test_undo_and_redo_with_nothing_left_say_so(place):
    path = "/sheets/sandbox-archive/" + str(place.book("archive").sheet1.id)
    for name in ("undo", "redo"):
        answer = place.ask("POST", f"{path}/{name}")
        assert (answer.status_code, words(answer)) == (409, "There is nothing to undo or redo.")


def test_undo_of_a_move_keeps_rows_that_were_added_below_since_and_their_metadata(staff):
    staff.do("rows_above", **{"from": "2", "to": "3"})
    place = {"sheetId": staff.sheet.id, "dimension": "ROWS", "startIndex": 6, "endIndex": 7}
    marker = {"metadataKey": "k", "location": {"dimensionRange": place}, "visibility": "DOCUMENT"}
    staff.sheet.append_row(["late"], table_range="A7")
    assert staff.place.batch({"createDeveloperMetadata": {"developerMetadata": marker}}).status_code == 200
    assert staff.post("/undo").status_code == 200
    assert staff.column() == ["Name", "Zoé", "ana", "Marc", "late"]
    wanted = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "k"}}]}
    found = staff.place.ask("POST", "/v4/spreadsheets/sandbox-register/developerMetadata:search", json=wanted).json()
    location = found["matchedDeveloperMetadata"][0]["developerMetadata"]["location"]
    assert location["dimensionRange"]["startIndex"] == 4


def test_undo_of_typing_leaves_the_cells_that_were_changed_since(staff):
    staff.post("/edit/A2", block="one\ttwo\nthree\tfour")
    staff.sheet.update([["theirs"]], "B2")
    undone = staff.post("/undo")
    assert "changed by something else since, which stay as they are: 1" in undone.text
    assert staff.sheet.get("A2:B3") == [["Zoé", "theirs"], ["ana", "4"]]


def test_a_refused_undo_is_not_offered_again(staff):
    staff.type("E1", "first")
    staff.do("sort", column="A", order="ASCENDING")
    staff.sheet.update([["theirs"]], "A2")
    assert staff.post("/undo").status_code == 409
    assert "Undone: change E1" in html.unescape(staff.post("/undo").text)


def test_a_pasted_block_is_all_or_nothing_and_may_hold_quoted_cells(staff):
    rule = {"condition": {"type": "NUMBER_LESS", "values": [{"userEnteredValue": "100"}]}, "strict": True}
    area = {"sheetId": staff.sheet.id, "startRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 2}
    staff.place.batch({"setDataValidation": {"range": area, "rule": rule}})
    refused = staff.post("/edit/A2", block="Ada\t1\nBen\t100")
    assert "cell B3 violates" in words(refused)
    assert staff.column() == ["Name", "Zoé", "ana", "Marc"]
    assert staff.post("/edit/A19", block='"two\nlines and ""quotes"""\t5\r\nlast\t6\n\t7').status_code == 200
    assert staff.sheet.get("A19:B21") == [['two\nlines and "quotes"', "5"], ["last", "6"], ["", "7"]]
    assert staff.place.book().worksheet(staff.sheet.title).row_count == 21


def test_a_protected_range_asks_or_refuses_for_moves_too(staff):
    column = {"sheetId": staff.sheet.id, "startColumnIndex": 1, "endColumnIndex": 2}
    staff.place.batch({"addProtectedRange": {"protectedRange": {"range": column, "warningOnly": True}}})
    asked = staff.do("sort", column="A", order="ASCENDING")
    assert asked.status_code == 409
    assert 'name="order" value="ASCENDING"' in asked.text
    assert staff.do("sort", column="A", order="ASCENDING", confirm="1").status_code == 200
    staff.place.batch({"addProtectedRange": {"protectedRange": {"range": {**column, "startColumnIndex": 0}}}})
    for refused in (staff.do("rows_delete", **{"from": "2"}), staff.type("A3", "x"), staff.do("tab_delete")):
        assert refused.status_code == 403
    assert staff.type("D3", "free").status_code == 200
    assert staff.column() == ["Name", "ana", "Marc", "Zoé"]


def test_hidden_and_filtered_rows_are_left_out_and_the_window_counts_the_others(staff):
    staff.do("rows_hide", **{"from": "3"})
    staff.do("filter_on")
    staff.post("/filter/A", condition="TEXT_CONTAINS", a="Z")
    cells = shown_cells(staff.look())
    assert {"A1", "A2"} <= set(cells)
    assert not {"A3", "A4"} & set(cells)
    assert "2 filtered out" in staff.look().text
    assert staff.post("/filter/A", condition="NUMBER_BETWEEN", a="1").status_code == 400
    assert staff.post("/filter/E", condition="BLANK").status_code == 404


def test_a_filter_that_is_not_modelled_is_said_to_be_so(staff):
    place = {
        "sheetId": staff.sheet.id,
        "startRowIndex": 0,
        "endRowIndex": 4,
        "startColumnIndex": 0,
        "endColumnIndex": 2,
    }
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=A2>1"}]}
    wanted = {"range": place, "criteria": {"0": {"condition": condition}}}
    staff.place.batch({"setBasicFilter": {"filter": wanted}})
    assert "a filter by formula or colour is not applied here" in staff.look().text


def test_merged_cells_are_shown_as_one(staff):
    area = {"sheetId": staff.sheet.id, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 2, "endColumnIndex": 4}
    assert staff.place.batch({"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}}).status_code == 200
    page = staff.look()
    assert re.search(r'<td id="C2"[^>]* colspan="2" rowspan="2"', page.text)
    assert not {"D2", "C3", "D3"} & set(shown_cells(page))


def test_a_big_tab_is_shown_in_windows(staff):
    staff.sheet.resize(rows=2500)
    staff.sheet.update([["far"]], "A2400")
    first, far = staff.look(), staff.look("?at=A2400")
    assert len({re.sub(r"\D", "", cell) for cell in shown_cells(first)}) == 101
    assert {"A1", "A2302", "A2400", "A2401"} <= set(shown_cells(far))
    assert "A2402" not in shown_cells(far)
    assert "Rows 2,301\N{EN DASH}2,400 of 2,499" in far.text
    assert "A2400" in shown_cells(staff.look("?q=FAR"))
    assert staff.look("?at=Z99999").status_code == 200


def test_new_rows_are_typed_on_a_page_of_their_own_under_the_same_rules(staff):
    form = staff.look("/add").text
    assert ">Name</label>" in form
    assert words(staff.post("/add", **{"0": ""})) == "Fill in at least one cell."
    assert staff.post("/add", **{"0": "New", "1": "7"}).status_code == 200
    assert staff.sheet.get("A5:B5") == [["New", "7"]]


def test_a_response_tab_leads_to_its_form_and_takes_no_rows(shared):
    for code in ("en", "es", "fr"):
        sheet = shared.book(f"responses-{code}").sheet1
        path = f"/sheets/sandbox-responses-{code}/{sheet.id}"
        assert f'href="/forms/{code}"' in shared.ask("GET", path).text
        assert shared.ask("GET", f"{path}/add").status_code == 409
        assert shared.ask("POST", f"{path}/add", data={"1": "x"}).status_code == 409


def test_saving_a_cell_unchanged_does_not_bring_text_to_life(place):
    sheet = place.book("responses-en").sheet1
    path = f"/sheets/sandbox-responses-en/{sheet.id}"
    form = place.ask("GET", f"{path}/edit/G8").text
    assert "&#39;=HYPERLINK" in form
    place.ask("POST", f"{path}/edit/G8", data={"value": '\'=HYPERLINK("https://evil.example","Free prizes")'})
    found = place.book("responses-en").values_get("G8", params={"valueRenderOption": "FORMULA"})["values"]
    assert found == [['=HYPERLINK("https://evil.example","Free prizes")']]


@pytest.mark.parametrize(
    "text", ["'", "''x", "'=1", "0042", "1/2/2024", "TRUE", "+1", "=1+1", "a\nb", " x ", "3,5", "12:30"]
)
def test_what_the_cell_page_shows_can_be_saved_again_and_changes_nothing(staff, text):
    options = {"valueRenderOption": "FORMULA"}
    for how in ("RAW", "USER_ENTERED"):
        staff.sheet.update([[text]], "C3", value_input_option=how)
        before = staff.sheet.get("C3", value_render_option="FORMULA")
        form = staff.look("/edit/C3").text
        again = re.search(r'<textarea id="value".*?>\n(.*?)</textarea>', form, re.DOTALL)[1]
        staff.type("C3", html.unescape(again))
        assert staff.sheet.get("C3", value_render_option="FORMULA") == before, (how, options)


@pytest.mark.parametrize(("code", "day", "number"), [("en", 45418, 0.5), ("es", 45448, 0.5), ("fr", 45448, "0.5")])
def test_dates_and_numbers_are_read_in_the_locale_of_the_spreadsheet(shared, code, day, number):
    sheet = shared.book(f"responses-{code}").sheet1
    path = f"/sheets/sandbox-responses-{code}/{sheet.id}"
    shared.ask("POST", f"{path}/edit/Y30", data={"block": "5/6/2024\t0.5"})
    assert sheet.get("Y30:Z30", value_render_option="UNFORMATTED_VALUE") == [[day, number]]
    assert shared.ask("POST", f"{path}/undo").status_code == 200


def test_what_staff_type_is_on_disk_when_it_is_acknowledged(starter, place_at):
    with starter.running(samples=True) as facts:
        place = place_at(facts)
        path = f"/sheets/sandbox-register/{place.book().worksheet('Members').id}"
        for cell, text in (("A9", "Ada"), ("B9", "5/6/2024")):
            place.ask("POST", f"{path}/edit/{cell}", data={"value": text})
        place.ask("POST", f"{path}/change", data={"do": "sort", "column": "A", "order": "DESCENDING"})
        before = place.book().worksheet("Members").get_all_values()
    with starter.running() as facts:
        assert place_at(facts).book().worksheet("Members").get_all_values() == before
    assert ["Ada", "5/6/2024"] in [row[:2] for row in before]
