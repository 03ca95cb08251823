"""A file of contacts as people save it from any program: its letters, its separators, its headers, its people."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from tasks.domain.folding import fold, is_visible, one_line

SEPARATORS = ",;\t|"
GOOGLE_SEPARATOR = ":::"
MOST_BYTES = 20_000_000
EXCELS_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
GOOGLE = {
    "given": ("First Name", "Given Name"),
    "middle": ("Middle Name", "Additional Name"),
    "family": ("Last Name", "Family Name"),
    "labels": ("Labels", "Group Membership"),
    "email": tuple(f"E-mail {number} - Value" for number in range(1, 10)),
    "country": ("Address 1 - Country",),
}
"""Headers of Google Contacts, in its newer export and in the older one."""
Wording = Mapping[str, frozenset[str]]


class NoContacts(Exception):  # noqa: N818 (the name says what happened)
    """The file cannot be used; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One row. ``row`` counts as a spreadsheet does; ``cells`` are by field, only those that hold anything.

    ``emails`` are all that its columns of addresses hold, the first column first.
    """

    row: int
    cells: Mapping[str, str]
    emails: tuple[str, ...]
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class ContactFile:
    """``headers`` are those of the fields that the file has."""

    contacts: tuple[Contact, ...]
    headers: Mapping[str, str]


def wording(headers: Mapping[str, Sequence[str]]) -> Wording:
    """By which folded headers a field is known; those of Google Contacts come along."""
    everything = {field: (*headers.get(field, ()), *GOOGLE.get(field, ())) for field in {*headers, *GOOGLE}}
    return {field: frozenset(map(fold, known)) for field, known in everything.items()}


def read_contacts(data: bytes, known: Wording) -> ContactFile:
    """Every row with anything in a known column. Raises NoContacts."""
    if len(data) > MOST_BYTES:
        raise NoContacts(f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    table = _table(_text(data), known)
    headers = [one_line(header) for header in table[0]]
    fields = [_field(header, known) for header in headers]
    if "email" not in fields:
        raise NoContacts("row 1 of the file names no column of e-mail addresses, such as E-mail")
    found = [_contact(number, row, fields) for number, row in enumerate(table[1:], start=2)]
    shown = {field: header for field, header in zip(reversed(fields), reversed(headers), strict=True) if field}
    return ContactFile(tuple(one for one in found if one.cells or one.emails), shown)


def _text(data: bytes) -> str:
    """UTF-8 and UTF-16 are recognised; what is neither was written on Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data and data[start:400:2].count(0) > len(data[:400]) // 4:
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _table(text: str, known: Wording) -> list[list[str]]:
    """As the separator makes most sense of the headers."""
    if hint := EXCELS_HINT.match(text):
        return _rows(text[hint.end() :], hint[1])
    return max((_rows(text, separator) for separator in SEPARATORS), key=lambda rows: _fitness(rows[0], known))


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator)) or [[]]
    except csv.Error as error:
        raise NoContacts(f"the file is not a table ({error})") from None


def _fitness(headers: Sequence[str], known: Wording) -> tuple[int, int]:
    return sum(bool(_field(header, known)) for header in headers), len(headers)


def _field(header: str, known: Wording) -> str:
    key = fold(header)
    return next((field for field, keys in known.items() if key in keys), "") if key else ""


def _contact(number: int, row: Sequence[str], fields: Sequence[str]) -> Contact:
    cells: dict[str, str] = {}
    emails: list[str] = []
    for field, typed in zip(fields, row, strict=False):
        if not field or not is_visible(typed):
            continue
        if field == "email":
            emails += [piece.strip() for piece in typed.split(GOOGLE_SEPARATOR) if is_visible(piece)]
        else:
            cells.setdefault(field, one_line(typed))
    labels = frozenset(map(fold, _labels(cells.pop("labels", ""))))
    if name := _name(cells):
        cells["name"] = name
    return Contact(number, cells, tuple(emails), labels)


def _labels(text: str) -> Iterator[str]:
    yield from (piece.strip().removeprefix("* ") for piece in text.split(GOOGLE_SEPARATOR))


def _name(cells: dict[str, str]) -> str:
    """The whole name; where its parts stand apart, ``Name`` may be one of them (Prénom, Nom; Nombre, Apellidos)."""
    given, middle, family = (cells.pop(part, "") for part in ("given", "middle", "family"))
    name = cells.pop("name", "")
    if name and given and family:
        return name
    return " ".join(filter(None, (given, middle, name, family)))
