"""Decides who gets an invitation once more, because a person of the staff asked for it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tasks.domain.announcements import Announceable, Effects, MailPlan, announceable, session_mail
from tasks.domain.effects import Effect, Priority
from tasks.domain.forgetting import GONE, KEPT
from tasks.domain.invitations import Guest, GuestBook
from tasks.domain.mail_identity import MailKind
from tasks.domain.revisions import Revision, Revisions
from tasks.domain.told import COMING, SessionMail, Told, last_told, person_in, resend_key
from tasks.domain.wording import AS_USUAL, Wording

RESEND = "resend:"


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom staff asked: kinds of guests, and people by keyed hash (all where none is named).

    Those who have ``answered`` are left out.
    """

    kinds: Collection[MailKind] = (MailKind.speaker_invitation, MailKind.invitation)
    people: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()


def decide_resend(
    revision: Revision,
    audience: Audience,
    wording: Wording,
    book: GuestBook,
    mine: Mapping[str, Effect],
    now: datetime,
) -> MailPlan:
    """The invitation as it is now to those who had it, at most once a day to each person."""
    found = announceable(revision, mine, now)
    if not isinstance(found, Announceable):
        return MailPlan(held=(f"{revision.ref}: {found}",))
    told = last_told(mine)
    send, skipped = [], Counter[str]()
    for guest in book.everybody(revision.session):
        key = resend_key(revision.ref, guest.person_id, now.date())
        if reason := _why_not(guest, audience, told.get(guest.person_id), revision, mine.get(key)):
            skipped[reason] += 1
        else:
            send.append(_again(key, guest, found, wording, mine))
    return MailPlan(tuple(send), skipped)


def still_asked_for(
    revisions: Revisions, wordings: Mapping[str, Wording], book: GuestBook, effects: Effects, now: datetime
) -> list[SessionMail]:
    """Repeated invitations that a person asked for and that have not gone out since. ``wordings`` are by key."""
    return [
        _again(key, guest, found, wordings.get(key, AS_USUAL), effects[ref])
        for ref, history in revisions.items()
        if (keys := _waiting(effects.get(ref, {})))
        and isinstance(found := announceable(history[-1], effects[ref], now), Announceable)
        for guest in book.everybody(history[-1].session)
        for key in keys.get(guest.person_id, ())
    ]


def _waiting(mine: Mapping[str, Effect]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for key, effect in mine.items():
        if key.startswith(RESEND) and effect.may_go:
            keys.setdefault(person_in(key), []).append(key)
    return keys


def _again(key: str, guest: Guest, found: Announceable, wording: Wording, mine: Mapping[str, Effect]) -> SessionMail:
    mail = session_mail(key, guest.kind, found.revision, guest, found.meeting_link)
    language = wording.language or guest.language
    again = replace(mail, language=language, preface=wording.preface, resent=True, priority=Priority.normal)
    return replace(again, copy_of=last_copy(mine, guest.person_id)) if wording.as_copy else again


def last_copy(mine: Mapping[str, Effect], person: str) -> str:
    """The key of the newest mail with this session that somebody got and of which a copy is kept, or ``""``."""
    mails = [one for key, one in mine.items() if _brought_it(key) and person_in(key) == person and one.state in KEPT]
    newest = max(mails, key=lambda one: (one.settled_at is not None, one.settled_at, one.key), default=None)
    return newest.key if newest and newest.provider_id != GONE else ""


def _brought_it(key: str) -> bool:
    return key.startswith(RESEND) or key.partition(":")[0] in COMING


def _why_not(guest: Guest, audience: Audience, told: Told | None, revision: Revision, again: Effect | None) -> str:
    if guest.kind not in audience.kinds or (audience.people and guest.person_id not in audience.people):
        return "not asked for"
    if guest.person_id in audience.answered:
        return "has answered"
    if told is None or not told.is_coming:
        return "not invited yet: the invitations flow writes to them"
    if told.sequence < revision.sequence:
        return "the invitations flow is about to tell them what has changed"
    if again is not None and not again.may_go:
        return "sent again today already"
    return ""
