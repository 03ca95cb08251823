"""Keys and ids that must never change: what was made under them is found by them."""

import re
import string

import pytest

from tasks.domain.keys import REF_LETTERS, choose_ref, digest, event_id, is_ref, marker, person_id


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (choose_ref("response-1", set().__contains__), "WGXM3D"),
        (person_id("rima@example.org", b"secret"), "1a2bf18527f5"),
        (event_id("K7P2QX"), digest("event:K7P2QX#1")),
        (event_id("K7P2QX", 2), digest("event:K7P2QX#2")),
    ],
)
def test_a_key_is_the_same_for_ever(made, expected):
    assert made == expected


def test_a_ref_that_is_taken_gives_way_to_the_next_one():
    first = choose_ref("response-1", set().__contains__)
    second = choose_ref("response-1", {first}.__contains__)
    third = choose_ref("response-1", {first, second}.__contains__)

    assert len({first, second, third}) == 3


def test_refs_are_short_and_hold_no_letter_that_can_be_misread():
    refs = [choose_ref(str(number), set().__contains__) for number in range(500)]

    assert all(re.fullmatch(f"[{REF_LETTERS}]{{6}}", ref) for ref in refs)
    assert set(REF_LETTERS) & set("AEIOUY01") == set()


def test_an_event_id_is_one_that_calendar_takes():
    assert set(event_id("K7P2QX")) <= set("abcdefghijklmnopqrstuv" + string.digits)


def test_a_person_is_named_differently_by_every_ledger():
    assert person_id("rima@example.org", b"one") != person_id("rima@example.org", b"two")


def test_a_marker_is_a_positive_number_that_sheets_takes():
    numbers = [marker(f"row:{number}", {})[0] for number in range(500)]

    assert all(1 <= number < 2**31 for number in numbers)


def test_a_marker_repeated_for_the_same_key_is_the_same():
    number, value = marker("row:1", {})

    assert marker("row:1", {number: value}) == (number, value)


def test_a_number_that_another_key_has_gives_way_to_the_next_one():
    number, value = marker("row:1", {})

    other, same = marker("row:1", {number: "another"})

    assert (other != number, same) == (True, value)


def test_any_text_has_a_digest():
    assert len(digest("\ud800 half a letter")) == 64


@pytest.mark.parametrize(
    ("text", "ours"),
    [("K7P2QX", True), ("K7P2Q", False), ("K7P2QXX", False), ("TALKS2", False), ("k7p2qx", False), ("", False)],
)
def test_a_ref_of_ours_is_told_from_one_that_somebody_made_up(text, ours):
    assert is_ref(text) is ours
