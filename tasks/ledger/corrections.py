"""What the ledger remembers of the register: corrections and decisions of staff, cells seen and cells written."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, delete, insert, select, update

from tasks.domain.corrected import Correction
from tasks.domain.corrections import Noticed, Remembered
from tasks.domain.effects import EffectState
from tasks.ledger import schema

COLUMNS = "columns used"


class RegisterMemory:
    """Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def corrections(self) -> list[Correction]:
        """Every correction there ever was."""
        with self._engine.connect() as connection:
            return [_correction_of(row) for row in connection.execute(select(schema.corrections))]

    def remembered(self, written_after: datetime) -> Remembered:
        """What stood in the rows when they were last as they should be, and what was written since an instant."""
        recent = select(schema.cells_written.c.digest).where(schema.cells_written.c.written_at >= written_after)
        with self._engine.connect() as connection:
            seen = {row.ref: row.digest for row in connection.execute(select(schema.rows_seen))}
            return Remembered(seen, frozenset(connection.scalars(recent)))

    def record(self, noticed: Noticed, retry: Collection[str]) -> None:
        """Keep what was noticed. A failed effect named in ``retry`` gets another chance."""
        with self._engine.begin() as connection:
            for correction in noticed.corrections:
                _replace(connection, correction)
            _remember(connection, noticed.seen)
            failed = schema.effects.c.key.in_(retry) & (schema.effects.c.state == EffectState.failed)
            connection.execute(update(schema.effects).where(failed).values(state=EffectState.ready))

    def will_write(self, digests: Collection[str], now: datetime, forget_before: datetime) -> None:
        """Note values before they are written into cells, and forget what was written long ago."""
        table = schema.cells_written
        with self._engine.begin() as connection:
            connection.execute(delete(table).where(table.c.written_at < forget_before))
            if digests:
                again = delete(table).where(table.c.digest == bindparam("one"))
                connection.execute(again, [{"one": one} for one in digests])
                connection.execute(insert(table), [{"digest": one, "written_at": now} for one in digests])

    def columns_used(self, now: Collection[str]) -> set[str]:
        """The columns (``tab.field``) in which staff ever typed; those in which something stands ``now`` are kept."""
        mine = schema.meta.c.name == COLUMNS
        with self._engine.begin() as connection:
            before = set((connection.scalar(select(schema.meta.c.value).where(mine)) or "").split())
            if new := set(now) - before:
                connection.execute(delete(schema.meta).where(mine))
                connection.execute(insert(schema.meta).values(name=COLUMNS, value=" ".join(sorted(before | new))))
            return before | new

    def sheets_seen(self) -> dict[str, datetime]:
        """The response sheets that were ever read whole, and when for the first time."""
        with self._engine.connect() as connection:
            return {row.sheet: row.seen_at for row in connection.execute(select(schema.sheets_seen))}

    def record_sheets(self, sheets: Collection[str], now: datetime) -> None:
        """Keep that these were read for the first time."""
        with self._engine.begin() as connection:
            for sheet in sheets:
                connection.execute(insert(schema.sheets_seen).values(sheet=sheet, seen_at=now))

    def decisions(self) -> list[tuple[str, str, datetime]]:
        """Ref, decision and when it was first seen, oldest first."""
        query = select(schema.decisions).order_by(schema.decisions.c.seen_at)
        with self._engine.connect() as connection:
            return [(row.ref, row.decision, row.seen_at) for row in connection.execute(query)]

    def record_decisions(self, standing: Mapping[str, str], now: datetime) -> None:
        """Keep decisions (by ref) that differ from the last one seen."""
        with self._engine.begin() as connection:
            last = {row.ref: row.decision for row in connection.execute(select(schema.decisions).order_by("seen_at"))}
            for ref, decision in standing.items():
                if last.get(ref, "") != decision:
                    connection.execute(insert(schema.decisions).values(ref=ref, seen_at=now, decision=decision))


def _replace(connection: Connection, correction: Correction) -> None:
    table = schema.corrections
    same = (
        (table.c.ref == correction.ref) & (table.c.field == correction.field) & (table.c.seen_at == correction.seen_at)
    )
    connection.execute(delete(table).where(same))
    connection.execute(insert(table).values(correction_values(correction)))


def _remember(connection: Connection, seen: Mapping[str, str]) -> None:
    table = schema.rows_seen
    for ref, digest in seen.items():
        connection.execute(delete(table).where(table.c.ref == ref))
        connection.execute(insert(table).values(ref=ref, digest=digest))


def correction_values(correction: Correction) -> dict[str, Any]:
    return {
        "ref": correction.ref,
        "field": correction.field,
        "seen_at": correction.seen_at,
        "withdrawn_at": correction.withdrawn_at,
        "value": correction.value,
        "codes": list(correction.codes),
    }


def _correction_of(row: Row[Any]) -> Correction:
    return Correction(row.ref, row.field, row.value, row.seen_at, tuple(row.codes), row.withdrawn_at)
