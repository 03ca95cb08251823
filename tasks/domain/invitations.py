"""Decides who is invited to which session, in which language and for which time zone."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tasks.domain.effects import Effect, EffectState
from tasks.domain.mails import MailKind
from tasks.domain.models import Member, News, Person, Session
from tasks.domain.scheduling import event_key, timing
from tasks.domain.submissions import Submission

FIRST = 0  # the iCalendar SEQUENCE of an invitation that was never changed


@dataclass(frozen=True, slots=True)
class Invitation:
    """One mail to one person. ``where`` tells staff whom it goes to without naming them."""

    key: str
    kind: MailKind
    session: Session
    to: Person
    language: str
    zone: str
    meeting_link: str
    where: str
    resent: bool = False

    @property
    def words(self) -> str:
        """One line of a plan."""
        again = "again " if self.resent else ""
        whom = f"{self.where} ({self.key.split(':')[2]})"
        return f"{self.session.ref}: {self.kind.replace('_', ' ')} {again}to {whom}, in {self.language}"


@dataclass(frozen=True, slots=True)
class InvitationPlan:
    """Mails to send, and who gets none and why."""

    send: tuple[Invitation, ...]
    skipped: Counter[str]
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who belongs to the audience of a session."""

    person: Person
    person_id: str
    kind: MailKind
    language: str
    zone: str
    where: str


class GuestBook:
    """Knows everybody who may be invited: the presenters of a session and the subscribed members."""

    def __init__(
        self,
        members: Sequence[Member],
        submissions: Mapping[str, Submission],
        identify: Callable[[str], str],
        topics: str = "",
    ) -> None:
        """``topics`` is the field of a submission that holds the topics of its session."""
        self._members = members
        self._submissions = submissions
        self._identify = identify
        self._topics_field = topics

    def guests(self, session: Session, news: News = News.invitations) -> list[Guest]:
        """Presenters first; a member who presents is invited once, as a presenter.

        Members who want no such mails, or chose other topics than those of the session, are left out.
        """
        found: dict[str, Guest] = {}
        topics = self._topics(session)
        members = {member.person.address_key: member for member in self._members}
        for number, presenter in enumerate(session.presenters, start=1):
            if presenter.person and presenter.person.address_key not in found:
                member = members.get(presenter.person.address_key)
                found[presenter.person.address_key] = Guest(
                    presenter.person,
                    self._identify(presenter.person.address_key),
                    MailKind.speaker_invitation,
                    member.language if member else self._language(session, presenter.person),
                    member.zone if member else "",
                    f"presenter {number}",
                )
        for key, member in members.items():
            if key not in found and member.wants(news, topics):
                where = f"Members row {member.row}"
                identity = self._identify(key)
                found[key] = Guest(member.person, identity, MailKind.invitation, member.language, member.zone, where)
        return list(found.values())

    def _topics(self, session: Session) -> frozenset[str]:
        """Those that its submission ticked; a free answer is no topic that a member could have chosen."""
        submission = self._submissions.get(session.ref)
        codes = submission.current.codes.get(self._topics_field, ()) if submission else ()
        return frozenset(code for code in codes if ":" not in code)

    def _language(self, session: Session, person: Person) -> str:
        submission = self._submissions.get(session.ref)
        if submission and submission.current.person.address_key == person.address_key:
            return submission.current.language
        return session.language


def invitation_key(ref: str, person_id: str, sequence: int = FIRST) -> str:
    """One invitation a session, person and revision."""
    return f"invitation:{ref}:{person_id}:{sequence}"


def resend_key(ref: str, person_id: str, day: date) -> str:
    """One repeated invitation a session, person and day."""
    return f"resend:{ref}:{person_id}:{day.isoformat()}"


def hold_reason(session: Session, effects: Mapping[str, Effect], now: datetime) -> str:
    """Why nobody can be invited to this session now, or ``""``."""
    event = effects.get(event_key(session.ref))
    if session.starts <= now:
        return "the session is in the past"
    if event is None or event.state is not EffectState.sent:
        return "the calendar event is not there yet"
    if not event.link:
        return "the meeting link is not there yet"
    if event.detail != timing(session):
        return "the session was moved after its event was made"
    return ""


def decide_invitations(
    confirmed: Sequence[Session], book: GuestBook, effects: Mapping[str, Effect], now: datetime
) -> InvitationPlan:
    """An invitation to everybody who has none yet, for each session that can be announced.

    Repeated ones that a person asked for, and that have not gone out since, are sent along.
    """
    send: list[Invitation] = []
    held: list[str] = []
    skipped: Counter[str] = Counter()
    for session in confirmed:
        if reason := hold_reason(session, effects, now):
            if session.starts > now:
                held.append(f"{session.ref}: {reason}")
            else:
                skipped[reason] += 1
            continue
        for guest in book.guests(session):
            key = invitation_key(session.ref, guest.person_id)
            effect = effects.get(key)
            if effect is None or effect.may_go:
                send.append(_invitation(key, session, guest, effects))
            else:
                skipped[f"invitation {effect.state}"] += 1
            send += [
                _invitation(key, session, guest, effects, resent=True)
                for key in _asked_again(session.ref, guest.person_id, effects)
            ]
    return InvitationPlan(tuple(send), skipped, tuple(held))


def decide_resend(
    session: Session,
    book: GuestBook,
    effects: Mapping[str, Effect],
    now: datetime,
    *,
    kinds: Sequence[MailKind],
    person_id: str = "",
) -> InvitationPlan:
    """The invitation once more to those of the audience who had it, at most once a day."""
    if reason := hold_reason(session, effects, now):
        return InvitationPlan((), Counter(), (f"{session.ref}: {reason}",))
    send: list[Invitation] = []
    skipped: Counter[str] = Counter()
    for guest in book.guests(session):
        first = effects.get(invitation_key(session.ref, guest.person_id))
        key = resend_key(session.ref, guest.person_id, now.date())
        again = effects.get(key)
        if guest.kind not in kinds or (person_id and guest.person_id != person_id):
            skipped["not asked for"] += 1
        elif first is None or first.state is not EffectState.sent:
            skipped["not invited yet: the invitations flow writes to them"] += 1
        elif again is not None and not again.may_go:
            skipped["sent again today already"] += 1
        else:
            send.append(_invitation(key, session, guest, effects, resent=True))
    return InvitationPlan(tuple(send), skipped, ())


def _asked_again(ref: str, person_id: str, effects: Mapping[str, Effect]) -> list[str]:
    prefix = f"resend:{ref}:{person_id}:"
    return [key for key, one in effects.items() if key.startswith(prefix) and one.may_go]


def _invitation(
    key: str, session: Session, guest: Guest, effects: Mapping[str, Effect], *, resent: bool = False
) -> Invitation:
    return Invitation(
        key=key,
        kind=guest.kind,
        session=session,
        to=guest.person,
        language=guest.language,
        zone=guest.zone,
        meeting_link=effects[event_key(session.ref)].link,
        where=guest.where,
        resent=resent,
    )
