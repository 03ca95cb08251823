"""After a session its recording is archived, if presenters agreed, and shown to them; safer ones are forgotten."""

from datetime import datetime

from prefect import State, flow

from tasks.archiving import file_recordings
from tasks.attention import hear_answers
from tasks.chapter import chapter, conclude, missed_turn
from tasks.forgetting import forget_safer_sessions
from tasks.mail import look_up_open_mails
from tasks.reviewing import show_to_presenters
from tasks.staff import keep_up_to_date, open_register, sessions_display, sessions_of


@flow(name="recordings")
async def recordings(*, now: datetime | None = None, live: bool = False) -> State:
    """File the recordings of sessions that are over, show them to presenters where staff say so, forget safer ones.

    Args:
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    if late := missed_turn("recordings"):
        return late
    async with chapter("recordings", now=now, live=live) as run:
        if staff := await open_register(run):
            reading = sessions_of(run, staff)
            await look_up_open_mails(run)
            hear_answers(run, staff)
            looked_at = await file_recordings(run, staff, reading)
            looked_at |= await show_to_presenters(run, staff, reading)
            await forget_safer_sessions(run, reading)
            displays = [sessions_display(run, staff, reading)]
            await keep_up_to_date(run, staff, displays, looked_at)
    return conclude(run.outcome)
