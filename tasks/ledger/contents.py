"""What stands in the rows that were seen: read once in a process, and again when anybody else has written since."""

import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Select, delete, func, insert, select

from tasks.domain.keys import row_of
from tasks.domain.known_answers import mark
from tasks.domain.submissions import Version
from tasks.ledger.batches import some
from tasks.ledger.schema import meta, responses

EDITION = "contents"

State = tuple[str | None, int]
"""A word that each transaction that writes versions makes anew, and their number. A restored backup never has both."""


class Held(NamedTuple):
    """The marks of what stands in these languages, in this state of the ledger."""

    state: State
    languages: frozenset[str]
    marks: set[str]


class Contents:
    """The marks of the versions of a ledger, but for those that a later one of the same row has replaced."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: Held | None = None

    def of(self, languages: Collection[str]) -> set[str]:
        """All marks in these languages; not to be changed by the caller."""
        held, wanted = self._held, frozenset(languages)
        with self._engine.connect() as connection:
            state = _state(connection)
            if held is None or (held.state, held.languages) != (state, wanted):
                held = self._held = Held(state, wanted, _marks(connection, wanted))
        return held.marks

    @contextmanager
    def written(self, versions: Sequence[Version]) -> Iterator[Connection]:
        """A transaction that writes these versions."""
        with self._engine.begin() as connection:
            before = _state(connection)
            yield connection
            if versions:
                _renew(connection)
            after, refs = _state(connection), {one.ref for one in versions}
            replaced = [one for few in some(refs) for one in _replaced(connection, few)]
        if (held := self._held) and held.state == before:
            held.marks.update(mark(one.response) for one in versions if one.response.language in held.languages)
            held.marks.difference_update(replaced)
            self._held = held._replace(state=after)


def _state(connection: Connection) -> State:
    edition = select(meta.c.value).where(meta.c.name == EDITION).scalar_subquery()
    found, count = connection.execute(select(edition, func.count()).select_from(responses)).one()
    return found, count


def _renew(connection: Connection) -> None:
    connection.execute(delete(meta).where(meta.c.name == EDITION))
    connection.execute(insert(meta).values(name=EDITION, value=secrets.token_hex(8)))


def _marks(connection: Connection, languages: Collection[str]) -> set[str]:
    table = responses.c
    marks = func.aggregate_strings(table.key + " " + table.fingerprint, "\n")  # a row each takes twice as long
    found: str | None = connection.scalar(select(marks).where(table.language.in_(languages)))
    changed = select(table.ref).group_by(table.ref).having(func.count() > 1)
    return set(found.split("\n")).difference(_replaced(connection, changed)) if found else set()


def _replaced(connection: Connection, refs: Collection[str] | Select[tuple[str]]) -> set[str]:
    """The marks of versions of these submissions after which others were seen in their rows."""
    table = responses.c
    query = select(table.ref, table.key, table.fingerprint, table.seen_at).where(table.ref.in_(refs))
    found = connection.execute(query.order_by(table.seen_at)).all()
    newest = {(one.ref, row_of(one.key)): one.seen_at for one in found}
    return {f"{one.key} {one.fingerprint}" for one in found if one.seen_at < newest[one.ref, row_of(one.key)]}
