"""Once a week staff read by mail what waits for them, what comes, and what has been done."""

from datetime import datetime

from prefect import State, flow

from tasks.chapter import chapter, conclude
from tasks.digesting import send_digests
from tasks.mail import look_up_open_mails


@flow(name="digest")
async def digest(*, now: datetime | None = None, live: bool = False) -> State:
    """Send the overview to the addresses of staff, at most once a week to each.

    Args:
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    async with chapter("digest", now=now, live=live) as run:
        await look_up_open_mails(run)
        await send_digests(run)
    return conclude(run.outcome)
