"""The mails that are not about a session that has its date: the talk about an answer to the call, and the digest."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from tasks.domain.letter_markdown import Value
from tasks.domain.letter_values import Labels, greeting, moments, note, points
from tasks.domain.letters import Letters
from tasks.domain.local_time import day_in_words
from tasks.domain.mails import Envelope, Mail, MailKind, sealed
from tasks.domain.models import Person
from tasks.domain.programme import Sender
from tasks.domain.untrusted import LONGEST_NAME, Untrusted

DIGESTS = "digest"  # the thread that all of a person's digests stand in


class Done(StrEnum):
    """What somebody asked for and has been done; a label of the same name says it."""

    cannot_come = "done_cannot_come"
    unsubscribed = "done_unsubscribed"
    deleted = "done_deleted"
    approved = "done_approved"
    withdrawn = "done_withdrawn"


@dataclass(frozen=True, slots=True)
class Talk:
    """What a conversation is about. A letter that needs what is empty here cannot be written.

    ``contact`` is the person of the Secretariat who writes; ``questions`` are those of the form that have no answer;
    ``times`` are proposed starts, shown in ``zone``. ``preface`` is what staff say above the letter.
    """

    ref: str
    title: str = ""
    contact: str = ""
    questions: tuple[str, ...] = ()
    times: tuple[datetime, ...] = ()
    minutes: int = 0
    zone: str = "UTC"
    preface: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """What waits for a person, what comes, and what was done; nobody is named."""

    waiting: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


def compose_acknowledgement(
    letters: Letters, sender: Sender, *, key: str, to: Person, language: str, ref: str, made_at: datetime
) -> Mail:
    """Nothing from the form but the address: a stranger may have typed somebody else's."""
    language = letters.spoken(MailKind.acknowledgement, language)
    envelope = Envelope(MailKind.acknowledgement, key, to, language, ref, made_at, by_name=False)
    return sealed(letters, sender, envelope, {"ref": ref, "address": sender.address})


def compose_conversation(  # noqa: PLR0913  everything that one mail says
    letters: Letters,
    sender: Sender,
    *,
    kind: MailKind,
    key: str,
    to: Person,
    language: str,
    talk: Talk,
    made_at: datetime,
) -> Mail:
    """A letter in the thread that the acknowledgement began. The welcome, its first, holds nothing from the form."""
    language = letters.spoken(kind, language)
    labels, by_name = letters.labels[language], kind is not MailKind.welcome
    talk = replace(talk, title="", preface="") if to.wants_little else talk
    values = {
        **({"greeting": greeting(labels, to), "title": Untrusted(talk.title or talk.ref)} if by_name else {}),
        **dict(_talk(talk, labels, language)),
    }
    return sealed(letters, sender, Envelope(kind, key, to, language, talk.ref, made_at, by_name), values)


def compose_reply_handled(  # noqa: PLR0913  everything that one mail says
    letters: Letters, sender: Sender, *, key: str, to: Person, language: str, ref: str, done: Done, made_at: datetime
) -> Mail:
    """What somebody asked for with a reply form has been done."""
    language = letters.spoken(MailKind.reply_handled, language)
    labels = letters.labels[language]
    values = {"ref": ref, "greeting": greeting(labels, to), "done": labels[done]}
    return sealed(letters, sender, Envelope(MailKind.reply_handled, key, to, language, ref, made_at), values)


def compose_digest(  # noqa: PLR0913  everything that one mail says
    letters: Letters,
    sender: Sender,
    *,
    key: str,
    to: Person,
    language: str,
    day: date,
    digest: Digest,
    made_at: datetime,
) -> Mail:
    """For staff, a line each and in their language."""
    language = letters.spoken(MailKind.digest, language)
    labels = letters.labels[language]
    values = {
        "greeting": greeting(labels, to),
        "date": day_in_words(day, language),
        "waiting": points(digest.waiting, labels),
        "ahead": points(digest.ahead, labels),
        "done": points(digest.done, labels),
    }
    return sealed(letters, sender, Envelope(MailKind.digest, key, to, language, DIGESTS, made_at), values)


def _talk(talk: Talk, labels: Labels, language: str) -> Iterator[tuple[str, Value]]:
    yield "ref", talk.ref
    yield "preface", note(talk.preface)
    if talk.contact:
        yield "contact", Untrusted(talk.contact, LONGEST_NAME)
    if talk.questions:
        yield "questions", points(talk.questions, labels)
    if talk.times:
        yield "times", moments(talk.times, talk.zone, language)
    if talk.minutes:
        yield "minutes", talk.minutes
