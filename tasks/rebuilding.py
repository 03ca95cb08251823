"""Gathers from the sheets what a lost ledger held of submissions, rows and problems. Nothing is sent or written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.answers import gather_answers
from tasks.chapter import Run
from tasks.domain.addresses import sendable
from tasks.domain.corrections_checked import Rules, make_rules
from tasks.domain.display import find_tab
from tasks.domain.faults import Fault
from tasks.domain.intake import acknowledgement_key
from tasks.domain.keys import choose_ref, is_ref
from tasks.domain.known_answers import ref_source
from tasks.domain.mail_identity import thread_root, token
from tasks.domain.models import Response, Workbook
from tasks.domain.programme import Columns
from tasks.domain.rebuild_answers import corrections_in, place_answers, shown_response, versions_of
from tasks.domain.rebuild_effects import (
    acknowledged,
    acknowledgement_in,
    attention_in,
    recording_filed,
    row_shown,
)
from tasks.domain.rebuilt import Rebuilt
from tasks.domain.scheduling import read_decisions
from tasks.domain.submissions import Version
from tasks.domain.table import Row, read_table
from tasks.domain.words import Words
from tasks.sheets import try_read
from tasks.staff import Staff
from tasks.steps import step

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """One attempt to make a ledger again: where it reads, in which words, and what it has found so far."""

    run: Run
    staff: Staff
    every: Sequence[Words]
    found: Rebuilt

    @property
    def zone(self) -> str:
        """The register's time zone, in which its State cells tell moments."""
        return self.staff.book.time_zone

    @property
    def rules(self) -> Rules:
        """How answers in *Submissions* are read."""
        settings = self.run.services.settings
        columns = self.staff.register.submissions
        return make_rules(settings.programme, settings.languages, columns, self.staff.rows)

    def rows(self, columns: Columns, book: Workbook | None = None) -> tuple[Row, ...]:
        """The rows of a tab; what keeps it from being read is a failure: half a ledger would be worse than none."""
        tab, problems = find_tab(book or self.staff.book, columns)
        self.run.outcome.failed += [problem.what for problem in problems]
        return read_table(tab, columns.columns).rows if tab else ()


def start_rebuilding(run: Run, staff: Staff) -> Rebuilding:
    """Nothing found yet."""
    return Rebuilding(run, staff, run.services.settings.every_words, Rebuilt(run.now))


async def find_submissions(work: Rebuilding) -> None:
    """Submissions with their versions, corrections and acknowledgements, from the register and the answers."""
    columns = work.staff.register.submissions
    rows: dict[str, Row] = {}
    for row in work.rows(columns):
        if is_ref(ref := row.text("ref").strip()):
            rows.setdefault(ref, row)
    gathered = await gather_answers(work.run)
    answers = [response for group in gathered.answers.present.values() for response in group]
    placed = place_answers(rows, answers, work.rules, work.run.now)
    for ref, row in rows.items():
        mine = placed.answers.get(ref, [])
        work.found.versions += versions_of(ref, row, mine, work.rules, work.run.now)
        corrections = list(corrections_in(ref, row, mine, work.rules, work.run.now))
        work.found.corrections += corrections
        if corrections:
            names = ", ".join(columns.columns[one.field] for one in corrections)
            work.run.outcome.done.append(f"{ref}: the register's own {names} will count, not the form's")
        work.found.add([row_shown("submissions", ref, ref, work.staff.book.name)])
        await _find_acknowledgement(work, ref, row)
    await _place_others(work, rows, placed.unplaced)
    work.run.outcome.done.append(f"submissions: {len(rows)}, with {len(work.found.versions)} versions of answers")


async def _find_acknowledgement(work: Rebuilding, ref: str, row: Row) -> None:
    told = acknowledgement_in(ref, row, work.every, work.zone)
    if told is not None:
        work.found.add(told)
        return
    message_id = await sent_message(work, ref)
    work.found.add([acknowledged(ref, None, message_id)])
    if not message_id:
        code = token(acknowledgement_key(ref))
        work.run.outcome.held.append(f"{ref}: acknowledged or not? Sent does not show {code}; it is taken as done")


@step("look for the acknowledgement of {ref}")
async def sent_message(work: Rebuilding, ref: str) -> str:
    """The id of the acknowledgement in Sent, or ``""``."""
    try:
        return work.run.services.gmail.find_sent(token(acknowledgement_key(ref))) or ""
    except Fault as fault:
        work.run.outcome.failed.append(fault.reason)
        return ""


async def _place_others(work: Rebuilding, rows: dict[str, Row], unplaced: Sequence[Response]) -> None:
    """Answers without a row: those whose row staff deleted are done; those that came in since are left to intake."""
    now, taken = work.run.now, set(rows)
    shown = [shown_response(ref, row, work.rules, now).submitted_at for ref, row in rows.items()]
    for response in unplaced:
        where = f"row {response.row} of the {response.language} answers"
        ref, message_id = await earlier_ref(work, response, frozenset(taken))
        if not message_id and shown and response.submitted_at > max(shown):
            work.run.outcome.held.append(f"{where} came in since: the next intake registers and acknowledges it")
            continue
        taken.add(ref)
        work.found.versions.append(Version(ref, response, now))
        work.found.add([row_shown("submissions", ref, ref, work.staff.book.name)])
        work.found.add([acknowledged(ref, None, message_id)])
        work.run.outcome.done.append(f"{ref}: {where}, whose row in Submissions was deleted, will stay deleted")


@step("look for the ref of an answer without a row")
async def earlier_ref(work: Rebuilding, response: Response, taken: frozenset[str]) -> tuple[str, str]:
    """The ref of an answer, and its acknowledgement in Sent or ``""``.

    The first content of the answer made the ref; of one that was edited since, only the person's mail knows it.
    """
    gmail, ref = work.run.services.gmail, choose_ref(ref_source(response), taken.__contains__)
    domain = work.run.services.settings.programme.sender.domain
    try:
        if message_id := gmail.find_sent(token(acknowledgement_key(ref))):
            return ref, message_id
        for mail in gmail.sent_to(sendable(response.person)):
            for other in filter(is_ref, WORD.findall(mail.subject)):
                if other not in taken and thread_root(other, response.person, domain) in mail.references:
                    return other, mail.message_id
    except Fault as fault:
        work.run.outcome.failed.append(fault.reason)
    return ref, ""


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
