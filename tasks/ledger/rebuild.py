"""Fills an empty ledger with what was found in the sheets, the calendar and Sent: all of it, or nothing."""

from datetime import datetime

from sqlalchemy import Connection, Engine, func, insert, select

from tasks.domain.effects import Effect
from tasks.domain.rebuilt import Rebuilt
from tasks.ledger import schema
from tasks.ledger.contents import Contents
from tasks.ledger.corrections import correction_values
from tasks.ledger.memory import keep_pairs, keep_words
from tasks.ledger.problems import REBUILT
from tasks.ledger.rows import problem_values, response_values
from tasks.ledger.sessions import revision_values
from tasks.ledger.writing import put

FILLED = (schema.submissions, schema.responses, schema.effects, schema.problems)


def is_empty(engine: Engine) -> bool:
    """Whether nothing ever happened in this ledger."""
    with engine.connect() as connection:
        return not any(connection.scalar(select(func.count()).select_from(table)) for table in FILLED)


def rebuild(contents: Contents, found: Rebuilt) -> None:
    """Keep everything in one transaction."""
    languages = {version.ref: version.response.language for version in reversed(found.versions)}
    with contents.written(found.versions) as connection:
        for ref, language in languages.items():
            values = {"ref": ref, "language": language, "created_at": found.now}
            connection.execute(insert(schema.submissions).values(values))
        for version in found.versions:
            connection.execute(insert(schema.responses).values(response_values(version)))
        keep_words(connection, languages)
        keep_pairs(connection, found.pairs)
        for correction in found.corrections:
            connection.execute(insert(schema.corrections).values(correction_values(correction)))
        for effect in found.effects:
            _insert_effect(connection, effect, found.now)
        put(connection, schema.revisions, map(revision_values, found.revisions))
        for line in found.attention:
            values = {**problem_values(line.problem), "key": f"{REBUILT}{line.identity}", "identity": line.identity}
            values |= {"since": line.since, "solved_at": line.solved_at}
            connection.execute(insert(schema.problems).values(values))


def _insert_effect(connection: Connection, effect: Effect, now: datetime) -> None:
    values = {
        "key": effect.key,
        "kind": effect.kind,
        "ref": effect.ref,
        "state": effect.state,
        "provider_id": effect.provider_id,
        "detail": effect.detail,
        "link": effect.link,
        "attempts": 1,
        "created_at": now,
        "settled_at": effect.settled_at,
    }
    connection.execute(insert(schema.effects).values(values))
