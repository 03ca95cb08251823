"""Columns are found by wording."""

from tasks.domain.headers import match_headers

WORDING = {"email": "Email Address", "title": "Title of the session"}


def test_columns_are_found_wherever_they_stand():
    match = match_headers(("Title of the session", "", "email  address"), WORDING)

    assert match.columns == {"email": 2, "title": 0}
    assert match.usable


def test_a_renamed_question_is_missing_and_its_new_wording_suggested():
    match = match_headers(("Email Address", "Title of your session", "Colour"), WORDING)

    assert match.missing == ("title",)
    assert match.unknown == ("Title of your session", "Colour")
    assert match.suggestions == {"title": "Title of your session"}


def test_nothing_is_suggested_when_nothing_is_alike():
    assert match_headers(("Email Address", "Zzz"), WORDING).suggestions == {}


def test_a_question_that_stands_twice_is_a_duplicate_and_has_no_column():
    match = match_headers(("Email Address", "Title of the session", "TITLE OF THE SESSION"), WORDING)

    assert match.duplicates == ("title",)
    assert match.columns == {"email": 0}


def test_columns_without_a_header_are_ignored():
    assert match_headers(("", "Email Address", " ", "Title of the session"), WORDING).unknown == ()


def test_a_header_that_is_a_number_is_a_header():
    assert match_headers((2024.0, "Email Address", "Title of the session"), WORDING).unknown == ("2024",)
