"""What is wrong in the Members tab, in words for staff, none of which name the person."""

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.domain.addresses import raw_key
from tasks.domain.cells import excerpt, is_blank
from tasks.domain.folding import fold
from tasks.domain.keys import digest
from tasks.domain.models import Member, Problem, Severity
from tasks.domain.options import Chosen
from tasks.domain.programme import Columns, Language
from tasks.domain.sentences import Value, quotes, say
from tasks.domain.session_row import Fault
from tasks.domain.table import Row, Table
from tasks.domain.zones import nearest_zone

UNTIL_THEN = say("no-mail")
UNKNOWN = {
    "topics": ("topics", "unknown-topic"),
    "kinds": ("mails-wanted", "unknown-mails"),
    "discretion": ("discretion", "unknown-discretion"),
}


@dataclass(frozen=True, slots=True)
class Members:
    """The tab; ``sheet`` is the name by which people know it."""

    sheet: str
    columns: Columns
    table: Table


def bad_address(row: Row, members: Members) -> Problem:
    """No address, or several."""
    what = "empty" if is_blank(row.cells["email"]) else "no-address"
    todo = (say("member-address-todo", cell=members.table.cell_name(row.number, "email")), UNTIL_THEN)
    return _of_row(members, row, Fault("address", "email", what, todo))


def bad_language(row: Row, members: Members, languages: Mapping[str, Language]) -> Problem:
    """No language of this programme."""
    names = ", ".join(language.name for language in languages.values())
    what = "empty" if is_blank(row.cells["language"]) else "no-language"
    values = {"text": excerpt(row.text("language"))}
    todo = (say("one-of", options=names), UNTIL_THEN)
    return _of_row(members, row, Fault("language", "language", what, todo, values=values))


def bad_zone(row: Row, members: Members) -> Problem:
    """No zone that we know."""
    todo = (say("zone-todo", zone=nearest_zone(row.text("time_zone")) or "Africa/Nairobi"),)
    return _of_row(members, row, Fault("time-zone", "time_zone", "member-zone", todo, Severity.notice))


def bad_country(row: Row, members: Members, may_be: tuple[str, ...]) -> Problem:
    """A country with several clocks (its zones are ``may_be``), or none that we know."""
    what = "country-with-zones" if may_be else "unknown-country"
    values: Mapping[str, Value] = {"text": excerpt(row.text("country"))}
    todo = (say("country-todo", column=members.columns.columns["time_zone"], zone=(*may_be, "Africa/Nairobi")[0]),)
    return _of_row(members, row, Fault("country", "country", what, todo, Severity.notice, values))


def unknown_choice(row: Row, members: Members, field: str, chosen: Chosen) -> Problem:
    """Words that are nothing one can choose."""
    code, what = UNKNOWN[field]
    pieces = tuple(
        say("nearest-option", text=excerpt(piece), near=near) if near else quotes([excerpt(piece)])[0]
        for piece, near in chosen.unknown
    )
    todo = (say("unknown-choice-todo", cell=members.table.cell_name(row.number, field)),)
    return _of_row(members, row, Fault(code, field, what, todo, Severity.notice, {"pieces": pieces}))


def twice(first: Member, others: list[Member], members: Members) -> Problem:
    """An address in several rows."""
    values: Mapping[str, Value] = {"rows": tuple(other.row for other in others)}
    todo = (say("duplicate-member-todo"),)
    fault = Fault("duplicate-member", "email", "duplicate-member", todo, Severity.notice, values)
    return _problem(members, first.row, digest(first.person.address_key)[:16], fault)


def contradiction(member: Member, members: Members) -> Problem:
    """An address that is subscribed in one row and not in another."""
    todo = (say("subscription-conflict-todo"),)
    fault = Fault("subscription-conflict", "email", "subscription-conflict", todo)
    return _problem(members, member.row, digest(member.person.address_key)[:16], fault)


def _of_row(members: Members, row: Row, fault: Fault) -> Problem:
    """The subject is stable while the row moves, and while other columns are corrected."""
    return _problem(members, row.number, digest(raw_key(row.text("email")) or fold(row.text("name")))[:16], fault)


def _problem(members: Members, row: int, subject: str, fault: Fault) -> Problem:
    column = members.columns.columns[fault.field]
    what = (say(fault.what, column=column, row=row, **fault.values),)
    return Problem(fault.code, members.sheet, subject, what, fault.todo, row, column, fault.severity)
