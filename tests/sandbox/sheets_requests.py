"""One valid request of every kind that the batch knows, for a spreadsheet that ``prepared`` makes."""

from tasks.sandbox.sheets.batch import perform
from tasks.sandbox.sheets.bodies import body
from tasks.sandbox.sheets.book import Book

ONE = {"startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 3}
FREE = {"startRowIndex": 10, "endRowIndex": 12, "startColumnIndex": 5, "endColumnIndex": 7}
ROWS = {"dimension": "ROWS", "startIndex": 1, "endIndex": 3}
MARKERS = {"developerMetadataLookup": {"metadataKey": "k"}}
RULE = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "a"}]}, "strict": True}
CELL = {"userEnteredValue": {"stringValue": "x"}, "note": "n", "userEnteredFormat": {"textFormat": {"bold": True}}}
COLOUR = {"rgbColor": {"red": 1, "green": 0.5}}
HIGHLIGHT = {
    "ranges": [ONE],
    "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"backgroundColor": {"red": 1}}},
}
VIEW = {"filterViewId": 8, "title": "V", "range": ONE, "criteria": {"0": {"hiddenValues": ["a"]}}}
BAND = {"bandedRangeId": 9, "range": ONE, "rowProperties": {"headerColor": {"blue": 1}}}
MARKER = {"metadataId": 5, "metadataKey": "k", "visibility": "DOCUMENT", "location": {"sheetId": 0}}

