"""What the people of a session are told of it: one revision after the other, numbered as their calendars count."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tasks.domain.keys import digest
from tasks.domain.models import Session, SessionStatus

FIRST = 0


@dataclass(frozen=True, slots=True)
class Revision:
    """A session as it was announced. ``sequence`` is the SEQUENCE of RFC 5546; ``status`` Confirmed or Cancelled."""

    sequence: int
    status: SessionStatus
    session: Session
    recorded_at: datetime

    @property
    def ref(self) -> str:
        """The session's."""
        return self.session.ref

    @property
    def mark(self) -> str:
        """Equal for sessions of which people are told the same."""
        return mark_of(self.session) if self.status is SessionStatus.confirmed else CANCELLED


Revisions = Mapping[str, tuple[Revision, ...]]
"""By ref, oldest first; never empty."""

CANCELLED = "cancelled"


def is_news(session: Session, last: Revision) -> bool:
    """Whether people were told something else; that a session is safer by now is nobody's news."""
    known = replace(last.session, safer=session.safer)
    return last.status is SessionStatus.cancelled or mark_of(session) != mark_of(known)


def mark_of(session: Session) -> str:
    """A digest of what people are told: date, hour, zone, length, title, link and presenters.

    Of a safer session nobody is told title or names.
    """
    title = "" if session.safer else session.title
    presenters = sorted(
        f"{'' if session.safer else one.name}\t{one.person.address_key if one.person else ''}"
        for one in session.presenters
    )
    told = (session.starts.astimezone(UTC).isoformat(), session.minutes, session.zone, title, session.own_link)
    return digest("\n".join(map(str, (*told, *presenters))))
