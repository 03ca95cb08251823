"""Looks for recordings and appends them to the archive sheet."""

from collections.abc import Sequence
from datetime import timedelta

from tasks.chapter import Run
from tasks.domain.archive import Recording, archive_line, consent_problem, missing_problem, sessions_to_look_at
from tasks.domain.display import Line, Plan, sheet_name
from tasks.domain.effects import EffectKind, EffectState
from tasks.domain.faults import Fault
from tasks.domain.models import Session
from tasks.domain.sessions import SessionsReading
from tasks.sheets import rows_shown, show, try_read
from tasks.staff import Staff
from tasks.steps import step

EARLY = timedelta(hours=1)  # a call may be opened before the session
OWNED = ("ref", "title", "date", "languages", "presenters", "minutes", "sharing", "link", "key")


async def file_recordings(run: Run, staff: Staff, reading: SessionsReading) -> set[str]:
    """Archive the recordings of the sessions that are over; answers which sheets were looked at whole."""
    days = run.limits.recording_within_days
    over = sessions_to_look_at(reading.confirmed, run.services.ledger.effects(), run.now, days)
    lines = await look_for_recordings(run, staff, over)
    found_all = reading.readable and not run.outcome.failed
    return {*await archive(run, lines), *([staff.recordings] if found_all else [])}


async def look_for_recordings(run: Run, staff: Staff, over: Sequence[tuple[Session, str]]) -> list[Line]:
    """The archive rows of the recordings that exist and may be kept; what is in the way is a problem."""
    lines: list[Line] = []
    column = staff.register.sessions.columns["recording"]
    for session, meeting_link in over:
        try:
            finished, unfinished = await recordings_of(run, session, meeting_link)
        except Fault as fault:
            run.outcome.failed.append(f"{session.ref}: {fault.reason}")
            continue
        run.outcome.read["recordings"] = run.outcome.read.get("recordings", 0) + len(finished)
        if not finished and session.recording == "no":
            run.outcome.skipped["no recording, as agreed"] += 1
            continue
        if not finished:
            run.outcome.held.append(f"{session.ref}: no finished recording yet")
            problem = missing_problem(session, staff.recordings, unfinished, run.now)
        elif not (problem := consent_problem(session, staff.recordings, column)):
            lines += [archive_line(session, recording) for recording in finished]
        run.outcome.problems += [problem] if problem else []
    return lines


@step("look for recordings of {session.ref}")
async def recordings_of(run: Run, session: Session, meeting_link: str) -> tuple[list[Recording], int]:
    """Finished recordings, and how many are still being made. Raises Fault."""
    return run.services.recordings.of_meeting(meeting_link, session.starts - EARLY)


async def archive(run: Run, lines: Sequence[Line]) -> set[str]:
    """Append the recordings that are not in the archive yet; answers the name of the tab if it was read.

    The archive is read only when there is work.
    """
    filed = run.services.ledger.effects(EffectKind.row, {EffectState.sent})
    new = [line for line in lines if line.effect_key not in filed]
    run.outcome.skipped["recording in the archive"] += len(lines) - len(new)
    if not new:
        return set()
    columns = run.services.settings.programme.archive
    book = await try_read(run, columns.spreadsheet)
    if book is None:
        return set()
    shown = rows_shown(run, book)
    display = Plan(columns.recordings, new, identity="key", owned=OWNED).on(book, shown)
    run.outcome.problems += display.problems
    await show(run, book, [display])
    return {sheet_name(book, columns.recordings)}
