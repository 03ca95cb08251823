"""Ledgers, facts and promises with one deviation, and child processes that can be killed."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from sqlalchemy import create_engine

from tasks.domain.effects import MOVES, STARTS, Effect, EffectKind, EffectState
from tasks.domain.intake import IntakePlan
from tasks.domain.models import Person, Problem, Response
from tasks.domain.submissions import Version

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2024, 2, 16, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
KEY = "acknowledgement:K7P2QX"
RIMA = Person("Rima Khoury", "Rima@abaad.example.org", "rima@abaad.example.org")


def url_of(path):
    return f"sqlite:///{path}"


def a_mail(key=KEY, ref="K7P2QX"):
    return Effect(key, EffectKind.mail, ref)


def a_version(ref="K7P2QX", seen_at=NOW, **deviation):
    values = {
        "key": "k1",
        "language": "en",
        "row": 0,
        "submitted_at": NOW,
        "person": RIMA,
        "answers": {"title": "Fathers", "summary": "What we learned"},
        "codes": {"format": ("panel",)},
        "fingerprint": "a",
    }
    return Version(ref, Response(**(values | deviation)), seen_at)


def a_plan(*arrivals, promised=(), retry=()):
    return IntakePlan(arrivals, promised, retry, (), {})


def a_problem(**deviation):
    values = {
        "code": "address",
        "sheet": "responses-en",
        "subject": "k1",
        "what": ("is wrong",),
        "todo": ("Mend it.",),
        "row": 3,
    }
    return Problem(**(values | deviation))


def at_state(ledger, state, key=KEY):
    """An effect brought to a state by the moves that lead there."""
    start, *moves = moves_to(state)
    ledger.intend([replace(a_mail(key), state=start)], NOW)
    for old, new in pairwise([start, *moves]):
        assert ledger.claim(key, NOW) if new is EffectState.sending else ledger.settle(key, old, new, NOW)


def moves_to(state):
    """The shortest way to a state from where effects begin."""
    ways = [[start] for start in STARTS]
    return next(way for way in ways if way[-1] is state or ways.extend([*way, new] for new in sorted(MOVES[way[-1]])))


def child(script, *arguments):
    """A Python process of its own that runs ``script`` with the ledger's modules at hand."""
    return subprocess.Popen(  # noqa: S603 (our own script)
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def killed(process):
    """Wait for a child that kills itself."""
    process.communicate(timeout=60)
    return process.returncode == -signal.SIGKILL


def select_all(url, query):
    """What stands in the database, past the ledger."""
    with past_the_ledger(url) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def change(url, statement):
    """Change something in the database, past the ledger."""
    with past_the_ledger(url) as connection:
        connection.exec_driver_sql(statement)


@contextmanager
def past_the_ledger(url):
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def stopped(process):
    """Stop a child, as a machine does that hangs, and wait until it stands still."""
    process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED)


def let_the_lease_expire(url):
    """As if its holder had been silent for longer than a lease lasts."""
    change(url, "UPDATE run SET expires_at = '2000-01-01T00:00:00.000000+00:00' WHERE ended_at IS NULL")
