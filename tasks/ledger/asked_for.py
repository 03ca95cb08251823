"""What staff asked for with a tick or a word in a cell: acted upon once, and how the mails of it are written."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine, delete, select, update

from tasks.domain.effects import Effect, EffectState
from tasks.domain.wording import Wording
from tasks.ledger import schema
from tasks.ledger.rows import promise_values
from tasks.ledger.writing import add, put

WAITING = {EffectState.draft, EffectState.ready, EffectState.held}


class AskedFor:
    """Every method is one transaction; times are UTC. A wish is known by the cell that it stands in."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def asked(self) -> set[str]:
        """The wishes that stand in their cells and were acted upon."""
        with self._engine.connect() as connection:
            return set(connection.scalars(select(schema.asked.c.ref)))

    def unticked(self, wishes: Collection[str]) -> None:
        """Their cells are empty again: the next tick counts."""
        with self._engine.begin() as connection:
            connection.execute(delete(schema.asked).where(schema.asked.c.ref.in_(wishes)))

    def ask(self, mails: Sequence[Effect], wording: Wording, now: datetime, wish: str = "") -> None:
        """Promise mails and how they are written, and keep that the wish was acted upon."""
        words = {
            "asked_at": now,
            "language": wording.language,
            "preface": wording.preface,
            "reason": wording.reason,
            "contact": wording.contact,
            "questions": list(wording.questions),
            "as_copy": wording.as_copy,
        }
        with self._engine.begin() as connection:
            add(connection, schema.effects, (promise_values(mail, now) for mail in mails))
            put(connection, schema.wordings, ({"key": mail.key, **words} for mail in mails))
            put(connection, schema.asked, [{"ref": wish, "asked_at": now}] if wish else [])

    def promise(self, promised: Sequence[Effect], now: datetime, wish: str) -> None:
        """Promise what is no mail, and keep that the wish was acted upon; what failed before gets another chance."""
        with self._engine.begin() as connection:
            add(connection, schema.effects, (promise_values(effect, now) for effect in promised))
            mine = schema.effects.c.key.in_([effect.key for effect in promised])
            failed = schema.effects.c.state == EffectState.failed
            connection.execute(update(schema.effects).where(mine & failed).values(state=EffectState.ready, detail=""))
            put(connection, schema.asked, [{"ref": wish, "asked_at": now}])

    def wordings(self) -> Mapping[str, Wording]:
        """Of the mails that are still to be sent, by key."""
        table, effects = schema.wordings, schema.effects
        waits = table.join(effects, table.c.key == effects.c.key)
        query = select(table).select_from(waits).where(effects.c.state.in_(WAITING))
        with self._engine.connect() as connection:
            return {
                row.key: Wording(row.language, row.preface, row.reason, row.contact, tuple(row.questions), row.as_copy)
                for row in connection.execute(query)
            }
