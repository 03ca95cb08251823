"""Everything that a request can reach."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from tasks.domain.programme import Language, Programme
from tasks.sandbox.clock import Clock
from tasks.sandbox.control.faults import Faults
from tasks.sandbox.control.journal import Journal
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.books import Books
from tasks.sandbox.store import Store


@dataclass(frozen=True)
class World:
    """The sandbox's state and the programme it was seeded for."""

    store: Store
    clock: Clock
    books: Books
    journal: Journal
    faults: Faults
    programme: Programme
    languages: Mapping[str, Language]

    def changing(self, book_id: str) -> AbstractContextManager[Book]:
        """A spreadsheet to change, all or nothing."""
        return self.books.changing(book_id, self.clock.text())

    @property
    def owner(self) -> str:
        """The mailbox, calendar and Drive belong to this address."""
        return self.programme.sender.address


def new_world(store: Store, programme: Programme, languages: Mapping[str, Language]) -> World:
    """The state on top of a store."""
    return World(store, Clock(store), Books(store), Journal(), Faults(), programme, languages)
