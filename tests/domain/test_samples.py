"""The programme's sample answers, read as their own file expects."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.duplicates.keys import match_keys
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.verdict import Outcome
from tasks.domain.models import Severity, Tab
from tests.domain.proposal_builders import verdict
from tests.domain.sheet_builders import LANGUAGES, SAMPLES, read_sample, sample_tab
from tests.examples import examples

EXPECTED = SAMPLES["expected"]
READ = {language: read_sample(language) for language in LANGUAGES}
RESPONSES = {f"{code}{one.row - 1}": one for code, reading in READ.items() for one in reading.responses}
PROPOSALS = {name: proposal_of(name, response) for name, response in RESPONSES.items()}


def codes(severity):
    found = {}
    for language, reading in READ.items():
        for problem in reading.problems:
            if problem.severity is severity:
                found.setdefault(f"{language}{problem.row - 1}", []).append(problem.code)
    return found


def test_only_the_expected_rows_are_problems():
    assert codes(Severity.problem) == {"en8": ["address"], "fr8": ["missing-answer"]}
    assert set(codes(Severity.problem)) == set(EXPECTED["problem"])


def test_hostile_oversized_and_blank_rows_are_notices():
    assert codes(Severity.notice) == {
        **{row: ["hostile-text"] for row in EXPECTED["hostile"]},
        **{row: ["long-title", "long-answer"] for row in EXPECTED["oversized"]},
        **{row: ["blank-rows"] for row in EXPECTED["blank"]},
        "fr5": ["right-to-left-title"],
        **{row: ["unclear-dates"] for row in EXPECTED["ambiguous_dates"]},
        "en6": ["unclear-zone"],
    }


def test_every_other_row_is_a_response():
    rows = {f"{language}{number}" for language in LANGUAGES for number in range(1, len(SAMPLES[language]) + 1)}

    assert set(RESPONSES) == rows - set(EXPECTED["problem"]) - set(EXPECTED["blank"])


def test_the_missing_questions_are_named():
    (problem,) = [problem for problem in READ["fr"].problems if problem.code == "missing-answer"]
    fields = ("title", "summary", "themes", "format", "session_languages")

    assert problem.column == ", ".join(LANGUAGES["fr"].questions[field] for field in fields)


def test_hostile_columns_are_named():
    (notice,) = [problem for problem in READ["en"].problems if problem.code == "hostile-text"]
    fields = ("contact_name", "organisation", "title", "summary", "preferred_dates", "time_zone")

    assert notice.column == ", ".join(LANGUAGES["en"].questions[field] for field in fields)


def test_a_number_typed_as_a_phone_is_written_out():
    assert RESPONSES["en2"].answers["phone"] == "254205550102"


def test_exactly_the_expected_pairs_are_the_same_submission():
    same = [
        [one, other]
        for one, other in combinations(sorted(RESPONSES, key=lambda name: (name[:2], int(name[2:]))), 2)
        if verdict(PROPOSALS[one], PROPOSALS[other]).outcome is Outcome.same
    ]

    assert same == EXPECTED["same"]


@pytest.mark.parametrize("outcome", ["same", "possible", "different"])
def test_pairs_are_what_a_person_would_say(outcome):
    said = {"-".join(pair): verdict(*(PROPOSALS[name] for name in pair)).outcome for pair in EXPECTED[outcome]}

    assert said == dict.fromkeys(said, outcome)


@pytest.mark.parametrize("pair", [*EXPECTED["same"], *EXPECTED["possible"]], ids="-".join)
def test_what_belongs_together_shares_a_key(pair):
    one, other = (match_keys(PROPOSALS[name]) for name in pair)

    assert one & other


@examples(25)
@given(data=st.data(), language=st.sampled_from(sorted(LANGUAGES)))
def test_moving_rows_and_columns_and_inserting_blank_ones_changes_no_key(data, language):
    header, *rows = sample_tab(language).rows
    columns = data.draw(st.permutations(range(len(header))))
    moved = data.draw(st.permutations([*rows, *[("",) * len(header)] * data.draw(st.integers(0, 3))]))
    tab = Tab("moved", 0, tuple(tuple(row[column] for column in columns) for row in (header, *moved)))

    reading = read_sample(language, tab)

    assert {one.key: (one.fingerprint, one.codes) for one in reading.responses} == {
        one.key: (one.fingerprint, one.codes) for one in READ[language].responses
    }
    assert {one.key for one in reading.problems if one.code != "blank-rows"} == {
        one.key for one in READ[language].problems if one.code != "blank-rows"
    }
