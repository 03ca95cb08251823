"""``batchUpdate`` is atomic, and what it does is what gspread and the pipeline expect."""

import pytest

PATH = "/v4/spreadsheets/sandbox-register"
CELL = {"userEnteredValue": {"stringValue": "x"}}


def marker(number, **location):
    body = {"metadataId": number, "metadataKey": "a", "metadataValue": "v", "visibility": "DOCUMENT"}
    return {"createDeveloperMetadata": {"developerMetadata": {**body, "location": location or {"sheetId": 0}}}}


def append(*texts, sheet_id=0):
    cells = [{"userEnteredValue": {"stringValue": text}} for text in texts]
    return {"appendCells": {"sheetId": sheet_id, "fields": "userEnteredValue", "rows": [{"values": cells}]}}


def column_a(place, tab="Submissions"):
    return [row[0] for row in place.book().worksheet(tab).get_all_values()]


def test_the_once_only_append_happens_once(place):
    assert place.batch(marker(77), append("first")).status_code == 200
    again = place.batch(marker(77), append("first"))
    assert again.status_code == 400
    assert again.json()["error"]["status"] == "INVALID_ARGUMENT"
    assert column_a(place) == ["Ref", "first"]
    assert place.ask("GET", f"{PATH}/developerMetadata/77").json()["metadataValue"] == "v"


def test_one_bad_request_undoes_the_whole_batch(place):
    before = place.ask("GET", PATH, params={"includeGridData": True}).json()
    for bad in ({"deleteSheet": {"sheetId": 999}}, {"pasteData": {"data": "x"}}, {"appendCells": {"sheetId": 0}}):
        answer = place.batch(append("lost"), marker(5), {"addSheet": {"properties": {"title": "new"}}}, bad)
        assert answer.status_code in {400, 501}
    assert place.ask("GET", PATH, params={"includeGridData": True}).json() == before


def test_a_kind_that_is_not_modelled_says_so(shared):
    answer = shared.batch({"addChart": {}})
    assert answer.status_code == 501
    assert "addChart" in answer.json()["error"]["message"]


