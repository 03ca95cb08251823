"""Groups of rows or columns that fold: each row or column has a depth, and a group is a run of one depth or deeper."""

from collections.abc import Iterator

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.overlay import mask_of, selected
from tasks.sandbox.sheets.places import Strip, strip_of, strip_range
from tasks.sandbox.sheets.tabs import Tab

NAMES = {"ROWS": "rowGroups", "COLUMNS": "columnGroups"}
CONTROLS = {"ROWS": "rowGroupControlAfter", "COLUMNS": "columnGroupControlAfter"}
DEEPEST = 8


def add_group(book: Book, wanted: Json) -> Json:
    """``addDimensionGroup``: everything in the range gets one level deeper."""
    strip = strip_of(book, wanted)
    first = not strip.tab.extras.get(NAMES[strip.dimension])
    groups = _deepened(strip, 1)
    if any(group["depth"] > DEEPEST for group in groups):
        raise invalid(f"Cannot create more than {DEEPEST} levels of groups.")
    if first:
        strip.tab.properties.setdefault("grid", {}).setdefault(CONTROLS[strip.dimension], True)
    return {"addDimensionGroup": {"dimensionGroups": groups}}


def delete_group(book: Book, wanted: Json) -> Json:
    """``deleteDimensionGroup``: everything in the range gets one level shallower."""
    strip = strip_of(book, wanted)
    depths = _depths(strip.tab, strip.dimension)
    if not any(depths.get(at) for at in range(strip.start, strip.end)):
        raise invalid(f"There is no group over {strip.dimension.lower()} {strip.start} to {strip.end}.")
    groups = _deepened(strip, -1)
    return {"deleteDimensionGroup": {"dimensionGroups": groups} if groups else {}}


def update_group(book: Book, wanted: Json) -> Json:
    """``updateDimensionGroup``: collapse or unfold, which hides or shows what is inside."""
    given = wanted.get("dimensionGroup", {})
    selected(mask_of(wanted), "DimensionGroup", ("collapsed",))
    strip = strip_of(book, given)
    place, depth = strip_range(strip), given.get("depth", 0)
    group = next((one for one in _groups(strip) if one["range"] == place and one["depth"] == depth), None)
    if group is None:
        raise invalid(f"There is no group of depth {depth} over {strip.start} to {strip.end}.")
    group.pop("collapsed", None)
    if given.get("collapsed"):
        group["collapsed"] = True
    sizes = strip.tab.row_sizes if strip.dimension == "ROWS" else strip.tab.column_sizes
    for at in range(strip.start, strip.end):
        new = {name: part for name, part in sizes.get(at, {}).items() if name != "hiddenByUser"}
        sizes[at] = {**new, "hiddenByUser": True} if given.get("collapsed") else new
    return {}


def _groups(strip: Strip) -> list[Json]:
    groups: list[Json] = strip.tab.extras.get(NAMES[strip.dimension], [])
    return groups


def _depths(tab: Tab, dimension: str) -> dict[int, int]:
    depths: dict[int, int] = {}
    for group in tab.extras.get(NAMES[dimension], []):
        for at in range(group["range"]["startIndex"], group["range"]["endIndex"]):
            depths[at] = max(depths.get(at, 0), group["depth"])
    return depths


def _deepened(strip: Strip, by: int) -> list[Json]:
    """The groups after a change of depth, as they are kept and answered; what was collapsed stays so."""
    depths = _depths(strip.tab, strip.dimension)
    for at in range(strip.start, strip.end):
        depths[at] = max(depths.get(at, 0) + by, 0)
    collapsed = [(one["range"], one["depth"]) for one in _groups(strip) if one.get("collapsed")]
    groups = []
    for depth in range(1, max(depths.values(), default=0) + 1):
        for start, end in _runs(sorted(at for at, deep in depths.items() if deep >= depth)):
            group: Json = {"range": strip_range(Strip(strip.tab, strip.dimension, start, end)), "depth": depth}
            groups.append({**group, "collapsed": True} if (group["range"], depth) in collapsed else group)
    strip.tab.extras[NAMES[strip.dimension]] = groups
    return groups


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for at, number in enumerate(numbers):
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield numbers[start], number + 1
            start = at + 1
