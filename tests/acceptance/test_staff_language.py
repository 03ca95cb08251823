"""Staff read Needs attention in the language that they chose, and may choose another one at any time."""

from dataclasses import replace
from datetime import timedelta

from tests.acceptance.people import FEBRUARY, an_answer, configuration, send_in, shown, type_answer

LATER, LATEST = FEBRUARY + timedelta(minutes=5), FEBRUARY + timedelta(minutes=10)
TITLE = "La cellule « Email Address » de la ligne 2 est vide."
TITULO = "La celda «Email Address» de la fila 2 está vacía."


def in_language(office, folder, language):
    """The office after its staff have chosen a language."""
    programme = configuration(folder / language, forms_api=False) / "programme.toml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace('staff_language = "en"', f'staff_language = "{language}"'), encoding="utf-8")
    return replace(office, config=programme.parent)


def lines(office):
    return shown(office, "Needs attention", "Key", "Since (UTC)", "Row", "State", "What is wrong")


def test_a_problem_is_the_same_problem_in_another_language(office, tmp_path):
    send_in(office, "en", an_answer(email=""))
    office.run("intake")
    ((key, since, row, _, what),) = lines(office)
    assert what == "“Email Address” in row 2 is empty."

    in_language(office, tmp_path, "fr").run("intake", now=LATER)
    assert lines(office) == [(key, since, row, "À faire", TITLE)]

    type_answer(office, "en", 2, "email", "wanjiru@example.org")
    assert not in_language(office, tmp_path, "es").run("intake", now=LATEST).problems
    assert lines(office) == [(key, since, row, "Resuelto 16 feb 2024 03:10", TITULO)]