SETTING = [
    {"addSheet": {"properties": {"sheetId": 1, "title": "Other"}}},
    {"addNamedRange": {"namedRange": {"namedRangeId": "6", "name": "Names", "range": ONE}}},
    {"addProtectedRange": {"protectedRange": {"protectedRangeId": 7, "range": ONE}}},
    {"addFilterView": {"filter": VIEW}},
    {"addBanding": {"bandedRange": BAND}},
    {"addConditionalFormatRule": {"rule": HIGHLIGHT}},
    {"addConditionalFormatRule": {"rule": HIGHLIGHT}},
    {"addDimensionGroup": {"range": ROWS}},
    {"createDeveloperMetadata": {"developerMetadata": MARKER}},
    {"setDataValidation": {"range": FREE, "rule": RULE}},
    {"mergeCells": {"range": FREE}},
]
REQUESTS = {
    "addBanding": {"bandedRange": {"range": FREE, "columnProperties": {"headerColorStyle": COLOUR}}},
    "addConditionalFormatRule": {"index": 1, "rule": HIGHLIGHT},
    "addDimensionGroup": {"range": ROWS},
    "addFilterView": {"filter": {"title": "V", "range": ONE, "filterSpecs": [{"columnIndex": 1}]}},
    "addNamedRange": {"namedRange": {"name": "More", "range": FREE}},
    "addProtectedRange": {"protectedRange": {"range": FREE, "editors": {"users": ["ana@example.org"]}}},
    "addSheet": {"properties": {"title": "New", "index": 1, "gridProperties": {"rowCount": 5, "frozenRowCount": 1}}},
    "appendCells": {"sheetId": 0, "rows": [{"values": [CELL]}], "fields": "*"},
    "appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 2},
    "autoResizeDimensions": {"dimensions": ROWS},
    "clearBasicFilter": {"sheetId": 0},
    "copyPaste": {"source": ONE, "destination": FREE, "pasteType": "PASTE_NORMAL", "pasteOrientation": "TRANSPOSE"},
    "createDeveloperMetadata": {
        "developerMetadata": {**MARKER, "metadataId": 4, "location": {"dimensionRange": {**ROWS, "endIndex": 2}}}
    },
    "cutPaste": {"source": ONE, "destination": {"rowIndex": 8, "columnIndex": 1}, "pasteType": "PASTE_VALUES"},
    "deleteBanding": {"bandedRangeId": 9},
    "deleteConditionalFormatRule": {"sheetId": 0, "index": 0},
    "deleteDeveloperMetadata": {"dataFilter": MARKERS},
    "deleteDimension": {"range": ROWS},
    "deleteDimensionGroup": {"range": ROWS},
    "deleteDuplicates": {
        "range": ONE,
        "comparisonColumns": [{"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}],
    },
    "deleteFilterView": {"filterId": 8},
    "deleteNamedRange": {"namedRangeId": "6"},
    "deleteProtectedRange": {"protectedRangeId": 7},
    "deleteRange": {"range": ONE, "shiftDimension": "COLUMNS"},
    "deleteSheet": {"sheetId": 1},
    "duplicateFilterView": {"filterId": 8},
    "duplicateSheet": {"sourceSheetId": 0, "insertSheetIndex": 1, "newSheetId": 2, "newSheetName": "Twin"},
    "findReplace": {"find": "a(.)", "replacement": "$1b", "searchByRegex": True, "allSheets": True},
    "insertDimension": {"range": ROWS, "inheritFromBefore": True},
    "insertRange": {"range": ONE, "shiftDimension": "ROWS"},
    "mergeCells": {"range": ONE, "mergeType": "MERGE_COLUMNS"},
    "moveDimension": {"source": ROWS, "destinationIndex": 5},
    "pasteData": {"coordinate": {"rowIndex": 1}, "data": "1,2\n3,4", "delimiter": ",", "type": "PASTE_NORMAL"},
    "repeatCell": {"range": FREE, "cell": CELL, "fields": "userEnteredFormat.textFormat.bold,note"},
    "setBasicFilter": {"filter": {"range": ONE, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]}},
    "setDataValidation": {"range": ONE, "rule": RULE},
    "sortRange": {"range": ONE, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]},
    "textToColumns": {"source": {**ONE, "endColumnIndex": 1}, "delimiterType": "CUSTOM", "delimiter": "-"},
    "trimWhitespace": {"range": ONE},
    "unmergeCells": {"range": FREE},
    "updateBanding": {"bandedRange": BAND, "fields": "rowProperties.headerColor"},
    "updateBorders": {"range": ONE, "top": {"style": "SOLID", "color": {"red": 1}}, "innerVertical": {"style": "NONE"}},
    "updateCells": {"start": {"rowIndex": 2, "columnIndex": 1}, "rows": [{"values": [CELL, {}]}], "fields": "*"},
    "updateConditionalFormatRule": {"sheetId": 0, "index": 0, "newIndex": 1},
    "updateDeveloperMetadata": {
        "dataFilters": [MARKERS],
        "developerMetadata": {"metadataValue": "v", "location": {"spreadsheet": True}},
        "fields": "metadataValue,location",
    },
    "updateDimensionGroup": {"dimensionGroup": {"range": ROWS, "depth": 1, "collapsed": True}, "fields": "collapsed"},
    "updateDimensionProperties": {
        "range": ROWS,
        "properties": {"hiddenByUser": True, "pixelSize": 30},
        "fields": "hiddenByUser,pixelSize",
    },
    "updateFilterView": {"filter": {"filterViewId": 8, "title": "W"}, "fields": "title"},
    "updateNamedRange": {"namedRange": {"namedRangeId": "6", "name": "Renamed"}, "fields": "name"},
    "updateProtectedRange": {
        "protectedRange": {"protectedRangeId": 7, "warningOnly": True, "description": "d"},
        "fields": "warningOnly,description,editors",
    },
    "updateSheetProperties": {
        "properties": {"sheetId": 0, "title": "T", "tabColorStyle": COLOUR, "gridProperties": {"columnCount": 20}},
        "fields": "title,tabColorStyle,gridProperties.columnCount",
    },
    "updateSpreadsheetProperties": {"properties": {"title": "T", "locale": "fr_FR"}, "fields": "title,locale"},
}


def prepared():
    """A spreadsheet with something of everything."""
    book = Book("book", {"title": "Book", "locale": "en_US", "timeZone": "Etc/GMT", "autoRecalc": "ON_CHANGE"}, "", "")
    book.add_tab("Sheet1", 0)
    rows = [["a-1", 2, "=A1"], ["ab ", 2, "=SUM(A1:B2)"], ["c", 3.5, True], ["a-1", 2, ""]]
    cells = [{"values": [{"userEnteredValue": _extended(value)} for value in row]} for row in rows]
    run(book, {"updateCells": {"start": {"rowIndex": 0}, "rows": cells, "fields": "userEnteredValue"}}, *SETTING)
    return book


def run(book, *requests):
    """The replies of a batch whose body is read as Google reads it."""
    return perform(book, body("BatchUpdateSpreadsheetRequest", {"requests": list(requests)})["requests"])


def _extended(value):
    if isinstance(value, str):
        return {"formulaValue" if value.startswith("=") else "stringValue": value}
    return {"boolValue" if isinstance(value, bool) else "numberValue": value}
