"""Invented people and sessions with whom every kind of mail can be written, to be looked at."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from tasks.domain.conversation_mails import (
    DIGESTS,
    Digest,
    Done,
    Talk,
    compose_acknowledgement,
    compose_conversation,
    compose_digest,
    compose_reply_handled,
)
from tasks.domain.letter_values import LONGEST_NOTE
from tasks.domain.letters import Letters
from tasks.domain.mail_expectations import About
from tasks.domain.mail_identity import NATURE, MailKind
from tasks.domain.mails import Mail, compose_invitation, compose_recording, compose_reminder
from tasks.domain.models import Discretion, Person, Presenter, Session
from tasks.domain.programme import Language, Sender
from tasks.domain.untrusted import Untrusted

REF = "SAMPLE"  # refs that we give have no vowels: this one cannot meet a real session in anybody's calendar
LINK = "https://meet.google.com/abc-defg-hij"
ADDRESS = "amina@example.org"
AHEAD = timedelta(weeks=6)
RECORDINGS = {MailKind.recording_review, MailKind.recording_online}
ASKED = ("format", "recording")  # questions of the form that have no answer
SEQUENCE = {MailKind.rescheduled: 1, MailKind.removed: 2, MailKind.cancelled: 3}


class Case(StrEnum):
    """What may be unusual about a mail."""

    usual = "usual"
    long = "long"
    right_to_left = "right-to-left"
    no_zone = "no-zone"
    hostile = "hostile"
    nameless = "nameless"
    minimal = "minimal"
    text_only = "text-only"
    no_calendar = "no-calendar"


@dataclass(frozen=True, slots=True)
class Sample:
    """Who reads the mail and what it is about. ``zone`` is ``""`` where it is not known."""

    name: str
    title: str
    contact: str = "Ana Ruiz"
    zone: str = "Africa/Dakar"
    note: str = ""
    address: str = ADDRESS
    ref: str = REF
    discretion: frozenset[Discretion] = frozenset()

    @property
    def to(self) -> Person:
        """The reader."""
        return Person(self.name, self.address, self.address.casefold(), self.discretion)


USUAL = Sample("Amina Diallo", "What we learned when nobody came")
SAMPLES = {
    Case.usual: USUAL,
    Case.long: Sample(
        "María de los Ángeles Fernández-Villaverde y Gutiérrez de la Concepción",
        "Donaudampfschifffahrtsgesellschaft: " + "what we learned, and what we would do quite differently today, " * 4,
        note="We have found a better hour, thanks to all who wrote to us. " * 8,
    ),
    Case.right_to_left: Sample("أمينة ديالو", "ما الذي تعلمناه من العمل مع 3 مدارس (2026)؟", "ليلى حداد"),
    Case.no_zone: replace(USUAL, zone=""),
    Case.hostile: Sample(
        'Robert"; <script>alert(1)</script> {{ 7*7 }}',
        "<b>Free</b> [click](https://evil.example.net) https://evil.example.net {{ 7*7 }}\r\nBcc: b@example.net",
        note="www.evil.example.net <img src=x> [x](javascript:alert(1))",
    ),
    Case.nameless: replace(USUAL, name=""),
    Case.minimal: replace(USUAL, discretion=frozenset({Discretion.minimal})),
    Case.text_only: replace(USUAL, discretion=frozenset({Discretion.text_only})),
    Case.no_calendar: replace(USUAL, discretion=frozenset({Discretion.no_calendar})),
}


def compose_sample(
    letters: Letters, sender: Sender, kind: MailKind, sample: Sample, *, key: str, language: Language, made_at: datetime
) -> Mail:
    """Any kind of mail about invented things, written exactly as real ones are."""
    starts = _starts(made_at)
    every: dict[str, Any] = {"letters": letters, "sender": sender, "key": key, "to": sample.to, "made_at": made_at}
    every |= {"language": language.code}
    if NATURE[kind].threaded:
        return compose_conversation(**every, kind=kind, talk=_talk(sample, starts, language))
    match kind:
        case MailKind.acknowledgement:
            return compose_acknowledgement(**every, ref=sample.ref)
        case MailKind.reply_handled:
            return compose_reply_handled(**every, ref=sample.ref, done=Done.withdrawn)
        case MailKind.digest:
            return compose_digest(**every, day=made_at.date(), digest=_digest(sample))
    return _about_a_session(kind, sample, starts, every)


def about_sample(kind: MailKind, sample: Sample, *, language: Language, made_at: datetime) -> About:
    """What such a mail must turn out to be, for the rules."""
    starts = _starts(made_at)
    typed = tuple(Untrusted(text, LONGEST_NOTE).plain for text in (sample.note, sample.contact) if text)
    if kind is MailKind.digest:
        return About(DIGESTS, typed=_digest(sample).waiting)
    if kind in {MailKind.acknowledgement, MailKind.reply_handled}:
        return About(sample.ref)
    if NATURE[kind].threaded:
        talk = _talk(sample, starts, language)
        times = talk.times if kind is MailKind.schedule_proposal else ()
        return About(sample.ref, title=talk.title, minutes=talk.minutes, times=times, typed=(*typed, *talk.questions))
    link = LINK if NATURE[kind].method != "CANCEL" else ""
    session, sequence = _session(sample, starts, language.code), SEQUENCE.get(kind, 0)
    return About(sample.ref, session, sample.zone, link, sequence, typed=typed)


def _starts(made_at: datetime) -> datetime:
    return (made_at + AHEAD).astimezone(UTC).replace(hour=15, minute=30, second=0, microsecond=0)


def _about_a_session(kind: MailKind, sample: Sample, starts: datetime, every: dict[str, Any]) -> Mail:
    every |= {"kind": kind, "session": _session(sample, starts, every["language"]), "zone": sample.zone}
    if NATURE[kind].method:
        every |= {"sequence": SEQUENCE.get(kind, 0), "preface": sample.note}
        every |= {"was": starts - timedelta(days=2) if kind is MailKind.rescheduled else None}
        return compose_invitation(**every, meeting_link=LINK)
    if kind in RECORDINGS:
        return compose_recording(**every, recording_link=LINK, answer_by=(starts + timedelta(days=8)).date())
    return compose_reminder(**every, meeting_link=LINK)


def _session(sample: Sample, starts: datetime, language: str) -> Session:
    presenters = (Presenter("Rosa Quispe", "Rosa Quispe"),)
    return Session(sample.ref, 2, sample.title, starts, 90, "America/Lima", language, presenters, recording="members")


def _talk(sample: Sample, starts: datetime, language: Language) -> Talk:
    asked = tuple(language.questions[name] for name in ASKED if name in language.questions) or ASKED
    times = (starts, starts + timedelta(days=2, hours=3))
    return Talk(sample.ref, sample.title, sample.contact, asked, times, 90, sample.zone or "UTC", sample.note)


def _digest(sample: Sample) -> Digest:
    waiting = ("Sessions, row 4: “Start time” is empty.", "2 mails wait for “Go on”.")
    return Digest(waiting, ahead=(f"{sample.ref}: in six weeks",), done=())
