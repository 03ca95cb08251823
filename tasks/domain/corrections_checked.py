"""Whether what staff typed into an answer of *Submissions* can be used, and what is said if not."""

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.domain.addresses import person
from tasks.domain.cells import is_blank, listed, quoted, written
from tasks.domain.corrected import LANGUAGE
from tasks.domain.known_language import find_language
from tasks.domain.models import Cell, CellError
from tasks.domain.options import read_choice
from tasks.domain.programme import Columns, Language, Programme, Question
from tasks.domain.serials import date_of

ALWAYS_NEEDED = {"email", "contact_name", "title", LANGUAGE}
LEFT = "Until then the earlier answer counts, and the cell is left as you typed it."


@dataclass(frozen=True, slots=True)
class Rules:
    """The programme's questions and languages; ``headers`` of the tab's columns, ``sheet`` as people know it."""

    questions: Mapping[str, Question]
    languages: Mapping[str, Language]
    headers: Mapping[str, str]
    sheet: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns in which staff can correct an answer."""
        return tuple(name for name in self.headers if name == LANGUAGE or name in self.questions)


@dataclass(frozen=True, slots=True)
class Checked:
    """A usable ``value``; or ``what`` is wrong and what ``todo``, and whether the cell is left as it is (``held``)."""

    value: str = ""
    codes: tuple[str, ...] = ()
    what: str = ""
    todo: str = ""
    held: bool = False


def make_rules(programme: Programme, languages: Mapping[str, Language], columns: Columns, sheet: str) -> Rules:
    """What a correction is checked by."""
    questions = {name: question for name, question in programme.questions.items() if question.kind != "timestamp"}
    return Rules(questions, languages, columns.columns, sheet)


def check_cell(field: str, cell: Cell, rules: Rules) -> Checked:
    """Read one cell."""
    text = written(cell)
    if isinstance(cell, CellError):
        return _wrong(f"shows the error {quoted(cell)}", "Correct or empty the cell.")
    if not isinstance(cell, str) and date_of(cell):
        todo = "Type an apostrophe before it, so that Sheets keeps it as text."
        return _wrong("was turned into a date by Sheets", todo)
    if is_blank(cell):
        return _emptied(field, rules)
    if field == "email" and not person("", text):
        return _wrong("does not hold one e-mail address", "Type one address that mail can be sent to.")
    if field == LANGUAGE:
        return _language(text, rules.languages)
    return _answer(field, text, rules)


def _wrong(what: str, todo: str) -> Checked:
    return Checked(what=what, todo=f"{todo} {LEFT}", held=True)


def _emptied(field: str, rules: Rules) -> Checked:
    needed = field in ALWAYS_NEEDED or rules.questions[field].required
    if not needed:
        return Checked()
    todo = "Nothing. To correct the answer, type the right one over it."
    return Checked(what="was emptied, but it is needed; the answer was put back", todo=todo)


def _language(text: str, languages: Mapping[str, Language]) -> Checked:
    if code := find_language(text, languages):
        return Checked(code)
    return _wrong(
        f"is {quoted(text)}, which is not a language of this programme", f"Type one of {', '.join(languages)}."
    )


def _answer(field: str, text: str, rules: Rules) -> Checked:
    question = rules.questions[field]
    if question.kind not in {"choice", "checkboxes"}:
        return Checked(text)
    readings = [read_choice(text, field, question, language) for language in rules.languages.values()]
    if usable := [reading for reading in readings if not reading.unknown]:
        return Checked(text, usable[0].codes)
    pieces = listed([quoted(piece) for piece, _ in readings[0].unknown])
    return _wrong(f"holds {pieces}, which is not an option of the form", "Type the words of an option.")
