"""Some rows of a tab as they are kept: packed JSON, a line a row, with what is known of them."""

import json
from collections.abc import Iterable
from functools import cached_property, lru_cache

from tasks.sandbox.sheets.blocks import found_in
from tasks.sandbox.sheets.cells import Cell, dump, load
from tasks.sandbox.sheets.ranges import Area
from tasks.sandbox.store import compact

Row = list[Cell]
Raw = list[object]
"""A row as it is kept: the bare value where a cell holds nothing else, otherwise what ``cells.load`` reads."""

FORMULA = b'"formula":'


class Chunk:
    """Some rows that follow each other. Never changed, only replaced; ``key`` is its place on disk."""

    def __init__(self, key: int, packed: tuple[bytes, ...]) -> None:
        self.key = key
        self.packed = packed

    def raw(self) -> list[Raw]:
        """The rows as they are kept."""
        return unpacked(self.packed)

    @cached_property
    def blocks(self) -> list[Area]:
        """Where its cells hold something, counted from its own first row."""
        return found_in(self.raw())

    @cached_property
    def formulas(self) -> tuple[int, ...]:
        """The rows with a formula in them, counted from its own first row."""
        return tuple(at for at, row in enumerate(self.packed) if FORMULA in row)


def pack(row: Iterable[Cell]) -> bytes:
    """A row as it is kept: one line of JSON."""
    return compact([dump(cell) for cell in row]).encode()


def unpack(packed: bytes) -> Row:
    """The opposite of ``pack``."""
    return list(cells(packed))


def unpacked(rows: Iterable[bytes]) -> list[Raw]:
    """Many rows at once, as they are kept."""
    found: list[Raw] = json.loads(b"[" + b",".join(rows) + b"]")
    return found


@lru_cache(maxsize=2048)
def cells(packed: bytes) -> tuple[Cell, ...]:
    """A row to read."""
    return tuple([load(cell) for cell in json.loads(packed)])
