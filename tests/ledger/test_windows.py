"""Mails that are claimed together: each is noted and settled for itself, and what a power cut leaves is not trusted."""

from collections import Counter
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from tasks.domain.effects import MOVES, EffectState
from tasks.ledger.lease import LeaseLost
from tasks.ledger.ledger import Ledger
from tests.ledger.ledger_builders import KEY, LATER, NOW, a_mail, let_the_lease_expire

OTHER, THIRD = "mail:2", "mail:3"
KEYS = [KEY, OTHER, THIRD]
SENDING, SENT, READY = EffectState.sending, EffectState.sent, EffectState.ready
BEFORE, AFTER = "before the power cut", "after the power cut"


@pytest.fixture
def mails(ledger):
    """Three that are ready."""
    ledger.intend([a_mail(key) for key in KEYS], NOW)
    return ledger


def states(ledger):
    found = ledger.effects()
    return [found[key].state for key in KEYS]


def test_a_window_is_claimed_as_single_mails_are(mails):
    with mails.windows() as windows:
        claimed = windows.claim(KEYS[:2], NOW, "smtp")

    assert claimed.keys() == set(KEYS[:2])
    assert states(mails) == [SENDING, SENDING, READY]
    found = mails.effect(KEY)
    assert (found.attempts, found.claimed_at, found.provider) == (1, NOW, "smtp")


def test_a_claim_says_which_attempt_it_is_and_what_an_earlier_one_noted(mails):
    mails.claim(KEY, NOW)
    mails.note(KEY, provider_id="r-7")
    mails.settle(KEY, SENDING, READY, NOW)

    with mails.windows() as windows:
        claimed = windows.claim(KEYS, LATER, "smtp")

    assert (claimed[KEY].attempts, claimed[KEY].provider_id) == (2, "r-7")
    assert (claimed[OTHER].attempts, claimed[OTHER].provider_id) == (1, "")


def test_what_somebody_else_has_is_not_claimed_again(mails, other):
    other.claim(OTHER, NOW)

    with mails.windows() as windows:
        assert windows.claim(KEYS, NOW, "smtp").keys() == {KEY, THIRD}


def test_two_runs_claim_windows_side_by_side_and_no_mail_twice(mails, other):
    with mails.windows() as ours, other.windows() as theirs:
        won = [ours.claim([KEY, OTHER], NOW, "smtp"), theirs.claim([OTHER, THIRD], NOW, "smtp")]

    assert Counter(key for one in won for key in one) == Counter(KEYS)


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("new", sorted(MOVES[SENDING]))
def test_a_mail_of_a_window_is_settled_as_a_single_one_is(mails, other, new, size):
    with mails.windows() as windows:
        windows.claim(KEYS[:size], NOW, "")
        windows.note(KEY, "smtp 1 <m@example.org>")
        windows.settle(KEY, SENDING, new, LATER, detail="why")

    found = other.effect(KEY)
    assert (found.state, found.provider_id, found.detail) == (new, "smtp 1 <m@example.org>", "why")
    assert found.settled_at == (LATER if new is SENT else None)


def test_a_move_that_the_table_does_not_allow_is_refused_in_a_window_too(mails):
    with mails.windows() as windows:
        windows.claim(KEYS, NOW, "smtp")

        with pytest.raises(ValueError, match=f"{KEY}: sending → expired is not an allowed move"):
            windows.settle(KEY, SENDING, EffectState.expired, NOW)


def test_what_was_not_tried_is_ready_again_and_what_was_settled_stays_so(mails):
    with mails.windows() as windows:
        windows.claim(KEYS, NOW, "smtp")
        windows.settle(KEY, SENDING, SENT, NOW)
        windows.give_back(KEYS)

    assert states(mails) == [SENT, READY, READY]


