"""What arrived by mail and what it changed: each mail is heard once, whatever is read again."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, func, insert, literal, select, update

from tasks.domain.effects import Effect, EffectState
from tasks.domain.incoming.coming import Coming
from tasks.domain.suppression import Suppression
from tasks.ledger import schema
from tasks.ledger.suppressions import suppress
from tasks.ledger.writing import put

EFFECTS, REPLIES = schema.effects, schema.replies
COMES_BACK = {EffectState.sent, EffectState.sending, EffectState.uncertain}
"""A report about a mail of which nobody knew whether it was sent says that it was."""


class Mailroom:
    """Every method is one transaction. ``identity`` is a digest of the incoming mail's id."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def point(self, mailbox: str) -> str:
        """How far a mailbox was read, in its provider's words; ``""`` before the first time."""
        with self._engine.connect() as connection:
            name = schema.meta.c.name == _place(mailbox)
            return connection.scalar(select(schema.meta.c.value).where(name)) or ""

    def move_on(self, mailbox: str, point: str) -> None:
        """Remember how far it was read."""
        with self._engine.begin() as connection:
            connection.execute(delete(schema.meta).where(schema.meta.c.name == _place(mailbox)))
            connection.execute(insert(schema.meta).values(name=_place(mailbox), value=point))

    def is_heard(self, identity: str) -> bool:
        """Whether this mail was heard before."""
        with self._engine.connect() as connection:
            return _is_heard(connection, identity)

    def heard(self, identity: str, outcome: str, now: datetime) -> None:
        """Keep that a mail was heard and changes nothing."""
        with self._engine.begin() as connection:
            _first_time(connection, identity, outcome, now)

    def came_back(
        self, identity: str, mail: Effect, status: str, suppression: Suppression | None, now: datetime
    ) -> bool:
        """Keep that a mail came back, and that nothing more goes there; False where that was heard before."""
        with self._engine.begin() as connection:
            if not _first_time(connection, identity, "came back", now):
                return False
            values = {
                "settled_at": func.coalesce(EFFECTS.c.settled_at, literal(now, schema.UtcDateTime)),
                "detail": status,
            }
            there = (EFFECTS.c.key == mail.key) & EFFECTS.c.state.in_(COMES_BACK)
            connection.execute(update(EFFECTS).where(there).values(state=EffectState.bounced, **values))
            if suppression:
                suppress(connection, suppression)
            return True

    def arrived(self, identity: str, mail: Effect, status: str, now: datetime) -> None:
        """Keep that a mail surely arrived."""
        with self._engine.begin() as connection:
            sent = (EFFECTS.c.key == mail.key) & (EFFECTS.c.state == EffectState.sent)
            if _first_time(connection, identity, "arrived", now):
                connection.execute(update(EFFECTS).where(sent).values(detail=status))

    def unsubscribed(self, identity: str, suppression: Suppression, now: datetime) -> bool:
        """Keep that somebody wants no more mail; False where that was heard before."""
        with self._engine.begin() as connection:
            if not _first_time(connection, identity, "unsubscribed", now):
                return False
            suppress(connection, suppression)
            return True

    def answered(self, identity: str, ref: str, person: str, answer: Coming, sequence: int, at: datetime) -> bool:
        """Keep a guest's answer, unless a newer one is known; False where that was heard before."""
        with self._engine.begin() as connection:
            if not _first_time(connection, identity, "answered", at):
                return False
            mine = (REPLIES.c.ref == ref) & (REPLIES.c.person == person)
            known = connection.execute(select(REPLIES).where(mine)).first()
            if known is None or (known.sequence, known.at) <= (sequence, at):
                values = {"ref": ref, "person": person, "answer": answer, "sequence": sequence, "at": at}
                put(connection, REPLIES, [values])
            return True

    def answers(self, ref: str, sequence: int = 0) -> Mapping[str, Coming]:
        """What each guest (a keyed hash) of a session answered last, to this revision of the invitation or a later."""
        query = select(REPLIES.c.person, REPLIES.c.answer).where(REPLIES.c.ref == ref, REPLIES.c.sequence >= sequence)
        with self._engine.connect() as connection:
            return {person: Coming(answer) for person, answer in connection.execute(query)}

    def answers_by_ref(self) -> Mapping[str, Mapping[str, Coming]]:
        """The answers of all sessions."""
        found: dict[str, dict[str, Coming]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(select(REPLIES)):
                found.setdefault(row.ref, {})[row.person] = Coming(row.answer)
        return found


def _first_time(connection: Connection, identity: str, outcome: str, now: datetime) -> bool:
    if _is_heard(connection, identity):
        return False
    connection.execute(insert(schema.incoming).values(id=identity, outcome=outcome, read_at=now))
    return True


def _is_heard(connection: Connection, identity: str) -> bool:
    return connection.scalar(select(schema.incoming.c.id).where(schema.incoming.c.id == identity)) is not None


def _place(mailbox: str) -> str:
    return f"read:{mailbox}"
