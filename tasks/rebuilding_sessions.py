"""Gathers what a lost ledger held of sessions: events by their own ids, invitations from Sent, filed recordings."""

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from functools import partial
from itertools import count

from tasks.adapters.gcalendar import CalendarEvent
from tasks.adapters.gmail import SentMail
from tasks.domain.addresses import person
from tasks.domain.archive import recording_key
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.faults import Fault
from tasks.domain.intake import acknowledgement_key
from tasks.domain.invitations import invitation_key, resend_key
from tasks.domain.keys import event_id, person_id
from tasks.domain.mail_identity import thread_root
from tasks.domain.mails import token
from tasks.domain.models import Session
from tasks.domain.people import parse_presenters
from tasks.domain.rebuild_effects import invited_by_state
from tasks.domain.scheduling import event_key, timing
from tasks.domain.sessions import SessionRow
from tasks.guests import guest_book
from tasks.meetings import find_event
from tasks.rebuilding import Rebuilding
from tasks.staff import sessions_of
from tasks.steps import step

EARLY = timedelta(hours=1)


async def find_sessions(work: Rebuilding) -> None:
    """Events, invitations and recordings of every row of *Sessions*."""
    reading = sessions_of(work.run, work.staff)
    for row in reading.rows.values():
        try:
            if event := await _newest_event(work, row.ref):
                session = _session(row, event)
                work.found.add([_event(session, event)])
                await _find_invitations(work, row, session)
                await _find_recordings(work, row, session, event.meeting_link)
        except Fault as fault:
            work.run.outcome.failed.append(f"{row.ref}: {fault.reason}")


async def _newest_event(work: Rebuilding, ref: str) -> CalendarEvent | None:
    """The event of the last generation that was made."""
    newest = None
    for generation in count(1):
        found = await find_event(work.run, ref, event_id(ref, generation))
        if found is None:
            break
        newest = found
    return newest


def _session(row: SessionRow, event: CalendarEvent) -> Session:
    """The session that the event was made for, whatever its row says by now."""
    presenters = parse_presenters(row.cells["presenters"], None)
    starts = (event.starts or datetime.fromtimestamp(0, tz=UTC)).astimezone(UTC)
    return Session(
        row.ref, row.row, row.cells["title"], starts, event.minutes, "UTC", row.cells["language"], presenters
    )


def _event(session: Session, event: CalendarEvent) -> Effect:
    key, kind, ref = event_key(session.ref), EffectKind.event, session.ref
    return Effect(key, kind, ref, EffectState.sent, event.event_id, timing(session), event.meeting_link)


async def _find_invitations(work: Rebuilding, row: SessionRow, session: Session) -> None:
    mails, acknowledgements = await mails_about(work, row.ref)
    identify = partial(person_id, secret=work.run.services.ledger.secret())
    domain = work.run.services.settings.programme.sender.domain
    found: dict[str, Effect] = {}
    for mail in mails:
        to = person("", parseaddr(mail.to)[1])
        if to is None or mail.message_id in acknowledgements or thread_root(row.ref, to, domain) not in mail.references:
            continue
        first = invitation_key(row.ref, identify(to.address_key))
        key = first if first not in found else resend_key(row.ref, identify(to.address_key), mail.sent_at.date())
        found[key] = _sent_mail(key, row.ref, mail.sent_at, mail.message_id)
    invited = sum(key.startswith("invitation:") for key in found)
    work.found.add(list(found.values()))
    work.run.outcome.done.append(f"{row.ref}: calendar event, {invited} invited")
    if invited < invited_by_state(row.cells["state"], work.every):
        guests = guest_book(work.run, work.staff).guests(session)
        keys = [invitation_key(row.ref, guest.person_id) for guest in guests]
        work.found.add([_sent_mail(key, row.ref, work.run.now) for key in keys])
        work.run.outcome.held.append(
            f"{row.ref}: Sent shows fewer invitations than Sessions tells of; everybody of today is taken as invited"
        )


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
