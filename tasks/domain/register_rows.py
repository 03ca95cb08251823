"""The rows of *Submissions* by ref, whatever staff did to them; a ref that was edited is recognised by its row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tasks.domain.cells import listed
from tasks.domain.keys import digest, is_ref
from tasks.domain.lines import utc_minute
from tasks.domain.models import Problem, Severity, Tab
from tasks.domain.programme import Columns
from tasks.domain.submissions import Submission
from tasks.domain.table import Row, Table, read_table


@dataclass(frozen=True, slots=True)
class RegisterRows:
    """``by_ref`` holds the first row of each known ref; ``doubled`` the refs that stand in several rows.

    ``forgotten`` are refs of ours that belong to no submission we know.
    """

    by_ref: Mapping[str, Row]
    doubled: frozenset[str]
    forgotten: frozenset[str]
    problems: tuple[Problem, ...]


def read_rows(tab: Tab, columns: Columns, sheet: str, found: Mapping[str, Submission]) -> RegisterRows:
    """Read the tab, which must have its columns; ``sheet`` is the name by which people know it."""
    table = read_table(tab, columns.columns)
    places: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        places[row.text("ref").strip()].append(row)
    known = {ref: rows for ref, rows in places.items() if ref in found}
    owners = _owners(found.values())
    strangers = [(ref, row) for ref, rows in places.items() if ref not in found for row in rows]
    tell = _Teller(columns.columns["ref"], sheet, table)
    doubled = {ref: rows for ref, rows in known.items() if len(rows) > 1}
    problems = [tell.doubled(ref, rows) for ref, rows in doubled.items()]
    forgotten = set()
    for ref, row in strangers:
        if owner := owners.get(_face(row.texts())):
            problems.append(tell.copied(row, owner) if owner in known else tell.lost_its_ref(row, owner))
        elif is_ref(ref):
            forgotten.add(ref)
        else:
            problems.append(tell.stranger(row))
    return RegisterRows(
        {ref: rows[0] for ref, rows in known.items()}, frozenset(doubled), frozenset(forgotten), tuple(problems)
    )


Face = tuple[str, str, str]


def _face(cells: Mapping[str, str]) -> Face:
    """What a row is recognised by when its ref is gone."""
    return cells.get("received", ""), cells.get("email", ""), cells.get("title", "")


def _owners(found: Iterable[Submission]) -> dict[Face, str]:
    owners = {}
    for submission in found:
        received = {"received": utc_minute(submission.received_at)}
        for answers in (submission.newest.answers, submission.current.answers):
            owners[_face({**answers, **received})] = submission.ref
    return owners


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says what is wrong with a row, to staff."""

    header: str
    sheet: str
    table: Table

    def doubled(self, ref: str, rows: list[Row]) -> Problem:
        where = listed([str(row.number) for row in rows])
        what = f"{ref} stands in the rows {where}. Only the first of them is kept up to date, without your corrections."
        todo = "Delete the rows that are copies, or clear their Ref and move them to another tab."
        return self._problem("doubled-ref", ref, what, todo, rows[1])

    def copied(self, row: Row, owner: str) -> Problem:
        what = f"Row {row.number} is a copy of {owner} under a Ref that is not ours. Nothing is done with it."
        return self._problem(
            "copied-row", self._subject(row), what, "Delete the row, or leave it as a note.", row, Severity.notice
        )

    def lost_its_ref(self, row: Row, owner: str) -> Problem:
        what = f"The {self.header} in row {row.number} was changed or emptied; the row belongs to {owner}."
        cell = self.table.cell_name(row.number, "ref")
        todo = f"Type {owner} into cell {cell}; until then nothing of the row is read, or kept up to date."
        return self._problem("changed-ref", owner, what, todo, row)

    def stranger(self, row: Row) -> Problem:
        what = f"Row {row.number} has no {self.header} that we gave, so it is nobody's answer. Nothing is done with it."
        todo = "Nothing, if it is a note of yours. If it was an answer, bring its Ref back with File > Version history."
        return self._problem("unknown-row", self._subject(row), what, todo, row, Severity.notice)

    def _subject(self, row: Row) -> str:
        return digest("\n".join(row.texts().values()))[:16]

    def _problem(
        self, code: str, subject: str, what: str, todo: str, row: Row, severity: Severity = Severity.problem
    ) -> Problem:
        return Problem(code, self.sheet, subject, what, todo, row.number, self.header, severity)
