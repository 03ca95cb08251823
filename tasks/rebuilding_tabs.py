"""Gathers what a lost ledger held of rows: pairs, sessions, lines of Needs attention, recordings in the archive."""

from tasks.domain.display import find_tab
from tasks.domain.duplicates.pairs import Pair
from tasks.domain.duplicates.rulings import pair_name
from tasks.domain.rebuild_effects import (
    attention_in,
    held_back,
    recording_filed,
    row_shown,
)
from tasks.domain.rebuild_pairs import pairs_in
from tasks.domain.scheduling import read_decisions
from tasks.rebuilding import Rebuilding
from tasks.sheets import try_read


def pairs_standing(work: Rebuilding) -> list[Pair]:
    """The pairs that *Possible duplicates* shows."""
    register = work.staff.register
    waiting = {row.text("ref").strip(): held_back(row, work.every) for row in work.rows(register.submissions)}
    return list(pairs_in(work.rows(register.duplicates), waiting, work.every, work.zone, work.run.now))


def find_pairs(work: Rebuilding) -> None:
    """Those whose submissions are known."""
    known = {version.ref for version in work.found.versions}
    pairs = [pair for pair in pairs_standing(work) if set(pair.refs) <= known]
    work.found.pairs += pairs
    work.found.add([row_shown("duplicates", pair_name(pair.refs), "", work.staff.book.name) for pair in pairs])
    work.run.outcome.done.append(f"pairs in Possible duplicates: {len(pairs)}")


def find_session_rows(work: Rebuilding) -> None:
    """Rows of *Sessions* that stand there, and those of accepted submissions that staff deleted."""
    columns, book = work.staff.register, work.staff.book
    standing = {ref for row in work.rows(columns.sessions) if (ref := row.text("ref").strip())}
    tab, _ = find_tab(book, columns.submissions)
    accepted = set(read_decisions(tab, columns.submissions, "").accepted) if tab else set()
    for ref in sorted(accepted - standing):
        work.run.outcome.held.append(
            f"{ref}: accepted, but not in Sessions: taken as deleted there; if not, type its ref into a new row"
        )
    work.found.add([row_shown("sessions", ref, ref, book.name) for ref in sorted(accepted | standing)])


def find_problems(work: Rebuilding) -> None:
    """The lines of *Needs attention*."""
    rows = work.rows(work.staff.register.needs_attention)
    lines = list(attention_in(rows, work.every, work.zone, work.run.now))
    work.found.attention += lines
    work.found.add([row_shown("attention", line.identity, "", work.staff.book.name) for line in lines])
    work.run.outcome.done.append(f"lines of Needs attention: {len(lines)}")


async def find_archive(work: Rebuilding) -> None:
    """The rows of the archive sheet."""
    archive = work.run.services.settings.programme.archive
    if book := await try_read(work.run, archive.spreadsheet):
        rows = [row for row in work.rows(archive.recordings, book) if row.has("ref") and row.has("key")]
        work.found.add([recording_filed(row, book.name) for row in rows])
        work.run.outcome.done.append(f"recordings in the archive: {len(rows)}")
