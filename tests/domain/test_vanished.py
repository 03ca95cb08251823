"""Which new row holds what became of one that is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.domain.keys import response_key
from tasks.domain.submissions import Submission, Version
from tasks.domain.vanished import Vanished, not_before
from tests.domain.sheet_builders import OTHER_ANSWERS, STAMP, the_response

LATER = {"timestamp": STAMP + 1}


def gone(response):
    return Submission("REF", (Version("REF", response, response.submitted_at),))


def claims(before, *newcomers):
    """Which of the newcomers, asked in this order, is the one that is gone."""
    vanished = Vanished([gone(before)], newcomers)
    return [vanished.claim(one) is not None for one in newcomers]


def marked(**changes):
    """A row on which Forms left its note that the respondent changed answers."""
    return replace(the_response(**{**LATER, **changes}), noted=frozenset(changes))


@pytest.mark.parametrize(
    "changes",
    [OTHER_ANSWERS, {"email": "eva@example.org"}, {"email": "eva@example.org", "title": "b", "summary": "b"}],
    ids=["everything but the address", "the address", "the address and two more"],
)
def test_a_row_that_forms_marked_is_the_edited_one(changes):
    assert claims(the_response(), marked(**changes)) == [True]


@pytest.mark.parametrize(
    "changes",
    [{"email": "eva@example.org", "contact_name": "Eva"}, {"email": "eva@example.org", **OTHER_ANSWERS}],
    ids=["somebody else", "another proposal of a namesake"],
)
def test_a_mark_alone_is_not_enough(changes):
    assert claims(the_response(), marked(**changes)) == [False]


def test_a_marked_row_whose_other_answers_are_not_those_of_the_one_that_is_gone_is_another_proposal():
    another = marked(**OTHER_ANSWERS)

    assert claims(the_response(), replace(another, noted=another.noted - {"organisation"})) == [False]


def test_without_a_mark_other_answers_are_another_proposal():
    assert claims(the_response(), the_response(**LATER, **OTHER_ANSWERS)) == [False]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_marked_rows_the_one_that_is_more_like_it_is_taken(turned):
    near, far = marked(email="eva@example.org"), marked(title="b", summary="b", presenters="b", phone="1")
    newcomers = (near, far) if turned else (far, near)

    assert claims(the_response(), *newcomers) == [one is near for one in newcomers]


# ------------------------------------------------------------------------------------------------ the Forms API
def of_forms(response_id="r1", **changes):
    return replace(the_response(**changes), key=response_key(response_id))


@pytest.mark.parametrize(
    "changes",
    [{}, {"timestamp": STAMP + 1 / 86400}, {"email": "rima@other.example.org"}, {"timestamp": STAMP + 1, "title": "b"}],
    ids=["the same", "a second apart", "an address that staff corrected", "edited meanwhile"],
)
def test_a_row_of_the_sheet_is_found_again_when_the_forms_api_is_turned_on(changes):
    assert claims(the_response(), of_forms(**changes)) == [True]


def test_a_response_id_is_never_an_edit_of_another_one():
    assert claims(of_forms("r1"), of_forms("r2")) == [False]


# ------------------------------------------------------------------------------------------------ clocks
@pytest.mark.parametrize(("hours", "counts"), [(-1, 0), (1, 1)])
def test_what_replaces_a_row_is_never_older_than_it(hours, counts):
    before = the_response()
    after = replace(before, submitted_at=before.submitted_at + timedelta(hours=hours))

    assert not_before(after, before).submitted_at == before.submitted_at + timedelta(hours=counts)
    assert not_before(after, None) is after
