"""Verdicts of staff that cannot all be true: pointed out, and not acted upon until one is changed."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from tasks.domain.duplicates.contradictions import contradiction_problem, contradictions, without_contradictions
from tasks.domain.duplicates.pairs import Pair, Ruling, refs_of
from tasks.domain.duplicates.verdict import Outcome, Verdict
from tests.domain.sheet_builders import PROGRAMME, to_do, wrong

A, B, C, D, E = "B22222", "C33333", "D44444", "E55555", "F66666"
NOW = datetime(2024, 2, 16, 8, 0, tzinfo=UTC)
SAME, LINKED, SERIES, DIFFERENT = Ruling.same, Ruling.linked, Ruling.series, Ruling.different
UNRULED, BY_RULE = None, "by rule"


def a_pair(one, other, said):
    outcome, ruling = (Outcome.same, None) if said == BY_RULE else (Outcome.possible, said)
    return Pair(refs_of(one, other), Verdict(outcome, 0.9), NOW, ruling=ruling)


def found(*told):
    return [{pair.refs for pair in one} for one in contradictions(a_pair(*one) for one in told)]


@pytest.mark.parametrize(
    "told",
    [
        [],
        [(A, B, SAME), (B, C, SAME), (A, C, SAME)],
        [(A, B, SAME), (B, C, SAME), (A, C, UNRULED)],
        [(A, B, SAME), (B, C, DIFFERENT), (A, C, DIFFERENT)],
        [(A, B, SAME), (A, C, LINKED), (B, C, UNRULED)],
        [(A, B, DIFFERENT), (B, C, LINKED), (A, C, SERIES)],
        [(A, B, UNRULED), (B, C, LINKED), (A, C, SERIES)],
        [(A, B, SAME), (C, D, DIFFERENT)],
    ],
)
def test_verdicts_that_can_all_be_true_are_no_contradiction(told):
    assert found(*told) == []


@pytest.mark.parametrize("other", [DIFFERENT, LINKED, SERIES])
@pytest.mark.parametrize("joined", [SAME, BY_RULE])
@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_two_that_are_one_with_a_third_cannot_be_two(other, joined, order):
    told = [(A, B, SAME), (B, C, joined), (A, C, other)]

    assert found(*(told[at] for at in order)) == [{(A, B), (B, C), (A, C)}]


@pytest.mark.parametrize(("one", "other"), [*permutations([DIFFERENT, LINKED, SERIES], 2)])
def test_two_that_are_one_cannot_be_two_things_to_a_third(one, other):
    assert found((A, B, SAME), (A, C, one), (B, C, other)) == [{(A, B), (B, C), (A, C)}]


def test_a_long_way_round_is_told_with_every_step_and_what_is_beside_it_is_not():
    told = [(A, B, SAME), (B, C, SAME), (C, D, SAME), (B, E, SAME), (A, D, DIFFERENT)]

    assert found(*told) == [{(A, B), (B, C), (C, D), (A, D)}]


def test_only_what_contradicts_nothing_is_heard():
    news = {pair.refs: pair for pair in (a_pair(A, C, DIFFERENT), a_pair(D, E, SAME))}
    contradicting = contradictions([a_pair(A, B, SAME), a_pair(B, C, SAME), *news.values()])

    assert list(without_contradictions(news, contradicting)) == [(D, E)]


def test_the_three_are_named_with_their_verdicts_and_rows():
    (contradiction,) = contradictions([a_pair(A, B, SAME), a_pair(B, C, BY_RULE), a_pair(A, C, DIFFERENT)])
    rows = {(A, B): 4, (A, C): 2}

    problem = contradiction_problem(contradiction, rows, PROGRAMME.register_.duplicates, "Possible duplicates")

    assert (problem.row, problem.column) == (2, "Verdict")
    assert wrong(problem) == (
        f"These verdicts cannot all be true: {A} · {B} Same (row 4), {B} · {C} joined without asking "
        f"and {A} · {C} Different (row 2). Nothing is done by the newest of them until one is changed."
    )
    assert to_do(problem) == f"Compare {A}, {B} and {C}, and change the verdict that is wrong."
