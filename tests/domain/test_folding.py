"""Texts that people would call equal have one key; others do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.folding import fold, one_line


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Your Name", "your name"),
        ("Título de la sesión", "titulo de la sesion"),
        ("Adresse\xa0e-mail", "Adresse e-mail"),
        ("MenEngage\u202f?", "MenEngage ?"),
        ("MenEngage ?", "MenEngage?"),
        ("Autre : x", "Autre: x"),
        ("L\u2019école", "L'ecole"),
        ("\u201cfathers\u201d", '"fathers"'),
        ("2023\u20132024", "2023-2024"),
        ("straße", "STRASSE"),
        ("Łódź", "Lodz"),
        ("e\u0301cole", "école"),
        ("a\u200bb", "ab"),
        (" two\n lines ", "two lines"),
    ],
)
def test_what_people_would_call_equal_has_one_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("الآباء", "الرعاية"), ("Part 1", "Part 2"), ("\ue000", "\ue001"), ("padres", "madres"), ("你好", "再见")],
)
def test_different_texts_keep_different_keys(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_only_text_without_anything_in_it_has_the_empty_key(text):
    assert bool(fold(text)) == bool(text.strip())


@given(st.text())
def test_one_line_is_one_line_and_stays_so(text):
    line = one_line(text)

    assert len(line.splitlines()) <= 1
    assert one_line(line) == line


def test_one_line_drops_what_would_start_a_second_header_line():
    assert one_line("Mallory\r\nBcc: everyone") == "Mallory Bcc: everyone"


def test_one_line_drops_marks_that_turn_the_text_around():
    assert one_line("abc\u202edef") == "abcdef"
