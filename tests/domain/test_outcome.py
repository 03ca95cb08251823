"""What a run reports: to a person, to a log, to a program, and what makes it red."""

from collections import Counter

import pytest

from tasks.domain.models import Problem, Severity
from tasks.domain.outcome import Outcome
from tests.domain.sheet_builders import WORDS

ADDRESS = "rima@example.org"


def a_problem(**deviation):
    values = {
        "code": "address",
        "sheet": "responses-en",
        "subject": "k",
        "what": (f"{ADDRESS} is wrong",),
        "todo": ("Mend.",),
    }
    return Problem(**(values | deviation))


def an_outcome(**deviation):
    return Outcome(**({"flow": "intake", "live": True} | deviation))


@pytest.mark.parametrize(
    ("outcome", "red"),
    [
        (an_outcome(), False),
        (an_outcome(problems=[a_problem()], held=["A: no link yet"]), False),
        (an_outcome(failed=["reading register"]), True),
        (an_outcome(problems=[a_problem(stops_language=True)]), True),
    ],
)
def test_a_run_is_red_when_a_call_failed_or_a_language_stopped(outcome, red):
    assert outcome.red is red


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (an_outcome(), "0 done, 0 skipped"),
        (an_outcome(live=False, done=["a"], skipped=Counter(x=2, y=3)), "1 planned, 5 skipped"),
        (
            an_outcome(held=["h"], failed=["one", "two", "three", "four"], problems=[a_problem()]),
            "0 done, 0 skipped, 1 held, 4 failed: one; two; three, 1 need attention",
        ),
    ],
)
def test_a_run_is_told_in_one_sentence(outcome, sentence):
    assert outcome.sentence() == sentence


@pytest.mark.parametrize(("live", "verb"), [(True, "done"), (False, "would do")])
def test_a_log_has_a_line_for_everything_and_no_word_that_somebody_typed(live, verb):
    outcome = an_outcome(
        live=live,
        done=["K7P2QX: registered"],
        skipped=Counter({"seen before": 2, "never": 0}),
        held=["A: no link yet"],
        failed=["reading archive"],
        problems=[a_problem(row=3), a_problem(code="missing-tab")],
    )

    assert outcome.lines() == [
        f"{verb}: K7P2QX: registered",
        "skipped 2: seen before",
        "held: A: no link yet",
        "failed: reading archive",
        "needs attention: address in responses-en, row 3",
        "needs attention: missing-tab in responses-en, row -",
    ]


def test_the_json_of_a_run_holds_everything():
    outcome = an_outcome(
        live=False,
        read={"responses-en": 3},
        first_sights=["first sight"],
        done=["d"],
        skipped=Counter(s=1),
        held=["h"],
        failed=["f"],
        problems=[a_problem(row=3, column="E-mail", severity=Severity.notice)],
        requests={"sheets": {"GET": 4}},
    )

    assert outcome.as_json(WORDS) == {
        "flow": "intake",
        "mode": "rehearsal",
        "read": {"responses-en": 3},
        "first_sights": ["first sight"],
        "done": ["d"],
        "skipped": {"s": 1},
        "held": ["h"],
        "failed": ["f"],
        "problems": [
            {
                "severity": "notice",
                "sheet": "responses-en",
                "row": 3,
                "column": "E-mail",
                "what": f"{ADDRESS} is wrong",
                "todo": "Mend.",
            }
        ],
        "requests": {"sheets": {"GET": 4}},
    }
    assert an_outcome().as_json(WORDS)["mode"] == "live"
