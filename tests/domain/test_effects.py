"""The table of moves, and the page that explains it."""

import pytest

from tasks.domain.effects import MOVES, OPEN, STARTS, UNSENT, EffectState, diagram
from tests.domain.sheet_builders import ROOT


def test_every_state_has_its_moves():
    assert set(MOVES) == set(EffectState)


def test_every_state_can_be_reached():
    assert set(STARTS).union(*MOVES.values()) == set(EffectState)


def test_nothing_becomes_sent_without_having_been_claimed():
    assert {old for old, news in MOVES.items() if EffectState.sent in news} == OPEN


def test_what_was_sent_is_never_sent_again():
    assert MOVES[EffectState.sent] == {EffectState.bounced}
    assert MOVES[EffectState.bounced] == frozenset()


@pytest.mark.parametrize("state", sorted(UNSENT))
def test_what_is_no_longer_to_be_sent_stays_unsent(state):
    assert MOVES[state] == frozenset()


def test_nothing_that_waits_for_a_person_can_be_sent_without_being_ready_first():
    assert {old for old, news in MOVES.items() if EffectState.sending in news} == {EffectState.ready}


def test_the_diagram_in_the_docs_is_the_table():
    page = (ROOT / "docs/effects.md").read_text(encoding="utf-8")

    assert f"```mermaid\n{diagram()}\n```" in page
