"""Mails that were handed over, found again when something comes back."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Engine, or_, select, update

from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.forgetting import GONE
from tasks.domain.suppression import person_of
from tasks.ledger.outbox import HANDED_OVER
from tasks.ledger.rows import effect_of
from tasks.ledger.schema import effects as table


class SentMails:
    """Every method is one transaction. ``boot`` is the start of the machine that we are in."""

    def __init__(self, engine: Engine, boot: str) -> None:
        self._engine, self._boot = engine, boot

    def every_key(self) -> list[str]:
        """The keys of all mails that were handed over."""
        mails = (table.c.kind == EffectKind.mail) & table.c.state.in_(HANDED_OVER)
        with self._engine.connect() as connection:
            return list(connection.scalars(select(table.c.key).where(mails)))

    def repeated(self, since: datetime) -> list[str]:
        """The keys of mails that were sent by a second or later attempt, which was claimed after an instant."""
        again = (table.c.attempts > 1) & (table.c.claimed_at > since)
        mails = (table.c.kind == EffectKind.mail) & (table.c.state == EffectState.sent)
        with self._engine.connect() as connection:
            return list(connection.scalars(select(table.c.key).where(mails, again)))

    def key_at(self, provider_id: str) -> str:
        """The key of the mail that the provider knows by this id; ``""`` where there is none."""
        mails = (table.c.kind == EffectKind.mail) & (table.c.provider_id == provider_id)
        with self._engine.connect() as connection:
            return connection.scalar(select(table.c.key).where(mails)) or ""

    def bounced(self) -> set[str]:
        """Whose mails came back, ever."""
        back = (table.c.kind == EffectKind.mail) & (table.c.state == EffectState.bounced)
        with self._engine.connect() as connection:
            return {person_of(effect_of(row, self._boot)) for row in connection.execute(select(table).where(back))} - {
                ""
            }

    def gone(self, key: str) -> None:
        """Its copy was taken out of Sent."""
        with self._engine.begin() as connection:
            connection.execute(update(table).where(table.c.key == key).values(provider_id=GONE))

    def to(self, persons: Collection[str]) -> Mapping[str, list[Effect]]:
        """Every mail that was handed over for each of these people."""
        theirs = or_(table.c.person.in_(persons), table.c.person == "")  # older ones say it in their keys only
        mails = (table.c.kind == EffectKind.mail) & table.c.state.in_(HANDED_OVER)
        found: dict[str, list[Effect]] = {person: [] for person in persons}
        with self._engine.connect() as connection:
            for row in connection.execute(select(table).where(mails, theirs)):
                mail = effect_of(row, self._boot)
                found.get(person_of(mail), []).append(mail)
        return found
