"""What stands in a new sandbox: the five spreadsheets with their header rows, and invented people on request."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from config.sandbox import spreadsheet_id
from tasks.domain.duplicates.pairs import Ruling
from tasks.domain.models import SessionStatus
from tasks.domain.programme import Columns, Language, Programme
from tasks.sandbox.forms.making import make_forms
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.book import Book, new_number
from tasks.sandbox.sheets.cells import EMPTY, Cell, Value
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.sheets.typed import serial
from tasks.sandbox.store import Store
from tasks.sandbox.world import World, new_world

SAMPLES = Path(__file__).resolve().parent / "samples"
SAMPLE_NOW = datetime(2024, 2, 16, 8, tzinfo=UTC)
OFFICE = {"locale": "en_US", "timeZone": "America/New_York"}
DECISIONS = ("Accepted", "Declined")
HEADER = Cell(style={"textFormat": {"bold": True}})


def seed(store: Store, programme: Programme, languages: Mapping[str, Language], *, samples: bool) -> None:
    """Fill an empty store, all or nothing; one that holds anything is left alone."""
    if not store.is_empty:
        return
    with store.transaction():
        world = new_world(store, programme, languages)
        lay_out(world, samples=samples)
        make_forms(world)


def lay_out(world: World, *, samples: bool) -> None:
    """The five spreadsheets; within a transaction of the store."""
    answers = json.loads((SAMPLES / "responses.json").read_text(encoding="utf-8"))
    if samples:
        world.clock.set(SAMPLE_NOW)
    for code in world.programme.forms:
        place = answers["expected"]["languages"].get(code, {})
        _responses(world, code, place, answers.get(code, []) if samples else [])
    _register(world)
    _archive(world)
    if samples:
        _members(world, json.loads((SAMPLES / "members.json").read_text(encoding="utf-8")))


def response_cells(programme: Programme, answers: Json) -> list[Cell]:
    """A row as Forms writes it: the time as a date cell, an empty answer as an empty cell, all else verbatim."""
    return [_answer(question.kind, answers.get(name, "")) for name, question in programme.questions.items()]


def _answer(kind: str, value: Value) -> Cell:
    if value in {"", None}:
        return EMPTY
    if kind == "timestamp":
        return Cell(serial(datetime.fromisoformat(str(value))), kind="DATE_TIME")
    return Cell(value)


def _responses(world: World, code: str, place: Mapping[str, str], rows: Iterable[Json]) -> None:
    form, language = world.programme.forms[code], world.languages[code]
    local = {"locale": place["locale"], "timeZone": place["time_zone"]} if place else OFFICE
    book_id = _spreadsheet(world, form.spreadsheet, f"responses ({language.name})", local)
    with world.changing(book_id) as book:
        headers = [language.questions[name] for name in world.programme.questions]
        tab = _tab(book, form.tab, headers, new_number(form.tab, set()))
        for number, row in enumerate(rows, 1):
            tab.put(number, enumerate(response_cells(world.programme, row)))


def _register(world: World) -> None:
    register = world.programme.register_
    book_id = _spreadsheet(world, register.spreadsheet, "register", OFFICE)
    with world.changing(book_id) as book:
        tabs = (
            register.submissions,
            register.duplicates,
            register.sessions,
            register.members,
            register.needs_attention,
        )
        for columns in tabs:
            _tab(book, columns.tab, list(columns.columns.values()))
        _choose(book, register.submissions, "decision", _one_of(DECISIONS))
        _choose(book, register.duplicates, "verdict", _one_of(list(Ruling)))
        _choose(book, register.sessions, "status", _one_of(list(SessionStatus)))
        _choose(book, register.members, "subscribed", {"condition": {"type": "BOOLEAN"}})


def _archive(world: World) -> None:
    archive = world.programme.archive
    book_id = _spreadsheet(world, archive.spreadsheet, "archive", OFFICE)
    with world.changing(book_id) as book:
        _tab(book, archive.recordings.tab, list(archive.recordings.columns.values()))


def _members(world: World, people: Iterable[Json]) -> None:
    members = world.programme.register_.members
    with world.changing(spreadsheet_id(world.programme.register_.spreadsheet)) as book:
        tab = _titled(book, members.tab)
        for number, person in enumerate(people, 1):
            cells = [Cell(None if person.get(name, "") == "" else person[name]) for name in members.columns]
            tab.put(number, enumerate(cells))


def _spreadsheet(world: World, role: str, purpose: str, place: Mapping[str, str]) -> str:
    """The id of the spreadsheet with this role, made unless another use of the same role has made it."""
    book_id = spreadsheet_id(role)
    if book_id not in world.books.ids():
        world.books.create(book_id, f"{world.programme.sender.name} {purpose}", world.clock.text(), **place)
    return book_id


def _tab(book: Book, title: str, headers: Sequence[str], sheet_id: int | None = None) -> Tab:
    tab = book.add_tab(title, sheet_id)
    tab.properties["grid"] = {"frozenRowCount": 1}
    tab.grow(0, len(headers))
    tab.put(0, enumerate(HEADER._replace(value=header) for header in headers))
    return tab


def _choose(book: Book, columns: Columns, name: str, rule: Json) -> None:
    if name not in columns.columns:
        return
    tab, at = _titled(book, columns.tab), list(columns.columns).index(name)
    place = {"sheetId": tab.sheet_id, "startRowIndex": 1, "startColumnIndex": at, "endColumnIndex": at + 1}
    tab.extras.setdefault("validations", []).append({"range": place, "rule": {**rule, "strict": True}})


def _one_of(words: Sequence[str]) -> Json:
    values = [{"userEnteredValue": str(word)} for word in words]
    return {"condition": {"type": "ONE_OF_LIST", "values": values}, "showCustomUi": True}


def _titled(book: Book, title: str) -> Tab:
    tab = book.titled(title)
    if tab is None:
        raise KeyError(title)
    return tab
