"""One live run at a time, however a run ends; and a run that was given up can do nothing more."""

import re
import signal
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from tasks.domain.effects import EffectKind, EffectState
from tasks.domain.rebuilt import Rebuilt
from tasks.ledger.lease import LASTS, LeaseLost, LedgerBusy
from tasks.ledger.ledger import Ledger
from tests.ledger.ledger_builders import (
    KEY,
    NOW,
    a_mail,
    a_plan,
    a_problem,
    a_version,
    change,
    child,
    let_the_lease_expire,
    select_all,
    stopped,
    url_of,
)

HOLDER = """
import sys
from tasks.ledger.ledger import Ledger
from tests.ledger.ledger_builders import KEY, NOW
ledger = Ledger(sys.argv[1])
with ledger.lease.held("intake"):
    ledger.claim(KEY, NOW)
    print("held", flush=True)
    sys.stdin.readline()
    ledger.lease.renew()
"""


@pytest.fixture
def impatient(url):
    """A run that does not wait."""
    ledger = Ledger(url, patience=0)
    yield ledger
    ledger.close()


@pytest.fixture
def holder(ledger, url):
    """A process that holds the lease and has claimed a mail."""
    ledger.intend([a_mail(), a_mail("mail:2")], NOW)
    process = child(HOLDER, url)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


@contextmanager
def given_up(url):
    let_the_lease_expire(url)
    yield


def fences(url):
    return [fence for (fence,) in select_all(url, "SELECT id FROM run ORDER BY id")]


# ------------------------------------------------------------------------------------------------ one at a time
def test_a_run_whose_patience_ends_says_which_run_it_waited_for_and_since_when(ledger, impatient):
    with (
        ledger.lease.held("scheduling"),
        pytest.raises(LedgerBusy) as busy,
        impatient.lease.held("intake"),
    ):
        pytest.fail("two runs at once")

    since = datetime.now(UTC).year
    told = rf"scheduling is at work on this ledger since {since}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(process \d+ on \S+\)"
    assert re.fullmatch(rf"{told}; the next run goes on", str(busy.value))


def test_a_second_run_waits_until_the_first_has_finished(ledger, other):
    order = []
    held, go = threading.Event(), threading.Event()

    def first():
        with ledger.lease.held("intake"):
            held.set()
            go.wait()
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    held.wait()
    threading.Timer(0.3, go.set).start()
    with other.lease.held("scheduling"):
        order.append("second")
    thread.join()

    assert order == ["first", "second"]


def test_a_run_that_fails_frees_the_lease(ledger, impatient):
    with pytest.raises(RuntimeError, match="a mistake"), ledger.lease.held("intake"):
        raise RuntimeError("a mistake")

    with impatient.lease.held("intake"):
        pass


def test_two_ledgers_share_nothing(ledger, tmp_path):
    elsewhere = Ledger(url_of(tmp_path / "b.sqlite"), patience=0)

    with ledger.lease.held("intake"), elsewhere.lease.held("intake"):
        pass
    elsewhere.close()


def test_every_run_gets_a_higher_number_than_all_before_it(ledger, url):
    for _ in range(3):
        with ledger.lease.held("intake"):
            pass

    assert fences(url) == [1, 2, 3]


def test_old_runs_are_forgotten_and_their_numbers_are_not_given_again(ledger, url):
    with ledger.lease.held("intake"):
        pass
    change(url, "UPDATE run SET id = 5000")
    if url.startswith("postgresql"):
        change(url, "SELECT setval('run_id_seq', 5000)")
    with ledger.lease.held("intake"):
        pass
    change(url, "UPDATE run SET id = 3 WHERE id = 5000")

    with ledger.lease.held("intake"):
        pass

    assert fences(url) == [5001, 5002]


def test_a_run_renews_its_lease_only_after_a_while(ledger, url):
    with ledger.lease.held("intake"):
        let_the_lease_expire(url)

        ledger.lease.renew()

        assert select_all(url, "SELECT expires_at FROM run") == [("2000-01-01T00:00:00.000000+00:00",)]


def test_a_run_that_was_silent_for_a_while_renews_its_lease(ledger, url):
    with ledger.lease.held("intake"):
        let_the_lease_expire(url)
        ledger.lease._renewed_at -= LASTS.total_seconds()  # noqa: SLF001 (time that passes)

        ledger.lease.renew()

        [(expires_at,)] = select_all(url, "SELECT expires_at FROM run")
        assert datetime.fromisoformat(expires_at) > datetime.now(UTC) + LASTS / 2


# ------------------------------------------------------------------------------------------------ killed
def test_the_lease_of_a_killed_run_is_free_at_once_and_its_claims_are_abandoned(holder, impatient, other):
    with pytest.raises(LedgerBusy), impatient.lease.held("intake"):
        pytest.fail("two runs at once")

    holder.send_signal(signal.SIGKILL)
    holder.communicate(timeout=60)

    with other.lease.held("intake"):  # a server needs a moment to see that a connection is gone
        assert list(other.abandoned(EffectKind.mail)) == [KEY]


