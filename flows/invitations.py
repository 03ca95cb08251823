"""Everybody who belongs to a session is invited and told what changes, once, in their language; more only by hand."""

from datetime import datetime
from typing import Literal

from prefect import State, flow

from tasks.announcing import announce
from tasks.attention import hear_answers
from tasks.chapter import chapter, conclude, missed_turn
from tasks.domain.wording import Wording
from tasks.guests import AUDIENCES, Wish, guest_book, hear_ticks, send_again
from tasks.mail import look_up_open_mails
from tasks.proposing import hear_proposals
from tasks.staff import keep_up_to_date, open_register, sessions_display, sessions_of


@flow(name="invitations")
async def invitations(*, now: datetime | None = None, live: bool = False) -> State:
    """Invite presenters and subscribed members, and tell them of changes, cancellations and removals.

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
            hear_ticks(run, reading, book)
            await announce(run, reading, book, hear_proposals(run, staff, reading, book))
            displays = [sessions_display(run, staff, reading)]
            await keep_up_to_date(run, staff, displays, {staff.members, staff.proposals})
    return conclude(run.outcome)


@flow(name="resend-invites")
async def resend_invites(  # noqa: PLR0913, PLR0917  everything that staff can choose
    session: str,
    audience: Literal["everyone", "presenters", "members"] = "everyone",
    people: list[str] | None = None,
    only_unanswered: bool = False,  # noqa: FBT001, FBT002  a box in the form of Prefect's page
    language: str = "",
    preface: str = "",
    reason: str = "",
    as_copy: bool = False,  # noqa: FBT001, FBT002  another box
    *,
    now: datetime | None = None,
    live: bool = False,
) -> State:
    """Send the invitations of one session again, at most once a day to each person.

    Args:
        session: The ref of the session, such as K7P2QX.
        audience: Who of those that were invited gets the invitation again.
        people: Only these: the twelve letters and digits in brackets that a report shows, never an address.
        only_unanswered: Leave out those who have accepted or declined.
        language: The language of the letter; empty means everybody's own.
        preface: What you want to say above the invitation, in words for everybody who gets it.
        reason: Why it is sent again; it is kept for you and not sent.
        as_copy: What each person got last, unchanged, without language and preface of its own; off means written anew.
        now: The clock of the run; empty means the present.
        live: Off means a rehearsal, which only says what would be done.
    """
    async with chapter("resend-invites", now=now, live=live) as run:
        if staff := await open_register(run):
            reading, book = sessions_of(run, staff), guest_book(run, staff)
            await look_up_open_mails(run)
            hear_answers(run, staff)
            chosen = Wish(AUDIENCES[audience], frozenset(people or ()), only_unanswered=only_unanswered)
            await send_again(run, reading, book, session, chosen, Wording(language, preface, reason, as_copy=as_copy))
            displays = [sessions_display(run, staff, reading)]
            await keep_up_to_date(run, staff, displays, {staff.members})
    return conclude(run.outcome)
