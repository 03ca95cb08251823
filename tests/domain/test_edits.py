"""A row that vanished and one that came: the same one, rewritten, or another."""

import pytest

from tasks.domain.edits import edited
from tests.domain.sheet_builders import OTHER_ANSWERS, STAMP, the_response


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Quite another", "summary": "Text"},
        {"title": "Fathers in Lebanon, what we got wrong", "summary": "Text", "country": "Jordan", "phone": "1"},
    ],
    ids=["hardly anything but the title", "a title that is alike"],
)
def test_a_rewritten_row_is_an_edit(changes):
    before = the_response(title="Fathers in Lebanon: what we got wrong")

    assert edited(before, the_response(timestamp=STAMP + 1, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "eva@example.org"},
        {"title": "Quite another", "summary": "Text", "country": "Jordan"},
        OTHER_ANSWERS,
    ],
)
def test_another_sender_or_other_answers_are_no_edit(changes):
    assert not edited(the_response(), the_response(**changes))
