"""Who is invited, and the invitations themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from tasks.chapter import Run
from tasks.delivery import deliver
from tasks.domain.effects import Priority
from tasks.domain.invitations import FIRST, GuestBook, Invitation, InvitationPlan, decide_resend
from tasks.domain.keys import person_id
from tasks.domain.mail_expectations import About
from tasks.domain.mails import MailKind, compose_invitation
from tasks.domain.models import Session
from tasks.duplicates import book_of
from tasks.gate import Letter
from tasks.staff import Staff, members_of

AUDIENCES: Mapping[str, Sequence[MailKind]] = {
    "everyone": (MailKind.speaker_invitation, MailKind.invitation),
    "presenters": (MailKind.speaker_invitation,),
    "members": (MailKind.invitation,),
}


def guest_book(run: Run, staff: Staff) -> GuestBook:
    """Everybody who may be invited."""
    members = members_of(run, staff).members
    identify = partial(person_id, secret=run.services.ledger.secret())
    return GuestBook(members, book_of(run).joined, identify, run.services.settings.programme.members.topics)


def find_session(run: Run, confirmed: Sequence[Session], ref: str) -> Session | None:
    """The confirmed session with this ref; None with the reason among the failures."""
    wanted = ref.strip().upper()
    found = next((session for session in confirmed if session.ref.upper() == wanted), None)
    if found is None:
        run.outcome.failed.append(f"{wanted[:12]}: there is no confirmed session with this ref in the Sessions tab")
    return found


def plan_resend(run: Run, book: GuestBook, session: Session, audience: str, person: str) -> InvitationPlan:
    """Who gets the invitation again; what a person asked for and cannot have is a failure, not a silence."""
    effects = run.services.ledger.effects()
    plan = decide_resend(session, book, effects, run.now, kinds=AUDIENCES[audience], person_id=person)
    run.outcome.failed += plan.held
    if person and person not in {guest.person_id for guest in book.guests(session)}:
        run.outcome.failed.append(f"{session.ref}: this person is neither a presenter nor a subscribed member")
    return replace(plan, held=())


async def invite(run: Run, plan: InvitationPlan) -> None:
    """Carry out a plan of invitations."""
    run.outcome.skipped += plan.skipped
    run.outcome.held += plan.held
    await deliver(run, [_letter(run, invitation) for invitation in plan.send])


def _letter(run: Run, invitation: Invitation) -> Letter:
    compose = partial(
        compose_invitation,
        run.services.letters,
        run.services.settings.programme.sender,
        kind=invitation.kind,
        key=invitation.key,
        to=invitation.to,
        language=invitation.language,
        session=invitation.session,
        zone=invitation.zone,
        meeting_link=invitation.meeting_link,
        sequence=FIRST,
        made_at=run.now,
        resent=invitation.resent,
    )
    return Letter(
        key=invitation.key,
        ref=invitation.session.ref,
        words=invitation.words,
        to=invitation.to,
        compose=compose,
        about=About(
            invitation.session.ref, invitation.session, invitation.zone, invitation.meeting_link, sequence=FIRST
        ),
        priority=Priority.bulk if invitation.kind is MailKind.invitation and not invitation.resent else Priority.normal,
        expires_at=invitation.session.starts,
    )
