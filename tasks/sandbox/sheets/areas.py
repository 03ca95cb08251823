"""How areas lie to each other."""

from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.ranges import Area, Box, from_grid_range


def meet(one: Area, other: Area) -> bool:
    """They share at least a cell."""
    return one.top < other.bottom and other.top < one.bottom and one.left < other.right and other.left < one.right


def inside(one: Area, other: Area) -> bool:
    """The first lies wholly in the second."""
    return other.top <= one.top and one.bottom <= other.bottom and other.left <= one.left and one.right <= other.right


def common(one: Area, other: Area) -> Area:
    """What both cover; they must meet."""
    return Area(
        max(one.top, other.top), max(one.left, other.left), min(one.bottom, other.bottom), min(one.right, other.right)
    )


def without(one: Area, hole: Area) -> list[Area]:
    """What is left of the first when the second is cut out: up to four areas, above, left, right and below."""
    if not meet(one, hole):
        return [one]
    cut = common(one, hole)
    parts = [
        Area(one.top, one.left, cut.top, one.right),
        Area(cut.top, one.left, cut.bottom, cut.left),
        Area(cut.top, cut.right, cut.bottom, one.right),
        Area(cut.bottom, one.left, one.bottom, one.right),
    ]
    return [part for part in parts if part.top < part.bottom and part.left < part.right]


def filled(given: Json, rows: int, columns: int) -> Area:
    """A kept ``GridRange`` with its open ends at the edge of the grid."""
    box: Box = from_grid_range(given)
    bottom, right = box.bottom, box.right
    return Area(box.top, box.left, rows if bottom is None else bottom, columns if right is None else right)
