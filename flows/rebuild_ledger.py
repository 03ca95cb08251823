"""A ledger that was lost is made again from the sheets, the calendar and Sent: nothing is done a second time."""

from datetime import datetime

from prefect import State, flow

from tasks.chapter import chapter, conclude
from tasks.rebuilding import start_rebuilding
from tasks.rebuilding_sessions import find_sessions
from tasks.rebuilding_submissions import find_submissions
from tasks.rebuilding_tabs import find_archive, find_pairs, find_problems, find_session_rows
from tasks.staff import read_register


@flow(name="rebuild-ledger")
async def rebuild_ledger(*, now: datetime | None = None, live: bool = False) -> State:
    """Make a lost ledger again. Nothing is mailed, written to a sheet or put into the calendar.

    Args:
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be found.
    """
    async with chapter("rebuild-ledger", now=now, live=live) as run:
        if not run.services.ledger.is_empty():
            run.outcome.failed.append("the ledger is not empty; only one that was lost can be made again")
        elif run.services.settings.mail_transport == "smtp":
            run.outcome.failed.append("a ledger can only be made again where mail leaves by Gmail: its Sent is read")
        elif staff := await read_register(run):
            work = start_rebuilding(run, staff)
            await find_submissions(work)
            find_pairs(work)
            find_session_rows(work)
            find_problems(work)
            await find_archive(work)
            await find_sessions(work)
            if live and not run.outcome.red:
                run.services.ledger.rebuild(work.found)
    return conclude(run.outcome)
