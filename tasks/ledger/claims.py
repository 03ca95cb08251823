"""The compare and swap by which one of several runs gets an effect."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Update, bindparam, select, update

from tasks.domain.effects import EffectState
from tasks.ledger import schema
from tasks.ledger.batches import some


def claim(
    connection: Connection, keys: Collection[str], now: datetime, fence: int | None, noted: Mapping[str, str]
) -> Sequence[Row[Any]]:
    """``ready`` → ``sending``, where nobody else was first; ``noted`` are columns that all get.

    Answers ``key``, ``attempts`` and ``provider_id`` of those that are ours now, in no order.
    """
    values = {"claimed_at": now, "claimed_by": fence, "boot": "", **noted}
    swap = _swap(*values)
    return [row for few in some(keys) for row in connection.execute(swap, {**values, "keys": few})]


@cache
def _swap(*columns: str) -> Update:
    table = schema.effects
    wanted: BindParameter[str] = bindparam("keys", expanding=True)
    free = select(table.c.key).where(table.c.key.in_(wanted), table.c.state == EffectState.ready)
    values = {column: bindparam(column, type_=table.c[column].type) for column in columns}
    return (
        update(table)
        .where(table.c.key.in_(free.with_for_update(skip_locked=True)))
        .values(state=EffectState.sending, attempts=table.c.attempts + 1, **values)
        .returning(table.c.key, table.c.attempts, table.c.provider_id)
    )
