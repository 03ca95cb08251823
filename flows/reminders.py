"""Everybody who was invited is reminded of the session: a week, a day and an hour before it."""

from datetime import datetime

from prefect import State, flow

from tasks.announcing import remind
from tasks.attention import hear_answers
from tasks.chapter import chapter, conclude, missed_turn
from tasks.guests import guest_book
from tasks.mail import look_up_open_mails
from tasks.staff import keep_up_to_date, open_register, sessions_display, sessions_of


@flow(name="reminders")
async def reminders(*, now: datetime | None = None, live: bool = False) -> State:
    """Remind people of the sessions that they were invited to.

    Args:
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    if late := missed_turn("reminders"):
        return late
    async with chapter("reminders", now=now, live=live) as run:
        if staff := await open_register(run):
            reading, book = sessions_of(run, staff), guest_book(run, staff)
            await look_up_open_mails(run)
            hear_answers(run, staff)
            await remind(run, reading, book)
            await keep_up_to_date(run, staff, [sessions_display(run, staff, reading)], {staff.members})
    return conclude(run.outcome)