# ------------------------------------------------------------------------------------------------ hung
def test_a_run_that_hangs_keeps_the_lease_until_it_expires(holder, impatient, url):
    stopped(holder)
    with pytest.raises(LedgerBusy), impatient.lease.held("intake"):
        pytest.fail("two runs at once")

    let_the_lease_expire(url)

    with impatient.lease.held("intake"):
        assert list(impatient.abandoned(EffectKind.mail)) == [KEY]


def test_a_run_that_hung_goes_on_if_nobody_took_over(holder, url):
    stopped(holder)
    let_the_lease_expire(url)
    holder.send_signal(signal.SIGCONT)

    holder.communicate("go\n", timeout=60)

    assert holder.returncode == 0
    assert select_all(url, "SELECT count(*) FROM run WHERE ended_at IS NOT NULL") == [(1,)]


HUNG = """
import sys
from tasks.ledger.lease import LeaseLost
from tasks.ledger.ledger import Ledger
from tests.ledger.ledger_builders import KEY, NOW
from tests.ledger.test_lease import DEEDS
ledger = Ledger(sys.argv[1])
try:
    with ledger.lease.held("intake"):
        ledger.claim(KEY, NOW)
        print("held", flush=True)
        for line in sys.stdin:
            try:
                DEEDS[line.strip()](ledger)
                print("done", flush=True)
            except LeaseLost as lost:
                print(lost, flush=True)
except LeaseLost as lost:
    print(f"ended: {lost}", flush=True)
"""
DEEDS = {
    "claim": lambda ledger: ledger.claim("mail:2", NOW),
    "settle": lambda ledger: ledger.settle(KEY, EffectState.sending, EffectState.sent, NOW),
    "note": lambda ledger: ledger.note(KEY, provider_id="draft-of-the-hung-one"),
    "intend": lambda ledger: ledger.intend([a_mail("mail:3")], NOW),
    "record": lambda ledger: ledger.record(a_plan(a_version(), promised=(a_mail("mail:4"),)), NOW),
    "record_problems": lambda ledger: ledger.record_problems([a_problem()], [], NOW),
    "rule": lambda ledger: ledger.rule([], [a_mail("mail:5")], NOW),
    "rebuild": lambda ledger: ledger.rebuild(Rebuilt(NOW, effects=[a_mail("mail:6")])),
    "record_sheets": lambda ledger: ledger.register.record_sheets(["responses-en"], NOW),
    "will_write": lambda ledger: ledger.register.will_write(["d"], NOW, NOW - timedelta(days=1)),
    "effects": lambda ledger: ledger.effects(),
    "renew": lambda ledger: vars(ledger.lease).update(_renewed_at=0.0) or ledger.lease.renew(),
}
EVERYTHING = "SELECT key, state, provider_id, attempts, claimed_by FROM effect ORDER BY key"


def test_a_run_that_hung_and_was_given_up_can_do_nothing_more_and_says_so(ledger, impatient, url):
    ledger.intend([a_mail(), a_mail("mail:2")], NOW)
    hung = child(HUNG, url)
    assert hung.stdout.readline() == "held\n"
    stopped(hung)
    let_the_lease_expire(url)

    with impatient.lease.held("scheduling"):
        assert list(impatient.abandoned(EffectKind.mail)) == [KEY]
        assert impatient.settle(KEY, EffectState.sending, EffectState.ready, NOW)
        assert impatient.claim(KEY, NOW, provider_id="draft-of-the-second")
        assert impatient.abandoned(EffectKind.mail) == {}
        before = select_all(url, EVERYTHING)
        hung.send_signal(signal.SIGCONT)
        told, _ = hung.communicate("".join(f"{deed}\n" for deed in DEEDS), timeout=60)

    *lines, end = told.splitlines()
    lost = r"this run was silent for so long that scheduling took over at \S+ \S+ UTC; what it left open is looked up"
    assert [line for line in lines if not re.fullmatch(lost, line)] == []
    assert len(lines) == len(DEEDS)
    assert re.fullmatch(f"ended: {lost}", end)
    assert before == select_all(url, EVERYTHING)
    assert before == [(KEY, "sending", "draft-of-the-second", 2, 2), ("mail:2", "ready", "", 0, None)]
    assert (ledger.versions(), ledger.attention(), ledger.register.sheets_seen()) == ([], [], {})


def test_a_claim_of_the_run_at_work_is_not_abandoned_and_what_is_uncertain_always_is(ledger):
    ledger.intend([a_mail(), a_mail("mail:2"), a_mail("mail:3")], NOW)
    with ledger.lease.held("intake"):
        ledger.claim(KEY, NOW)
        ledger.claim("mail:2", NOW)
        ledger.settle("mail:2", EffectState.sending, EffectState.uncertain, NOW)

        assert list(ledger.abandoned(EffectKind.mail)) == ["mail:2"]

    with ledger.lease.held("intake"):
        assert list(ledger.abandoned(EffectKind.mail)) == [KEY, "mail:2"]
        assert ledger.abandoned(EffectKind.row) == {}


def test_a_run_that_ends_in_peace_after_another_took_over_says_that_it_lost_the_lease(ledger, impatient, url):
    with pytest.raises(LeaseLost), ledger.lease.held("intake"), given_up(url), impatient.lease.held("scheduling"):
        pass
