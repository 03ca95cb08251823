"""Data validation: one rule an area; kept beside the cells, so that a whole column costs one entry."""

from collections.abc import Iterator

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.areas import common, filled, meet, without
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.overlay import stored
from tasks.sandbox.sheets.places import area_of
from tasks.sandbox.sheets.ranges import Area, to_grid_range
from tasks.sandbox.sheets.tabs import Tab


def set_validation(book: Book, wanted: Json) -> Json:
    """``setDataValidation``; without a rule the range is free again."""
    tab, _ = area_of(book, wanted)
    rule = wanted.get("rule")
    if rule is not None and "type" not in rule.get("condition", {}):
        raise invalid("Must specify a condition type.")
    set_rule(tab, wanted["range"], rule)
    return {}


def set_rule(tab: Tab, place: Json, rule: Json | None) -> None:
    """The place has this rule now, or none; what other rules say outside it stays. An open end stays open."""
    area = filled(place, tab.row_count, tab.column_count)
    kept: list[Json] = []
    for old in tab.extras.get("validations", []):
        covered = filled(old["range"], tab.row_count, tab.column_count)
        if meet(covered, area):
            kept += [{"range": _part(tab, part, old["range"]), "rule": old["rule"]} for part in without(covered, area)]
        else:
            kept.append(old)
    if rule is not None:
        kept.append({"range": place, "rule": stored(rule)})
    tab.extras["validations"] = kept


def _part(tab: Tab, part: Area, whole: Json) -> Json:
    found = to_grid_range(tab.sheet_id, part)
    for name, edge in (("endRowIndex", tab.row_count), ("endColumnIndex", tab.column_count)):
        if name not in whole and found[name] == edge:
            del found[name]
    return found


def rules_in(tab: Tab, area: Area) -> Iterator[tuple[Area, Json]]:
    """The rules that hold in an area, each with its part of it; of two for one cell the later counts."""
    for entry in tab.extras.get("validations", []):
        place = filled(entry["range"], tab.row_count, tab.column_count)
        if meet(place, area):
            yield common(place, area), entry["rule"]
