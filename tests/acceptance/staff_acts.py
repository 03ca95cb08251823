"""What staff do to a tab, as the requests of Sheets for it. ``one`` and ``other`` are any two numbers."""

OUR_OWN = "Our own column"


def sort(tab, one, other):
    order = "DESCENDING" if other % 2 else "ASCENDING"
    area = {"sheetId": tab.sheet_id, "startRowIndex": 1}
    return [
        {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": one % max(tab.width, 1), "sortOrder": order}]}}
    ]


def filter_rows(tab, one, other):
    hidden = str(tab.rows[-1][0]) if tab.rows[-1] else ""
    area = {"sheetId": tab.sheet_id, "startRowIndex": 0, "startColumnIndex": 0}
    criteria = {str(one % max(tab.width, 1)): {"hiddenValues": [hidden, str(other)]}}
    return [{"setBasicFilter": {"filter": {"range": area, "criteria": criteria}}}]


def take_the_filter_away(tab, _one, _other):
    return [{"clearBasicFilter": {"sheetId": tab.sheet_id}}]


def hide_a_row(tab, one, other):
    area = _rows(tab, 1 + one % len(tab.rows))
    properties = {"hiddenByUser": bool(other % 3)}
    return [{"updateDimensionProperties": {"range": area, "properties": properties, "fields": "hiddenByUser"}}]


def insert_a_row(tab, one, _other):
    return [{"insertDimension": {"range": _rows(tab, 1 + one % len(tab.rows))}}]


def move_a_column(tab, one, other):
    width = max(tab.width, 1)
    source = {"sheetId": tab.sheet_id, "dimension": "COLUMNS", "startIndex": one % width, "endIndex": one % width + 1}
    return [{"moveDimension": {"source": source, "destinationIndex": other % (width + 1)}}]


def insert_a_column(tab, one, _other):
    """Before another one: the grid may end with the last."""
    at = one % max(tab.width, 1)
    area = {"sheetId": tab.sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    return [{"insertDimension": {"range": area}}]


def note_beside(tab, one, other):
    """In a column without a header, to the right of everything."""
    more = {"appendDimension": {"sheetId": tab.sheet_id, "dimension": "COLUMNS", "length": 1}}
    return [more, put(tab, 1 + one % len(tab.rows), tab.width, f"note {other}")]


def note_far_below(tab, one, other):
    """Under any column, also under the one of the questions."""
    return [put(tab, len(tab.rows) + 4 + other % 5, one % max(tab.width, 1), "counted on Monday")]


def paste_an_old_row_on_top(tab, one, _other):
    at = 1 + one % len(tab.rows)
    source = {"sheetId": tab.sheet_id, "startRowIndex": at + 1, "endRowIndex": at + 2}
    target = {"sheetId": tab.sheet_id, "startRowIndex": 1, "endRowIndex": 2}
    copy = {"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_NORMAL"}}
    return [{"insertDimension": {"range": _rows(tab, 1)}}, copy]


def a_column_of_our_own(tab, one, other):
    """With a header, and a note beside one of the rows."""
    at = one % (tab.width + 1)
    area = {"sheetId": tab.sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    rows = [put(tab, 0, at, OUR_OWN), put(tab, 1 + other % len(tab.rows), at, "called her")]
    return [{"insertDimension": {"range": area}}, *rows]


def a_blank_answer(tab, one, _other):
    """A row of which Forms filled in nothing but the time stamp."""
    return [{"insertDimension": {"range": _rows(tab, 1)}}, put(tab, 1, 0, 45_000 + one / 7)]


def delete_row(tab, at):
    return [{"deleteDimension": {"range": _rows(tab, at)}}]


def paste(tab, cells):
    """A row as it was kept somewhere else, on top of the others; cells by place."""
    return [{"insertDimension": {"range": _rows(tab, 1)}}, *(put(tab, 1, at, cell) for at, cell in cells.items())]


def put_together(tab, old, header):
    """A column gets its header back; if Forms has made another one meanwhile, its cells come along."""
    if old not in tab.rows[0]:
        return [put(tab, 0, 0, tab.rows[0][0])]
    at = tab.rows[0].index(old)
    others = [other for other, words in enumerate(tab.rows[0]) if words == header]
    cells = [
        put(tab, number, at, row[other])
        for other in others
        for number, row in enumerate(tab.rows[1:], 1)
        if other < len(row) and row[other] != ""
    ]
    return [*cells, put(tab, 0, at, header), *(_delete_column(tab, other) for other in reversed(others))]


def _delete_column(tab, at):
    return {"deleteDimension": {"range": {**_rows(tab, at), "dimension": "COLUMNS"}}}


def swap_names(one, other, title, aside):
    """Rename two tabs crosswise: what is called ``title`` now is called ``aside`` afterwards."""
    return [_title(one, f"{title} (one moment)"), _title(other, title), _title(one, aside)]


def _title(sheet_id, title):
    return {"updateSheetProperties": {"properties": {"sheetId": sheet_id, "title": title}, "fields": "title"}}


def _rows(tab, at):
    return {"sheetId": tab.sheet_id, "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}


def put(tab, row, column, value):
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    start = {"sheetId": tab.sheet_id, "rowIndex": row, "columnIndex": column}
    cell = {"userEnteredValue": {kind: value}} if value != "" else {}
    return {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}


ANYWHERE = (
    sort,
    filter_rows,
    take_the_filter_away,
    hide_a_row,
    insert_a_row,
    move_a_column,
    insert_a_column,
    note_beside,
    note_far_below,
    a_column_of_our_own,
)
MOVING_COLUMNS = (move_a_column, insert_a_column, note_beside, a_column_of_our_own)
ON_ANSWERS = (*ANYWHERE, paste_an_old_row_on_top, a_blank_answer)
ON_REGISTER = ANYWHERE
IN_THE_MIDDLE = (sort, insert_a_row, note_far_below)
