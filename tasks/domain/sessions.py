"""The Sessions tab: what staff planned, confirmed and cancelled; only confirmed rows must be complete."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tasks.domain.cells import excerpt
from tasks.domain.folding import fold, is_yes, one_line
from tasks.domain.keys import digest
from tasks.domain.models import Problem, Session, SessionStatus, Severity, Tab
from tasks.domain.programme import Columns, Language
from tasks.domain.sentences import AnyOf, say
from tasks.domain.session_row import Fault, is_safer, read_session
from tasks.domain.table import Row, column_problems, read_table

SEPARATOR = ":"  # of the parts of our keys
STATUSES: Mapping[str, SessionStatus] = {"": SessionStatus.draft, **{fold(status): status for status in SessionStatus}}


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A row with a ref. ``status`` is None where the word is unknown; ``cells`` are written out, by field.

    ``row`` counts from 1 as Sheets does.
    """

    ref: str
    row: int
    status: SessionStatus | None
    cells: Mapping[str, str]

    @property
    def send_again(self) -> bool:
        """Whether staff ticked the box that sends the invitations once more."""
        return is_yes(self.cells.get("send_again", ""))

    @property
    def safer(self) -> bool:
        """Whether staff ticked that the session must not be recognised."""
        return is_safer(self.cells)

    @property
    def google_invitations(self) -> bool:
        """Whether staff ticked that the presenters stand in the Google event as guests."""
        return is_yes(self.cells.get("google_invitations", ""))

    @property
    def preface(self) -> str:
        """What staff want to say above them."""
        return self.cells.get("preface", "").strip()


@dataclass(frozen=True, slots=True)
class SessionsReading:
    """``confirmed`` are complete. ``held`` are refs that stand in the tab but must not be acted upon.

    A ref in ``held`` has a problem; it is neither new, nor changed, nor cancelled, nor gone. ``readable`` is false
    where the whole tab could not be read: then no ref is gone either.
    """

    rows: Mapping[str, SessionRow]
    confirmed: tuple[Session, ...]
    problems: tuple[Problem, ...]
    held: frozenset[str] = frozenset()
    readable: bool = True


def safer_refs(tab: Tab, columns: Columns) -> frozenset[str]:
    """The refs of sessions that must not be recognised, whatever else stands in their rows."""
    rows = read_table(tab, columns.columns).rows
    return frozenset(one_line(row.text("ref")) for row in rows if is_safer(row.texts()))


def read_sessions(
    tab: Tab, *, columns: Columns, languages: Mapping[str, Language], zone_of_sheet: str = "", sheet: str = ""
) -> SessionsReading:
    """Read the tab. ``sheet`` is the name by which people know it; the sheet's zone is only ever a suggestion."""
    name = sheet or columns.tab
    table = read_table(tab, columns.columns)
    if stops := column_problems(table, columns, name):
        return SessionsReading({}, (), stops, readable=False)
    places: dict[str, list[int]] = defaultdict(list)
    for row in table.rows:
        places[fold(row.text("ref"))].append(row.number)
    rows: dict[str, SessionRow] = {}
    confirmed: list[Session] = []
    problems: list[Problem] = []
    held: set[str] = set()
    for row in table.rows:
        ref, status = one_line(row.text("ref")), STATUSES.get(fold(row.text("status")))
        faults, session = _identity_faults(row, places, status), None
        if not faults and status is SessionStatus.confirmed:
            session, faults = read_session(row, languages, zone_of_sheet)
        problems += [cell_problem(fault, row, columns, name) for fault in faults if _told_here(fault, row, places)]
        if ref:
            rows.setdefault(ref, SessionRow(ref, row.number, status, row.texts()))
            held |= {ref} if any(fault.severity is Severity.problem for fault in faults) else set()
        confirmed += [session] if session else []
    return SessionsReading(rows, tuple(confirmed), tuple(problems), frozenset(held))


def planned_sessions(
    tab: Tab, *, columns: Columns, languages: Mapping[str, Language], zone_of_sheet: str = ""
) -> dict[str, Session]:
    """Every row that says all that a session needs, by ref, whatever its status. The tab must have its columns."""
    rows = read_table(tab, columns.columns).rows
    read = (read_session(row, languages, zone_of_sheet)[0] for row in rows if row.has("ref"))
    return {session.ref: session for session in read if session}


def _identity_faults(row: Row, places: Mapping[str, list[int]], status: SessionStatus | None) -> list[Fault]:
    if not row.has("ref"):
        return [Fault("no-ref", "ref", "no-ref", (say("no-ref-todo"),))]
    faults = []
    if SEPARATOR in row.text("ref"):
        faults.append(Fault("odd-ref", "ref", "odd-ref", (say("odd-ref-todo"),)))
    if others := places[fold(row.text("ref"))][1:]:
        todo = (say("same-ref-todo"),)
        faults.append(Fault("duplicate-ref", "ref", "same-ref", todo, values={"rows": tuple(others)}))
    if status is None:
        todo = (say("no-status-todo", statuses=AnyOf(tuple(map(str, SessionStatus)))),)
        faults.append(Fault("status", "status", "no-status", todo, values={"text": excerpt(row.text("status"))}))
    return faults


def _told_here(fault: Fault, row: Row, places: Mapping[str, list[int]]) -> bool:
    """Rows that share a ref are one problem, told once."""
    return fault.code != "duplicate-ref" or row.number == places[fold(row.text("ref"))][0]


def cell_problem(fault: Fault, row: Row, columns: Columns, sheet: str) -> Problem:
    """What is wrong with a cell, as staff are told."""
    column = columns.columns[fault.field]
    subject = one_line(row.text("ref")) or digest("\n".join(row.texts().values()))[:16]
    return Problem(
        code=fault.code,
        sheet=sheet,
        subject=subject,
        what=(say(fault.what, column=column, row=row.number, **fault.values),),
        todo=fault.todo,
        row=row.number,
        column=column,
        severity=fault.severity,
    )
