"""A ledger with many submissions of the seeded generator, and the sheets in which they stand."""

import pickle
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tasks.domain.intake import IntakePlan
from tasks.domain.keys import digest
from tasks.domain.models import Person, Response
from tasks.domain.submissions import Version
from tasks.ledger.ledger import Ledger
from tests.benchmarks.duplicates.generator import generate

NOW = datetime(2025, 6, 1, 8, tzinfo=UTC)
AT_A_TIME = 2_000
NOTHING = {}


def fill(path, size, news):
    """Record all rows of the generator but the last ``2 * news``, each as a submission of its own.

    The last ones, which are kept beside the ledger, hold proposals that were filed before as often as the others do.
    """
    ledger = Ledger(f"sqlite:///{path}")
    rows = [kept(row) for row in generate(1, size + 2 * news, part="fit").rows[: size + 2 * news]]
    for start in range(0, size, AT_A_TIME):
        some = enumerate(rows[start : min(size, start + AT_A_TIME)], start)
        versions = [Version(f"R{at:06d}", row, NOW) for at, row in some]
        ledger.record(IntakePlan(tuple(versions), (), (), (), Counter()), NOW)
    ledger.close()
    beside(path).write_bytes(pickle.dumps(rows[size:]))


def standing_rows(path):
    """The rows as the sheets hold them. Of a row that is known, intake looks at the key and the fingerprint only."""
    nobody = Person("", "", "")
    with closing(sqlite3.connect(path)) as ledger:
        found = ledger.execute("select key, language, fingerprint from response").fetchall()
    return [Response(key, language, 0, NOW, nobody, NOTHING, NOTHING, mark) for key, language, mark in found]


def new_rows(path):
    """The rows that nobody has seen yet."""
    return pickle.loads(beside(path).read_bytes())  # noqa: S301 (our own file)


def kept(row):
    """A row as the reading of a sheet gives it: with a fingerprint, and in plain dictionaries."""
    return replace(row, answers=dict(row.answers), codes=dict(row.codes), fingerprint=digest(row.key))


def beside(path):
    return Path(path).with_suffix(".new")
