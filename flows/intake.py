"""Form answers become submissions: registered once, acknowledged once; rows that cannot be read are reported back."""

from datetime import datetime

from prefect import State, flow

from tasks.acknowledgements import acknowledgements, effects_with, keep
from tasks.answers import gather_answers
from tasks.attention import hear_answers
from tasks.baseline import tell_first_sights
from tasks.chapter import chapter, conclude, missed_turn
from tasks.corrections import note_writes, notice
from tasks.correspondence import hear_wishes
from tasks.delivery import deliver
from tasks.domain.intake import decide_intake
from tasks.duplicates import book_of, duplicates_display, hear_staff
from tasks.mail import look_up_open_mails
from tasks.staff import keep_up_to_date, open_register, submissions_display, wishes_of


@flow(name="intake")
async def intake(*, now: datetime | None = None, live: bool = False) -> State:
    """Register and acknowledge new form answers.

    Args:
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    if late := missed_turn("intake"):
        return late
    async with chapter("intake", now=now, live=live) as run:
        if staff := await open_register(run):
            gathered = await gather_answers(run)
            await look_up_open_mails(run)
            hear_answers(run, staff)
            heard = hear_staff(run, staff)
            memory = run.services.ledger.memory(run.services.vectors)
            plan = decide_intake(gathered.answers, memory, run.services.settings.rules, run.now, run.limits)
            tell_first_sights(run, gathered.answers, plan)
            keep(run, plan, memory.texts.read)
            known = notice(run, staff, book_of(run, heard, plan))
            promised = [*plan.promised, *heard.promised]
            readers = wishes_of(run, staff)
            asked = hear_wishes(run, staff, known, readers)
            promised += asked.promised
            effects = effects_with(run, promised)
            await deliver(run, [*acknowledgements(run, known.book, effects, readers), *asked.letters])
            effects = effects_with(run, promised)
            display = submissions_display(run, staff, known.book, effects, known.held, asked.shown)
            note_writes(run, display)
            displays = [display, duplicates_display(run, staff, known.book)]
            looked_at = {*gathered.whole, staff.rows, staff.duplicates, *asked.looked_at}
            await keep_up_to_date(run, staff, displays, looked_at, known.book.rows)
    return conclude(run.outcome)
