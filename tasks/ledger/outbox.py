"""The mails that wait: what was handed over lately, what a brake holds, and what a person let go on."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, delete, func, insert, select, update

from tasks.domain.brakes import Brake, Due, Hold
from tasks.domain.budgets import DAY, HOUR, MINUTE, Traffic
from tasks.domain.effects import EffectKind, EffectState, Priority
from tasks.domain.keys import TEST
from tasks.ledger import schema
from tasks.ledger.batches import some

HANDED_OVER = {EffectState.sending, EffectState.sent, EffectState.uncertain, EffectState.bounced}
TESTS = f"{TEST}:"  # somebody asked for them this minute: they are no surprise
WAITING = {EffectState.ready, EffectState.held}


class Outbox:
    """Every method is one transaction; times are UTC."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def traffic(self, provider: str, now: datetime) -> Traffic:
        """What was handed over lately, to this provider and in all; it is counted from the effects themselves."""
        table = schema.effects.c
        mine = table.provider == provider
        handed = (table.kind == EffectKind.mail) & table.state.in_(HANDED_OVER)
        with self._engine.connect() as connection:

            def count(*conditions: ColumnElement[bool]) -> int:
                return connection.scalar(select(func.count()).where(handed, *conditions)) or 0

            oldest = select(func.min(table.claimed_at)).where(handed, mine, table.claimed_at > now - DAY)
            first = connection.scalar(oldest)
            pause = connection.scalar(select(schema.meta.c.value).where(schema.meta.c.name == _pause(provider)))
            return Traffic(
                minute=count(mine, table.claimed_at > now - MINUTE),
                day=count(mine, table.claimed_at > now - DAY),
                hour=count(table.claimed_at > now - HOUR, table.released_at.is_(None), ~table.key.startswith(TESTS)),
                next_free=first + DAY if first else None,
                paused_until=datetime.fromisoformat(pause) if pause else None,
            )

    def handed_over(self, refs: Collection[str]) -> dict[str, datetime]:
        """When the mails of these refs were handed over, or may have been, by key.

        Of mails that were found again for a ledger that is made anew only the end is known, or nothing.
        """
        table = schema.effects.c
        at = func.coalesce(table.claimed_at, table.settled_at)
        mails = (table.kind == EffectKind.mail) & table.state.in_(HANDED_OVER) & at.is_not(None)
        query = select(table.key, at.label("at")).where(mails)
        with self._engine.connect() as connection:
            return {
                row.key: row.at for few in some(refs) for row in connection.execute(query.where(table.ref.in_(few)))
            }

    def pause(self, provider: str, until: datetime) -> None:
        """Remember that this provider wants no mail before an instant."""
        with self._engine.begin() as connection:
            connection.execute(delete(schema.meta).where(schema.meta.c.name == _pause(provider)))
            connection.execute(insert(schema.meta).values(name=_pause(provider), value=until.isoformat()))

    def hold(self, due: Mapping[Due, str]) -> None:
        """Hold mails that are ``ready``, each under the name of its hold."""
        table = schema.effects
        with self._engine.begin() as connection:
            for one, held_by in due.items():
                ready = (table.c.key == one.key) & (table.c.state == EffectState.ready)
                values = {"held_by": held_by, "person": one.person, "since": one.since}
                connection.execute(update(table).where(ready).values(state=EffectState.held, **values))

    def release(self, held_by: str, now: datetime) -> int:
        """Let everything under a hold go on, as a person said; answers how many mails that are."""
        table = schema.effects
        held = (table.c.held_by == held_by) & (table.c.state == EffectState.held)
        with self._engine.begin() as connection:
            values = {"state": EffectState.ready, "held_by": "", "released_at": now}
            return connection.execute(update(table).where(held).values(values)).rowcount

    def release_mended(self, keys: Collection[str]) -> None:
        """Make mails ready that broke a rule and keep it now; for the brakes they are as new as their cause."""
        table = schema.effects
        with self._engine.begin() as connection:
            for few in some(keys):
                held = table.c.key.in_(few) & (table.c.state == EffectState.held)
                connection.execute(update(table).where(held).values(state=EffectState.ready, held_by="", detail=""))

    def expire(self, now: datetime) -> int:
        """Give up mails that still wait and are of no use any more; answers how many that are."""
        table = schema.effects
        late = (table.c.kind == EffectKind.mail) & table.c.state.in_(WAITING) & (table.c.expires_at <= now)
        with self._engine.begin() as connection:
            return connection.execute(update(table).where(late).values(state=EffectState.expired)).rowcount

    def wait(self, keys: Collection[str], until: datetime) -> None:
        """Let mails wait for room at the provider."""
        table = schema.effects
        with self._engine.begin() as connection:
            for few in some(keys):
                ready = table.c.key.in_(few) & (table.c.state == EffectState.ready)
                connection.execute(update(table).where(ready).values(not_before=until))

    def waiting(self) -> list[Priority]:
        """The mails that wait for room at the provider, or for their hour, by priority."""
        table = schema.effects.c
        waits = (table.kind == EffectKind.mail) & (table.state == EffectState.ready) & table.not_before.is_not(None)
        with self._engine.connect() as connection:
            return [Priority(found) for found in connection.scalars(select(table.priority).where(waits))]

    def failing(self) -> str:
        """The name of the hold on mails because several failed one after the other; ``""`` if there is none."""
        held = (schema.effects.c.state == EffectState.held) & schema.effects.c.held_by.startswith(f"{Brake.failures}:")
        with self._engine.connect() as connection:
            return connection.scalar(select(schema.effects.c.held_by).where(held).limit(1)) or ""

    def holds(self) -> list[Hold]:
        """What is held, oldest first."""
        table = schema.effects.c
        since = func.coalesce(table.since, table.created_at).label("since")
        query = select(table.key, table.held_by, table.person, since, table.detail)
        by_hold: dict[str, list[Row[Any]]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(query.where(table.state == EffectState.held).order_by(since, table.key)):
                by_hold.setdefault(row.held_by, []).append(row)
        return [
            Hold(
                held_by,
                Counter(row.key.partition(":")[0] for row in mails),
                len({row.person for row in mails}),
                mails[0].since,
                mails[0].detail,
            )
            for held_by, mails in by_hold.items()
        ]


def _pause(provider: str) -> str:
    return f"pause:{provider}"
