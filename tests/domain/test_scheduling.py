"""Which submissions become sessions."""

import pytest

from tasks.domain.scheduling import Decisions, read_decisions
from tests.domain.sheet_builders import PROGRAMME, a_tab, to_do, told

SUBMISSIONS = PROGRAMME.register_.submissions


def decide(*rows):
    return read_decisions(a_tab(SUBMISSIONS, *rows), SUBMISSIONS, "register · Submissions")


@pytest.mark.parametrize("word", ["Maybe", "Accepted?", "yes", "x", 1, True])
def test_a_word_that_is_no_decision_is_asked_about_and_not_acted_upon(word):
    decisions = decide({"ref": "K7P2QX", "decision": word})

    assert (decisions.accepted, decisions.waiting) == ((), 0)
    assert told(decisions.problems) == [("decision", 2, "problem")]
    assert to_do(decisions.problems[0]) == "Choose Accepted or Declined in row 2, or leave the cell empty."


@pytest.mark.parametrize("word", ["Accepted", " accepted ", "ACCEPTED"])
def test_accepted_refs_come_in_the_order_of_the_tab_and_once(word):
    rows = [{"ref": ref, "decision": word} for ref in ("B", "A", "B")]

    assert decide(*rows) == Decisions(("B", "A"), 0, ())


def test_declined_and_undecided_rows_become_no_session():
    assert decide({"ref": "A", "decision": "Declined"}, {"ref": "B", "decision": ""}, {"ref": "C"}) == Decisions(
        (), 2, ()
    )


def test_a_problem_in_a_row_without_a_ref_is_known_by_its_row():
    (problem,) = decide({"title": "x", "decision": "Maybe"}).problems

    assert problem.subject == "row 2"
