"""The words of the pages: complete in three languages, and none that a page asks for is missing."""

import json
import re

import pytest
from googleapiclient.discovery_cache import get_static_doc

from config.settings import ROOT
from tasks.sandbox.pages.sheet_filter import CONDITIONS
from tasks.sandbox.pages.words import LANGUAGES, chosen_language, load_phrases, speaker

TEMPLATES = ROOT / "templates" / "sandbox"
PHRASES = load_phrases(TEMPLATES / "words")
SPOKEN = re.compile(r"""say\(\s*["']([a-z_]+\.[a-z_0-9]+)["']\s*[,)]""")
BUILT = re.compile(r"""say\(\s*["']([a-z_]+\.[a-z_0-9]*)["']\s*~""")
RAISED = re.compile(r"""PageError\(\s*["']([a-z_]+\.[a-z_0-9]+)["']""")
HOLE = re.compile(r"\{(\w*)")


def sources():
    return [*TEMPLATES.rglob("*.html"), *(ROOT / "tasks" / "sandbox").rglob("*.py")]


@pytest.mark.parametrize("key", sorted(PHRASES))
def test_a_phrase_says_the_same_in_every_language(key):
    phrase = PHRASES[key]
    assert set(phrase) == set(LANGUAGES)
    assert all(text.strip() for text in phrase.values())
    assert len({tuple(sorted(set(HOLE.findall(text)))) for text in phrase.values()}) == 1


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.name)
def test_every_phrase_that_is_asked_for_is_there(path):
    text = path.read_text(encoding="utf-8")
    asked = set(SPOKEN.findall(text)) | set(RAISED.findall(text))
    assert asked <= set(PHRASES)
    for beginning in BUILT.findall(text):
        assert any(key.startswith(beginning) for key in PHRASES), beginning


def test_every_condition_that_google_knows_has_its_sentence():
    kinds = json.loads(get_static_doc("sheets", "v4"))["schemas"]["BooleanCondition"]["properties"]["type"]["enum"]
    always_met = {"CONDITION_TYPE_UNSPECIFIED", "NOT_BLANK"}
    assert {f"sheet.rule_{kind.lower()}" for kind in set(kinds) - always_met} <= set(PHRASES)
    assert {f"sheet.condition_{kind.lower()}" for kind in CONDITIONS} <= set(PHRASES)
    assert set(CONDITIONS) <= set(kinds)


@pytest.mark.parametrize(
    ("cookies", "accepted", "chosen"),
    [
        ("", "", "en"),
        ("", "pt-BR, es-MX;q=0.8, en;q=0.5", "es"),
        ("a=b; language=fr", "es", "fr"),
        ("language=xx", "FR-ca", "fr"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_browsers_else_english(cookies, accepted, chosen):
    assert chosen_language(cookies, accepted) == chosen


def test_a_phrase_is_filled_in_and_an_unknown_one_is_an_error():
    say = speaker({"a.b": {"en": "{count} rows"}}, "en")
    assert say("a.b", count=3) == "3 rows"
    with pytest.raises(KeyError):
        say("a.c")
