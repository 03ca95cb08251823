"""What the ledger remembers of earlier answers, and how little it has to look at."""

from datetime import timedelta

import pytest
from alembic import command

from tasks.domain.duplicates.keys import match_keys
from tasks.domain.duplicates.meaning import ALIKE, UNLIKE
from tasks.domain.duplicates.pairs import Pair, Ruling
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.verdict import Band, Outcome, Reason, Verdict
from tasks.domain.known_answers import Clues
from tasks.ledger.ledger import Ledger
from tasks.ledger.memory import TOO_COMMON
from tests.ledger.ledger_builders import LATER, NOW, RIMA, a_mail, a_plan, a_version, child, killed
from tests.ledger.test_migrations import move

EVA = type(RIMA)("Eva Lind", "eva@example.net", "eva@example.net")
VERDICT = Verdict(Outcome.possible, 0.75, Band.likely, (Reason("phone", "1.00", 1.5),), rules="2026.0")
PAIR = Pair(("A", "B"), VERDICT, NOW, "B", Ruling.linked, LATER, parted=True)
FATHERS = ("Fathers", "What we learned")
NOTHING = Clues(frozenset(), frozenset(), frozenset(), frozenset())


class Reader:
    """An encoder that counts: two proposals are near when they begin alike."""

    name = "reader"

    def __init__(self):
        self.read = []

    def encode(self, proposals):
        self.read += proposals
        return ["".join(texts).encode() for texts in proposals]

    def at_best(self, one, other):
        return self.compare(one, other)

    def compare(self, one, other):
        return ALIKE if one[:3] == other[:3] else UNLIKE


def refs(versions):
    return sorted({version.ref for version in versions})


def clues(**some):
    empty = {name: frozenset() for name in Clues.__slots__}
    return Clues(**{**empty, **{name: {value} for name, value in some.items()}})


def words(version):
    return match_keys(proposal_of(version.ref, version.response))


@pytest.mark.parametrize(
    ("clue", "found"),
    [
        ({}, []),
        ({"rows": "k1"}, ["A"]),
        ({"rows": "k2"}, ["B"]),
        ({"rows": "k"}, []),
        ({"senders": "eva@example.net"}, ["B"]),
        ({"moments": LATER}, ["B"]),
        ({"refs": "A"}, ["A"]),
    ],
)
def test_only_the_submissions_that_a_clue_leads_to_are_loaded_and_they_whole(ledger, clue, found):
    first = a_version("A"), a_version("A", key="k1#2", fingerprint="b")
    ledger.record(a_plan(*first, a_version("B", key="k2", person=EVA, submitted_at=LATER)), NOW)

    versions = ledger.memory(None).submissions_with(clues(**clue))

    assert refs(versions) == found
    assert len(versions) == (2 if found == ["A"] else len(found))


def test_keys_and_fingerprints_are_known_by_language(ledger):
    ledger.record(a_plan(a_version("A"), a_version("B", key="k2", language="fr")), NOW)

    assert ledger.memory(None).contents(["en"]) == {"k1 a"}


def test_refs_that_submissions_have_are_taken(ledger):
    ledger.record(a_plan(a_version("A"), a_version("B", key="k2")), NOW)

    assert ledger.memory(None).taken({"A", "C"}) == {"A"}
    assert ledger.memory(None).taken(set()) == set()


def test_a_submission_is_found_by_the_words_of_what_stands_now(ledger):
    before, after = a_version("A"), a_version("A", fingerprint="b", person=EVA, seen_at=LATER)
    ledger.record(a_plan(before), NOW)
    ledger.record(a_plan(after), LATER)

    sharing = ledger.memory(None).sharing(words(before) | words(after))

    assert set(sharing) == words(after)
    assert set(map(tuple, sharing.values())) == {("A",)}


def test_a_word_that_everybody_has_leads_nowhere(ledger):
    many = [a_version(f"R{n}", key=f"k{n}") for n in range(TOO_COMMON)]
    ledger.record(a_plan(*many), NOW)
    assert set(ledger.memory(None).sharing(words(many[0]))) == words(many[0])

    ledger.record(a_plan(a_version("ONE", key="more")), NOW)

    assert ledger.memory(None).sharing(words(many[0])) == {}


