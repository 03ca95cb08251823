"""One live run at a time, however a run ends."""

import signal
import threading
import time

import pytest

from tasks.ledger.ledger import Ledger
from tasks.ledger.lock import LedgerBusy, only_one
from tests.ledger.ledger_builders import child, url_of

HOLDER = """
import sys, time
from pathlib import Path
from tasks.ledger.lock import only_one
with only_one(Path(sys.argv[1]), patience=0):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.sqlite.lock"


def test_a_second_holder_gives_up_when_its_patience_ends(path):
    begun = time.monotonic()

    with (
        only_one(path, patience=0),
        pytest.raises(LedgerBusy, match="another run is at work"),
        only_one(path, patience=0.3),
    ):
        pytest.fail("two runs at once")

    assert 0.3 <= time.monotonic() - begun < 30


def test_a_second_holder_waits_until_the_first_has_finished(path):
    order = []
    held = threading.Event()

    def first():
        with only_one(path, patience=0):
            held.set()
            time.sleep(0.3)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    held.wait()
    with only_one(path, patience=10):
        order.append("second")
    thread.join()

    assert order == ["first", "second"]


def test_a_holder_that_fails_frees_the_lock(path):
    with pytest.raises(RuntimeError, match="a mistake"), only_one(path, patience=0):
        raise RuntimeError("a mistake")

    with only_one(path, patience=0):
        pass


def test_a_killed_holder_frees_the_lock(path):
    holder = child(HOLDER, path)
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LedgerBusy), only_one(path, patience=0):
        pytest.fail("two runs at once")

    holder.send_signal(signal.SIGKILL)
    holder.communicate(timeout=10)

    with only_one(path, patience=0):
        pass


def test_two_ledgers_on_one_file_share_the_lock_and_two_files_do_not(tmp_path):
    ledger, same, other = (Ledger(url_of(tmp_path / name), patience=0) for name in ("a.sqlite", "a.sqlite", "b.sqlite"))

    with ledger.only_run(), other.only_run(), pytest.raises(LedgerBusy), same.only_run():
        pytest.fail("two runs at once")
    for one in (ledger, same, other):
        one.close()
