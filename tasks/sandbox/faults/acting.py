"""What a person's action asks of Google, in the requests that a client would use for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

from config.sandbox import spreadsheet_id
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.ranges import column_index, column_letters, quoted
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.world import World

SHEETS = "/v4/spreadsheets"


@dataclass(frozen=True)
class Deed:
    """One request that a person makes happen; the path is encoded."""

    method: str
    path: str
    body: Json = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


def deed_of(world: World, action: Json) -> Deed:
    """What has to be asked now. GoogleError when there is nothing that it could be done to."""
    return DOERS[action["do"]](world, action)


def _file(world: World, named: str) -> str:
    """Roles are known by name, all else by its id."""
    return spreadsheet_id(named) if named in world.programme.spreadsheets else named


def _tab(world: World, action: Json) -> Tab:
    book = world.books.get(_file(world, action["book"]))
    found = next((tab for tab in book.tabs if tab.title == action["tab"]), None)
    if found is None:
        raise GoogleError(404, f"{action['book']} has no tab {action['tab']!r}.")
    return found


def _batch(world: World, action: Json) -> Deed:
    path = f"{SHEETS}/{quote(_file(world, action['book']), safe='')}:batchUpdate"
    return Deed("POST", path, {"requests": action["requests"]})


def _asking(kind: str, describe: Callable[[Tab, Json], Json]) -> Callable[[World, Json], Deed]:
    """A batchUpdate of one request on the tab."""

    def doer(world: World, action: Json) -> Deed:
        request = {kind: describe(_tab(world, action), action)}
        return _batch(world, {"book": action["book"], "requests": [request]})

    return doer


def _sorted(tab: Tab, action: Json) -> Json:
    order = "DESCENDING" if action.get("descending") else "ASCENDING"
    below_headers = {"sheetId": tab.sheet_id, "startRowIndex": 1}
    return {
        "range": below_headers,
        "sortSpecs": [{"dimensionIndex": column_index(action["column"]), "sortOrder": order}],
    }


def _one_row(tab: Tab, action: Json) -> Json:
    row = action["row"]
    return {"range": {"sheetId": tab.sheet_id, "dimension": "ROWS", "startIndex": row - 1, "endIndex": row}}


def _renamed(tab: Tab, action: Json) -> Json:
    return {"properties": {"sheetId": tab.sheet_id, "title": action["to"]}, "fields": "title"}


def _moved(tab: Tab, action: Json) -> Json:
    at = column_index(action["column"])
    source = {"sheetId": tab.sheet_id, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    return {"source": source, "destinationIndex": column_index(action["to"])}


def _edit(world: World, action: Json) -> Deed:
    tab = _tab(world, action)
    place = quote(f"{quoted(tab.title)}!{action['cell']}", safe="")
    path = f"{SHEETS}/{quote(_file(world, action['book']), safe='')}/values/{place}"
    return Deed("PUT", path, {"values": [[action["value"]]]}, {"valueInputOption": "USER_ENTERED"})


def _rename_header(world: World, action: Json) -> Deed:
    tab = _tab(world, action)
    column = next((at for at in range(tab.column_count) if tab.cell(0, at).value == action["header"]), None)
    if column is None:
        raise GoogleError(404, f"{action['tab']} has no column {action['header']!r}.")
    return _edit(world, {**action, "cell": f"{column_letters(column)}1", "value": action["to"]})


def _delete_draft(world: World, action: Json) -> Deed:
    drafts = world.store.all(f"draft:{world.owner}")
    if "draft" not in action and not drafts:
        raise GoogleError(404, "There is no draft to delete.")
    wanted = action.get("draft") or drafts[-1]["id"]
    return Deed("DELETE", f"/gmail/v1/users/me/drafts/{quote(wanted, safe='')}")


def _request(_world: World, action: Json) -> Deed:
    path, _, query = action["path"].partition("?")
    return Deed(action["method"].upper(), path, action.get("body", {}), dict(parse_qsl(query)))


def _change_file(change: Callable[[World, Json], Json]) -> Callable[[World, Json], Deed]:
    def doer(world: World, action: Json) -> Deed:
        return Deed("POST", f"/control/files/{quote(_file(world, action['file']), safe='')}", change(world, action))

    return doer


DOERS: Mapping[str, Callable[[World, Json], Deed]] = {
    "sort": _asking("sortRange", _sorted),
    "insert_row": _asking("insertDimension", _one_row),
    "delete_row": _asking("deleteDimension", _one_row),
    "rename_tab": _asking("updateSheetProperties", _renamed),
    "rename_header": _rename_header,
    "move_column": _asking("moveDimension", _moved),
    "edit_cell": _edit,
    "batch": _batch,
    "delete_draft": _delete_draft,
    "trash_file": _change_file(lambda _world, _action: {"trashed": True}),
    "withdraw": _change_file(lambda world, action: {"withdraw": action.get("address") or world.owner}),
    "advance": lambda _world, action: Deed("POST", "/control/clock", {"advance": action["seconds"]}),
    "request": _request,
}
