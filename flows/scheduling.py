"""Accepted submissions get a row in Sessions; the calendar follows what staff confirm, change and cancel there."""

from datetime import datetime

from prefect import State, flow

from tasks.announcing import follow_changes
from tasks.attention import hear_answers
from tasks.chapter import chapter, conclude, missed_turn
from tasks.corrections import notice
from tasks.domain.calendar_events import decide_events
from tasks.domain.effects import by_ref
from tasks.duplicates import book_of
from tasks.event_guests import change_guests
from tasks.meetings import change_events, complete_events, look_up_open_events
from tasks.staff import decisions_of, keep_up_to_date, open_register, sessions_display, sessions_of, wishes_of


@flow(name="scheduling")
async def scheduling(*, now: datetime | None = None, live: bool = False) -> State:
    """Prefill sessions for accepted submissions, and make, move and remove the events of confirmed ones.

    Args:
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    if late := missed_turn("scheduling"):
        return late
    async with chapter("scheduling", now=now, live=live) as run:
        if staff := await open_register(run):
            decisions, reading = decisions_of(run, staff), sessions_of(run, staff)
            await look_up_open_events(run)
            hear_answers(run, staff)
            newest = {ref: history[-1] for ref, history in follow_changes(run, staff, reading).items()}
            events = decide_events(newest, by_ref(run.services.ledger.effects()), run.now)
            run.outcome.skipped += events.skipped
            await change_events(run, events.deeds)
            await complete_events(run, events.complete)
            await change_guests(run, reading, newest, wishes_of(run, staff))
            accepted = notice(run, staff, book_of(run)).book.newly_accepted(decisions.accepted, reading.rows)
            displays = [sessions_display(run, staff, reading, accepted)]
            await keep_up_to_date(run, staff, displays, {staff.submissions, staff.rows, staff.sessions})
    return conclude(run.outcome)
