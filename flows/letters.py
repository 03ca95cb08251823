"""A letter to somebody who sent a proposal, by hand; the column *Send letter* does the same with the next intake."""

from datetime import datetime
from typing import Literal

from prefect import State, flow

from tasks.acknowledgements import effects_with
from tasks.attention import hear_answers
from tasks.chapter import chapter, conclude
from tasks.corrections import note_writes, notice
from tasks.correspondence import send_one
from tasks.delivery import deliver
from tasks.domain.letter_names import LetterName
from tasks.duplicates import book_of
from tasks.mail import look_up_open_mails
from tasks.staff import keep_up_to_date, open_register, submissions_display


@flow(name="send-letter")
async def send_letter(
    ref: str,
    letter: Literal["welcome", "accepted", "declined", "missing_answer"],
    preface: str = "",
    *,
    now: datetime | None = None,
    live: bool = False,
) -> State:
    """Send one letter to the person who sent a proposal, at most once a day.

    Args:
        ref: The ref of the submission, such as K7P2QX.
        letter: Which letter. Who signs it, and what it asks, stand in the row of the submission.
        preface: What you want to say above the letter; empty means what stands in the column Preface.
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    async with chapter("send-letter", now=now, live=live) as run:
        if staff := await open_register(run):
            await look_up_open_mails(run)
            hear_answers(run, staff)
            known = notice(run, staff, book_of(run))
            asked = send_one(run, staff, known, ref.strip().upper(), LetterName[letter], preface)
            await deliver(run, asked.letters)
            effects = effects_with(run, asked.promised)
            display = submissions_display(run, staff, known.book, effects, known.held)
            note_writes(run, display)
            await keep_up_to_date(run, staff, [display], {staff.rows}, known.book.rows)
    return conclude(run.outcome)
