"""Tells a correction that staff typed into *Submissions* from a cell that is old, moved or emptied by mistake.

Only a cell can be compared, and only by the ref of its row. What the pipeline may have written there itself (earlier
answers, values of the last writes that a sort may have carried into another row) is never a correction.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tasks.domain.corrected import Correction, in_force, shown_answer
from tasks.domain.corrections_checked import Checked, Rules, check_cell, place_of
from tasks.domain.folding import one_line
from tasks.domain.keys import digest
from tasks.domain.models import Problem, Severity
from tasks.domain.register_rows import RegisterRows
from tasks.domain.sentences import say
from tasks.domain.submissions import Submission
from tasks.domain.table import Row


@dataclass(frozen=True, slots=True)
class Remembered:
    """``seen`` maps ref → digest of the answers that a read found in its row, all as they should be.

    ``written`` are the digests of the values that the last writes put into cells, wherever they landed.
    """

    seen: Mapping[str, str] = field(default_factory=dict)
    written: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Noticed:
    """``corrections`` to keep (those taken back have ``withdrawn_at``); ``seen`` what is news to the ledger.

    ``held`` are cells by ref and field that are left as they are until staff have mended them.
    """

    corrections: tuple[Correction, ...] = ()
    seen: Mapping[str, str] = field(default_factory=dict)
    held: frozenset[tuple[str, str]] = frozenset()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that differs from what it should show."""

    submission: Submission
    field: str
    row: Row
    expected: str
    verified: bool

    @property
    def text(self) -> str:
        return self.row.text(self.field)

    @property
    def place(self) -> tuple[str, str]:
        return self.submission.ref, self.field


def notice_corrections(
    rows: RegisterRows, found: Mapping[str, Submission], remembered: Remembered, rules: Rules, now: datetime
) -> Noticed:
    """Compare the rows with what they should show."""
    different = [
        cell
        for ref, row in rows.by_ref.items()
        if ref not in rows.doubled
        for cell in _different(found[ref], row, rules, remembered)
    ]
    typed = [cell for cell in different if not _is_ours(cell, remembered.written)]
    moved = _moved(typed)
    checked = {
        cell.place: _moved_here(cell, rules) if cell.place in moved else check_cell(cell.field, cell.row, rules)
        for cell in typed
    }
    problems = [_problem(cell, rules, checked[cell.place]) for cell in typed]
    usable = [(cell, one) for cell in typed if not (one := checked[cell.place]).what]
    kept = [_correction(cell, one, now) for cell, one in usable if one.value != cell.expected]
    held = {place for place, one in checked.items() if one.held}
    held |= {(ref, name) for ref in rows.doubled for name in rules.fields}
    return Noticed(
        corrections=tuple(kept),
        seen=dict(_seen(rows, with_corrections(found, kept), remembered, rules)),
        held=frozenset(held),
        problems=(*rows.problems, *(problem for problem in problems if problem)),
    )


def with_corrections(found: Mapping[str, Submission], more: Iterable[Correction]) -> dict[str, Submission]:
    """The submissions with further corrections, which replace those of the same field and moment."""
    after = dict(found)
    for one in more:
        others = [old for old in after[one.ref].corrections if (old.field, old.seen_at) != (one.field, one.seen_at)]
        after[one.ref] = replace(after[one.ref], corrections=(*others, one))
    return after


def _moved_here(cell: _Cell, rules: Rules) -> Checked:
    return Checked(what=place_of(cell.field, cell.row, rules).say("moved-cell"), todo=(say("moved-cell-todo"),))


def _different(submission: Submission, row: Row, rules: Rules, remembered: Remembered) -> Iterator[_Cell]:
    current = submission.current
    names = [name for name in rules.fields if differs(row.text(name), shown_answer(current, name))]
    if names:
        verified = remembered.seen.get(submission.ref) == _face(submission, rules)
        for name in names:
            yield _Cell(submission, name, row, shown_answer(current, name), verified)


def differs(text: str, other: str) -> bool:
    """Whether a reader would notice: spaces, line breaks and invisible characters do not count."""
    return text != other and one_line(text) != one_line(other)


def _is_ours(cell: _Cell, written: frozenset[str]) -> bool:
    """Whether the pipeline itself may have put this value there, now or long ago."""
    text, submission = cell.text, cell.submission
    if digest(text) in written:
        return True
    if text == shown_answer(submission.newest, cell.field):  # the form's own word, in place of a correction
        return not cell.verified
    if text in {shown_answer(version.response, cell.field) for version in (*submission.versions, *submission.formerly)}:
        return True
    earlier = {one.value for one in submission.corrections if one.field == cell.field}
    return not cell.verified and text in {*earlier, *submission.current.answers.values()} - {""}


def _moved(cells: list[_Cell]) -> set[tuple[str, str]]:
    """Cells whose value another differing cell of their column has lost, or whose own value it has got."""
    lost = {(cell.field, cell.expected) for cell in cells if cell.expected}
    got = {(cell.field, cell.text) for cell in cells if cell.text}
    return {cell.place for cell in cells if (cell.field, cell.text) in lost or (cell.field, cell.expected) in got}


def _correction(cell: _Cell, one: Checked, now: datetime) -> Correction:
    ref, name = cell.place
    taken_back = one.value == shown_answer(cell.submission.newest, name)
    if taken_back and (before := in_force(cell.submission.corrections).get(name)):
        return Correction(ref, name, before.value, before.seen_at, before.codes, withdrawn_at=now)
    return Correction(ref, name, one.value, now, one.codes)


def _problem(cell: _Cell, rules: Rules, one: Checked) -> Problem | None:
    if not one.what:
        return None
    return Problem(
        code="correction",
        sheet=rules.sheet,
        subject=cell.submission.ref,
        what=(one.what,),
        todo=one.todo,
        row=cell.row.number,
        column=rules.headers[cell.field],
        severity=Severity.problem if one.held else Severity.notice,
    )


def _seen(
    rows: RegisterRows, found: Mapping[str, Submission], remembered: Remembered, rules: Rules
) -> Iterator[tuple[str, str]]:
    for ref in rows.by_ref.keys() - rows.doubled:
        row, current, face = rows.by_ref[ref], found[ref].current, _face(found[ref], rules)
        if remembered.seen.get(ref) != face and all(
            row.text(name) == shown_answer(current, name) for name in rules.fields
        ):
            yield ref, face


def _face(submission: Submission, rules: Rules) -> str:
    current = submission.current
    return digest(json.dumps([shown_answer(current, name) for name in rules.fields]))
