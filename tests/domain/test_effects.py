"""The table of moves, and the page that explains it."""

from tasks.domain.effects import MOVES, OPEN, EffectState, diagram
from tests.domain.sheet_builders import ROOT


def test_every_state_has_its_moves():
    assert set(MOVES) == set(EffectState)


def test_every_state_can_be_reached():
    assert set().union(*MOVES.values()) == set(EffectState)


def test_nothing_becomes_sent_without_having_been_claimed():
    assert {old for old, news in MOVES.items() if EffectState.sent in news} == OPEN


def test_what_was_sent_stays_sent():
    assert MOVES[EffectState.sent] == frozenset()


def test_the_diagram_in_the_docs_is_the_table():
    page = (ROOT / "docs/effects.md").read_text(encoding="utf-8")

    assert f"```mermaid\n{diagram()}\n```" in page
