"""Recorded traffic of the real Google, sent again: the sandbox answers as Google did.

``python -m tests.sandbox.replay`` prints the table and every difference.
"""

from collections import Counter

import pytest

from tests.sandbox.replay.__main__ import everything
from tests.sandbox.replay.replaying import IDENTICAL, NO_BODY, OTHER_STATUS
from tests.sandbox.replay.report import allowed, entries, listing, table

EXCHANGES = 2130
RECORDINGS = 124
WANTED = 0.99
EXACT = {f"sheets.spreadsheets.values.{name}" for name in ("get", "update", "append", "clear")}
REASONS = (
    "value chosen by the server",
    "decoration that is not modelled",
    "feature outside the pipeline",
    "data that existed before",
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    return everything(tmp_path_factory.mktemp("replay"))


def test_every_recorded_exchange_is_replayed(outcomes):
    assert len(outcomes) == EXCHANGES
    assert len({one.exchange.recording for one in outcomes}) == RECORDINGS


def test_every_status_is_googles(outcomes):
    wrong = [(one.exchange, one.differences) for one in outcomes if one.same == OTHER_STATUS]
    assert wrong == []


def test_nearly_every_answer_is_googles_to_the_letter(outcomes):
    classes = Counter(one.same for one in outcomes)
    assert classes[IDENTICAL] / (EXCHANGES - classes[NO_BODY]) >= WANTED, table(outcomes)


@pytest.mark.parametrize("endpoint", sorted(EXACT))
def test_the_answers_that_the_pipeline_lives_on_are_all_googles(outcomes, endpoint):
    classes = Counter(one.same for one in outcomes if one.endpoint == endpoint)
    assert classes.keys() == {IDENTICAL}, table(outcomes)


def test_whatever_else_differs_is_accepted_on_purpose(outcomes):
    assert listing(outcomes) == "", table(outcomes)


def test_an_accepted_difference_that_no_longer_occurs_must_go(outcomes):
    assert set(allowed()) - set(entries(outcomes)) == set()


def test_every_acceptance_has_one_of_four_reasons():
    assert [reason for reason in allowed().values() if not reason.startswith(REASONS)] == []
