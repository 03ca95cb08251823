"""What a person did to a spreadsheet on the pages, kept for undo.

Kept in memory: it ends with the sandbox, as it ends in Sheets when the browser is closed.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.books import Books

STEPS = 20


@dataclass(frozen=True)
class Step:
    """A spreadsheet before and after a change; ``key`` and ``facts`` are the phrase that says what was done.

    ``moves`` is whether cells went to other places, so that what was changed since cannot be told cell by cell.
    """

    key: str
    facts: Mapping[str, object]
    before: Book
    after: Book
    moves: bool

    def turned(self, now: Book) -> "Step":
        """The step that takes the undoing back; ``now`` is the spreadsheet after that."""
        return Step(self.key, self.facts, self.after, now, self.moves)


@dataclass
class Past:
    """What can be undone and redone in one spreadsheet, the newest last."""

    done: deque[Step] = field(default_factory=lambda: deque(maxlen=STEPS))
    undone: deque[Step] = field(default_factory=lambda: deque(maxlen=STEPS))

    def add(self, step: Step) -> None:
        """A new change; what was undone cannot be redone any more."""
        self.done.append(step)
        self.undone.clear()


_pasts: WeakKeyDictionary[Books, dict[str, Past]] = WeakKeyDictionary()


def past(books: Books, book_id: str) -> Past:
    """The steps of a spreadsheet since the sandbox was started."""
    return _pasts.setdefault(books, {}).setdefault(book_id, Past())
