"""The rows of *Submissions* by ref, whatever staff did to them; a ref that was edited is recognised by its row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tasks.domain.keys import digest, is_ref
from tasks.domain.lines import utc_minute
from tasks.domain.models import Problem, Severity, Tab
from tasks.domain.programme import Columns
from tasks.domain.sentences import Phrase, Sentences, say
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
        what = say("doubled-ref", ref=ref, rows=tuple(row.number for row in rows))
        return self._problem(ref, what, (say("doubled-ref-todo"),), rows[1])

    def copied(self, row: Row, owner: str) -> Problem:
        what = say("copied-row", row=row.number, ref=owner)
        return self._problem(self._subject(row), what, (say("copied-row-todo"),), row, Severity.notice)

    def lost_its_ref(self, row: Row, owner: str) -> Problem:
        what = say("changed-ref", column=self.header, row=row.number, ref=owner)
        todo = say("changed-ref-todo", ref=owner, cell=self.table.cell_name(row.number, "ref"))
        return self._problem(owner, what, (todo,), row)

    def stranger(self, row: Row) -> Problem:
        what = say("unknown-row", row=row.number, column=self.header)
        todo = (say("nothing-todo"), say("unknown-row-todo"))
        return self._problem(self._subject(row), what, todo, row, Severity.notice)

    def _subject(self, row: Row) -> str:
        return digest("\n".join(row.texts().values()))[:16]

    def _problem(
        self, subject: str, what: Phrase, todo: Sentences, row: Row, severity: Severity = Severity.problem
    ) -> Problem:
        return Problem(what.name, self.sheet, subject, (what,), todo, row.number, self.header, severity)
