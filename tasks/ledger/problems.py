"""How the problems of a run become lines that are opened, refreshed and solved."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import count

from sqlalchemy import Connection, delete, func, insert, select, update

from tasks.domain.models import Problem
from tasks.domain.submissions import attention_identity
from tasks.ledger import schema
from tasks.ledger.rows import problem_values

REBUILT = "?"  # begins the key of a line taken over from Needs attention: whose problem it is was not in the sheet


def record_problems(
    connection: Connection, found: Iterable[Problem], looked_at: Collection[str], now: datetime
) -> None:
    """Open what is new, refresh what is still there, and solve what is gone from the sheets looked at."""
    current = {problem.key: problem for problem in found}
    table = schema.problems
    _recognise(connection, current)
    for row in connection.execute(select(table).where(table.c.solved_at.is_(None))).all():
        same = (table.c.key == row.key) & (table.c.since == row.since)
        if problem := current.pop(row.key, None):
            connection.execute(update(table).where(same).values(problem_values(problem)))
        elif row.sheet in looked_at:
            connection.execute(update(table).where(same).values(solved_at=now))
    for problem in current.values():
        connection.execute(delete(table).where((table.c.key == problem.key) & (table.c.since == now)))
        before = connection.scalar(select(func.count()).where(table.c.key == problem.key)) or 0
        identity = attention_identity(problem.key, before + 1)
        connection.execute(insert(table).values(since=now, identity=identity, **problem_values(problem)))


def _recognise(connection: Connection, current: Mapping[str, Problem]) -> None:
    """Give lines of a rebuilt ledger the key of their problem, as soon as it is found again."""
    table = schema.problems
    unnamed = set(connection.scalars(select(table.c.identity).where(table.c.key.startswith(REBUILT))))
    for key in current if unnamed else ():
        for occurrence in count(1):
            if (identity := attention_identity(key, occurrence)) not in unnamed:
                break
            connection.execute(update(table).where(table.c.identity == identity).values(key=key))
