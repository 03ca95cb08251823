"""The ``Spreadsheet`` resource over the wire: made, read in parts, copied, and still there after a restart."""

import pytest

from tests.sandbox.sheets_requests import COLOUR, HIGHLIGHT, ONE, RULE

PATH = "/v4/spreadsheets/sandbox-register"
HEAD = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 2}
NEW = {
    "properties": {"title": "Made", "locale": "es_ES", "timeZone": "America/Mexico_City"},
    "namedRanges": [{"name": "Head", "range": HEAD}],
    "developerMetadata": [{"metadataKey": "k", "visibility": "DOCUMENT", "location": {"spreadsheet": True}}],
    "sheets": [
        {
            "properties": {"title": "Uno", "gridProperties": {"rowCount": 10, "columnCount": 4, "frozenRowCount": 1}},
            "data": [
                {
                    "startRow": 1,
                    "rowData": [
                        {
                            "values": [
                                {"userEnteredValue": {"numberValue": 1.5}, "note": "n", "dataValidation": RULE},
                                {"userEnteredFormat": {"backgroundColorStyle": COLOUR}},
                            ]
                        }
                    ],
                }
            ],
            "merges": [HEAD],
            "conditionalFormats": [HIGHLIGHT],
            "protectedRanges": [{"range": HEAD}],
            "basicFilter": {"range": ONE},
        },
        {"properties": {"title": "Dos", "hidden": True}},
    ],
}


def create(place, wanted):
    return place.ask("POST", "/v4/spreadsheets", json=wanted)


def read(place, path=PATH, **params):
    return place.ask("GET", path, params=params).json()


# ------------------------------------------------------------------------------------------------ refused
@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"properties": {"title": 5}}, 400),
        ({"sheets": [{"properties": {"title": "a"}}, {"properties": {"title": "A"}}]}, 400),
        ({"sheets": [{"properties": {"hidden": True}}]}, 400),
        ({"sheets": [{"charts": [{"chartId": 1}]}]}, 501),
        ({"sheets": [{"properties": {"sheetType": "OBJECT"}}]}, 501),
        ({"dataSources": []}, 501),
        ({"name": "x"}, 400),
    ],
)
def test_a_spreadsheet_that_cannot_be_made_is_not_there_afterwards(shared, wanted, status):
    before = shared.control("files")
    assert create(shared, wanted).status_code == status
    assert shared.control("files") == before


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", f"{PATH}/sheets/99:copyTo", {"destinationSpreadsheetId": "sandbox-archive"}, 400),
        ("POST", f"{PATH}/sheets/0:copyTo", {"destinationSpreadsheetId": "nowhere"}, 404),
        ("POST", f"{PATH}/sheets/0:copyTo", {"destination": "nowhere"}, 400),
        ("POST", f"{PATH}/sheets/x:copyTo", {"destinationSpreadsheetId": "sandbox-archive"}, 400),
        ("POST", f"{PATH}:getByDataFilter", {"dataFilters": [{}]}, 400),
        ("POST", f"{PATH}:getByDataFilter", {"dataFilters": [{"a1Range": "Nowhere!A1"}]}, 400),
        ("POST", f"{PATH}/developerMetadata:search", {"dataFilters": [{}]}, 400),
        ("GET", f"{PATH}/developerMetadata/x", None, 400),
        ("GET", f"{PATH}/developerMetadata/1", None, 404),
        ("POST", f"{PATH}:batchUpdate", {"requests": []}, 400),
        ("POST", f"{PATH}:batchUpdate", {"requests": [{}]}, 400),
        ("POST", f"{PATH}:batchUpdate", {"requests": [{"addSheet": {}, "deleteSheet": {}}]}, 400),
        ("GET", f"{PATH}?ranges=Nowhere!A1", None, 400),
    ],
)
def test_what_cannot_be_answered_is_refused_as_google_refuses(shared, method, path, body, status):
    answer = shared.ask(method, path, json=body)
    assert answer.status_code == status, answer.text
    assert answer.json()["error"].keys() >= {"code", "message", "status"}


