"""In what two texts differ, as numbers: words that one has and the other has not, typing errors aside."""

import pytest

from tasks.domain.duplicates.features import features
from tests.domain.proposal_builders import LATER, RULES, a_proposal

SHORT = "We work with young fathers in Kisumu."
LONG = "We work with young fathers in Kisumu. Their partners speak in the second half."
OTHER = "Eleven villages planted mangroves after the storm."


def found(before, after, field="title", **changes):
    one, other = a_proposal(**{field: before}), a_proposal("M4XB7T", **{"timestamp": LATER, **changes, field: after})
    return features(one, other, RULES.known)


@pytest.mark.parametrize(
    ("before", "after", "missing"),
    [
        ("Stories of young fathers", "Stories of young fathers", 0),
        ("Stories of young fathers", "Stories of young fahters", 0),
        ("Stories of young fathers", "Stories of young fathers in Kisumu", 0),
        ("Stories of young fathers", "Stories of young mothers", 1 / 3),
        ("Stories of young fathers", "Stories of old mothers in Kisumu", 2 / 3),
        ("Stories of young fathers", "Mangroves", 1),
        ("???", "Stories of young fathers", 0),
    ],
)
def test_of_a_title_that_counts_which_the_other_has_not(before, after, missing):
    assert found(before, after).get("title-reworded", 0) == pytest.approx(missing)
    assert found(after, before).get("title-reworded", 0) == pytest.approx(missing)


@pytest.mark.parametrize(
    ("before", "after", "turned"),
    [
        ("Growing up with rules", "Growing up without rules", True),
        ("Women listen to men", "Men listen to women", True),
        ("Men who listen", "Men who do not listen", True),
        ("Growing up without rules", "Growing up wihtout rules", False),
        ("Growing up without rules", "Growing up without rules in Kisumu", False),
    ],
)
def test_a_small_change_that_turns_a_title_round_is_no_typing_error(before, after, turned):
    assert ("title-turned" in found(before, after)) is turned


@pytest.mark.parametrize(("after", "reworded"), [(SHORT, False), (LONG, False), (OTHER, True)])
def test_a_summary_is_reworded_where_each_says_what_the_other_does_not(after, reworded):
    assert ("summary-reworded" in found(SHORT, after, "summary")) is reworded


def test_a_summary_that_shares_less_is_never_less_in_conflict():
    half = "We work with young fathers. After the storm we planted mangroves in eleven villages."

    counted = [found(SHORT, after, "summary").get("summary-reworded", 0) for after in (LONG, half, OTHER)]

    assert counted == sorted(counted)


def test_typing_errors_are_not_looked_for_where_everything_differs():
    words = [f"{letter}{other}xyzwq" for letter in "abcdef" for other in "ghijkl"]
    slips = [f"{word}k" for word in words]

    assert found(" ".join(words), " ".join(slips), "summary")["summary-reworded"] == 1
