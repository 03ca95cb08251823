"""Decides who is reminded of which session: a week, a day and an hour before it, on whatever date it has by now."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tasks.domain.announcements import Announceable, Effects, MailPlan, announceable, session_mail
from tasks.domain.effects import Effect, Priority
from tasks.domain.hours import next_hour
from tasks.domain.invitations import Guest, GuestBook
from tasks.domain.mail_identity import MailKind
from tasks.domain.models import News, SessionStatus
from tasks.domain.programme import Hours
from tasks.domain.revisions import Revisions
from tasks.domain.told import SessionMail, Told, last_told, reminder_key


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before a session a reminder is due, and how long before it is of no use any more."""

    due: timedelta
    useless: timedelta
    may_wait: bool
    priority: Priority = Priority.normal


LEADS: Mapping[MailKind, Lead] = {
    MailKind.reminder_week: Lead(timedelta(days=7), timedelta(days=2), may_wait=True, priority=Priority.bulk),
    MailKind.reminder_day: Lead(timedelta(hours=24), timedelta(hours=3), may_wait=True),
    MailKind.reminder_hour: Lead(timedelta(hours=1), timedelta(minutes=10), may_wait=False, priority=Priority.first),
}


def decide_reminders(
    revisions: Revisions,
    unsettled: Mapping[str, str],
    book: GuestBook,
    effects: Effects,
    now: datetime,
    *,
    kinds: Collection[MailKind],
    hours: Hours,
) -> MailPlan:
    """The reminders of ``kinds`` that are due. ``unsettled`` are refs of which nobody is told anything for now."""
    send: list[SessionMail] = []
    held: list[str] = []
    skipped: Counter[str] = Counter()
    for ref, history in revisions.items():
        revision, mine = history[-1], effects.get(ref, {})
        due = [kind for kind in kinds if _is_due(LEADS[kind], revision.session.starts, now)]
        if not due or revision.status is not SessionStatus.confirmed:
            continue
        found = announceable(revision, mine, now)
        if ref in unsettled or isinstance(found, str):
            held.append(f"{ref}: {unsettled.get(ref, found)}")
            continue
        told = last_told(mine)
        for guest in book.guests(revision.session, News.reminders):
            for kind in due:
                mail = _reminder(kind, found, guest, now, hours)
                if reason := _why_not(kind, told.get(guest.person_id), found, mine.get(mail.key)):
                    skipped[reason] += 1
                else:
                    send.append(mail)
    return MailPlan(tuple(send), skipped, tuple(held))


def _is_due(lead: Lead, starts: datetime, now: datetime) -> bool:
    return starts - lead.due <= now < starts - lead.useless


def _reminder(kind: MailKind, found: Announceable, guest: Guest, now: datetime, hours: Hours) -> SessionMail:
    session, lead = found.revision.session, LEADS[kind]
    mail = session_mail(reminder_key(kind, session, guest.person_id), kind, found.revision, guest, found.meeting_link)
    return replace(
        mail,
        priority=lead.priority,
        since=session.starts - lead.due,
        not_before=next_hour(now, guest.zone, hours) if lead.may_wait else None,
        expires_at=session.starts - lead.useless,
    )


def _why_not(kind: MailKind, told: Told | None, found: Announceable, known: Effect | None) -> str:
    """Who was told only after a reminder was due has it fresh in mind."""
    if told is None or not told.is_coming or told.sequence < found.revision.sequence:
        return "nobody is reminded of what they were not told"
    if told.at is None or told.at > found.revision.session.starts - LEADS[kind].due:
        return "told too lately to be reminded"
    if known is not None and not known.may_go:
        return f"{kind.replace('_', ' ')} {known.state}"
    return ""