def test_an_older_ledger_learns_the_words_when_it_is_opened(nothing_yet):
    first = Ledger(nothing_yet)
    first.record(a_plan(a_version("A")), NOW)
    first.close()
    move(nothing_yet, command.downgrade, "0001")

    second = Ledger(nothing_yet)
    found = second.memory(None).sharing(words(a_version("A")))
    second.close()

    assert set(found) == words(a_version("A"))


# ------------------------------------------------------------------------------------------------ pairs
def a_pair_plan(*pairs):
    arrivals = (a_version("A"), a_version("B", key="k2"))
    return type(a_plan())(arrivals, (), (), (), {}, pairs)


def test_a_pair_comes_back_as_it_was_recorded_and_replaces_what_was_known(ledger):
    ledger.record(a_pair_plan(Pair(("A", "B"), VERDICT, NOW)), NOW)
    ledger.rule([PAIR], [a_mail("acknowledgement:B", "B")], LATER)

    assert ledger.pairs() == [PAIR]
    assert ledger.memory(None).pairs([("A", "B"), ("A", "C")]) == {("A", "B"): PAIR}
    assert list(ledger.effects()) == ["acknowledgement:B"]


KILLED = """
import os, signal, sys
from sqlalchemy import Engine, event
from tasks.ledger.ledger import Ledger
from tests.ledger.test_memory import PAIR, a_pair_plan
from tests.ledger.ledger_builders import NOW
ledger = Ledger(sys.argv[1])
def end(connection, cursor, statement, *_):
    if statement.startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(Engine, "after_cursor_execute", end)
ledger.record(a_pair_plan(PAIR), NOW)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("statement", "kept"), [("INSERT INTO match_key", 0), ("INSERT INTO pair", 0), ("nothing", 1)])
def test_a_killed_run_leaves_a_version_with_its_words_and_pairs_or_nothing(url, statement, kept):
    assert killed(child(KILLED, url, statement))

    ledger = Ledger(url)
    found = (len(ledger.versions()), len(ledger.memory(None).sharing(words(a_version("A")))), len(ledger.pairs()))
    ledger.close()
    assert found == ((2, len(words(a_version("A"))), 1) if kept else (0, 0, 0))


# ------------------------------------------------------------------------------------------------ texts
def a_couple(**changes):
    one, other = a_version("A"), a_version("B", key="k2", **changes)
    return tuple(proposal_of(version.ref, version.response) for version in (one, other))


def test_without_an_encoder_nothing_is_told(ledger):
    assert not ledger.memory(None).reads_meaning
    assert ledger.memory(None).closeness([a_couple()]) == [None]
    assert ledger.memory(None).closeness_at_best([a_couple()]) == [None]


def test_each_text_is_read_once_and_kept_with_its_submission(ledger):
    reader = Reader()
    first = ledger.memory(reader)
    near, far = a_couple(), a_couple(answers={"title": "Mothers", "summary": ""})

    assert first.closeness([near, far]) == [ALIKE, UNLIKE]
    ledger.record(a_plan(a_version("A"), a_version("B", key="k2")), NOW, first.texts.read)
    assert ledger.memory(reader).closeness([near, far]) == [ALIKE, UNLIKE]

    assert sorted(reader.read) == [FATHERS, FATHERS, ("Mothers",)]


def test_titles_are_read_alone_and_kept_too(ledger):
    reader = Reader()
    first = ledger.memory(reader)

    assert first.closeness_at_best([a_couple()]) == first.closeness_at_best([a_couple()]) == [ALIKE]
    ledger.record(a_plan(a_version("A"), a_version("B", key="k2")), NOW, first.texts.read)
    assert ledger.memory(reader).closeness_at_best([a_couple()]) == [ALIKE]

    assert reader.read == [FATHERS[:1]] * 2


def test_nothing_is_read_where_there_is_no_couple_or_no_text(ledger):
    reader = Reader()

    assert ledger.memory(reader).closeness([]) == []
    assert ledger.memory(reader).closeness([a_couple(answers={"title": "", "summary": ""})]) == [None]
    assert reader.read == [FATHERS]


def test_another_encoder_reads_anew(ledger):
    reader, other = Reader(), Reader()
    other.name = "other"
    memory = ledger.memory(reader)
    memory.closeness([a_couple()])
    ledger.record(a_plan(a_version("A"), a_version("B", key="k2")), NOW + timedelta(hours=1), memory.texts.read)

    ledger.memory(other).closeness([a_couple()])

    assert len(other.read) == 2
