"""The hard rule: the same words from the same person, and nothing less."""

import pytest

from tasks.domain.duplicates.same import edited, same_submission
from tests.domain.sheet_builders import OTHER_ANSWERS, STAMP, the_response


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Working with fathers", "working  WITH fathers!"),
        ("Boda boda riders as allies", "Boda-boda riders as allies!"),
        ("L'école des maris : limites", "L\u2019ecole des maris: limites"),
        ("الآباء والرعاية", "«الآباء والرعاية»"),
        ("Part 1", "Part 1."),
    ],
)
def test_titles_with_the_same_words_are_one_submission(one, other):
    assert same_submission(the_response(title=one), the_response(title=other, timestamp=STAMP + 1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Part 1", "Part 2"),
        ("Fathers in Lebanon", "Fathers in Jordan"),
        ("Del campo a la ciudad", "De la ciudad al campo"),
        ("Periodismo con fronteras", "Periodismo sin fronteras"),
        ("He accepts", "He does not accept"),
        ("Padres", "Madres"),
        ("الآباء", "الرعاية"),
        ("???", "???"),
        ("12 voices", "21 voices"),
    ],
)
def test_titles_with_other_words_are_two_submissions(one, other):
    assert not same_submission(the_response(title=one), the_response(title=other))


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "eva@example.org"), ("format", "Workshop"), ("interpretation", ""), ("themes", "LGBTIQ rights")],
)
def test_another_sender_or_closed_answer_is_another_submission(field, value):
    assert not same_submission(the_response(), the_response(**{field: value}))


@pytest.mark.parametrize(("field", "value"), [("summary", "With two riders."), ("country", "LEBANON"), ("phone", "1")])
def test_open_answers_may_change(field, value):
    assert same_submission(the_response(), the_response(**{field: value}))


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