# ------------------------------------------------------------------------------------------------ made and read
def test_a_spreadsheet_is_made_with_all_that_was_asked_for(shared):
    made = create(shared, NEW).json()
    path = f"/v4/spreadsheets/{made['spreadsheetId']}"
    assert made == read(shared, path)
    assert (made["properties"]["locale"], made["properties"]["timeZone"]) == ("es_ES", "America/Mexico_City")
    uno, dos = made["sheets"]
    assert uno["properties"]["sheetId"] == 0
    assert uno["properties"]["gridProperties"] == {"rowCount": 10, "columnCount": 4, "frozenRowCount": 1}
    assert (dos["properties"]["title"], dos["properties"]["hidden"], dos["properties"]["index"]) == ("Dos", True, 1)
    assert uno["merges"] == [HEAD]
    assert made["namedRanges"][0]["name"] == "Head"
    assert made["developerMetadata"][0]["metadataKey"] == "k"
    cells = read(shared, path, ranges="Uno!A2:B2", includeGridData=True)["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert cells[0]["formattedValue"] == "1,5"
    assert (cells[0]["note"], cells[0]["dataValidation"]) == ("n", RULE)
    assert cells[1]["userEnteredFormat"]["backgroundColor"] == {"red": 1, "green": 0.49803922}


def test_the_effective_format_is_the_spreadsheets_own_under_the_cells(shared):
    made = create(shared, NEW).json()["spreadsheetId"]
    mask = "sheets.data.rowData.values.effectiveFormat"
    found = read(shared, f"/v4/spreadsheets/{made}", ranges="Uno!A2:B2", fields=mask)
    number, coloured = (one["effectiveFormat"] for one in found["sheets"][0]["data"][0]["rowData"][0]["values"])
    assert (number["horizontalAlignment"], number["backgroundColor"]["red"]) == ("RIGHT", 1)
    assert coloured["backgroundColor"] == {"red": 1, "green": 0.49803922}
    assert coloured["textFormat"]["fontSize"] == 10


def test_rules_of_empty_cells_are_read_too(shared):
    grid = read(shared, ranges="Members!A1:Z3", fields="sheets.data.rowData.values.dataValidation.condition.type")
    rows = grid["sheets"][0]["data"][0]["rowData"]
    assert rows[0] == {}
    assert [one for one in rows[2]["values"] if one] == [{"dataValidation": {"condition": {"type": "BOOLEAN"}}}]


def test_only_the_asked_tabs_and_areas_are_answered(shared):
    found = read(
        shared, ranges=["Sessions!A1:B1", "Members!A1"], fields="sheets(properties.title,data.rowData.values.note)"
    )
    assert [one["properties"]["title"] for one in found["sheets"]] == ["Sessions", "Members"]
    whole = read(shared, ranges="Sessions!A1")
    assert [one["properties"]["title"] for one in whole["sheets"]] == ["Sessions"]
    assert "data" not in whole["sheets"][0]


def test_a_batch_can_answer_with_the_spreadsheet_it_made(shared):
    wanted = {
        "requests": [{"addSheet": {"properties": {"sheetId": 4711, "title": "Answered"}}}],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["Answered!A1:B2"],
        "responseIncludeGridData": True,
    }
    answer = shared.ask("POST", f"{PATH}:batchUpdate", json=wanted).json()
    sheet = answer["updatedSpreadsheet"]["sheets"][0]
    assert (sheet["properties"]["sheetId"], len(sheet["data"][0]["columnMetadata"])) == (4711, 2)
    assert shared.batch({"deleteSheet": {"sheetId": 4711}}).json()["replies"] == [{}]


# ------------------------------------------------------------------------------------------------ by filter
def test_a_spreadsheet_is_read_by_filters(place):
    bound = {"sheetId": place.book().worksheet("Sessions").id, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    marker = {"metadataKey": "col", "visibility": "DOCUMENT", "location": {"dimensionRange": bound}}
    place.batch({"createDeveloperMetadata": {"developerMetadata": marker}})
    lookup = {"developerMetadataLookup": {"metadataKey": "col"}}
    filters = {"dataFilters": [lookup, {"a1Range": "Members!A1"}], "includeGridData": True}
    mask = {"fields": "sheets(properties.title,data(startColumn,rowData.values.formattedValue))"}
    found = place.ask("POST", f"{PATH}:getByDataFilter", json=filters, params=mask).json()["sheets"]
    header = place.book().worksheet("Sessions").row_values(1)[1]
    assert found[0]["data"] == [{"startColumn": 1, "rowData": [{"values": [{"formattedValue": header}]}]}]
    assert found[1]["data"][0]["rowData"] == [{"values": [{"formattedValue": "Name"}]}]


def test_metadata_is_found_by_its_place_and_changed_by_filter(place):
    sheet = place.book().worksheet("Sessions").id
    row = {"dimensionRange": {"sheetId": sheet, "dimension": "ROWS", "startIndex": 3, "endIndex": 4}}
    for number, location in enumerate(({"spreadsheet": True}, {"sheetId": sheet}, row, {"sheetId": 0}), 1):
        marker = {"metadataId": number, "metadataKey": "k", "visibility": "DOCUMENT", "location": location}
        assert place.batch({"createDeveloperMetadata": {"developerMetadata": marker}}).status_code == 200

    def found(**lookup):
        body = {"dataFilters": [{"developerMetadataLookup": lookup}]}
        answer = place.ask("POST", f"{PATH}/developerMetadata:search", json=body).json()
        return [one["developerMetadata"]["metadataId"] for one in answer.get("matchedDeveloperMetadata", [])]

    exact = {"locationMatchingStrategy": "EXACT_LOCATION"}
    assert found(metadataLocation={"sheetId": sheet}) == [1, 2, 3]
    assert found(metadataLocation={"sheetId": sheet}, **exact) == [2]
    assert found(metadataLocation=row, **exact) == [3]
    assert found(metadataLocation=row, locationType="ROW") == [3]
    assert found(metadataLocation={"spreadsheet": True}) == [1, 2, 3, 4]
    change = {
        "dataFilters": [{"gridRange": {"sheetId": sheet, "startRowIndex": 3, "endRowIndex": 5}}],
        "developerMetadata": {"metadataValue": "new"},
        "fields": "metadataValue",
    }
    reply = place.batch({"updateDeveloperMetadata": change}).json()["replies"][0]["updateDeveloperMetadata"]
    assert [(one["metadataId"], one["metadataValue"]) for one in reply["developerMetadata"]] == [(3, "new")]


# ------------------------------------------------------------------------------------------------ copied and kept
def test_a_tab_is_copied_to_another_spreadsheet_and_within_its_own(place):
    source = place.book().worksheet("Sessions")
    source.update([["one", "=A2"]], "A2", raw=False)
    source.merge_cells("A5:B6")
    path = f"{PATH}/sheets/{source.id}:copyTo"
    copies = [place.ask("POST", path, json={"destinationSpreadsheetId": "sandbox-archive"}).json() for _ in range(2)]
    assert [one["title"] for one in copies] == ["Copy of Sessions", "Copy of Sessions 1"]
    archive = place.book("archive")
    assert archive.worksheet("Copy of Sessions").get_values("A2:B2") == [["one", "one"]]
    sheet = next(one for one in archive.fetch_sheet_metadata()["sheets"] if one["properties"] == copies[0])
    assert sheet["merges"][0]["sheetId"] == copies[0]["sheetId"]
    twin = source.duplicate(insert_sheet_index=1, new_sheet_name="Twin")
    twin.update([["two"]], "A2", raw=True)
    assert (twin.index, source.acell("A2").value) == (1, "one")


def test_what_is_kept_beside_the_cells_survives_a_restart(starter, place_at):
    with starter.running() as facts:
        made = create(place_at(facts), NEW).json()
    with starter.running() as facts:
        assert read(place_at(facts), f"/v4/spreadsheets/{made['spreadsheetId']}") == made


def test_rows_that_the_filter_hides_are_marked_as_hidden(shared):
    made = shared.gspread().create("Filtered")
    made.sheet1.update([["State"], ["open"], ["done"], ["open"]], "A1")
    criteria = {"0": {"hiddenValues": ["done"]}}
    request = {"setBasicFilter": {"filter": {"range": {"sheetId": 0, "endRowIndex": 4}, "criteria": criteria}}}
    made.batch_update({"requests": [request]})
    params = {"ranges": "A2:A4", "fields": "sheets(data(rowMetadata(hiddenByFilter)))"}
    [sheet] = made.fetch_sheet_metadata(params)["sheets"]
    assert sheet["data"] == [{"rowMetadata": [{}, {"hiddenByFilter": True}, {}]}]
