"""Whether what staff typed into an answer of *Submissions* can be used, and what is said if not."""

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.domain.addresses import person
from tasks.domain.cells import excerpt, is_blank
from tasks.domain.corrected import LANGUAGE
from tasks.domain.known_language import find_language
from tasks.domain.models import CellError
from tasks.domain.options import read_choice
from tasks.domain.programme import Columns, Language, Programme, Question
from tasks.domain.sentences import Phrase, Sentences, Value, quotes, say
from tasks.domain.serials import date_of
from tasks.domain.table import Row

ALWAYS_NEEDED = {"email", "contact_name", "title", LANGUAGE}
LEFT = say("earlier-counts")


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
class Place:
    """A cell: the field, the header that people know it by, and the row."""

    field: str
    header: str
    row: int

    def say(self, name: str, /, **values: Value) -> Phrase:
        """A sentence about this cell."""
        return say(name, column=self.header, row=self.row, **values)


@dataclass(frozen=True, slots=True)
class Checked:
    """A usable ``value``; or ``what`` is wrong and what ``todo``, and whether the cell is left as it is (``held``)."""

    value: str = ""
    codes: tuple[str, ...] = ()
    what: Phrase | None = None
    todo: Sentences = ()
    held: bool = False


def make_rules(programme: Programme, languages: Mapping[str, Language], columns: Columns, sheet: str) -> Rules:
    """What a correction is checked by."""
    questions = {name: question for name, question in programme.questions.items() if question.kind != "timestamp"}
    return Rules(questions, languages, columns.columns, sheet)


def place_of(field: str, row: Row, rules: Rules) -> Place:
    """How people find a cell."""
    return Place(field, rules.headers[field], row.number)


def check_cell(field: str, row: Row, rules: Rules) -> Checked:
    """Read one cell."""
    cell, text, place = row.cells[field], row.text(field), place_of(field, row, rules)
    if isinstance(cell, CellError):
        return _wrong(place.say("shows-error", error=excerpt(cell)), say("shows-error-todo"))
    if not isinstance(cell, str) and date_of(cell):
        return _wrong(place.say("became-date"), say("became-date-todo"))
    if is_blank(cell):
        return _emptied(place, rules)
    if field == "email" and not person("", text):
        return _wrong(place.say("no-address"), say("type-address"))
    if field == LANGUAGE:
        return _language(text, place, rules.languages)
    return _answer(text, place, rules)


def _wrong(what: Phrase, todo: Phrase) -> Checked:
    return Checked(what=what, todo=(todo, LEFT), held=True)


def _emptied(place: Place, rules: Rules) -> Checked:
    needed = place.field in ALWAYS_NEEDED or rules.questions[place.field].required
    return Checked(what=place.say("emptied"), todo=(say("emptied-todo"),)) if needed else Checked()


def _language(text: str, place: Place, languages: Mapping[str, Language]) -> Checked:
    if code := find_language(text, languages):
        return Checked(code)
    return _wrong(place.say("no-language", text=excerpt(text)), say("one-of", options=", ".join(languages)))


def _answer(text: str, place: Place, rules: Rules) -> Checked:
    question = rules.questions[place.field]
    if question.kind not in {"choice", "checkboxes"}:
        return Checked(text)
    readings = [read_choice(text, place.field, question, language) for language in rules.languages.values()]
    if usable := [reading for reading in readings if not reading.unknown]:
        return Checked(text, usable[0].codes)
    pieces = quotes(excerpt(piece) for piece, _ in readings[0].unknown)
    return _wrong(place.say("no-option", pieces=pieces), say("no-option-todo"))
