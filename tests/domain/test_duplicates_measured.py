"""A small bench_duplicates: rows whose labels the matcher has not seen, without the encoder."""

import pytest

from tests.benchmarks.duplicates.figures import best
from tests.benchmarks.duplicates.generator import generate, usual_mix
from tests.benchmarks.duplicates.measuring import answer

F1_WITHOUT_ENCODER = 0.88
SENT_AGAIN = {**usual_mix(), "alone": 0, "resubmission": 400, "e-mail typo": 80, "other address": 80}


@pytest.fixture(scope="module")
def usual():
    return answer("report", [1], 160)


@pytest.fixture(scope="module")
def sent_again():
    return answer("report", [2], 250, mix=SENT_AGAIN)


def test_nothing_is_joined_without_asking_that_is_two_proposals(usual, sent_again):
    assert usual.wrong_updates + sent_again.wrong_updates == []


def test_most_plain_resubmissions_are_joined_without_asking(sent_again):
    plain = {pair for pair, kind in sent_again.truth.items() if kind == "resubmission"}

    assert len(plain) >= 50
    assert len(plain & set(sent_again.updates)) >= 0.65 * len(plain)


def test_duplicates_come_before_what_only_looks_like_them(usual):
    assert best(usual.curve()).f1 >= F1_WITHOUT_ENCODER


def test_every_duplicate_is_a_candidate(usual):
    assert set(usual.truth) - usual.compared == set()


def test_the_rows_follow_from_part_seed_and_size():
    one, other = (generate(3, 60, part="tune") for _ in range(2))

    assert (one.rows, one.labels) == (other.rows, other.labels)
    assert one.rows != generate(4, 60, part="tune").rows
