"""What stands in the rows is kept in the process, and never taken for true when anybody else has written since."""

import pytest

from tasks.ledger.contents import Contents
from tasks.ledger.database import open_database
from tasks.ledger.ledger import Ledger
from tests.ledger.ledger_builders import LATER, NOW, a_plan, a_version, change, child

WORKERS = ("mine", "theirs")
ACTS = {
    "a submission": a_version("A"),
    "another one": a_version("B", key="k2", fingerprint="b"),
    "in another language": a_version("C", key="k3", fingerprint="c", language="fr"),
    "an edit": a_version("A", fingerprint="d", seen_at=LATER),
    "put back": a_version("A", seen_at=LATER),
}
ANOTHER_PROCESS = """
import sys
from tasks.ledger.ledger import Ledger
from tests.ledger.ledger_builders import NOW, a_plan, a_version
Ledger(sys.argv[1]).record(a_plan(a_version("B", key="k2")), NOW)
"""


def told(ledger, *languages):
    return set(ledger.memory(None).contents(languages or ("en", "fr")))


def afresh(url, *languages):
    ledger = Ledger(url)
    found = told(ledger, *languages)
    ledger.close()
    return found


def test_what_a_poll_kept_is_not_read_again(ledger):
    ledger.record(a_plan(a_version("A")), NOW)
    before = ledger.memory(None).contents(["en"])

    ledger.record(a_plan(a_version("B", key="k2"), a_version("C", key="k3", language="fr")), NOW)

    assert ledger.memory(None).contents(["en"]) is before
    assert before == {"k1 a", "k2 a"}


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({"fingerprint": "b"}, {"k1 b"}),
        ({"key": "k1#2", "fingerprint": "b"}, {"k1#2 b"}),
        ({"key": "k2"}, {"k1 a", "k2 a"}),
        ({"ref": "B", "fingerprint": "b"}, {"k1 a", "k1 b"}),
        ({"fingerprint": "b", "seen_at": NOW}, {"k1 a", "k1 b"}),
    ],
    ids=["an edit", "of the same second", "another row", "another submission", "seen at once"],
)
def test_what_a_later_version_of_the_row_replaced_no_longer_stands(url, ledger, more, standing):
    ledger.record(a_plan(a_version("A")), NOW)
    assert told(ledger) == {"k1 a"}

    ledger.record(a_plan(a_version(**{"ref": "A", "seen_at": LATER} | more)), LATER)

    assert told(ledger) == afresh(url) == standing


def test_what_is_put_back_stands_again(url, ledger):
    versions = [a_version("A", fingerprint=one, seen_at=NOW + at * (LATER - NOW)) for at, one in enumerate("aba")]
    for version in versions:
        ledger.record(a_plan(version), NOW)
        told(ledger)

    assert told(ledger) == afresh(url) == {"k1 a"}


def test_what_another_process_wrote_is_seen(url, ledger):
    ledger.record(a_plan(a_version("A")), NOW)
    assert told(ledger) == {"k1 a"}

    process = child(ANOTHER_PROCESS, url)
    process.communicate(timeout=60)

    assert process.returncode == 0
    assert told(ledger) == {"k1 a", "k2 a"}


@pytest.mark.parametrize(
    "acts",
    [
        ("a submission", "an edit", "put back"),
        ("a submission", "another one", "an edit"),
        ("in another language", "a submission", "another one"),
    ],
    ids=", then ".join,
)
@pytest.mark.parametrize("second", WORKERS)
@pytest.mark.parametrize("looks", WORKERS)
def test_two_workers_that_write_in_turn_know_the_same_as_one_that_comes_new(url, ledger, other, acts, second, looks):
    workers = dict(zip(WORKERS, (ledger, other), strict=True))
    for worker, act in zip(("mine", second, "mine"), acts, strict=True):
        workers[worker].record(a_plan(ACTS[act]), NOW)
        told(workers[looks])

    assert told(ledger) == told(other) == afresh(url)


def test_what_both_wrote_at_once_is_known_to_both(url, ledger, other):
    both = ledger.memory(None), other.memory(None)
    assert [memory.contents(["en"]) for memory in both] == [set(), set()]

    ledger.record(a_plan(a_version("A")), NOW)
    other.record(a_plan(a_version("B", key="k2")), NOW)

    assert [memory.contents(["en"]) for memory in both] == [afresh(url)] * 2 == [{"k1 a", "k2 a"}] * 2


def test_what_anybody_erased_is_known_no_longer(url, ledger):
    ledger.record(a_plan(a_version("A"), a_version("B", key="k2")), NOW)
    assert told(ledger) == {"k1 a", "k2 a"}

    change(url, "DELETE FROM response WHERE ref = 'A'")

    assert told(ledger) == {"k2 a"}


def test_one_that_was_erased_and_one_that_came_do_not_hide_each_other(url, ledger, other):
    ledger.record(a_plan(a_version("A"), a_version("B", key="k2")), NOW)
    assert told(ledger) == {"k1 a", "k2 a"}

    change(url, "DELETE FROM response WHERE ref = 'A'")
    other.record(a_plan(a_version("C", key="k3")), NOW)

    assert told(ledger) == {"k2 a", "k3 a"}


def test_a_poll_in_other_languages_reads_theirs(ledger):
    ledger.record(a_plan(a_version("A"), a_version("C", key="k3", language="fr")), NOW)

    assert [told(ledger, *some) for some in (("en",), ("fr",), ("en", "fr"), ("en",))] == [
        {"k1 a"},
        {"k3 a"},
        {"k1 a", "k3 a"},
        {"k1 a"},
    ]


def test_what_could_not_be_written_is_not_known(url):
    engine = open_database(url)
    contents = Contents(engine)
    assert contents.of(["en"]) == set()

    with pytest.raises(RuntimeError), contents.written([a_version("A")]):
        raise RuntimeError

    assert contents.of(["en"]) == set()
    engine.dispose()


def test_a_plan_without_versions_leaves_what_is_kept(ledger):
    ledger.record(a_plan(a_version("A")), NOW)
    before = ledger.memory(None).contents(["en"])

    ledger.record(a_plan(), NOW)

    assert ledger.memory(None).contents(["en"]) is before