def test_a_run_that_was_given_up_in_the_middle_of_a_window_can_neither_note_nor_settle(mails, other, url):
    with pytest.raises(LeaseLost), mails.lease.held("intake"), mails.windows() as windows:  # noqa: PT012 (one story)
        windows.claim(KEYS, NOW, "smtp")
        windows.note(KEY, "smtp 1 <m@example.org>")
        let_the_lease_expire(url)
        with other.lease.held("invitations"):
            for turned_away in (
                lambda: windows.note(OTHER, "smtp 1 <n@example.org>"),
                lambda: windows.settle(KEY, SENDING, SENT, NOW),
                lambda: windows.give_back([OTHER]),
                lambda: windows.claim([THIRD], NOW, "smtp"),
            ):
                with pytest.raises(LeaseLost):
                    turned_away()
            found = other.abandoned(a_mail().kind)

    assert {key: (one.state, one.provider_id) for key, one in found.items()} == {
        KEY: (SENDING, "smtp 1 <m@example.org>"),
        OTHER: (SENDING, ""),
        THIRD: (SENDING, ""),
    }


# ------------------------------------------------------------------------------------------------ after a power cut
@contextmanager
def started(path, boot):
    """The ledger as it is opened after one start of the machine or another."""
    ledger = Ledger(f"sqlite:///{path}", boot=boot)
    yield ledger
    ledger.close()


def claimed_before(path, boot, keys=tuple(KEYS)):
    with started(path, boot) as ledger:
        ledger.intend([a_mail(key) for key in KEYS], NOW)
        with ledger.windows() as windows:
            windows.claim(keys, NOW, "smtp")


DOUBTS = {
    "the machine has started again": (BEFORE, KEYS, AFTER, True),
    "only the process has": (BEFORE, KEYS, BEFORE, False),
    "its starts have no names, so every note is on disk": ("", KEYS, "", False),
    "it was the only mail of its window, whose note is on disk": (BEFORE, KEYS[:1], AFTER, False),
}


@pytest.mark.parametrize(("boot", "keys", "now", "doubtful"), DOUBTS.values(), ids=DOUBTS)
def test_a_missing_note_says_nothing_only_where_it_may_be_lost(path, boot, keys, now, doubtful):
    claimed_before(path, boot, keys)

    with started(path, now) as ledger:
        assert ledger.effect(KEY).note_may_be_lost is doubtful


def test_the_next_attempt_is_not_in_doubt_for_the_one_before_it(path):
    claimed_before(path, BEFORE)

    with started(path, AFTER) as ledger:
        ledger.settle(KEY, SENDING, READY, NOW)
        assert ledger.claim(KEY, LATER)
        assert not ledger.effect(KEY).note_may_be_lost


@pytest.fixture
def written():
    """Every change of an effect by connections made from now on, and how it waited for the disk."""
    found = []

    def watch(connection, _record):
        level = ["FULL"]

        def see(statement):
            if statement.startswith("PRAGMA synchronous="):
                level[0] = statement.partition("=")[2]
            if statement.startswith("UPDATE"):
                found.append(level[0])

        connection.set_trace_callback(see)

    event.listen(Engine, "connect", watch)
    yield found
    event.remove(Engine, "connect", watch)


WAITS = {
    "a mail alone": (BEFORE, 1, ["FULL", "FULL", "FULL"]),
    "several": (BEFORE, 3, ["FULL", "NORMAL", "NORMAL"]),
    "several, where starts of the machine have no names": ("", 3, ["FULL", "FULL", "NORMAL"]),
}


@pytest.mark.parametrize(("boot", "size", "expected"), WAITS.values(), ids=WAITS)
def test_a_claim_is_on_disk_at_once_and_the_rest_where_it_must_be(path, written, boot, size, expected):
    with started(path, boot) as ledger:
        ledger.intend([a_mail(key) for key in KEYS], NOW)
        with ledger.lease.held("intake"):
            written.clear()
            with ledger.windows() as windows:
                windows.claim(KEYS[:size], NOW, "smtp")
                windows.note(KEY, "smtp 1 <m@example.org>")
                windows.settle(KEY, SENDING, SENT, NOW)
            ends = written[3:]

    assert written[:3] == expected
    assert ends == ([] if size == 1 else ["FULL"])  # the end of the windows: everything is on disk
