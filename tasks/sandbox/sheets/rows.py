"""The rows of a tab in chunks of packed JSON: a copy costs a list of chunks, a big sheet little more than its text."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, MutableSequence
from itertools import accumulate
from typing import Self, overload

from tasks.sandbox.sheets.blocks import Blocks
from tasks.sandbox.sheets.cells import EMPTY, Cell, load
from tasks.sandbox.sheets.chunks import Chunk, Row, cells, pack, unpack, unpacked
from tasks.sandbox.sheets.ranges import Area

CHUNK = 64


class Rows(MutableSequence[Row]):
    """A list of rows. What it gives is a copy: a row changes by being set."""

    def __init__(self, chunks: Iterable[Chunk] = ()) -> None:
        self.chunks = list(chunks)
        self._next_key = max((chunk.key for chunk in self.chunks), default=0) + 1
        self._settled = 0, Blocks()
        self._count()

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """New rows."""
        new = cls()
        new.extend(rows)
        return new

    def copy(self) -> Self:
        """Rows that can be changed without these noticing."""
        other = type(self)()
        other.chunks, other._starts, other._length = list(self.chunks), list(self._starts), self._length  # noqa: SLF001 (its own kind)
        other._next_key, other._settled = self._next_key, self._settled  # noqa: SLF001 (its own kind)
        return other

    def packed(self, start: int, stop: int) -> Iterator[tuple[bytes, ...]]:
        """The rows from ``start`` to before ``stop``, as they are kept, chunk by chunk."""
        at = self._chunk_of(start)
        while start < min(stop, self._length):
            first = self._starts[at]
            found = self.chunks[at].packed[start - first : stop - first]
            yield found
            start, at = start + len(found), at + 1

    def blocks(self) -> list[Area]:
        """Where cells hold something. All but the last chunk is looked at once, so that a tab grows cheaply."""
        known, found = self._settled[0], self._settled[1].copy()
        for number in range(known, len(self.chunks)):
            self._settled = number, found.copy()
            top = self._starts[number]
            for area in self.chunks[number].blocks:
                found.add(Area(area.top + top, area.left, area.bottom + top, area.right))
        return found.all()

    def numbered(self) -> Iterator[tuple[int, Chunk]]:
        """Every chunk with the number of its first row."""
        return zip(self._starts, self.chunks, strict=True)

    def cells(self, row: int) -> tuple[Cell, ...]:
        """One row to read."""
        chunk = self._chunk_of(row)
        return cells(self.chunks[chunk].packed[row - self._starts[chunk]])

    def column(self, column: int, start: int, stop: int) -> list[Cell]:
        """One column to read."""
        rows = (row for packed in self.packed(start, stop) for row in unpacked(packed))
        return [load(row[column]) if column < len(row) else EMPTY for row in rows]

    def reorder(self, start: int, order: list[int]) -> None:
        """Let the rows from ``start`` on follow each other in this order, counted from there."""
        packed = [row for chunk in self.packed(start, start + len(order)) for row in chunk]
        self._replace(start, start + len(order), [packed[at] for at in order])

    @property
    def has_formulas(self) -> bool:
        """Anywhere."""
        return any(chunk.formulas for chunk in self.chunks)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Row]:
        for chunk in self.packed(0, self._length):
            yield from map(unpack, chunk)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            start, stop, step = at.indices(self._length)
            return [unpack(row) for chunk in self.packed(start, stop) for row in chunk][::step]
        at = self._place(at)
        chunk = self._chunk_of(at)
        return unpack(self.chunks[chunk].packed[at - self._starts[chunk]])

    @overload
    def __setitem__(self, at: int, row: Row) -> None: ...
    @overload
    def __setitem__(self, at: slice, row: Iterable[Row]) -> None: ...
    def __setitem__(self, at: int | slice, row: Row | Iterable[Row]) -> None:
        if isinstance(at, slice):
            start, stop, _ = at.indices(self._length)
            self._replace(start, max(stop, start), [pack(one) for one in row])  # type: ignore[arg-type]  # by the overload
            return
        at = self._place(at)
        place = self._chunk_of(at)
        chunk, inside = self.chunks[place], at - self._starts[place]
        new = pack(row)  # type: ignore[arg-type]  # by the overload
        if new != chunk.packed[inside]:
            packed = (*chunk.packed[:inside], new, *chunk.packed[inside + 1 :])
            self.chunks[place] = Chunk(chunk.key, packed)
            self._unsettle(place)

    def __delitem__(self, at: int | slice) -> None:
        if isinstance(at, slice):
            start, stop, _ = at.indices(self._length)
            self._replace(start, max(stop, start), [])
        else:
            at = self._place(at)
            self._replace(at, at + 1, [])

    def insert(self, index: int, value: Row) -> None:
        """Put a row before another one."""
        self[index:index] = [value]

    def extend(self, values: Iterable[Row]) -> None:
        """Put rows behind the last one."""
        self[self._length :] = values

    def _place(self, at: int) -> int:
        place = at + self._length if at < 0 else at
        if not 0 <= place < self._length:
            raise IndexError(at)
        return place

    def _chunk_of(self, at: int) -> int:
        return max(bisect_right(self._starts, at) - 1, 0)

    def _replace(self, start: int, stop: int, new: list[bytes]) -> None:
        """The first and last chunk that are touched are made anew with their remains; the others stay what they are."""
        if start == stop and not new:
            return
        first, last = self._chunk_of(start), self._chunk_of(max(stop - 1, start))
        touched = self.chunks[first : last + 1]
        if touched:
            before = touched[0].packed[: start - self._starts[first]]
            behind = touched[-1].packed[stop - self._starts[first + len(touched) - 1] :]
            new = [*before, *new, *behind]
        keys = iter([chunk.key for chunk in touched])
        at_the_end = last + 1 >= len(self.chunks)
        self.chunks[first : last + 1] = [Chunk(self._key(keys), part) for part in _parts(new, full=at_the_end)]
        self._count()
        self._unsettle(first)

    def _unsettle(self, chunk: int) -> None:
        if chunk < self._settled[0]:
            self._settled = 0, Blocks()

    def _key(self, known: Iterator[int]) -> int:
        key = next(known, None)
        if key is None:
            key, self._next_key = self._next_key, self._next_key + 1
        return key

    def _count(self) -> None:
        *self._starts, self._length = accumulate((len(chunk.packed) for chunk in self.chunks), initial=0)


def _parts(rows: list[bytes], *, full: bool) -> Iterator[tuple[bytes, ...]]:
    """Full chunks where more may follow, even ones where rows were put in between."""
    size = CHUNK if full else -(-len(rows) // max(-(-len(rows) // CHUNK), 1))
    for start in range(0, len(rows), max(size, 1)):
        yield tuple(rows[start : start + size])
