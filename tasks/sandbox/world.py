"""Everything that a request can reach."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tasks.domain.programme import Language, Programme
from tasks.sandbox.clock import Clock
from tasks.sandbox.control.journal import Journal
from tasks.sandbox.discovery.contract import Contract
from tasks.sandbox.drive.changelog import note
from tasks.sandbox.faults.plan import Faults
from tasks.sandbox.quota.counter import Quota
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
    quota: Quota
    contract: Contract
    programme: Programme
    languages: Mapping[str, Language]

    @contextmanager
    def changing(self, book_id: str) -> Iterator[Book]:
        """A spreadsheet to change, all or nothing; Drive notes that it changed."""
        now = self.clock.text()
        with self.books.changing(book_id, now) as book:
            yield book
        note(self.store, book_id, now)

    @property
    def owner(self) -> str:
        """The mailbox, calendar and Drive belong to this address."""
        return self.programme.sender.address


def new_world(store: Store, programme: Programme, languages: Mapping[str, Language]) -> World:
    """The state on top of a store."""
    return World(store, Clock(store), Books(store), Journal(), Faults(), Quota(store), Contract(), programme, languages)
