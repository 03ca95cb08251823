"""The ledger: the only truth about what has happened. Every method is one transaction."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, insert, select, update

from tasks.domain.book import Book, make_book
from tasks.domain.duplicates.pairs import Pair
from tasks.domain.effects import OPEN, Effect, EffectKind, EffectState, check_move
from tasks.domain.intake import IntakePlan
from tasks.domain.keys import person_id, row_of
from tasks.domain.models import Problem
from tasks.domain.rebuilt import Rebuilt
from tasks.domain.schema_lock import Remembered
from tasks.domain.submissions import Attention, Version, submissions
from tasks.ledger import schema
from tasks.ledger.asked_for import AskedFor
from tasks.ledger.batches import some
from tasks.ledger.claims import claim
from tasks.ledger.contents import Contents
from tasks.ledger.corrections import RegisterMemory
from tasks.ledger.database import database_of, open_database
from tasks.ledger.forms_seen import FormMemory
from tasks.ledger.lease import PATIENCE, Lease
from tasks.ledger.mailroom import Mailroom
from tasks.ledger.memory import Memory, keep_pairs, keep_words, learn_words, note_words, versions_of
from tasks.ledger.outbox import Outbox
from tasks.ledger.problems import record_problems
from tasks.ledger.rations import Rations
from tasks.ledger.rebuild import is_empty, rebuild
from tasks.ledger.rows import attention_of, effect_of, pair_of, promise_values, response_values, submission_values
from tasks.ledger.sent_mails import SentMails
from tasks.ledger.sessions import SessionMemory
from tasks.ledger.suppressions import Suppressions
from tasks.ledger.texts import Encoder, Text, keep_texts
from tasks.ledger.tongues import Tongues
from tasks.ledger.windows import Windows
from tasks.ledger.writing import add, put


class Ledger:
    """Identities seen, what was promised, what was done.

    ``url`` is ``sqlite:///…`` or ``postgresql://…``, ``patience`` how many seconds a live run waits for another one,
    ``boot`` the name of this start of the machine, where it is not the machine's own.
    Inside of ``lease.held`` every method may raise LeaseLost; then it has done nothing.
    """

    def __init__(self, url: str, *, patience: float = PATIENCE, boot: str | None = None) -> None:
        self._engine = open_database(url)
        self._boot = database_of(self._engine).boot() if boot is None else boot
        self._row_by_row = self._engine.execution_options(together=True)
        self.lease = Lease(self._engine, patience)
        self.register = RegisterMemory(self._engine)
        self.forms = FormMemory(self._engine)
        self.outbox = Outbox(self._engine)
        self.rations = Rations(self._engine)
        self.sessions = SessionMemory(self._engine)
        self.asked_for = AskedFor(self._engine)
        self.tongues = Tongues(self._engine)
        self._contents = Contents(self._engine)
        self.mailroom = Mailroom(self._engine)
        self.sent_mails = SentMails(self._engine, self._boot)
        self.suppressions = Suppressions(self._engine)
        learn_words(self._engine)
        self._secret = bytes.fromhex(self._remember("secret", secrets.token_hex(32)))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def secret(self) -> bytes:
        """The key of the keyed hashes that stand for addresses; made once for each ledger."""
        return self._secret

    def identify(self, address_key: str) -> str:
        """The keyed hash that stands for an address (comparison form)."""
        return person_id(address_key, self._secret)

    def place(self, place: str) -> str:
        """The place whose effects this ledger keeps: the one it was first used with."""
        return self._remember("place", place)

    def is_empty(self) -> bool:
        """Whether nothing ever happened in this ledger."""
        return is_empty(self._engine)

    def rebuild(self, found: Rebuilt) -> None:
        """Fill an empty ledger with what was found outside, in one transaction."""
        rebuild(self._contents, found)

    def _remember(self, name: str, value: str) -> str:
        with self._engine.begin() as connection:
            found = connection.scalar(select(schema.meta.c.value).where(schema.meta.c.name == name))
            if found is None:
                connection.execute(insert(schema.meta).values(name=name, value=value))
            return found or value

    def versions(self, refs: Collection[str] | None = None) -> list[Version]:
        """Every version of every submission, or of those with these refs."""
        with self._engine.connect() as connection:
            return versions_of(connection, refs)

    def memory(self, encoder: Encoder | None) -> Memory:
        """What it remembers of earlier answers, and what an encoder makes of their texts."""
        return Memory(self._engine, self._contents, encoder)

    def pairs(self) -> list[Pair]:
        """Every pair of submissions that is or may be one, oldest first."""
        query = select(schema.pairs).order_by(schema.pairs.c.found_at, schema.pairs.c.one, schema.pairs.c.other)
        with self._engine.connect() as connection:
            return [pair_of(row) for row in connection.execute(query)]

    def rule(self, pairs: Iterable[Pair], promised: Sequence[Effect], now: datetime) -> None:
        """Keep what staff said of pairs together with what it promises."""
        with self._engine.begin() as connection:
            keep_pairs(connection, pairs)
            _intend(connection, promised, now)

    def book(self) -> Book:
        """Every submission as corrected by staff so far, and the pairs among them."""
        return make_book(submissions(self.versions(), self.register.corrections()), self.pairs())

    def refs(self) -> set[str]:
        """The refs of all submissions."""
        with self._engine.connect() as connection:
            return set(connection.scalars(select(schema.submissions.c.ref)))

    def remembered(self, rows: Collection[str]) -> Remembered:
        """Which of these rows (keys without number) were registered, and which were told to staff."""
        with self._engine.connect() as connection:
            return Remembered(
                registered=_rows_among(connection, schema.responses.c.key, rows),
                told=_rows_among(connection, schema.problems.c.subject, rows),
            )

    def record(self, plan: IntakePlan, now: datetime, texts: Collection[Text] = ()) -> None:
        """Keep new versions together with what they promise: the fact and the intent in one transaction.

        A failed effect named in ``plan.retry`` gets another chance: the answers that made it fail have changed.
        """
        with self._contents.written(plan.arrivals) as connection:
            add(connection, schema.submissions, (submission_values(version, now) for version in plan.arrivals))
            put(connection, schema.responses, map(response_values, plan.arrivals))
            note_words(connection, plan.words)
            keep_words(connection, {version.ref for version in plan.arrivals}.difference(plan.words))
            keep_pairs(connection, plan.pairs)
            keep_texts(connection, texts)
            _intend(connection, plan.promised, now)
            again = schema.effects.c.key.in_(plan.retry)
            failed = schema.effects.c.state == EffectState.failed
            connection.execute(update(schema.effects).where(again & failed).values(state=EffectState.ready))

    def intend(self, promised: Sequence[Effect], now: datetime) -> None:
        """Note effects that are to be (``ready`` or ``draft``); one that is known already keeps its state."""
        with self._engine.begin() as connection:
            _intend(connection, promised, now)

    def effects(self, kind: EffectKind | None = None, states: Collection[EffectState] = ()) -> dict[str, Effect]:
        """Effects by key, of one kind and in these states (all, when none is named)."""
        query = select(schema.effects).order_by(schema.effects.c.created_at, schema.effects.c.key)
        if kind:
            query = query.where(schema.effects.c.kind == kind)
        if states:
            query = query.where(schema.effects.c.state.in_(states))
        return self._find(query)

    def _find(self, query: Select[Any]) -> dict[str, Effect]:
        with self._engine.connect() as connection:
            return {row.key: effect_of(row, self._boot) for row in connection.execute(query)}

    def effects_of(self, keys: Collection[str]) -> dict[str, Effect]:
        """Those of these effects that are known, by key."""
        table = schema.effects
        with self._engine.connect() as connection:
            rows = [row for few in some(keys) for row in connection.execute(select(table).where(table.c.key.in_(few)))]
        return {row.key: effect_of(row, self._boot) for row in rows}

    def effect(self, key: str) -> Effect:
        """One effect that is known."""
        with self._engine.connect() as connection:
            row = connection.execute(select(schema.effects).where(schema.effects.c.key == key)).one()
        return effect_of(row, self._boot)

    def abandoned(self, kind: EffectKind) -> dict[str, Effect]:
        """Open effects that no run is working on: nobody knows what became of them."""
        table = schema.effects.c
        given_up = (table.state == EffectState.uncertain) | table.claimed_by.is_distinct_from(self.lease.fence)
        return self._find(select(schema.effects).where(table.kind == kind, table.state.in_(OPEN), given_up))

    def claim(self, key: str, now: datetime, **values: str) -> bool:
        """Compare and swap ``ready`` → ``sending``, noting ``provider_id`` or ``detail`` of the attempt.

        False when somebody else has it or it is settled.
        """
        return bool(self.claim_many({key: values}, now))

    def claim_many(self, wanted: Mapping[str, Mapping[str, str]], now: datetime) -> set[str]:
        """Claim effects that one act does together (key and what to note of each); answers those that are ours now."""
        with self._row_by_row.begin() as connection:
            ours = {row.key for row in claim(connection, wanted, now, self.lease.fence, {})}
            for key in ours:
                if wanted[key]:
                    change = update(schema.effects).where(schema.effects.c.key == key)
                    connection.execute(change.values(wanted[key]))
            return ours

    def windows(self) -> Windows:
        """Claims of mails that are handed over one by one, for the run that holds the lease."""
        return Windows(self._engine, self.lease, self._boot)

    def note(self, key: str, **values: str) -> None:
        """Keep what the provider gave to an effect (``provider_id``, ``link``) before anything is done with it."""
        with self._engine.begin() as connection:
            connection.execute(update(schema.effects).where(schema.effects.c.key == key).values(values))

    def settle(self, key: str, old: EffectState, new: EffectState, now: datetime, **values: str) -> bool:
        """Move an effect on, noting ``provider_id``, ``detail`` or ``link``; False when it is no longer in ``old``.

        Raises ValueError for a move that the table does not allow.
        """
        return bool(self.settle_many([key], old, new, now, **values))

    def settle_many(
        self, keys: Iterable[str], old: EffectState, new: EffectState, now: datetime, **values: str
    ) -> set[str]:
        """Settle effects that one act did together, with the same words; answers those that were still in ``old``."""
        keys = list(keys)
        check_move(", ".join(keys), old, new)
        table = schema.effects
        settled = {"settled_at": now} if new is EffectState.sent else {}
        swap = update(table).where(table.c.state == old).values(state=new, **settled, **values).returning(table.c.key)
        with self._row_by_row.begin() as connection:
            return {key for few in some(keys) for key in connection.scalars(swap.where(table.c.key.in_(few)))}

    def attention(self) -> list[Attention]:
        """Every problem there ever was, oldest first."""
        query = select(schema.problems).order_by(schema.problems.c.since, schema.problems.c.key)
        with self._engine.connect() as connection:
            return [attention_of(row) for row in connection.execute(query)]

    def record_problems(self, found: Iterable[Problem], looked_at: Collection[str], now: datetime) -> None:
        """Open what is new, refresh what is still there, and solve what is gone from the sheets looked at."""
        with self._engine.begin() as connection:
            record_problems(connection, found, looked_at, now)


def _intend(connection: Connection, promised: Sequence[Effect], now: datetime) -> None:
    add(connection, schema.effects, (promise_values(effect, now) for effect in promised))


def _rows_among(connection: Connection, column: Column[str], rows: Collection[str]) -> frozenset[str]:
    if not rows:
        return frozenset()
    return frozenset(rows) & {row_of(key) for key in connection.scalars(select(column))}
