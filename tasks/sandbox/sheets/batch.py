"""``spreadsheets.batchUpdate``: all requests on a copy, or none."""

from collections.abc import Callable, Mapping

from tasks.sandbox.failures import GoogleError, invalid, not_modelled
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets import (
    batch_areas,
    batch_cells,
    batch_dimensions,
    batch_markers,
    batch_tabs,
    filters,
    groups,
    highlights,
    merges,
    named_ranges,
    pasting,
    protections,
    texts,
    validations,
)
from tasks.sandbox.sheets.book import Book

BAD = 400
Work = Callable[[Book, Json], Json]
REQUESTS: Mapping[str, Work] = {
    "addBanding": highlights.add_banding,
    "addConditionalFormatRule": highlights.add_rule,
    "addDimensionGroup": groups.add_group,
    "addFilterView": filters.add_view,
    "addNamedRange": named_ranges.add_named_range,
    "addProtectedRange": protections.add_protection,
    "addSheet": batch_tabs.add_sheet,
    "appendCells": batch_cells.append_cells,
    "appendDimension": batch_dimensions.append_dimension,
    "autoResizeDimensions": batch_dimensions.resize_dimension,
    "clearBasicFilter": filters.clear_filter,
    "copyPaste": pasting.copy_paste,
    "createDeveloperMetadata": batch_markers.create_marker,
    "cutPaste": pasting.cut_paste,
    "deleteBanding": highlights.delete_banding,
    "deleteConditionalFormatRule": highlights.delete_rule,
    "deleteDeveloperMetadata": batch_markers.delete_marker,
    "deleteDimension": batch_dimensions.delete_dimension,
    "deleteDimensionGroup": groups.delete_group,
    "deleteDuplicates": batch_areas.delete_duplicates,
    "deleteFilterView": filters.delete_view,
    "deleteNamedRange": named_ranges.delete_named_range,
    "deleteProtectedRange": protections.delete_protection,
    "deleteRange": batch_areas.delete_range,
    "deleteSheet": batch_tabs.delete_sheet,
    "duplicateFilterView": filters.duplicate_view,
    "duplicateSheet": batch_tabs.duplicate_sheet,
    "findReplace": texts.find_replace,
    "insertDimension": batch_dimensions.insert_dimension,
    "insertRange": batch_areas.insert_range,
    "mergeCells": merges.merge_cells,
    "moveDimension": batch_dimensions.move_dimension,
    "pasteData": pasting.paste_data,
    "repeatCell": batch_cells.repeat_cell,
    "setBasicFilter": filters.set_filter,
    "setDataValidation": validations.set_validation,
    "sortRange": batch_areas.sort_range,
    "textToColumns": texts.text_to_columns,
    "trimWhitespace": texts.trim_whitespace,
    "unmergeCells": merges.unmerge_cells,
    "updateBanding": highlights.update_banding,
    "updateBorders": batch_cells.update_borders,
    "updateCells": batch_cells.update_cells,
    "updateConditionalFormatRule": highlights.update_rule,
    "updateDeveloperMetadata": batch_markers.update_marker,
    "updateDimensionGroup": groups.update_group,
    "updateDimensionProperties": batch_dimensions.update_dimension,
    "updateFilterView": filters.update_view,
    "updateNamedRange": named_ranges.update_named_range,
    "updateProtectedRange": protections.update_protection,
    "updateSheetProperties": batch_tabs.update_sheet,
    "updateSpreadsheetProperties": batch_tabs.update_spreadsheet,
}


def perform(book: Book, requests: list[Json]) -> list[Json]:
    """The replies, one a request. Give it a copy, and requests as ``bodies`` reads them: an error leaves half."""
    if not requests:
        raise invalid("Must specify at least one request.")
    return [_one(book, number, request) for number, request in enumerate(requests)]


def _one(book: Book, number: int, request: Json) -> Json:
    kinds = list(request)
    if len(kinds) != 1:
        raise invalid(f"Invalid requests[{number}]: No request set." if not kinds else _two_kinds(number, kinds))
    if kinds[0] not in REQUESTS:
        raise not_modelled(f"the batchUpdate request {kinds[0]!r}")
    try:
        return REQUESTS[kinds[0]](book, request[kinds[0]])
    except GoogleError as error:
        if error.code != BAD:
            raise
        raise invalid(f"Invalid requests[{number}].{kinds[0]}: {error.message}") from None


def _two_kinds(number: int, kinds: list[str]) -> str:
    return f"Invalid requests[{number}]: oneof field 'kind' is already set. Cannot set '{kinds[1]}'"
