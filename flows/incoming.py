"""Mail that came back, answers to invitations, and wishes to get no more mail are heard and told to staff."""

from datetime import datetime

from prefect import State, flow

from tasks.attention import hear_answers
from tasks.chapter import chapter, conclude, missed_turn
from tasks.incoming import hear_incoming
from tasks.mail import look_up_open_mails
from tasks.staff import keep_up_to_date, open_register, sessions_display, sessions_of
from tasks.unreachable import address_problems


@flow(name="incoming")
async def incoming(*, now: datetime | None = None, live: bool = False) -> State:
    """Read what mail servers and calendars wrote to our mailbox since the last time; letters are left to people.

    Args:
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    if late := missed_turn("incoming"):
        return late
    async with chapter("incoming", now=now, live=live) as run:
        if staff := await open_register(run):
            reading = sessions_of(run, staff)
            await look_up_open_mails(run)
            hear_answers(run, staff)
            await hear_incoming(run)
            run.outcome.problems += address_problems(run, staff, reading)
            await keep_up_to_date(run, staff, [sessions_display(run, staff, reading)], {staff.addresses})
    return conclude(run.outcome)
