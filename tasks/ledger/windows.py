"""Mails that are claimed together, in a window, and then handed over and settled one by one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from types import MappingProxyType, TracebackType
from typing import Self

from sqlalchemy import Engine, bindparam, update

from tasks.domain.effects import Effect, EffectKind, EffectState, check_move
from tasks.ledger import schema
from tasks.ledger.claims import claim
from tasks.ledger.database import database_of
from tasks.ledger.lease import Lease

SENDING = EffectState.sending
NOBODY: Mapping[str, str] = MappingProxyType({})
_TABLE = schema.effects
_RECIPIENT = update(_TABLE).where(_TABLE.c.key == bindparam("of")).values(person=bindparam("whose"))


class Windows:
    """The windows of one run, one after the other. Every method is one transaction, and may raise LeaseLost.

    A window of one mail is on disk at every step. In a larger one what is settled is on disk with the next claim, or
    with the end. So is a note, where the claim can keep the ``boot`` in which it was made: within the same start of the
    machine no commit is lost, and after another one a missing note says nothing (``Effect.note_may_be_lost``).
    """

    def __init__(self, engine: Engine, lease: Lease, boot: str) -> None:
        self._engine = engine.execution_options(together=True)
        self._lease, self._boot = lease, boot
        self._writer = database_of(engine).Writer(self._engine)
        self._large = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """What an error leaves open is looked up by the next run."""
        try:
            if self._large and error is None:
                self._lease.renew(at_once=True)
        finally:
            self._writer.close()

    def claim(
        self, keys: Sequence[str], now: datetime, provider: str, persons: Mapping[str, str] = NOBODY
    ) -> dict[str, Effect]:
        """Claim a window for a provider; answers those that are ours now, with what an earlier attempt noted.

        ``persons`` are the keyed hashes of the recipients by key, which are kept with the claim.
        """
        self._large = len(keys) > 1
        noted = {"provider": provider, "boot": self._boot if self._large else ""}
        with self._engine.begin() as connection:
            ours = claim(connection, keys, now, self._lease.fence, noted)
            if whose := [{"of": key, "whose": persons[key]} for key, *_ in ours if key in persons]:
                connection.execute(_RECIPIENT, whose)
        return {
            key: Effect(key, EffectKind.mail, "", SENDING, provider_id=provider_id, attempts=attempts)
            for key, attempts, provider_id in ours
        }

    def note(self, key: str, note: str) -> None:
        """Keep what the ledger must know before a mail is handed over."""
        self._write(key, durably=not (self._large and self._boot), provider_id=note)

    def settle(self, key: str, old: EffectState, new: EffectState, now: datetime, **values: str) -> None:
        """As ``Ledger.settle``, for mails that are claimed here."""
        check_move(key, old, new)
        settled = {"settled_at": schema.in_text(now)} if new is EffectState.sent else {}
        self._write(key, durably=not self._large, state=new, **settled, **values)

    def give_back(self, claimed: Collection[str]) -> None:
        """These were claimed here and not tried: they are ready again."""
        if not claimed:
            return
        table = schema.effects
        untried = table.c.key.in_(claimed) & (table.c.state == SENDING)
        with self._engine.begin() as connection:
            connection.execute(update(table).where(untried).values(state=EffectState.ready))

    def _write(self, key: str, *, durably: bool, **values: str) -> None:
        self._writer.write(_change(*values), {**values, "key": key}, self._lease.fence, durably=durably)


@cache
def _change(*columns: str) -> str:
    """A claimed effect's change, in SQL that both databases read."""
    values = ", ".join(f"{column} = :{column}" for column in columns)
    return f"UPDATE effect SET {values} WHERE key = :key AND state = '{SENDING}'"  # noqa: S608 (our own names)
