"""Acknowledgements that were handed over to an address lately, and those that wait because of them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, func, select, update

from tasks.domain.effects import EffectKind, EffectState
from tasks.domain.rations import WEEK, Waiting
from tasks.ledger.outbox import HANDED_OVER
from tasks.ledger.schema import UtcDateTime
from tasks.ledger.schema import effects as table

MINE: ColumnElement[bool] = (table.c.kind == EffectKind.mail) & table.c.key.startswith("acknowledgement:")


class Rations:
    """Every method is one transaction; times are UTC, persons keyed hashes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def got(self, now: datetime) -> dict[str, list[datetime]]:
        """When each person got one within the last week, or may have."""
        at = func.coalesce(table.c.claimed_at, table.c.settled_at, type_=UtcDateTime)
        lately = MINE & table.c.state.in_(HANDED_OVER) & (table.c.person != "") & (at > now - WEEK)
        found: dict[str, list[datetime]] = {}
        with self._engine.connect() as connection:
            for person, moment in connection.execute(select(table.c.person, at).where(lately)):
                found.setdefault(person, []).append(moment)
        return found

    def waiting(self) -> list[Waiting]:
        """Those that were told to wait."""
        waits = MINE & (table.c.state == EffectState.ready) & table.c.not_before.is_not(None) & (table.c.person != "")
        since = func.coalesce(table.c.since, table.c.created_at, type_=UtcDateTime)
        query = select(table.c.key, table.c.person, since).where(waits)
        with self._engine.connect() as connection:
            return [Waiting(*row) for row in connection.execute(query)]

    def wait(self, turns: Mapping[Waiting, datetime]) -> None:
        """Keep when each may go; what is not ``ready`` any more is left alone."""
        with self._engine.begin() as connection:
            for one, turn in turns.items():
                ready = (table.c.key == one.key) & (table.c.state == EffectState.ready)
                values = {"not_before": turn, "person": one.person, "since": one.since}
                connection.execute(update(table).where(ready).values(values))
