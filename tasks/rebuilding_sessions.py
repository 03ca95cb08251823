"""Gathers what a lost ledger held of sessions: events by their own ids, invitations from Sent, filed recordings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from itertools import count

from tasks.adapters.gcalendar import CalendarEvent
from tasks.adapters.gmail import SentMail
from tasks.domain.addresses import person
from tasks.domain.archive import recording_key
from tasks.domain.calendar_events import REMOVED, event_key, timing
from tasks.domain.display import find_tab
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.faults import Fault
from tasks.domain.intake import acknowledgement_key
from tasks.domain.keys import event_id
from tasks.domain.mail_identity import thread_root
from tasks.domain.mails import token
from tasks.domain.models import Session, SessionStatus
from tasks.domain.people import parse_presenters
from tasks.domain.rebuild_effects import invited_by_state
from tasks.domain.revisions import FIRST, Revision
from tasks.domain.sent_invites import SentInvite, sent_invite
from tasks.domain.sessions import SessionRow, planned_sessions
from tasks.domain.told import resend_key
from tasks.guests import guest_book
from tasks.meetings import find_event
from tasks.rebuilding import Rebuilding
from tasks.rebuilding_reviews import without_review_letters
from tasks.staff import sessions_of
from tasks.steps import step

EARLY = timedelta(hours=1)


async def find_sessions(work: Rebuilding) -> None:
    """Events, invitations and recordings of every row of *Sessions*."""
    reading = sessions_of(work.run, work.staff)
    planned = _planned(work)
    for row in reading.rows.values():
        try:
            if event := await _newest_event(work, row.ref):
                session = _session(row, planned.get(row.ref), event)
                work.found.add([_event(session, event)])
                await _find_invitations(work, row, session)
                await _find_recordings(work, row, session, event.meeting_link)
        except Fault as fault:
            work.run.outcome.failed.append(f"{row.ref}: {fault.reason}")


def _planned(work: Rebuilding) -> dict[str, Session]:
    columns, book = work.staff.register.sessions, work.staff.book
    tab, _ = find_tab(book, columns)
    languages = work.run.services.settings.languages
    return planned_sessions(tab, columns=columns, languages=languages, zone_of_sheet=book.time_zone) if tab else {}


async def _newest_event(work: Rebuilding, ref: str) -> CalendarEvent | None:
    """The event of the last generation that was made."""
    newest = None
    for generation in count(1):
        found = await find_event(work.run, ref, event_id(ref, generation))
        if found is None:
            break
        newest = found
    return newest


def _session(row: SessionRow, planned: Session | None, event: CalendarEvent) -> Session:
    """The session that the event was made for, whatever its row says by now of its hour."""
    starts = (event.starts or datetime.fromtimestamp(0, tz=UTC)).astimezone(UTC)
    if planned:
        return replace(planned, starts=starts, minutes=event.minutes)
    presenters = parse_presenters(row.cells["presenters"], None)
    return Session(
        row.ref, row.row, row.cells["title"], starts, event.minutes, "UTC", row.cells["language"], presenters
    )


def _event(session: Session, event: CalendarEvent) -> Effect:
    key, kind, ref = event_key(session.ref), EffectKind.event, session.ref
    stands = REMOVED if event.is_deleted else timing(session)
    return Effect(key, kind, ref, EffectState.sent, event.event_id, stands, event.meeting_link)


async def _find_invitations(work: Rebuilding, row: SessionRow, session: Session) -> None:
    """Everybody counts as told the newest that anybody was told: what was sent to whom last is known, not what."""
    mails = await without_review_letters(work, session, await _mails_to_people(work, row))
    everything = sorted((mail for found in mails.values() for mail in found), key=lambda one: one.sent_at)
    last = await newest_invite(work, row.ref, everything[::-1])
    is_off = last.method == "CANCEL" and row.status is not SessionStatus.confirmed  # else somebody was removed
    status = SessionStatus.cancelled if is_off else SessionStatus.confirmed
    work.found.revisions.append(Revision(last.sequence, status, session, work.run.now))
    kind = "cancelled" if status is SessionStatus.cancelled else "invitation"
    for identity, found in mails.items():
        told = f"{kind}:{row.ref}:{identity}:{last.sequence}"
        work.found.add([_sent_mail(told, row.ref, found[-1].sent_at, found[-1].message_id)])
        work.found.add([_again(row.ref, identity, mail) for mail in found[1:]])
    work.run.outcome.done.append(f"{row.ref}: calendar event, {len(mails)} invited")
    if len(mails) < invited_by_state(row.cells["state"], work.every):
        guests = guest_book(work.run, work.staff).guests(session)
        keys = [f"{kind}:{row.ref}:{guest.person_id}:{last.sequence}" for guest in guests]
        work.found.add([_sent_mail(key, row.ref, work.run.now) for key in keys])
        work.run.outcome.held.append(
            f"{row.ref}: Sent shows fewer invitations than Sessions tells of; everybody of today is taken as invited"
        )


async def _mails_to_people(work: Rebuilding, row: SessionRow) -> dict[str, list[SentMail]]:
    """The mails about a session to each person (a keyed hash), oldest first."""
    mails, acknowledgements = await mails_about(work, row.ref)
    identify = work.run.services.ledger.identify
    domain = work.run.services.settings.programme.sender.domain
    found: dict[str, list[SentMail]] = {}
    for mail in mails:
        to = person("", parseaddr(mail.to)[1])
        is_letter = bool(mail.in_reply_to)  # it goes on in the conversation about a submission
        if (
            to
            and not is_letter
            and mail.message_id not in acknowledgements
            and thread_root(row.ref, to, domain) in mail.references
        ):
            found.setdefault(identify(to.address_key), []).append(mail)
    return found


@step("look at the newest invitation of {ref}")
async def newest_invite(work: Rebuilding, ref: str, mails: Sequence[SentMail]) -> SentInvite:  # noqa: ARG001 (a name)
    """The calendar part that was sent last, of mails newest first; that of a first one where none was. Raises Fault."""
    sent = (sent_invite(work.run.services.gmail.raw(mail.message_id)) for mail in mails)
    return next(filter(None, sent), SentInvite(FIRST, "REQUEST"))


def _again(ref: str, identity: str, mail: SentMail) -> Effect:
    return _sent_mail(resend_key(ref, identity, mail.sent_at.date()), ref, mail.sent_at, mail.message_id)


@step("look for the invitations of {ref}")
async def mails_about(work: Rebuilding, ref: str) -> tuple[list[SentMail], set[str]]:
    """The sent mails that name a session, and the ids of its acknowledgements among them. Raises Fault."""
    gmail = work.run.services.gmail
    acknowledgement = gmail.find_sent(token(acknowledgement_key(ref)))
    return gmail.sent_about(ref), {acknowledgement} if acknowledgement else set()


def _sent_mail(key: str, ref: str, at: datetime, message_id: str = "") -> Effect:
    return Effect(key, EffectKind.mail, ref, EffectState.sent, message_id, settled_at=at)


async def _find_recordings(work: Rebuilding, row: SessionRow, session: Session, meeting_link: str) -> None:
    """Recordings that Sessions shows as filed, although staff deleted their row in the archive."""
    filed = {effect.link for effect in work.found.effects if effect.ref == row.ref and effect.kind is EffectKind.row}
    links = set(row.cells["recording_link"].split()) - filed
    if links and meeting_link:
        recordings, _ = work.run.services.recordings.of_meeting(meeting_link, session.starts - EARLY)
        keys = [(recording_key(row.ref, one.name), one.link) for one in recordings]
        work.found.add(
            [
                Effect(key, EffectKind.row, row.ref, EffectState.sent, detail="archive", link=link)
                for key, link in keys
                if link in links
            ]
        )
