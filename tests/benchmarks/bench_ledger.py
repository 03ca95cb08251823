"""How many effects a second the ledger claims and settles: on SQLite alone, on PostgreSQL with four workers at once.

Every commit is on disk before it returns, as in a real run. Seconds are reported; who won what is asserted.
"""

import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime

import pytest

from config.settings import ROOT
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.ledger.ledger import Ledger
from tests.postgres import running

NOW = datetime(2025, 6, 1, 8, tzinfo=UTC)
KEYS = [f"mail:{number:04d}" for number in range(2_000)]
WORKERS = 4
TOGETHER = 50
WORKER = """
import sys
from tests.benchmarks.bench_ledger import WAYS, work
from tasks.ledger.ledger import Ledger
ledger = Ledger(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
print(*work(ledger, WAYS[sys.argv[2]], int(sys.argv[3])), flush=True)
"""


def one_by_one(ledger, keys):
    """Claim and settle each in two commits, as mail does; answers the keys that were won."""
    won = []
    for key in keys:
        if ledger.claim(key, NOW):
            won.append(key)
            ledger.settle(key, EffectState.sending, EffectState.sent, NOW)
    return won


def some_at_a_time(ledger, keys):
    """Claim and settle many in two commits, as rows that are appended together."""
    won = []
    for start in range(0, len(keys), TOGETHER):
        ours = sorted(ledger.claim_many({key: {} for key in keys[start : start + TOGETHER]}, NOW))
        ledger.settle_many(ours, EffectState.sending, EffectState.sent, NOW)
        won += ours
    return won


WAYS = {"one by one": one_by_one, "some at a time": some_at_a_time}


def work(ledger, way, number):
    """One worker of several: its share, and then whatever nobody has claimed yet."""
    won = way(ledger, KEYS[number::WORKERS])
    return won + way(ledger, list(ledger.effects(states={EffectState.ready})))


def filled(url):
    ledger = Ledger(url)
    ledger.intend([Effect(key, EffectKind.mail, "") for key in KEYS], NOW)
    return ledger


def all_are_sent_in_one_attempt(ledger):
    found = Counter((effect.state, effect.attempts) for effect in ledger.effects().values())
    return found == {(EffectState.sent, 1): len(KEYS)}


@pytest.mark.parametrize("way", WAYS)
def test_sqlite_in_one_process(tmp_path, report, way):
    ledger = filled(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    began, worked = time.perf_counter(), time.process_time()
    won = WAYS[way](ledger, KEYS)
    rate = len(KEYS) / (time.perf_counter() - began)
    core = 1000 * (time.process_time() - worked) / len(KEYS)

    told = f"{rate:,.0f} a second, {core:.2f} ms of a core each"
    report(f"claim + settle on SQLite, {way}", told, ">= 2,000 a second", holds=rate >= 2_000)
    assert won == KEYS
    assert all_are_sent_in_one_attempt(ledger)
    ledger.close()


@pytest.fixture(scope="module")
def server():
    """PostgreSQL as it is installed: what is committed is on disk."""
    with running(settings=()) as server:
        yield server


@pytest.mark.parametrize("way", WAYS)
def test_postgresql_with_four_workers(server, report, way):
    url = server.new_database()
    ledger = filled(url)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    command = [sys.executable, "-c", WORKER, url, way]
    workers = [subprocess.Popen([*command, str(number)], **pipes) for number in range(WORKERS)]  # noqa: S603 (our own)
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    began = time.perf_counter()
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    won = [worker.stdout.readline().split() for worker in workers]
    rate = len(KEYS) / (time.perf_counter() - began)
    for worker in workers:
        worker.communicate()

    told = f"{rate:,.0f} a second"
    report(f"the same on PostgreSQL, {WORKERS} workers, {way}", told, ">= 1,000 a second", holds=rate >= 1_000)
    assert sorted(key for one in won for key in one) == KEYS
    assert all_are_sent_in_one_attempt(ledger)
    ledger.close()
