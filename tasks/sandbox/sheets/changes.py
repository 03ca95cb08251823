"""Rows or columns that come, go or change places, and where everything else stands afterwards."""

from dataclasses import dataclass
from typing import Protocol

Span = tuple[int, int | None]
"""From the first to before the last index; None means as far as the grid goes."""


class Change(Protocol):
    """What happens to the rows or to the columns of a tab."""

    @property
    def dimension(self) -> str:
        """ROWS or COLUMNS."""

    def place(self, at: int) -> int | None:
        """Where the row or column that stood here stands now; None when it is gone."""

    def span(self, start: int, end: int | None) -> Span | None:
        """What a range became; None when nothing of it is left."""


@dataclass(frozen=True)
class Inserted:
    """New ones before index ``start``; a range grows when they come inside it."""

    dimension: str
    start: int
    count: int

    def place(self, at: int) -> int:
        """What stood behind moves on."""
        return at if at < self.start else at + self.count

    def span(self, start: int, end: int | None) -> Span:
        """Right before a range they push it, right behind it they leave it alone."""
        return self.place(start), None if end is None else end if end <= self.start else end + self.count


@dataclass(frozen=True)
class Deleted:
    """The ones from ``start`` to before ``end`` are gone."""

    dimension: str
    start: int
    end: int

    def place(self, at: int) -> int | None:
        """What stood behind moves up."""
        return None if self.start <= at < self.end else self._edge(at)

    def span(self, start: int, end: int | None) -> Span | None:
        """What is left of the range."""
        if end is None:
            return self._edge(start), None
        left = self._edge(start), self._edge(end)
        return left if left[0] < left[1] or start == end else None

    def _edge(self, at: int) -> int:
        return at if at <= self.start else max(self.start, at - (self.end - self.start))


@dataclass(frozen=True)
class Moved:
    """The ones from ``start`` to before ``end`` stand before index ``to`` now, counted before the move."""

    dimension: str
    start: int
    end: int
    to: int

    def place(self, at: int) -> int:
        """Those between the old place and the new one make room."""
        count = self.end - self.start
        if self.start <= at < self.end:
            return at + (self.to - self.end if self.to > self.start else self.to - self.start)
        if self.end <= at < self.to:
            return at - count
        return at + count if self.to <= at < self.start else at

    def span(self, start: int, end: int | None) -> Span:
        """A range moves with its rows when it stays whole, otherwise it stays where it was."""
        if end is None or end <= start:
            return start, end
        first, last = self.place(start), self.place(end - 1)
        return (first, last + 1) if last - first == end - 1 - start else (start, end)
