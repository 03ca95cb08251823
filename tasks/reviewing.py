"""Recordings are shown to their presenters before anybody else, when staff ask for it in the archive."""

from datetime import timedelta
from functools import partial

from tasks.chapter import Run
from tasks.delivery import deliver
from tasks.domain.display import Plan, find_tab, sheet_name
from tasks.domain.effects import EffectKind
from tasks.domain.hours import next_hour
from tasks.domain.mail_expectations import About
from tasks.domain.mail_identity import MailKind
from tasks.domain.mails import compose_recording
from tasks.domain.models import Workbook
from tasks.domain.reviews import FIELD, ReviewReader, Reviews, emptied
from tasks.domain.sessions import SessionsReading
from tasks.domain.sharing import Viewer, refusals, to_be_written, viewers_of
from tasks.gate import Letter
from tasks.guests import guest_book
from tasks.sharing import hear_ticks, let_in, look_up_open_permissions
from tasks.sheets import show, try_read
from tasks.staff import Staff


async def show_to_presenters(run: Run, staff: Staff, sessions: SessionsReading) -> set[str]:
    """Share what is ticked with its presenters, and write to them; answers which sheets were looked at whole."""
    archive = run.services.settings.programme.archive
    if FIELD not in archive.recordings.columns or not sessions.readable:
        return set()
    await look_up_open_permissions(run)
    if (book := await try_read(run, archive.spreadsheet)) is None:
        return set()
    tab, problems = find_tab(book, archive.recordings)
    if tab is None:
        run.outcome.problems += problems
        return set()
    reader = ReviewReader(archive.recordings, sheet_name(book, archive.recordings), staff.register.sessions)
    reviews = reader.read(tab, sessions, run.services.ledger.asked_for.asked())
    run.outcome.problems += reviews.problems
    if not reviews.ticked and not run.services.ledger.effects(EffectKind.permission):
        return {reader.sheet}
    await _show(run, staff, reader, reviews)
    await _untick(run, book, reader, reviews)
    return {reader.sheet, staff.members}


async def _show(run: Run, staff: Staff, reader: ReviewReader, reviews: Reviews) -> None:
    ledger = run.services.ledger
    viewers = viewers_of(reviews.known, guest_book(run, staff))
    let = await let_in(run, viewers, hear_ticks(run, reviews, viewers))
    run.outcome.problems += refusals(viewers, ledger.effects(EffectKind.permission), reader)
    to_write = to_be_written(viewers, ledger.effects())
    await deliver(run, [_letter(run, one) for one in (*to_write, *([] if run.live else let))])


def _letter(run: Run, viewer: Viewer) -> Letter:
    """The letter is written when it goes out, so the day until which an answer is asked for is counted from then."""
    services, session, guest = run.services, viewer.review.session, viewer.guest
    programme = services.settings.programme
    compose = partial(
        compose_recording,
        services.letters,
        programme.sender,
        kind=MailKind.recording_review,
        key=viewer.letter_key,
        to=guest.person,
        language=guest.language,
        session=session,
        zone=guest.zone,
        recording_link=viewer.review.link,
        made_at=run.now,
        answer_by=(run.now + timedelta(days=programme.limits.review_within_days)).date(),
    )
    return Letter(
        key=viewer.letter_key,
        ref=session.ref,
        words=f"{session.ref}: recording to look at, to {guest.where} ({guest.person_id}), in {guest.language}",
        to=guest.person,
        compose=compose,
        about=About(session.ref, session, guest.zone, viewer.review.link),
        not_before=next_hour(run.now, guest.zone, programme.hours),
    )


async def _untick(run: Run, book: Workbook, reader: ReviewReader, reviews: Reviews) -> None:
    """Empty the boxes that were acted upon; where that was surely written, the next tick counts from now on."""
    memory = run.services.ledger.asked_for
    if lines := emptied(reviews, memory.asked()):
        plan = Plan(reader.columns, lines, identity="link", owned=(FIELD,))
        written = await show(run, book, [plan.on(book, ())])
        after, _ = find_tab(written.after, reader.columns) if written.after else (None, ())
        if after:
            memory.unticked(reader.empty(after) & {line.effect_key for line in lines})
