"""The rules across mails: what must hold of all that was ever sent, whatever each single mail says."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.message_rules.header_text import mailbox
from tasks.domain.message_rules.ical_lines import Component
from tasks.domain.message_rules.seen import look_at

REMINDERS = frozenset({"rmw", "rmd", "rmh"})
BEFORE_THE_START = frozenset({*REMINDERS, "inv", "spk", "upd", "can", "rem"})
AFTER_GOODBYE = frozenset({"rep"})  # "done", to whoever asked for it
DAY = timedelta(days=1)
MOST: Mapping[str, Sequence[tuple[timedelta, int]]] = {"ack": ((DAY, 1), (7 * DAY, 3))}
FINAL = frozenset(EffectState) - {EffectState.draft, EffectState.ready, EffectState.sending}


@dataclass(frozen=True, slots=True)
class Event:
    """The calendar file of a mail; the times as they are written there."""

    uid: str
    sequence: int
    stamp: str
    method: str
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail as it arrived, with its ``key`` and ``ref`` as the ledger knows them; ``kind`` is its three letters."""

    key: str
    ref: str
    at: datetime
    kind: str
    message_id: str
    reader: str
    event: Event | None


@dataclass(frozen=True, slots=True)
class History:
    """All that was sent, and since when somebody wants no mail, and sessions begin or are cancelled, by ref."""

    mails: Sequence[Sent]
    goodbyes: Mapping[str, datetime] = field(default_factory=dict)
    starts: Mapping[str, datetime] = field(default_factory=dict)
    cancelled: Mapping[str, datetime] = field(default_factory=dict)
    most: Mapping[str, Sequence[tuple[timedelta, int]]] = field(default_factory=lambda: MOST)


def read_sent(raw: bytes, key: str, ref: str, at: datetime) -> Sent:
    """A mail's bytes as they arrived. Raises ValueError for what is no mail."""
    seen = look_at(raw)
    identity = seen.message.value("message-id")
    _, reader = mailbox(seen.message.value("to"))
    return Sent(
        key, ref, at, identity[1:4], identity, reader.lower(), _event(seen.components) if seen.calendar else None
    )


def across(history: History) -> list[str]:
    """What is wrong, a sentence each, without personal data."""
    mails = sorted(history.mails, key=lambda mail: mail.at)
    return [
        *_once(mails),
        *_events(mails),
        *(f"{mail.key}: sent to somebody who wants no mail" for mail in mails if _unwanted(mail, history)),
        *(f"{mail.key}: sent after the session began" for mail in mails if _too_late(mail, history.starts)),
        *(f"{mail.key}: a reminder of what is cancelled" for mail in mails if _in_vain(mail, history.cancelled)),
        *_too_many(mails, history.most),
    ]


def unfinished(effects: Iterable[Effect], now: datetime) -> list[str]:
    """Mails that ought to have come to an end: nothing that may go now is left, and nothing that is too late waits."""
    return [
        f"{one.key}: still {one.state}"
        for one in effects
        if one.kind is EffectKind.mail and one.state not in FINAL and not (one.not_before and one.not_before > now)
    ] + [
        f"{one.key}: held although it is too late"
        for one in effects
        if one.state is EffectState.held and one.expires_at and one.expires_at <= now
    ]


def _once(mails: Sequence[Sent]) -> Iterator[str]:
    for what in ("key", "message_id"):
        for value, count in Counter(getattr(mail, what) for mail in mails).items():
            if count > 1:
                yield f"{value}: sent {count} times"


def _events(mails: Sequence[Sent]) -> Iterator[str]:
    """For each reader of each event; calendars drop what is not newer (RFC 5546 section 2.1.5)."""
    by_event: dict[tuple[str, str], list[tuple[str, Event]]] = defaultdict(list)
    for mail in mails:
        if mail.event:
            by_event[mail.event.uid, mail.reader].append((mail.key, mail.event))
    for told in by_event.values():
        for (_, old), (key, new) in pairwise(told):
            changed = (old.method, old.starts, old.ends) != (new.method, new.starts, new.ends)
            if new.sequence < old.sequence + changed:
                yield f"{key}: SEQUENCE {new.sequence} after {old.sequence}"
            if new.stamp <= old.stamp:
                yield f"{key}: DTSTAMP does not grow"


def _unwanted(mail: Sent, history: History) -> bool:
    goodbye = history.goodbyes.get(mail.reader)
    return goodbye is not None and mail.at > goodbye and mail.kind not in AFTER_GOODBYE


def _too_late(mail: Sent, starts: Mapping[str, datetime]) -> bool:
    return mail.kind in BEFORE_THE_START and mail.ref in starts and mail.at >= starts[mail.ref]


def _in_vain(mail: Sent, cancelled: Mapping[str, datetime]) -> bool:
    return mail.kind in REMINDERS and mail.ref in cancelled and mail.at >= cancelled[mail.ref]


def _too_many(mails: Sequence[Sent], most: Mapping[str, Sequence[tuple[timedelta, int]]]) -> Iterator[str]:
    """Whoever typed somebody else's address must not be able to flood them."""
    by_reader: dict[tuple[str, str], list[Sent]] = defaultdict(list)
    for mail in mails:
        by_reader[mail.kind, mail.reader].append(mail)
    for (kind, _), got in by_reader.items():
        for span, number in most.get(kind, ()):
            for first, last in zip(got, got[number:], strict=False):
                if last.at - first.at < span:
                    yield f"{last.key}: more than {number} of its kind within {span.days} days"


def _event(components: tuple[Component, ...]) -> Event:
    calendar, event = components[:2]
    values = [event.value(name) for name in ("DTSTAMP", "DTSTART", "DTEND")]
    return Event(event.value("UID"), int(event.value("SEQUENCE")), values[0], calendar.value("METHOD"), *values[1:])
