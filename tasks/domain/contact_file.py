"""A file of contacts as people save it from any program: its letters, its separators, its headers, its people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tasks.domain.contact_table import NoTable, read_table_file
from tasks.domain.folding import fold, is_visible, one_line

FIELDS = (
    *("name", "given", "family", "email", "language", "time_zone", "country"),
    *("topics", "kinds", "discretion", "subscribed"),
)
GOOGLE_SEPARATOR = ":::"
MOST_BYTES = 20_000_000
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
    try:
        table = read_table_file(data, lambda headers: _fitness(headers, known))
    except NoTable as reason:
        raise NoContacts(str(reason)) from None
    headers = [one_line(header) for header in table[0]]
    fields = [_field(header, known) for header in headers]
    if "email" not in fields:
        raise NoContacts("row 1 of the file names no column of e-mail addresses, such as E-mail")
    found = [_contact(number, row, fields) for number, row in enumerate(table[1:], start=2)]
    shown = {field: header for field, header in zip(reversed(fields), reversed(headers), strict=True) if field}
    return ContactFile(tuple(one for one in found if one.cells or one.emails), shown)


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


def rows_in_short(numbers: Sequence[int]) -> str:
    """``rows 2-4, 7`` of the file."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    named = ", ".join("-".join(map(str, one)) for one in runs)
    return f"row {named}" if named.isdigit() else f"rows {named}"
