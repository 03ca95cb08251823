"""Addresses that mail is kept from."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select, update

from tasks.domain.suppression import Reason, Suppression
from tasks.ledger.schema import suppressions as table
from tasks.ledger.writing import put


class Suppressions:
    """Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def in_force(self) -> list[Suppression]:
        """Every one that was not lifted, oldest first."""
        query = select(table).where(table.c.lifted_at.is_(None)).order_by(table.c.at, table.c.person, table.c.reason)
        with self._engine.connect() as connection:
            return [_suppression(row) for row in connection.execute(query)]

    def persons(self, reason: Reason) -> frozenset[str]:
        """Who gets no mail because of it."""
        return frozenset(one.person for one in self.in_force() if one.reason is reason)

    def lifted_at(self, person: str) -> datetime | None:
        """When staff last said that mail arrives there again."""
        mine = (table.c.person == person) & (table.c.reason == Reason.bounced)
        with self._engine.connect() as connection:
            return connection.scalar(select(table.c.lifted_at).where(mine))

    def lift(self, subject: str, now: datetime) -> bool:
        """End the suppression with this subject; False where there is none in force."""
        found = next((one for one in self.in_force() if one.subject == subject), None)
        if found is None:
            return False
        this = (table.c.person == found.person) & (table.c.reason == found.reason) & (table.c.at == found.at)
        with self._engine.begin() as connection:
            return connection.execute(update(table).where(this).values(lifted_at=now)).rowcount > 0


def suppress(connection: Connection, new: Suppression) -> None:
    """Keep it, unless one for the same reason is in force."""
    same = (table.c.person == new.person) & (table.c.reason == new.reason) & table.c.lifted_at.is_(None)
    if connection.scalar(select(table.c.person).where(same)) is None:
        values = {"person": new.person, "reason": new.reason, "at": new.at, "detail": new.detail, "lifted_at": None}
        put(connection, table, [values])


def _suppression(row: Row[Any]) -> Suppression:
    return Suppression(row.person, Reason(row.reason), row.at, row.detail)
