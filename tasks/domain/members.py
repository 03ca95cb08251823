"""The Members tab becomes the people who are written to: those who are subscribed, each address once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tasks.domain.addresses import person, raw_key
from tasks.domain.cells import excerpt, is_blank
from tasks.domain.folding import fold
from tasks.domain.keys import digest
from tasks.domain.known_language import find_language
from tasks.domain.models import Member, Problem, Severity, Tab
from tasks.domain.programme import Columns, Language
from tasks.domain.sentences import Value, say
from tasks.domain.session_row import Fault
from tasks.domain.table import Row, Table, column_problems, read_table
from tasks.domain.zones import find_zone, nearest_zone

YES = frozenset({"true", "vrai", "verdadero", "yes", "y", "si", "oui", "x", "1"})

UNTIL_THEN = say("no-mail")


@dataclass(frozen=True, slots=True)
class MembersReading:
    """``members`` are subscribed and each address is there once; ``rows`` counts rows with anything in them."""

    members: tuple[Member, ...]
    rows: int
    unsubscribed: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Members:
    sheet: str
    columns: Columns
    languages: Mapping[str, Language]
    table: Table


def read_members(tab: Tab, *, columns: Columns, languages: Mapping[str, Language], sheet: str = "") -> MembersReading:
    """Read the tab; ``sheet`` is the name by which people know it (the tab's title where none is given)."""
    table = read_table(tab, columns.columns)
    members = _Members(sheet or columns.tab, columns, languages, table)
    if stops := column_problems(table, columns, members.sheet):
        return MembersReading((), len(table.rows), 0, stops)
    wanted = [row for row in table.rows if is_subscribed(row)]
    problems: list[Problem] = []
    found = [member for row in wanted if (member := _member(row, members, problems))]
    refused = {_key(row) for row in table.rows if not is_subscribed(row)}
    return MembersReading(
        members=tuple(_once(found, refused, members, problems)),
        rows=len(table.rows),
        unsubscribed=len(table.rows) - len(wanted),
        problems=tuple(problems),
    )


def is_subscribed(row: Row) -> bool:
    """Whether staff ticked the box, or wrote yes in one of their languages."""
    return fold(row.text("subscribed")) in YES


def _member(row: Row, members: _Members, problems: list[Problem]) -> Member | None:
    somebody = person(row.text("name"), row.text("email"))
    language = find_language(row.text("language"), members.languages)
    problems += [] if somebody else [_bad_address(row, members)]
    problems += [] if language else [_bad_language(row, members)]
    zone = find_zone(row.text("time_zone")) or ""
    problems += [] if zone or is_blank(row.cells["time_zone"]) else [_bad_zone(row, members)]
    return Member(somebody, language, zone, row.number) if somebody and language else None


def _once(found: list[Member], refused: set[str], members: _Members, problems: list[Problem]) -> Iterator[Member]:
    """One row an address, the same one however the tab is sorted; nobody whose other row says no."""
    by_key: dict[str, list[Member]] = defaultdict(list)
    for member in found:
        by_key[member.person.address_key].append(member)
    for key, same in by_key.items():
        if key in refused:
            problems.append(_contradiction(same[0], members))
            continue
        first, *others = sorted(same, key=lambda member: (member.language, fold(member.person.name), member.zone))
        if others:
            problems.append(_twice(first, others, members))
        yield first


def _key(row: Row) -> str:
    somebody = person("", row.text("email"))
    return somebody.address_key if somebody else ""


def _bad_address(row: Row, members: _Members) -> Problem:
    what = "empty" if is_blank(row.cells["email"]) else "no-address"
    todo = (say("member-address-todo", cell=members.table.cell_name(row.number, "email")), UNTIL_THEN)
    return _problem(members, row.number, _subject(row), Fault("address", "email", what, todo))


def _bad_language(row: Row, members: _Members) -> Problem:
    typed = row.text("language")
    names = ", ".join(language.name for language in members.languages.values())
    fault = Fault(
        "language",
        "language",
        "empty" if is_blank(row.cells["language"]) else "no-language",
        (say("one-of", options=names), UNTIL_THEN),
        values={"text": excerpt(typed)},
    )
    return _problem(members, row.number, _subject(row), fault)


def _bad_zone(row: Row, members: _Members) -> Problem:
    todo = (say("zone-todo", zone=nearest_zone(row.text("time_zone")) or "Africa/Nairobi"),)
    fault = Fault("time-zone", "time_zone", "member-zone", todo, Severity.notice)
    return _problem(members, row.number, _subject(row), fault)


def _twice(first: Member, others: list[Member], members: _Members) -> Problem:
    values: Mapping[str, Value] = {"rows": tuple(other.row for other in others)}
    todo = (say("duplicate-member-todo"),)
    fault = Fault("duplicate-member", "email", "duplicate-member", todo, Severity.notice, values)
    return _problem(members, first.row, digest(first.person.address_key)[:16], fault)


def _contradiction(member: Member, members: _Members) -> Problem:
    todo = (say("subscription-conflict-todo"),)
    fault = Fault("subscription-conflict", "email", "subscription-conflict", todo)
    return _problem(members, member.row, digest(member.person.address_key)[:16], fault)


def _problem(members: _Members, row: int, subject: str, fault: Fault) -> Problem:
    column = members.columns.columns[fault.field]
    what = (say(fault.what, column=column, row=row, **fault.values),)
    return Problem(fault.code, members.sheet, subject, what, fault.todo, row, column, fault.severity)


def _subject(row: Row) -> str:
    """Stable while the row moves, and while other columns are corrected."""
    return digest(raw_key(row.text("email")) or fold(row.text("name")))[:16]
