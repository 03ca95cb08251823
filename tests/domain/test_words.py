"""What the pipeline writes for staff: complete in every language, and told in the zone of the sheet."""

from datetime import UTC, datetime

import pytest

from config.settings import ROOT, load_words
from tasks.domain.programme import StaffWords
from tasks.domain.words import PARTS, WordsError, make_words
from tests.domain.sheet_builders import WORDS

LANGUAGES = sorted(path.stem for path in (ROOT / "config/staff").glob("*.toml"))
SETTLED = datetime(2024, 2, 3, 15, 2, tzinfo=UTC)


def test_staff_can_read_in_three_languages():
    assert LANGUAGES == ["en", "es", "fr"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_phrase_with_the_same_places(language):
    assert load_words(ROOT / "config", language).language == language


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("phrases", "told"),
    [
        ({}, "done must stand"),
        ({"done": "Hecho"}, "done must leave a place for {when}"),
        ({"done": "Hecho {cuando}"}, "done must leave a place for {when}"),
        ({"done": "Hecho {when}", "more": "Más"}, "more must stand"),
    ],
)
def test_a_phrase_that_is_missing_or_has_lost_its_place_is_named(part, phrases, told):
    def of(found):
        return StaffWords(**{**{name: {} for name in PARTS}, part: found})

    with pytest.raises(WordsError, match=told):
        make_words("es", of(phrases), of({"done": "Done {when}"}))


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/New_York", "3 Feb 2024 10:02"),
        ("GMT-07:00", "3 Feb 2024 08:02"),
        ("Nowhere/Atlantis", "3 Feb 2024 15:02"),
        ("", "3 Feb 2024 15:02"),
    ],
)
def test_a_moment_is_told_in_the_zone_of_the_sheet(zone, expected):
    assert WORDS.moment(SETTLED, zone) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "3 Feb 2024 15:02"), ("es", "3 feb 2024 15:02"), ("fr", "3 févr. 2024 15:02")]
)
def test_a_moment_is_told_in_the_language_of_the_staff(language, expected):
    assert load_words(ROOT / "config", language).moment(SETTLED, "UTC") == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
def test_a_moment_that_was_written_can_be_read_again(language, month):
    words, instant = load_words(ROOT / "config", language), SETTLED.replace(month=month)

    assert words.read_moment(words.say("acknowledged", when=words.moment(instant, "America/Lima")), "America/Lima") == (
        instant
    )


@pytest.mark.parametrize("text", ["", "Acknowledged", "Acknowledged 3 Brumaire 2024 10:02"])
def test_a_text_without_a_moment_has_none(text):
    assert WORDS.read_moment(text, "UTC") is None


@pytest.mark.parametrize(
    ("name", "text", "is_it"),
    [
        ("acknowledged", "Acknowledged 3 Feb 2024 15:02", True),
        ("acknowledged", "Acknowledgement on its way", False),
        ("acknowledged", "Acknowledged", True),
        ("too_old", "Registered, not acknowledged (too old)", True),
        ("invited", "2 invited, last on 3 Feb 2024 15:02", True),
        ("invited", "2 invited again, last on 3 Feb 2024 15:02", False),
        ("to_do", "To do, perhaps", False),
    ],
)
def test_a_phrase_is_recognised_whatever_it_was_filled_in_with(name, text, is_it):
    assert WORDS.says(name, text) is is_it


def test_text_that_looks_like_a_place_is_left_alone():
    assert WORDS.say("corrected", columns="{when}") == "corrected by staff: {when}"
