"""Rows written many at a time."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select

from tasks.ledger.batches import some


def put(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows, each in place of the one with its primary key; of two with one key the last counts."""
    names = [column.name for column in table.primary_key]
    by_key = {tuple(row[name] for name in names): row for row in rows}
    if by_key:
        same = and_(*(column == bindparam(f"key_{column.name}") for column in table.primary_key))
        keys = [{f"key_{name}": row[name] for name in names} for row in by_key.values()]
        connection.execute(delete(table).where(same), keys)
        connection.execute(insert(table), list(by_key.values()))


def add(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows that are not there yet, the first of each primary key."""
    (name,) = (column.name for column in table.primary_key)
    by_key = {row[name]: row for row in reversed(list(rows))}
    queries = (select(table.c[name]).where(table.c[name].in_(few)) for few in some(by_key))
    known = {key for query in queries for key in connection.scalars(query)}
    if new := [row for key, row in reversed(by_key.items()) if key not in known]:
        connection.execute(insert(table), new)
