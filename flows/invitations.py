"""Everybody who belongs to a session is invited once, in their own language; again only when a person asks for it."""

from datetime import datetime
from typing import Literal

from prefect import State, flow

from tasks.attention import hear_answers
from tasks.chapter import chapter, conclude, missed_turn
from tasks.domain.invitations import decide_invitations
from tasks.guests import find_session, guest_book, invite, plan_resend
from tasks.mail import look_up_open_mails
from tasks.staff import keep_up_to_date, open_register, sessions_display, sessions_of


@flow(name="invitations")
async def invitations(*, now: datetime | None = None, live: bool = False) -> State:
    """Invite presenters and subscribed members to the sessions that stand in the calendar.

    Args:
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    if late := missed_turn("invitations"):
        return late
    async with chapter("invitations", now=now, live=live) as run:
        if staff := await open_register(run):
            reading, book = sessions_of(run, staff), guest_book(run, staff)
            await look_up_open_mails(run)
            hear_answers(run, staff)
            plan = decide_invitations(reading.confirmed, book, run.services.ledger.effects(), run.now)
            await invite(run, plan)
            displays = [sessions_display(run, staff, reading)]
            await keep_up_to_date(run, staff, displays, {staff.members})
    return conclude(run.outcome)


@flow(name="resend-invites")
async def resend_invites(
    session: str,
    audience: Literal["everyone", "presenters", "members"] = "everyone",
    person: str = "",
    *,
    now: datetime | None = None,
    live: bool = False,
) -> State:
    """Send the invitations of one session again, at most once a day to each person.

    Args:
        session: The ref of the session, such as K7P2QX.
        audience: Who of those that were invited gets the invitation again.
        person: Only this person: the twelve letters and digits in brackets that a report shows, never an address.
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    async with chapter("resend-invites", now=now, live=live) as run:
        if staff := await open_register(run):
            reading, book = sessions_of(run, staff), guest_book(run, staff)
            await look_up_open_mails(run)
            hear_answers(run, staff)
            if wanted := find_session(run, reading.confirmed, session):
                await invite(run, plan_resend(run, book, wanted, audience, person))
            displays = [sessions_display(run, staff, reading)]
            await keep_up_to_date(run, staff, displays, {staff.members})
    return conclude(run.outcome)
