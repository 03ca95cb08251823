"""The calendar event of each session: made, moved and removed, so that it follows what people are told."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.keys import event_id
from tasks.domain.models import Session, SessionStatus
from tasks.domain.revisions import Revision

FOR = " for "
REMOVED = "removed"


def event_key(ref: str, sequence: int = 0) -> str:
    """The claim of a session's calendar event as one revision wants it; the first one makes it."""
    return f"event:{ref}:{sequence}" if sequence else f"event:{ref}"


def next_event_id(effect: Effect) -> str:
    """The id of an event that is made anew: Google never gives up the id of one that was deleted."""
    generation = next(number for number in count(1) if event_id(effect.ref, number) == effect.provider_id)
    return event_id(effect.ref, generation + 1)


def timing(session: Session) -> str:
    """What an event is made for: start in UTC and minutes."""
    return f"{session.starts.astimezone(UTC):%Y-%m-%dT%H:%MZ}{FOR}{session.minutes} minutes"


def timing_of(text: str) -> tuple[datetime, int]:
    """The start (UTC) and the minutes that ``timing`` wrote."""
    starts, _, length = text.partition(FOR)
    return datetime.strptime(starts, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC), int(length.split()[0])


def is_over(session: Session, now: datetime) -> bool:
    """Whether the session has ended."""
    return session.starts + timedelta(minutes=session.minutes) <= now


def standing_event(mine: Mapping[str, Effect]) -> Effect | None:
    """The event as it is: the newest of the effects of one session that made, moved or removed it."""
    settled = [one for one in mine.values() if one.kind is EffectKind.event and one.state is EffectState.sent]
    return max(settled, key=_sequence, default=None)


def is_removed(event: Effect) -> bool:
    """Whether it was taken out of the calendar because its session was cancelled."""
    return event.detail == REMOVED


@dataclass(frozen=True, slots=True)
class EventDeed:
    """What is to be done to an event: ``goal`` is its timing, or ``REMOVED``. ``event_id`` is our own."""

    key: str
    session: Session
    event_id: str
    goal: str

    @property
    def words(self) -> str:
        """One line of a plan."""
        what = "removed from the calendar" if self.goal == REMOVED else f"calendar event at {self.goal}"
        return f"{self.session.ref}: {what}"


@dataclass(frozen=True, slots=True)
class EventPlan:
    """Events to make, move or remove, and those (by ref) that still lack their meeting link."""

    deeds: tuple[EventDeed, ...]
    complete: Mapping[str, Effect]
    skipped: Counter[str]


def decide_events(
    revisions: Mapping[str, Revision], effects: Mapping[str, Mapping[str, Effect]], now: datetime
) -> EventPlan:
    """What the newest revision of each session asks of its event. ``effects`` are by session and key."""
    deeds: list[EventDeed] = []
    complete: dict[str, Effect] = {}
    skipped: Counter[str] = Counter()
    for ref, revision in revisions.items():
        mine = effects.get(ref, {})
        event = standing_event(mine)
        if deed := _deed(revision, event, mine):
            if revision.session.starts <= now:
                skipped["the session is in the past"] += 1
            else:
                deeds.append(deed)
        elif event and not event.link and not is_removed(event):
            complete[ref] = event
        elif event and not is_removed(event):
            skipped["the event stands in the calendar"] += 1
    return EventPlan(tuple(deeds), complete, skipped)


def _deed(revision: Revision, event: Effect | None, mine: Mapping[str, Effect]) -> EventDeed | None:
    goal = REMOVED if revision.status is SessionStatus.cancelled else timing(revision.session)
    if (event.detail if event else REMOVED) == goal:
        return None
    if event is None and any(one.kind is EffectKind.event for one in mine.values()):
        key = min(key for key, one in mine.items() if one.kind is EffectKind.event)
        identity = mine[key].provider_id or event_id(revision.ref)
    else:
        key = event_key(revision.ref, revision.sequence if event else 0)
        claimed = mine[key].provider_id if key in mine else ""
        identity = claimed or _identity(revision.ref, event)
    return EventDeed(key, revision.session, identity, goal)


def _identity(ref: str, event: Effect | None) -> str:
    if event is None:
        return event_id(ref)
    return next_event_id(event) if is_removed(event) else event.provider_id


def _sequence(event: Effect) -> int:
    number = event.key.removeprefix(event_key(event.ref)).removeprefix(":")
    return int(number or 0)
