"""Pairs are read from Possible duplicates as they were shown, in any staff language."""

from datetime import UTC, datetime

import pytest

from tasks.domain.duplicates.pairs import Ruling
from tasks.domain.duplicates.verdict import Band, Outcome
from tasks.domain.rebuild_pairs import pairs_in
from tasks.domain.table import read_table
from tests.domain.sheet_builders import PROGRAMME, a_tab
from tests.domain.test_rebuild import EVERY, T

COLUMNS = PROGRAMME.register_.duplicates
REFS = ("K7P2QX", "Z3W4VT")
NOW = datetime(2024, 4, 1, 12, 0, tzinfo=UTC)


def read(*rows, waiting=None):
    cells = [{"pair": " · ".join(REFS), **row} for row in rows]
    return list(pairs_in(read_table(a_tab(COLUMNS, *cells), COLUMNS.columns).rows, waiting or {}, EVERY, "UTC", NOW))


@pytest.mark.parametrize("words", EVERY, ids=["en", "es", "fr"])
@pytest.mark.parametrize("band", Band)
def test_an_open_pair_keeps_its_band_and_is_joined_by_nothing(words, band):
    (pair,) = read({"state": words.explain("open"), "band": words.explain(f"band-{band}")})

    assert (pair.refs, pair.verdict.outcome, pair.verdict.band, pair.ruling) == (REFS, Outcome.possible, band, None)


@pytest.mark.parametrize("words", EVERY, ids=["en", "es", "fr"])
@pytest.mark.parametrize("ruling", Ruling)
def test_a_verdict_that_was_heard_is_remembered_with_its_moment(words, ruling):
    state = words.explain(f"ruled-{ruling.name}", ref=REFS[0], when=words.moment(T, "UTC"))

    (pair,) = read({"state": state, "verdict": str(ruling)})

    assert (pair.ruling, pair.ruled_at) == (ruling, T)


def test_a_verdict_that_no_run_has_heard_is_left_to_the_next_one():
    (pair,) = read({"state": EVERY[0].explain("open"), "verdict": "Different"})

    assert (pair.ruling, pair.ruled_at) == (None, None)


@pytest.mark.parametrize("words", EVERY, ids=["en", "es", "fr"])
def test_what_was_joined_without_asking_stays_joined(words):
    (pair,) = read({"state": words.explain("joined", ref=REFS[0])})

    assert pair.joined


@pytest.mark.parametrize(
    ("waiting", "unacknowledged"),
    [
        ({}, ""),
        ({REFS[0]: f"not acknowledged: see {REFS[1]}"}, REFS[0]),
        ({REFS[1]: f"not acknowledged: see {REFS[0]}"}, REFS[1]),
        ({REFS[1]: "not acknowledged: see W8R2XW"}, ""),
    ],
)
def test_whose_acknowledgement_was_held_back_for_whom_is_found_in_the_states(waiting, unacknowledged):
    (pair,) = read({}, waiting=waiting)

    assert pair.unacknowledged == unacknowledged


@pytest.mark.parametrize("name", ["", "K7P2QX", "K7P2QX and more"])
def test_a_row_that_does_not_name_two_submissions_is_no_pair(name):
    assert read({"pair": name}) == []


def test_a_pair_that_stands_twice_is_one():
    assert len(read({}, {})) == 1
