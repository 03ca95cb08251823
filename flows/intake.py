"""Form answers become submissions: registered once, acknowledged once; rows that cannot be read are reported back."""

from datetime import datetime

from prefect import State, flow

from tasks.acknowledgements import acknowledge, effects_with, keep
from tasks.answers import gather_answers
from tasks.chapter import chapter, conclude
from tasks.corrections import note_writes, notice
from tasks.domain.intake import decide_intake
from tasks.mail import look_up_open_mails
from tasks.staff import keep_up_to_date, open_register, submissions_display


@flow(name="intake")
async def intake(*, now: datetime | None = None, live: bool = False) -> State:
    """Register and acknowledge new form answers.

    Args:
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    async with chapter("intake", now=now, live=live) as run:
        if staff := await open_register(run):
            gathered = await gather_answers(run)
            await look_up_open_mails(run)
            known = run.services.ledger.versions()
            plan = decide_intake(gathered.answers, known, run.now, run.limits)
            keep(run, plan)
            registered = notice(run, staff, [*known, *plan.arrivals])
            await acknowledge(run, registered.submissions, plan)
            display = submissions_display(run, staff, registered.submissions, effects_with(run, plan), registered.held)
            note_writes(run, display)
            await keep_up_to_date(run, staff, [display], {*gathered.whole, staff.rows})
    return conclude(run.outcome)
