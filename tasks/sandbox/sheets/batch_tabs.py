"""The requests of a batch that change tabs, and what is stored about them without being acted on."""

from collections.abc import Callable, Mapping

from tasks.sandbox.failures import invalid, not_modelled
from tasks.sandbox.masks import names, parse
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book, new_number
from tasks.sandbox.sheets.markers import forget_tab
from tasks.sandbox.sheets.ranges import from_grid_range, to_grid_range
from tasks.sandbox.sheets.spreadsheet import tab_properties
from tasks.sandbox.sheets.tabs import Tab

BOOK_PROPERTIES = ("title", "locale", "timeZone", "autoRecalc")
TAB_PROPERTIES = ("title", "index", "hidden", "tabColor", "tabColorStyle", "rightToLeft")
FROZEN = ("frozenRowCount", "frozenColumnCount", "hideGridlines", "rowGroupControlAfter", "columnGroupControlAfter")


def _add_sheet(book: Book, wanted: Json) -> Json:
    properties = wanted.get("properties") or {}
    if properties.get("sheetType", "GRID") != "GRID":
        raise not_modelled(f"a tab of type {properties['sheetType']}")
    tab = book.add_tab(properties.get("title") or "", properties.get("sheetId"), properties.get("index"))
    rest = {name for name in properties if name not in {"sheetId", "title", "index", "sheetType"}}
    given = {name: properties[name] for name in rest if properties[name] is not None}
    _set_properties(book, tab, given, {name: {} for name in given})
    return {"properties": tab_properties(book, tab)}


def _delete_sheet(book: Book, wanted: Json) -> Json:
    tab = book.tab(wanted.get("sheetId", 0))
    if len(book.tabs) == 1:
        raise invalid("Invalid requests[0].deleteSheet: You can't remove all the sheets in a document.")
    book.tabs.remove(tab)
    forget_tab(book, tab.sheet_id)
    return {}


def _update_sheet(book: Book, wanted: Json) -> Json:
    properties = wanted.get("properties") or {}
    tab = book.tab(properties.get("sheetId", 0))
    mask = dict(parse(wanted.get("fields") or ""))
    if not mask:
        raise invalid("Invalid requests[0].updateSheetProperties: At least one field must be listed in 'fields'.")
    if "*" in mask:
        mask = {name: {} for name in properties if name not in {"sheetId", "sheetType"}}
    _set_properties(book, tab, properties, mask)
    return {}


def _set_properties(book: Book, tab: Tab, properties: Json, mask: Mapping[str, Json]) -> None:
    for name, inner in mask.items():
        if name == "gridProperties":
            _set_grid(tab, properties.get(name) or {}, inner)
        elif name not in TAB_PROPERTIES:
            raise not_modelled(f"the sheet property {name!r}")
        elif name == "title":
            _rename(book, tab, properties.get("title") or "")
        elif name == "index":
            book.tabs.remove(tab)
            book.tabs.insert(properties.get("index") or 0, tab)
        else:
            _keep(tab.properties, name, properties.get(name))
    if all(other.properties.get("hidden") for other in book.tabs):
        raise invalid("Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document.")


def _rename(book: Book, tab: Tab, title: str) -> None:
    if not title or book.titled(title) not in {None, tab}:
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')
    tab.title = title


def _set_grid(tab: Tab, grid: Json, mask: Json) -> None:
    for name in mask or grid:
        if name == "rowCount":
            tab.row_count = max(int(grid[name]), 1)
            del tab.rows[tab.row_count :]
        elif name == "columnCount":
            tab.column_count = max(int(grid[name]), 1)
            tab.rows = [row[: tab.column_count] for row in tab.rows]
            tab.moved(0)
        elif name in FROZEN:
            _keep(tab.properties.setdefault("grid", {}), name, grid.get(name))
        else:
            raise not_modelled(f"the grid property {name!r}")


def _keep(holder: Json, name: str, value: object) -> None:
    """Default values vanish, as they do from Google's answers."""
    if value:
        holder[name] = value
    else:
        holder.pop(name, None)


