"""The functions over ranges: counting, adding up by a condition, looking up, filtering."""

import math
from itertools import pairwise

from tasks.sandbox.sheets.formula_conditions import condition, like, same
from tasks.sandbox.sheets.formula_numbers import is_number, of_range
from tasks.sandbox.sheets.formula_values import (
    DIVISION,
    MANY,
    MISSING,
    NUM,
    REF,
    VALUE,
    Argument,
    Desk,
    Failure,
    FormulaError,
    Functions,
    Grid,
    Scalar,
    ordered,
    single,
    text,
    truth,
    whole,
)
from tasks.sandbox.sheets.typed_numbers import number


def grid(value: Argument) -> Grid:
    """A range, or a single value as one."""
    return value if isinstance(value, Grid) else Grid([[value]])


def _flat(given: list[Argument]) -> list[Scalar]:
    return [value for part in given for value in grid(part).flat()]


def _optional(given: list[Argument], at: int, standard: Argument) -> Argument:
    return given[at] if len(given) > at else standard


def _matching(desk: Desk, given: list[Argument]) -> list[tuple[int, int]]:
    """The places where all conditions are met; ``given`` are ranges and conditions in turn."""
    if len(given) % 2:
        raise FormulaError(MISSING)
    ranges = [grid(part) for part in given[::2]]
    tests = [condition(part, desk.locale) for part in given[1::2]]
    if any(_size(one) != _size(other) for one, other in pairwise(ranges)):
        raise FormulaError(VALUE)
    return [
        (down, across)
        for down, row in enumerate(ranges[0].rows)
        for across in range(len(row))
        if all(test(one.rows[down][across]) for one, test in zip(ranges, tests, strict=True))
    ]


def _size(one: Grid) -> tuple[int, int]:
    return len(one.rows), len(one.rows[0])


def _count_if(desk: Desk, given: list[Argument]) -> Argument:
    below = all(condition(part, desk.locale)(None) for part in given[1::2])
    return len(_matching(desk, given)) + (grid(given[0]).blanks if below else 0)


def _sum_if(desk: Desk, given: list[Argument]) -> Argument:
    return math.fsum(_at(grid(_optional(given, 2, given[0])), _matching(desk, given[:2])))


def _sum_ifs(desk: Desk, given: list[Argument]) -> Argument:
    return math.fsum(_at(grid(given[0]), _matching(desk, given[1:])))


def _average_if(desk: Desk, given: list[Argument]) -> Argument:
    found = _at(grid(_optional(given, 2, given[0])), _matching(desk, given[:2]))
    if not found:
        raise FormulaError(DIVISION)
    return math.fsum(found) / len(found)


def _at(summed: Grid, places: list[tuple[int, int]]) -> list[float]:
    height, width = _size(summed)
    return of_range(Grid([[summed.rows[down][across] for down, across in places if down < height and across < width]]))


def _look_up(desk: Desk, given: list[Argument]) -> Argument:
    wanted, table, column = single(given[0]), grid(given[1]), whole(given[2], desk.locale)
    if not 1 <= column <= len(table.rows[0]):
        raise FormulaError(REF if column >= 1 else VALUE)
    at = _found(wanted, [row[0] for row in table.rows], in_order=truth(_optional(given, 3, standard=True)))
    return table.rows[at][column - 1]


def _match(desk: Desk, given: list[Argument]) -> Argument:
    kind = whole(_optional(given, 2, 1), desk.locale)
    if kind not in {0, 1}:
        raise FormulaError(NUM)
    return _found(single(given[0]), grid(given[1]).flat(), in_order=bool(kind)) + 1


def _found(wanted: Scalar, values: list[Scalar], *, in_order: bool) -> int:
    """Where the value is; in values that are in order the last one that is not bigger."""
    if in_order:
        alike = [at for at, value in enumerate(values) if _alike(value, wanted)]
        places = [at for at in alike if ordered(values[at], wanted) <= 0][-1:]
    else:
        test = like(wanted) if isinstance(wanted, str) else lambda value: same(value, wanted)
        places = [at for at, value in enumerate(values) if test(value)][:1]
    if not places:
        raise FormulaError(MISSING)
    return places[0]


def _alike(one: Scalar, other: Scalar) -> bool:
    return (is_number(one) and is_number(other)) or type(one) is type(other)


def _index(desk: Desk, given: list[Argument]) -> Argument:
    """A row or column of 0 means all of them; in a single row the only number counts columns."""
    table = grid(given[0])
    down, across = whole(given[1], desk.locale), whole(_optional(given, 2, 0), desk.locale)
    if len(table.rows) == 1 and len(given) == 2:  # noqa: PLR2004 (the range and one number)
        down, across = 1, down
    height, width = _size(table)
    if down < 0 or across < 0 or down > height + table.below or across > width:
        raise FormulaError(REF)
    if down > height:
        return None
    rows = table.rows[down - 1 : down] if down else table.rows
    return Grid([row[across - 1 : across] if across else row for row in rows])


def _filter(_: Desk, given: list[Argument]) -> Argument:
    rows = grid(given[0]).rows
    wanted = [grid(part).flat() for part in given[1:]]
    if any(len(one) != len(rows) for one in wanted):
        raise FormulaError(MISSING)
    kept = [row for at, row in enumerate(rows) if all(truth(one[at]) for one in wanted)]
    if not kept:
        raise FormulaError(MISSING)
    return Grid(kept)


def _unique(_: Desk, given: list[Argument]) -> Argument:
    seen: dict[tuple[object, ...], list[Scalar]] = {}
    for row in grid(given[0]).rows:
        seen.setdefault(tuple((is_number(value) or type(value), value) for value in row), row)
    return Grid(list(seen.values()))


def _count(desk: Desk, given: list[Argument]) -> Argument:
    """A text of its own counts where it reads as a number, one of a range does not."""
    alone = [part for part in given if not isinstance(part, Grid)]
    ranges: list[Argument] = [part for part in given if isinstance(part, Grid)]
    read = sum(is_number(one) or (isinstance(one, str) and number(one, desk.locale) is not None) for one in alone)
    return sum(map(is_number, _flat(ranges))) + read


def _count_unique(desk: Desk, given: list[Argument]) -> Argument:
    values = [value for value in _flat(given) if value is not None and not isinstance(value, Failure)]
    return len({(type(value), text(value, desk.locale)) for value in values})


RANGES: Functions = {
    "COUNT": (1, MANY, _count),
    "COUNTA": (1, MANY, lambda _, given: sum(value is not None for value in _flat(given))),
    "COUNTBLANK": (
        1,
        MANY,
        lambda _, given: sum(value in {None, ""} for value in _flat(given)) + sum(grid(one).blanks for one in given),
    ),
    "COUNTUNIQUE": (1, MANY, _count_unique),
    "COUNTIF": (2, 2, _count_if),
    "COUNTIFS": (2, MANY, _count_if),
    "SUMIF": (2, 3, _sum_if),
    "SUMIFS": (3, MANY, _sum_ifs),
    "AVERAGEIF": (2, 3, _average_if),
    "VLOOKUP": (3, 4, _look_up),
    "MATCH": (2, 3, _match),
    "INDEX": (2, 3, _index),
    "FILTER": (2, MANY, _filter),
    "UNIQUE": (1, 1, _unique),
    "ROWS": (1, 1, lambda _, given: len(grid(given[0]).rows) + grid(given[0]).below),
    "COLUMNS": (1, 1, lambda _, given: len(grid(given[0]).rows[0])),
}
