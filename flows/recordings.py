"""After a session its recording goes into the archive sheet, once, if presenters agreed; safer ones are forgotten."""

from datetime import datetime

from prefect import State, flow

from tasks.archiving import file_recordings
from tasks.chapter import chapter, conclude, missed_turn
from tasks.forgetting import forget_safer_sessions
from tasks.staff import keep_up_to_date, open_register, sessions_display, sessions_of


@flow(name="recordings")
async def recordings(*, now: datetime | None = None, live: bool = False) -> State:
    """File the recordings of sessions that are over in the archive sheet, and forget safer ones after some days.

    Args:
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    if late := missed_turn("recordings"):
        return late
    async with chapter("recordings", now=now, live=live) as run:
        if staff := await open_register(run):
            reading = sessions_of(run, staff)
            looked_at = await file_recordings(run, staff, reading)
            await forget_safer_sessions(run, reading)
            displays = [sessions_display(run, staff, reading)]
            await keep_up_to_date(run, staff, displays, looked_at)
    return conclude(run.outcome)