def _update_spreadsheet(book: Book, wanted: Json) -> Json:
    properties = wanted.get("properties") or {}
    for path in names(parse(wanted.get("fields") or "")):
        if path == "*":
            book.properties.update({name: properties[name] for name in BOOK_PROPERTIES if properties.get(name)})
        elif path not in BOOK_PROPERTIES:
            raise not_modelled(f"the spreadsheet property {path!r}")
        elif not properties.get(path):
            raise invalid(f"Invalid requests[0].updateSpreadsheetProperties: {path} must not be empty")
        else:
            book.properties[path] = properties[path]
    return {}


def _update_dimension(book: Book, wanted: Json) -> Json:
    place = wanted.get("range") or {}
    tab = book.tab(place.get("sheetId", 0))
    rows = place.get("dimension") == "ROWS"
    sizes, count = (tab.row_sizes, tab.row_count) if rows else (tab.column_sizes, tab.column_count)
    end = place.get("endIndex")
    given = wanted.get("properties") or {}
    for at in range(place.get("startIndex") or 0, count if end is None else min(end, count)):
        new = dict(sizes.get(at, {}))
        for name in names(parse(wanted.get("fields") or "")):
            if name not in {"hiddenByUser", "pixelSize"}:
                raise not_modelled(f"the dimension property {name!r}")
            _keep(new, name, given.get(name))
        sizes[at] = new
    return {}


def _set_validation(book: Book, wanted: Json) -> Json:
    given = wanted.get("range") or {}
    tab = book.tab(given.get("sheetId", 0))
    stored = tab.extras.setdefault("validations", [])
    stored[:] = [old for old in stored if old["range"] != given]
    if wanted.get("rule"):
        stored.append({"range": given, "rule": wanted["rule"]})
    return {}


def _set_filter(book: Book, wanted: Json) -> Json:
    new = dict(wanted.get("filter") or {})
    tab = book.tab((new.get("range") or {}).get("sheetId", 0))
    new["range"] = to_grid_range(tab.sheet_id, tab.area(from_grid_range(new.get("range") or {})))
    tab.extras["basicFilter"] = new
    return {}


def _clear_filter(book: Book, wanted: Json) -> Json:
    book.tab(wanted.get("sheetId", 0)).extras.pop("basicFilter", None)
    return {}


def _add_protection(book: Book, wanted: Json) -> Json:
    given = {name: value for name, value in (wanted.get("protectedRange") or {}).items() if value}
    new = {"editors": {}, **given, "requestingUserCanEdit": True}
    tab = book.tab((new.get("range") or {}).get("sheetId", 0))
    stored = tab.extras.setdefault("protectedRanges", [])
    taken = {old["protectedRangeId"] for other in book.tabs for old in other.extras.get("protectedRanges", [])}
    new.setdefault("protectedRangeId", new_number(f"{book.book_id}:{len(taken)}", taken))
    stored.append(new)
    return {"addProtectedRange": {"protectedRange": new}}


def _nothing_to_do(book: Book, wanted: Json) -> Json:
    """Widths are not shown anywhere."""
    book.tab((wanted.get("dimensions") or {}).get("sheetId", 0))
    return {}


def _replying(kind: str, work: Callable[[Book, Json], Json]) -> Callable[[Book, Json], Json]:
    return lambda book, wanted: {kind: work(book, wanted)}


TAB_REQUESTS: Mapping[str, Callable[[Book, Json], Json]] = {
    "addSheet": _replying("addSheet", _add_sheet),
    "deleteSheet": _delete_sheet,
    "updateSheetProperties": _update_sheet,
    "updateSpreadsheetProperties": _update_spreadsheet,
    "updateDimensionProperties": _update_dimension,
    "setDataValidation": _set_validation,
    "setBasicFilter": _set_filter,
    "clearBasicFilter": _clear_filter,
    "addProtectedRange": _add_protection,
    "autoResizeDimensions": _nothing_to_do,
}
