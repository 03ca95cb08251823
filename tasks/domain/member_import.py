"""Decides who of a file of contacts is new in *Members*. What stands there already is never changed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tasks.domain.addresses import person
from tasks.domain.contact_file import Contact, ContactFile
from tasks.domain.display import Line
from tasks.domain.folding import fold, is_yes
from tasks.domain.known_language import find_language
from tasks.domain.lines import row_key
from tasks.domain.models import Cell, Person
from tasks.domain.programme import Columns, Language
from tasks.domain.table import Row

AS_TYPED = ("time_zone", "country", "topics", "kinds", "discretion")
MOST_ROWS = 1000  # of one import: as many as can be marked in a sheet at once


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a row is not imported: its number in the file, the column, and the reason."""

    row: int
    column: str
    reason: str

    @property
    def words(self) -> str:
        """One line of the report."""
        return f"row {self.row}, {self.column}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody who is in *Members* already, and of whom the file says something else in some columns."""

    row: int
    members_row: int
    columns: tuple[str, ...]

    @property
    def words(self) -> str:
        """One line of the report."""
        what = f"says something else than row {self.members_row} of Members in {', '.join(self.columns)}"
        return f"row {self.row}: {what}; nothing is changed there"


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """``new`` are the rows to append with their numbers in the file; ``same`` counts who is there as the file says."""

    new: tuple[tuple[int, Line], ...]
    changed: tuple[Changed, ...]
    refused: tuple[Refused, ...]
    same: int
    later: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known: rows of *Members* by address, and keyed hashes of addresses that are not to be added again."""

    columns: Columns
    rows: Mapping[str, Row]
    not_again: Mapping[str, str]
    person_ids: Mapping[str, str]


def find_people(file: ContactFile, label: str) -> Iterator[tuple[Contact, Person | None]]:
    """Each contact that has the label (all, where none is named) with the first of its addresses that can be used."""
    for contact in file.contacts:
        if not label or fold(label) in contact.labels:
            found = (person(contact.cells.get("name", ""), typed) for typed in contact.emails)
            yield contact, next(filter(None, found), None)


def decide_import(
    file: ContactFile,
    people: Collection[tuple[Contact, Person | None]],
    standing: Standing,
    languages: Mapping[str, Language],
    usual_language: str,
) -> ImportPlan:
    """Who is subscribed without the file saying so is nobody: consent is not assumed."""
    new: dict[str, tuple[int, Line]] = {}
    changed: list[Changed] = []
    refused: list[Refused] = []
    same = 0
    for contact, somebody in people:
        if reason := _refusal(contact, somebody, file, new, languages):
            refused.append(reason)
        elif somebody and (row := standing.rows.get(somebody.address_key)):
            columns = tuple(_differences(contact, somebody, row, standing.columns, languages))
            changed += [Changed(contact.row, row.number, columns)] if columns else []
            same += not columns
        elif somebody and (why := standing.not_again.get(standing.person_ids[somebody.address_key])):
            refused.append(Refused(contact.row, file.headers["email"], why))
        elif somebody:
            identity = standing.person_ids[somebody.address_key]
            new[somebody.address_key] = contact.row, _line(contact, somebody, identity, languages, usual_language)
    rows = tuple(new.values())
    return ImportPlan(rows[:MOST_ROWS], tuple(changed), tuple(refused), same, max(0, len(rows) - MOST_ROWS))


def _refusal(
    contact: Contact,
    somebody: Person | None,
    file: ContactFile,
    new: Mapping[str, tuple[int, Line]],
    languages: Mapping[str, Language],
) -> Refused | None:
    column = file.headers["email"]
    if somebody is None:
        reason = "is not one e-mail address" if contact.emails else "is empty"
        return Refused(contact.row, column, reason)
    if earlier := new.get(somebody.address_key):
        return Refused(contact.row, column, f"is the address of row {earlier[0]}, too")
    if (typed := contact.cells.get("language")) and find_language(typed, languages) is None:
        return Refused(contact.row, file.headers["language"], "is not a language of this programme")
    return None


def _differences(
    contact: Contact, somebody: Person, row: Row, columns: Columns, languages: Mapping[str, Language]
) -> Iterator[str]:
    """Where the file says something and *Members* says something else."""
    says: dict[str, tuple[str, str]] = {
        "name": (somebody.name, row.text("name")),
        **{field: (contact.cells.get(field, ""), _text(row, field)) for field in AS_TYPED if field in row.cells},
    }
    for field, (said, known) in says.items():
        if said and fold(said) != fold(known):
            yield columns.columns[field]
    said = find_language(contact.cells.get("language", ""), languages) or ""
    if said and said != find_language(row.text("language"), languages):
        yield columns.columns["language"]
    if is_yes(contact.cells.get("subscribed", "")) and not is_yes(row.text("subscribed")):
        yield columns.columns["subscribed"]


def _text(row: Row, field: str) -> str:
    return row.text(field) if field in row.cells else ""


def _line(
    contact: Contact, somebody: Person, identity: str, languages: Mapping[str, Language], usual_language: str
) -> Line:
    code = find_language(contact.cells.get("language", ""), languages) or usual_language
    cells: dict[str, Cell] = {field: contact.cells.get(field, "") for field in AS_TYPED}
    cells |= {
        "name": somebody.name,
        "email": somebody.address,
        "language": languages[code].name if code else "",
        "subscribed": True if is_yes(contact.cells.get("subscribed", "")) else "",
    }
    return Line(row_key("members", identity), "", somebody.address, cells)
