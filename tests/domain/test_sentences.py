"""Sentences for staff: every one that the code asks for, in three languages, with exactly what fills its places."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import ROOT, load_words
from tasks.domain.sentences import AnyOf, Day, Phrase, Tongue, from_json, quotes, say, to_json
from tasks.domain.words import PLACE

WORDS = {code: load_words(ROOT / "config", code) for code in ("en", "es", "fr")}
PHRASES = WORDS["en"].attention
FILES = [path for path in sorted((ROOT / "tasks").rglob("*.py")) if "sandbox" not in path.parts]


@pytest.fixture(scope="module")
def code():
    return [node for path in FILES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def test_every_sentence_that_is_asked_for_stands_in_the_file_with_these_places(code):
    asked = [
        (node.args[0].value, {one.arg for one in node.keywords})
        for node in code
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
        if isinstance(node.args[0], ast.Constant)
    ]

    assert len(asked) > 100
    assert [(name, filled) for name, filled in asked if set(PLACE.findall(PHRASES.get(name, "{?}"))) != filled] == []


def test_no_sentence_stands_in_the_file_that_nobody_asks_for(code):
    texts = {node.value for node in code if isinstance(node, ast.Constant) and isinstance(node.value, str)}

    assert sorted(set(PHRASES) - texts) == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "“Themes” in row 3 holds “Film” (nearest: “Films”) and “Song”, which is not an option we know."),
        ("es", "«Themes» contiene «Film» (la más parecida: «Films») y «Song» en la fila 3; no es una opción conocida."),
        (
            "fr",
            (
                "« Themes » contient « Film » (la plus proche : « Films ») et « Song » à la ligne 3 ; "
                "ce n'est pas une option connue."
            ),
        ),
    ],
)
def test_a_list_of_pieces_is_told_in_the_language_of_the_staff(language, told):
    pieces = (say("nearest-option", text="Film", near="Films"), *quotes(["Song"]))

    assert WORDS[language].sentences((say("unknown-option", column="Themes", row=3, pieces=pieces),)) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Talk to the person in French if you can. Choose a, b or c in row 2, or leave the cell empty."),
        ("es", "Hable con la persona en francés, si puede. Elija a, b o c en la fila 2, o deje la celda vacía."),
        (
            "fr",
            (
                "Parlez à la personne en français, si possible. "
                "Choisissez a, b ou c à la ligne 2, ou laissez la cellule vide."
            ),
        ),
    ],
)
def test_languages_and_choices_are_told_in_the_language_of_the_staff(language, told):
    said = (
        say("other-language-todo", language=Tongue("fr")),
        say("no-decision-todo", decisions=AnyOf(("a", "b", "c")), row=2),
    )

    assert WORDS[language].sentences(said) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "5/6 could be 5 June or 6 May"),
        ("es", "5/6 puede ser el 5 de junio o el 6 de mayo"),
        ("fr", "5/6 peut être le 5 juin ou le 6 mai"),
    ],
)
def test_days_are_told_in_the_language_of_the_staff(language, told):
    assert WORDS[language].sentences((say("could-be", typed="5/6", day=Day(6, 5), other_day=Day(5, 6)),)) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("As it stood in the sheet.",), "As it stood in the sheet."),
        ((Phrase("a-rule-of-last-year", {"row": 3}),), "a-rule-of-last-year"),
        ((Phrase("blank-row", {}),), "Row … is blank, with answers below."),
    ],
    ids=["a text", "a phrase that is gone", "a value that was not kept"],
)
def test_what_an_older_ledger_kept_is_told_as_well_as_it_can_be(said, told):
    assert WORDS["en"].sentences(said) == told


def test_text_that_looks_like_a_place_is_left_alone():
    assert WORDS["en"].sentences((say("quote", text="{row}"),)) == "“{row}”"


PLAIN = st.text() | st.integers() | st.builds(Tongue, st.text()) | st.builds(AnyOf, st.tuples(st.text(), st.text()))
VALUES = st.recursive(
    PLAIN | st.builds(Day, st.integers(1, 12), st.integers(1, 28)),
    lambda inner: st.tuples(inner, inner) | st.builds(Phrase, st.text(), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=8,
)


@given(st.tuples(st.text(), st.builds(Phrase, st.text(), st.dictionaries(st.text(), VALUES, max_size=3))))
def test_what_the_ledger_keeps_is_what_was_said(said):
    assert from_json(to_json(said)) == said