def test_markers_are_found_and_deleted(place):
    place.batch(marker(1), marker(2, spreadsheet=True), marker(3, sheetId=0))
    search = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "a", "locationType": "SHEET"}}]}
    found = place.ask("POST", f"{PATH}/developerMetadata:search", json=search).json()
    assert [one["developerMetadata"]["metadataId"] for one in found["matchedDeveloperMetadata"]] == [1, 3]
    gone = {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": 1}}}}
    reply = place.batch(gone).json()["replies"][0]["deleteDeveloperMetadata"]
    assert reply["deletedDeveloperMetadata"][0]["metadataId"] == 1
    assert place.ask("GET", f"{PATH}/developerMetadata/1").status_code == 404
    mask = "developerMetadata(metadataId),sheets(properties(sheetId),developerMetadata(metadataId,metadataKey))"
    seen = place.ask("GET", PATH, params={"fields": mask}).json()
    assert seen["developerMetadata"] == [{"metadataId": 2}]
    assert seen["sheets"][0]["developerMetadata"] == [{"metadataId": 3, "metadataKey": "a"}]


@pytest.mark.parametrize(("follow", "row"), [(False, 1), (True, 2)])
def test_whether_a_row_marker_follows_a_sort_is_a_switch(place, follow, row):
    place.control("settings", {"markers_follow_sort": follow})
    place.batch(append("b"), append("a"))
    place.batch(marker(9, dimensionRange={"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}))
    span = {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 5}
    assert place.batch({"sortRange": {"range": span, "sortSpecs": [{"dimensionIndex": 0}]}}).status_code == 200
    assert column_a(place) == ["Ref", "a", "b"]
    location = place.ask("GET", f"{PATH}/developerMetadata/9").json()["location"]
    assert location["dimensionRange"]["startIndex"] == row


def test_row_markers_move_with_insertions_and_die_with_their_row(place):
    bound = {"sheetId": 0, "dimension": "ROWS", "startIndex": 3, "endIndex": 4}
    place.batch(marker(9, dimensionRange=bound))
    rows = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 3}
    place.batch({"insertDimension": {"range": rows}})
    location = place.ask("GET", f"{PATH}/developerMetadata/9").json()["location"]
    assert location["dimensionRange"]["startIndex"] == 5
    place.batch({"deleteDimension": {"range": {**rows, "startIndex": 5, "endIndex": 6}}})
    assert place.ask("GET", f"{PATH}/developerMetadata/9").status_code == 404


def test_rows_and_columns_move_with_their_cells(place):
    tab = place.book().add_worksheet("moves", 10, 5)
    tab.update([["a", "1"], ["b", "2"], ["c", "3"]], "A1", raw=True)
    tab.insert_rows([["new", "0"]], row=2)
    assert tab.get_all_values() == [["a", "1"], ["new", "0"], ["b", "2"], ["c", "3"]]
    tab.delete_rows(1)
    source = {"sheetId": tab.id, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    assert place.batch({"moveDimension": {"source": source, "destinationIndex": 2}}).status_code == 200
    assert tab.get_all_values() == [["0", "new"], ["2", "b"], ["3", "c"]]
    tab.sort((1, "des"), range="A1:B3")
    assert tab.get_all_values() == [["3", "c"], ["2", "b"], ["0", "new"]]


def test_a_sort_keeps_the_order_of_ties_and_puts_blanks_last(place):
    tab = place.book().add_worksheet("sort", 10, 3)
    tab.update([["b", 1], ["a", 2], ["", 3], ["b", 4], [5, 5], ["A", 6]], "A1", raw=True)
    tab.sort((1, "asc"), range="A1:B6")
    assert [row[1] for row in tab.get_all_values()] == ["5", "2", "6", "1", "4", "3"]
    tab.sort((1, "des"), range="A1:B6")
    assert [row[1] for row in tab.get_all_values()] == ["1", "4", "2", "6", "5", "3"]


def test_appended_cells_go_below_the_last_row_with_data_and_grow_the_grid(place):
    tab = place.book().add_worksheet("grows", 2, 2)
    tab.format("A1:B2", {"textFormat": {"bold": True}})
    tab.update([["head", "er"]], "A1", raw=True)
    for text in ("one", "two", "three"):
        assert place.batch(append(text, "", "wide", sheet_id=tab.id)).status_code == 200
    assert [row[0] for row in tab.get_all_values()] == ["head", "one", "two", "three"]
    assert place.book().values_get("grows")["range"] == "grows!A1:C4"


def test_text_cells_are_kept_word_for_word(place):
    place.batch(append("=1+2", "0042", "TRUE"))
    row = place.book().values_get("Submissions!A2:C2", params={"valueRenderOption": "UNFORMATTED_VALUE"})["values"]
    assert row == [["=1+2", "0042", "TRUE"]]


def test_cells_are_updated_at_a_start_and_in_a_range(place):
    start = {"sheetId": 0, "rowIndex": 2, "columnIndex": 1}
    place.batch({"updateCells": {"start": start, "rows": [{"values": [CELL, CELL]}], "fields": "userEnteredValue"}})
    notes = {"values": [{"note": "look"}]}
    place.batch({"updateCells": {"start": start, "rows": [notes], "fields": "note"}})
    tab = place.book().worksheet("Submissions")
    assert (tab.acell("B3").value, tab.get_note("B3")) == ("x", "look")
    whole = {"sheetId": 0, "startRowIndex": 2, "endRowIndex": 3}
    place.batch({"updateCells": {"range": whole, "rows": [{"values": [CELL]}], "fields": "*"}})
    assert tab.row_values(3) == ["x"]
    assert tab.get_note("B3") == ""


def test_tabs_are_added_renamed_hidden_and_deleted(place):
    book = place.book()
    tab = book.add_worksheet("New", 5, 5)
    tab.update_title("Renamed")
    tab.hide()
    tab.freeze(rows=1)
    seen = {one.title: one for one in place.book().worksheets()}["Renamed"]
    assert (seen.isSheetHidden, seen.frozen_row_count, seen.row_count) == (True, 1, 5)
    assert place.batch({"addSheet": {"properties": {"title": "renamed"}}}).status_code == 400
    book.del_worksheet(tab)
    assert "Renamed" not in [one.title for one in place.book().worksheets()]


def test_the_last_visible_tab_cannot_be_hidden(place):
    tab = place.book("archive").sheet1
    hidden = {"properties": {"sheetId": tab.id, "hidden": True}, "fields": "hidden"}
    answer = place.batch({"updateSheetProperties": hidden}, role="archive")
    assert "You can't hide all the sheets in a document." in answer.json()["error"]["message"]


def test_filters_validation_protection_and_widths_are_kept(place):
    tab = place.book().worksheet("Sessions")
    tab.set_basic_filter()
    tab.columns_auto_resize(0, 2)
    tab.add_protected_range("A1:B2", editor_users_emails=["a@example.org"])
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "x"}]}}
    span = {"sheetId": tab.id, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    assert place.batch({"setDataValidation": {"range": span, "rule": rule}}).status_code == 200
    params = {"includeGridData": True, "ranges": "Sessions!A1"}
    sheet = place.ask("GET", PATH, params=params).json()["sheets"][0]
    assert sheet["basicFilter"]["range"]["endRowIndex"] == 1000
    assert sheet["protectedRanges"][0]["requestingUserCanEdit"] is True
    assert sheet["data"][0]["rowData"][0]["values"][0]["dataValidation"] == rule
    tab.clear_basic_filter()
    assert "basicFilter" not in place.ask("GET", PATH, params=params).json()["sheets"][0]


def test_grid_data_leaves_out_what_is_empty_and_what_was_not_asked(place):
    place.batch(append("", "b", ""), append(""), append("", "", "c"))
    place.book().worksheet("Submissions").update([["d"]], "A5", raw=True)
    mask = "sheets(properties/sheetId,data(startRow,rowData(values(effectiveValue,note))))"
    sheet = place.ask("GET", PATH, params={"fields": mask, "ranges": "Submissions!A2:Z9"}).json()["sheets"][0]
    assert sheet["properties"] == {"sheetId": 0}
    data = sheet["data"][0]
    assert data["startRow"] == 1
    b, d = {"effectiveValue": {"stringValue": "b"}}, {"effectiveValue": {"stringValue": "d"}}
    c = {"effectiveValue": {"stringValue": "c"}}
    assert data["rowData"][0] == {"values": [{}, b]}
    assert c in data["rowData"][1]["values"]
    assert d in data["rowData"][3]["values"]


def test_a_mask_that_selects_something_unset_leaves_the_parent(place):
    sheet = place.ask("GET", PATH, params={"fields": "sheets.properties.hidden"}).json()["sheets"][0]
    assert sheet == {"properties": {}}
    assert place.ask("GET", PATH, params={"fields": "sheets(properties"}).status_code == 400


def test_errors_in_formulas_are_errors_on_the_wire(place):
    place.book().worksheet("Submissions").update([["=1/0"]], "A2", raw=False)
    mask = "sheets/data/rowData/values/effectiveValue"
    sheet = place.ask("GET", PATH, params={"fields": mask, "ranges": "Submissions!A2"}).json()["sheets"][0]
    value = sheet["data"][0]["rowData"][0]["values"][0]["effectiveValue"]
    assert value["errorValue"]["type"] == "DIVIDE_BY_ZERO"


def test_long_reads_may_come_as_a_post_with_an_override(shared):
    headers = {"X-HTTP-Method-Override": "GET"}
    form = {"ranges": ["Members!A1", "Sessions!A1"], "majorDimension": "ROWS"}
    answer = shared.ask("POST", f"{PATH}/values:batchGet", data=form, headers=headers).json()
    assert [one["values"] for one in answer["valueRanges"]] == [[["Name"]], [["Ref"]]]


def test_trailing_slashes_are_accepted(shared):
    assert shared.ask("GET", f"{PATH}/").status_code == 200
    answer = shared.ask("POST", f"{PATH}/:batchUpdate", json={"requests": [marker(123456)]})
    assert answer.status_code == 200


def test_a_spreadsheet_is_created_with_its_tabs(shared):
    wanted = {"properties": {"title": "New one", "locale": "fr_FR"}, "sheets": [{"properties": {"title": "Un"}}]}
    made = shared.ask("POST", "/v4/spreadsheets", json=wanted).json()
    assert [sheet["properties"]["title"] for sheet in made["sheets"]] == ["Un"]
    assert made["properties"]["locale"] == "fr_FR"
    assert shared.gspread().open_by_key(made["spreadsheetId"]).title == "New one"


def test_nobody_reads_without_the_token(shared):
    answer = shared.ask("GET", PATH, headers={"Authorization": "Bearer other"})
    assert answer.status_code == 401
    assert answer.json()["error"]["status"] == "UNAUTHENTICATED"
    assert answer.headers["content-type"] == "application/json; charset=UTF-8"
