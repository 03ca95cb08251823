"""What the encoder is given of a proposal: its title and its sentences, each apart."""

from dataclasses import replace

import pytest

from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.text import LONGEST, MOST, texts_to_encode
from tests.domain.sheet_builders import the_response


def texts_of(title, summary):
    response = the_response()
    answers = {**response.answers, "title": title, "summary": summary}
    return texts_to_encode(proposal_of("K7P2QX", replace(response, answers=answers)))


@pytest.mark.parametrize(
    ("title", "summary", "texts"),
    [
        ("Care", "We met. Nobody came! Why? So it ended", ("Care", "We met.", "Nobody came!", "Why?", "So it ended")),
        ("Care", "We met.\n\nNobody   came.", ("Care", "We met.", "Nobody came.")),
        ("Care", "-", ("Care",)),
        ("Care", "", ("Care",)),
        ("", "We met. Nobody came.", ("We met.", "We met.", "Nobody came.")),
        ("", "", ()),
        ("  ", "...", ()),
        ("Care", "¿Por qué? Porque sí.", ("Care", "¿Por qué?", "Porque sí.")),
    ],
)
def test_title_and_sentences_are_read_apart(title, summary, texts):
    assert texts_of(title, summary) == texts


def test_of_a_long_text_only_the_beginning_is_read():
    flooded = texts_of("a" * 5_000, "We came and went. " * 1_000 + "b" * 5_000)

    assert len(flooded) == 1 + MOST
    assert max(map(len, flooded)) <= LONGEST


def test_a_book_without_a_full_stop_is_one_short_text():
    assert [len(text) for text in texts_of("Care", "b" * 10**6)] == [4, LONGEST]
