"""Addresses that mail is kept from."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, select, update

from tasks.domain.suppression import GivenUp, Reason, Suppression, hold_name
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

    def persons(self, *reasons: Reason) -> frozenset[str]:
        """Who gets no mail because of one of these."""
        return frozenset(one.person for one in self.in_force() if one.reason in reasons)

    def held(self) -> list[GivenUp]:
        """The addresses that runs would give up, by run, oldest first."""
        found: dict[datetime, Counter[str]] = {}
        for one in self.in_force():
            if one.reason is Reason.held:
                found.setdefault(one.at, Counter())[one.detail] += 1
        return [GivenUp(at, statuses) for at, statuses in found.items()]

    def decide(self, name: str, works_since: datetime | None = None) -> int:
        """Give up what was held under a name, or with ``works_since`` keep that it works; answers how many that are."""
        held = (table.c.reason == Reason.held) & table.c.lifted_at.is_(None)
        with self._engine.begin() as connection:
            rows = [row for row in connection.execute(select(table).where(held)) if hold_name(row.at) == name]
            for row in rows:
                this = (table.c.person == row.person) & (table.c.reason == Reason.held)
                connection.execute(delete(table).where(this))
                values = {"person": row.person, "reason": Reason.bounced, "at": row.at, "detail": row.detail}
                put(connection, table, [{**values, "lifted_at": works_since}])
            return len(rows)

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
    """Keep it, unless one for the same reason is in force; an address that was given up is not held."""
    reasons = {new.reason, Reason.bounced} if new.reason is Reason.held else {new.reason}
    same = (table.c.person == new.person) & table.c.reason.in_(reasons) & table.c.lifted_at.is_(None)
    if connection.scalar(select(table.c.person).where(same)) is None:
        values = {"person": new.person, "reason": new.reason, "at": new.at, "detail": new.detail, "lifted_at": None}
        put(connection, table, [values])


def _suppression(row: Row[Any]) -> Suppression:
    return Suppression(row.person, Reason(row.reason), row.at, row.detail)
