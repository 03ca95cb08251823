"""Spreadsheets: loaded when first asked for, changed as a copy, written to the store chunk by chunk."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from tasks.sandbox.failures import not_found
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.chunks import Chunk
from tasks.sandbox.sheets.formulas import recalculate
from tasks.sandbox.sheets.rows import Rows
from tasks.sandbox.sheets.tabs import Saved, Tab
from tasks.sandbox.store import Store, compact
from tasks.sandbox.switches import switch


class Books:
    """All spreadsheets. Within a transaction of the store, ``changing`` is all or nothing."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.loaded: dict[str, Book] = {}
        self.uncommitted: set[str] = set()

    def ids(self) -> list[str]:
        """Every spreadsheet's id."""
        return [found[0] for found in self.store.sql.execute("SELECT id FROM books ORDER BY seq")]

    def get(self, book_id: str) -> Book:
        """A spreadsheet to read from; 404."""
        if book_id not in self.loaded:
            self.loaded[book_id] = self._load(book_id)
        return self.loaded[book_id]

    def create(self, book_id: str, title: str, now: str, **properties: str) -> Book:
        """A new spreadsheet without tabs."""
        standard = {"locale": "en_US", "autoRecalc": "ON_CHANGE", "timeZone": "Etc/GMT"}
        book = Book(book_id, {"title": title, **standard, **properties}, now, now)
        self._save(book)
        self.loaded[book_id] = book
        return book

    @contextmanager
    def changing(self, book_id: str, now: str) -> Iterator[Book]:
        """A copy to change; it replaces the spreadsheet when the block ends without an error."""
        draft = self.get(book_id).draft()
        draft.modified = now
        draft.markers_follow_sort = bool(switch(self.store, "markers_follow_sort"))
        yield draft
        recalculate(draft)
        self._save(draft)
        self.loaded[book_id] = draft

    def forget(self) -> None:
        """After a rollback: what was changed in memory is not on disk."""
        for book_id in self.uncommitted:
            self.loaded.pop(book_id, None)
        self.uncommitted.clear()

    def delete(self, book_id: str) -> None:
        """Remove a spreadsheet for good."""
        self.uncommitted.add(book_id)
        self.loaded.pop(book_id, None)
        for table, column in (("books", "id"), ("tabs", "book"), ("grid", "book")):
            self.store.sql.execute(f"DELETE FROM {table} WHERE {column} = ?", (book_id,))  # noqa: S608 (fixed names)

    def _load(self, book_id: str) -> Book:
        found = self.store.sql.execute("SELECT body FROM books WHERE id = ?", (book_id,)).fetchone()
        if found is None:
            raise not_found()
        body = json.loads(found[0])
        markers = {marker["metadataId"]: marker for marker in body["markers"]}
        named = body.get("named_ranges", [])
        book = Book(book_id, body["properties"], body["created"], body["modified"], [], markers, named)
        book.tabs = [self._load_tab(book_id, sheet_id) for sheet_id in body["order"]]
        return book

    def _load_tab(self, book_id: str, sheet_id: int) -> Tab:
        key = (book_id, sheet_id)
        sql = self.store.sql
        found = sql.execute("SELECT body, chunks FROM tabs WHERE book = ? AND sheet = ?", key).fetchone()
        body = json.loads(found[0])
        for name in ("row_sizes", "column_sizes"):
            body[name] = dict(body[name])
        tab = Tab(**body)
        rows = sql.execute("SELECT chunk, body FROM grid WHERE book = ? AND sheet = ?", key)
        chunks = {number: Chunk(number, tuple(body.split(b"\n"))) for number, body in rows}
        tab.grid = Rows(chunks[number] for number in json.loads(found[1]))
        tab.saved = Saved(found[0], list(tab.grid.chunks))
        return tab

    def _save(self, book: Book) -> None:
        body = {
            "properties": book.properties,
            "created": book.created,
            "modified": book.modified,
            "order": [tab.sheet_id for tab in book.tabs],
            "markers": list(book.markers.values()),
            "named_ranges": book.named_ranges,
        }
        self.uncommitted.add(book.book_id)
        sql = self.store.sql
        sql.execute(
            "INSERT INTO books (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (book.book_id, compact(body)),
        )
        known = self.loaded.get(book.book_id)
        for gone in {tab.sheet_id for tab in (known.tabs if known else [])} - {tab.sheet_id for tab in book.tabs}:
            for table in ("tabs", "grid"):
                sql.execute(f"DELETE FROM {table} WHERE book = ? AND sheet = ?", (book.book_id, gone))  # noqa: S608 (fixed names)
        for tab in book.tabs:
            self._save_tab(book.book_id, tab)

    def _save_tab(self, book_id: str, tab: Tab) -> None:
        tab.trim()
        now = Saved(compact(tab.described()), list(tab.grid.chunks))
        before = tab.saved or Saved("", [])
        key = (book_id, tab.sheet_id)
        if tab.saved is None:
            self.store.sql.execute("DELETE FROM grid WHERE book = ? AND sheet = ?", key)
        order = [chunk.key for chunk in now.chunks]
        if now.chunks != before.chunks:
            self._save_chunks(key, set(before.chunks), set(now.chunks))
        if now.description != before.description or order != [chunk.key for chunk in before.chunks]:
            values = (*key, now.description, compact(order))
            self.store.sql.execute("INSERT OR REPLACE INTO tabs VALUES (?, ?, ?, ?)", values)
        tab.saved = now

    def _save_chunks(self, key: tuple[str, int], before: set[Chunk], now: set[Chunk]) -> None:
        new = now - before
        gone = {chunk.key for chunk in before - now} - {chunk.key for chunk in new}
        sql = self.store.sql
        sql.executemany("DELETE FROM grid WHERE book = ? AND sheet = ? AND chunk = ?", [(*key, one) for one in gone])
        bodies = ((*key, chunk.key, b"\n".join(chunk.packed)) for chunk in new)
        sql.executemany("INSERT OR REPLACE INTO grid VALUES (?, ?, ?, ?)", bodies)
