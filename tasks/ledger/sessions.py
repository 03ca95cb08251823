"""What the ledger keeps of sessions: what people were told, and what is about to change."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, delete, or_, select, update

from tasks.domain.changes import Changes, Noticed
from tasks.domain.effects import EffectKind, EffectState
from tasks.domain.forgetting import bare
from tasks.domain.models import Session, SessionStatus
from tasks.domain.revisions import Revision, Revisions
from tasks.domain.told import ABOUT_SESSIONS
from tasks.ledger import schema
from tasks.ledger.asked_for import WAITING
from tasks.ledger.writing import put

FACTS = TypeAdapter(Session)


class SessionMemory:
    """Every method is one transaction; times are UTC."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def revisions(self) -> Revisions:
        """Every revision of every session."""
        table = schema.revisions.c
        found: dict[str, list[Revision]] = defaultdict(list)
        with self._engine.connect() as connection:
            for row in connection.execute(select(schema.revisions).order_by(table.ref, table.sequence)):
                session = FACTS.validate_python(row.facts)
                found[row.ref].append(Revision(row.sequence, SessionStatus(row.status), session, row.recorded_at))
        return {ref: tuple(history) for ref, history in found.items()}

    def noticed(self) -> Mapping[str, Noticed]:
        """Changes that are not announced yet, by ref."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.changes))
            return {row.ref: Noticed(row.mark, row.seen_at) for row in rows}

    def follow(self, changes: Changes) -> None:
        """Keep new revisions, give up what was still to be sent of older ones, and remember what waits."""
        with self._engine.begin() as connection:
            done = changes.forget | changes.revise.keys()
            connection.execute(delete(schema.changes).where(schema.changes.c.ref.in_(done)))
            put(connection, schema.changes, (_change(ref, one) for ref, one in changes.notice.items()))
            put(connection, schema.revisions, map(revision_values, changes.revise.values()))
            _supersede(connection, [ref for ref, revision in changes.revise.items() if revision.sequence])

    def remembered(self) -> set[str]:
        """The refs of sessions of which answers of guests, or the wording of a mail, are kept."""
        answers = select(schema.replies.c.ref)
        effects = schema.effects.c
        written = select(effects.ref).join(schema.wordings, schema.wordings.c.key == effects.key)
        wordings = written.where(effects.state.not_in(WAITING))
        with self._engine.connect() as connection:
            return {*connection.scalars(answers), *connection.scalars(wordings)}

    def forget(self, refs: Collection[str]) -> None:
        """Keep of these sessions when they were and what their keys say, and nothing that people typed or answered."""
        effects = schema.effects.c
        keys = select(effects.key).where(effects.ref.in_(refs), effects.state.not_in(WAITING))
        with self._engine.begin() as connection:
            table = schema.revisions
            for row in connection.execute(select(table).where(table.c.ref.in_(refs))).all():
                facts = FACTS.dump_python(bare(FACTS.validate_python(row.facts)), mode="json")
                mine = (table.c.ref == row.ref) & (table.c.sequence == row.sequence)
                connection.execute(update(table).where(mine).values(facts=facts))
            connection.execute(delete(schema.replies).where(schema.replies.c.ref.in_(refs)))
            connection.execute(delete(schema.wordings).where(schema.wordings.c.key.in_(keys)))


def _change(ref: str, noticed: Noticed) -> Mapping[str, object]:
    return {"ref": ref, "mark": noticed.mark, "seen_at": noticed.seen_at}


def revision_values(revision: Revision) -> Mapping[str, object]:
    """A row of the table."""
    return {
        "ref": revision.ref,
        "sequence": revision.sequence,
        "status": revision.status,
        "facts": FACTS.dump_python(revision.session, mode="json"),
        "recorded_at": revision.recorded_at,
    }


def _supersede(connection: Connection, refs: Collection[str]) -> None:
    """Mails about these sessions, and moves of their events, that were not begun."""
    table = schema.effects
    about = or_(
        *(table.c.key.startswith(f"{kind}:") for kind in ABOUT_SESSIONS),
        (table.c.kind == EffectKind.event) & (table.c.key != "event:" + table.c.ref),
    )
    waiting = table.c.ref.in_(refs) & table.c.state.in_(WAITING) & about
    connection.execute(update(table).where(waiting).values(state=EffectState.superseded))
