"""Decides what each person is told of each session: an invitation, what has changed, or that it is off."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeGuard

from tasks.domain.calendar_events import is_removed, standing_event, timing
from tasks.domain.effects import Effect, Priority
from tasks.domain.hours import next_hour
from tasks.domain.invitations import Guest, GuestBook
from tasks.domain.mail_identity import MailKind
from tasks.domain.models import Person, Session, SessionStatus
from tasks.domain.programme import Hours
from tasks.domain.revisions import Revision, Revisions
from tasks.domain.told import SessionMail, Told, invitation_key, last_told, news_key

SOON = timedelta(hours=48)
"""News of a session that begins within this time do not wait for the recipient's morning."""

Effects = Mapping[str, Mapping[str, Effect]]
"""By session and key."""


@dataclass(frozen=True, slots=True)
class MailPlan:
    """Mails to send, and who gets none and why."""

    send: tuple[SessionMail, ...] = ()
    skipped: Counter[str] = field(default_factory=Counter)
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Announceable:
    """The newest revision of a session that people may be told of, and where it takes place."""

    revision: Revision
    meeting_link: str


def announceable(revision: Revision, mine: Mapping[str, Effect], now: datetime) -> Announceable | str:
    """Whether people can be told of it now; else the reason."""
    session, event = revision.session, standing_event(mine)
    if session.starts <= now:
        return "the session is in the past"
    if event is None or is_removed(event):
        return "the calendar event is not there yet"
    if not (session.own_link or event.link):
        return "the meeting link is not there yet"
    if event.detail != timing(session):
        return "the calendar event is still to be moved"
    return Announceable(revision, session.own_link or event.link)


def decide_announcements(
    revisions: Revisions, unsettled: Mapping[str, str], book: GuestBook, effects: Effects, now: datetime, hours: Hours
) -> MailPlan:
    """The mails that are still to be sent about sessions to come, in the order of the sessions.

    ``unsettled`` are refs of which nobody is told anything for now, with the reason.
    """
    send: list[SessionMail] = []
    held = [f"{ref}: {reason}" for ref, reason in unsettled.items() if ref not in revisions]
    skipped: Counter[str] = Counter()
    for ref, history in revisions.items():
        mine, revision = effects.get(ref, {}), history[-1]
        is_off = revision.status is SessionStatus.cancelled
        found = Announceable(revision, "") if is_off else announceable(revision, mine, now)
        if revision.session.starts <= now:
            skipped["the session is in the past"] += 1
        elif ref in unsettled or isinstance(found, str):
            held.append(f"{ref}: {unsettled.get(ref, found)}")
        elif is_off:
            send += _cancellations(revision, book, mine)
        else:
            send += _news(found, history, book, mine, skipped)
    return MailPlan(
        tuple(replace(mail, not_before=_not_before(mail, now, hours)) for mail in send), skipped, tuple(held)
    )


def _cancellations(revision: Revision, book: GuestBook, mine: Mapping[str, Effect]) -> Iterator[SessionMail]:
    told = last_told(mine)
    for guest in book.everybody(revision.session):
        key = news_key(MailKind.cancelled, revision.ref, guest.person_id, revision.sequence)
        if _expects(told.get(guest.person_id)) and _is_open(key, mine):
            yield session_mail(key, MailKind.cancelled, revision, guest, "")


def _news(
    found: Announceable,
    history: tuple[Revision, ...],
    book: GuestBook,
    mine: Mapping[str, Effect],
    skipped: Counter[str],
) -> Iterator[SessionMail]:
    revision, told = found.revision, last_told(mine)
    wanted = {guest.person_id for guest in book.guests(revision.session)}
    guests = {guest.person_id: guest for guest in book.everybody(revision.session)}
    for person, guest in guests.items():
        last = told.get(person)
        if _expects(last) and last.sequence == revision.sequence:
            skipped["told already"] += 1
        elif _expects(last):
            key = news_key(MailKind.rescheduled, revision.ref, person, revision.sequence)
            mail = session_mail(key, MailKind.rescheduled, revision, guest, found.meeting_link)
            was = next(one.session.starts for one in history if one.sequence == last.sequence)
            yield from _if_open(replace(mail, was=was), mine, skipped)
        elif person in wanted:
            key = invitation_key(revision.ref, person, revision.sequence)
            yield from _if_open(session_mail(key, guest.kind, revision, guest, found.meeting_link), mine, skipped)
        else:
            skipped["does not want such invitations"] += 1
    for person, guest in _former(history, book).items():
        key = news_key(MailKind.removed, revision.ref, person, revision.sequence)
        if person not in guests and _expects(told.get(person)) and _is_open(key, mine):
            yield session_mail(key, MailKind.removed, revision, guest, "")


def _if_open(mail: SessionMail, mine: Mapping[str, Effect], skipped: Counter[str]) -> Iterator[SessionMail]:
    if _is_open(mail.key, mine):
        yield mail
    else:
        skipped[f"{mail.kind.replace('_', ' ')} {mine[mail.key].state}"] += 1


def _not_before(mail: SessionMail, now: datetime, hours: Hours) -> datetime | None:
    """Who is invited, or hears of a change of a session that is not near, is not woken for it."""
    can_wait = mail.kind not in (MailKind.cancelled, MailKind.removed) and mail.session.starts - now > SOON
    return next_hour(now, mail.zone, hours) if can_wait else None


def _former(history: tuple[Revision, ...], book: GuestBook) -> dict[str, Guest]:
    """Everybody who presented it in an earlier revision."""
    guests = (guest for revision in history[:-1] for guest in book.presenters(revision.session))
    return {guest.person_id: guest for guest in guests}


def _expects(told: Told | None) -> TypeGuard[Told]:
    return told is not None and told.is_coming


def _is_open(key: str, mine: Mapping[str, Effect]) -> bool:
    return key not in mine or mine[key].may_go


def kept_out(session: Session, to: Person) -> tuple[str, ...]:
    """What no mail about a safer session may show, whatever staff say above it: its title and names."""
    return (session.title, to.name, *(one.name for one in session.presenters)) if session.safer else ()


def session_mail(key: str, kind: MailKind, revision: Revision, guest: Guest, meeting_link: str) -> SessionMail:
    """A mail of this kind to one guest, as long as the session has not begun; of a safer one without title or names."""
    session, to = revision.session, guest.person
    hidden = kept_out(session, to)
    if session.safer:
        session, to = replace(session, title="", presenters=()), replace(to, name="")
    return SessionMail(
        key=key,
        kind=kind,
        session=session,
        sequence=revision.sequence,
        to=to,
        language=guest.language,
        zone=guest.zone,
        meeting_link=meeting_link,
        where=guest.where,
        priority=Priority.bulk if kind is MailKind.invitation else Priority.normal,
        expires_at=revision.session.starts,
        hidden=hidden,
    )
