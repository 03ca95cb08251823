"""The sandbox's data in one SQLite file; what was committed survives a killed process."""

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tasks.sandbox.failures import SandboxError
from tasks.sandbox.shapes import Json

STORE_FILE = "sandbox.sqlite"
SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (kind, id));
CREATE TABLE IF NOT EXISTS books (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tabs (
    book TEXT NOT NULL, sheet INTEGER NOT NULL, body TEXT NOT NULL, chunks TEXT NOT NULL,
    PRIMARY KEY (book, sheet)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS grid (
    book TEXT NOT NULL, sheet INTEGER NOT NULL, chunk INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (book, sheet, chunk));
"""
LAYOUT = 2
MARK = secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A part of an answer that is JSON already, in pieces, because the whole would be too big as objects."""

    pieces: list[bytes]


compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON without blanks, readable in any language."""


def encoded(value: object) -> bytes:
    """The same as bytes, with every ``Encoded`` part in its place."""
    parts: list[list[bytes]] = []

    def leave_out(part: object) -> str:
        if not isinstance(part, Encoded):
            raise TypeError(f"{type(part).__name__} is not JSON")
        parts.append(part.pieces)
        return MARK

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=leave_out)
    if not parts:
        return text.encode()
    frame = text.encode().split(f'"{MARK}"'.encode())
    return b"".join(piece for before, part in zip(frame, [*parts, []], strict=True) for piece in (before, *part))


class Store:
    """Facts (one value a name) and documents (JSON by kind and id, in order of arrival)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self.sql = sqlite3.connect(folder / STORE_FILE, isolation_level=None, check_same_thread=False)
            self.sql.execute("PRAGMA journal_mode=WAL")
            self.sql.execute("PRAGMA synchronous=FULL")
            self._lay_out()
        except sqlite3.Error as error:
            raise SandboxError(f"The sandbox's data in {folder} cannot be opened: {error}") from None

    def _lay_out(self) -> None:
        """Make the tables of a new file, and refuse those of another version."""
        layout = self.sql.execute("PRAGMA user_version").fetchone()[0]
        new = not self.sql.execute("SELECT EXISTS (SELECT 1 FROM sqlite_schema)").fetchone()[0]
        if layout != LAYOUT and not new:
            self.sql.close()
            raise SandboxError(
                f"The sandbox's data in {self.folder} was kept by another version of this software;"
                " choose another folder, or --fresh to empty this one."
            )
        self.sql.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {LAYOUT}; COMMIT;")

    @property
    def is_empty(self) -> bool:
        """Nothing was ever seeded or written."""
        found = self.sql.execute("SELECT EXISTS (SELECT 1 FROM books) OR EXISTS (SELECT 1 FROM facts)").fetchone()
        return not found[0]

    @contextmanager
    def transaction(self) -> Iterator[Self]:
        """All or nothing, on disk when the block is left."""
        self.sql.execute("BEGIN IMMEDIATE")
        try:
            yield self
            self.sql.execute("COMMIT")
        except BaseException:
            self.sql.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Give the file back."""
        self.sql.close()

    def fact(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 (any JSON value)
        """The value under this name."""
        found = self.sql.execute("SELECT body FROM facts WHERE name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else default

    def set_fact(self, name: str, value: Any) -> None:  # noqa: ANN401 (any JSON value)
        """Keep a value under this name."""
        self.sql.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, compact(value)))

    def next_number(self, name: str) -> int:
        """1, 2, 3, … for each name."""
        number = int(self.fact(f"number:{name}", 0)) + 1
        self.set_fact(f"number:{name}", number)
        return number

    def get(self, kind: str, key: str) -> Json | None:
        """One document."""
        found = self.sql.execute("SELECT body FROM documents WHERE kind = ? AND id = ?", (kind, key)).fetchone()
        return json.loads(found[0]) if found else None

    def put(self, kind: str, key: str, body: Json) -> None:
        """Keep a document; a known one keeps its place in the order of arrival."""
        self.sql.execute(
            "INSERT INTO documents (kind, id, body) VALUES (?, ?, ?)"
            " ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
            (kind, key, compact(body)),
        )

    def remove(self, kind: str, key: str) -> None:
        """Forget a document."""
        self.sql.execute("DELETE FROM documents WHERE kind = ? AND id = ?", (kind, key))

    def all(self, kind: str) -> list[Json]:
        """The documents of a kind in order of arrival."""
        found = self.sql.execute("SELECT body FROM documents WHERE kind = ? ORDER BY seq", (kind,))
        return [json.loads(body) for (body,) in found]
