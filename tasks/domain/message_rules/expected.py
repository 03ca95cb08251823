"""What a mail must turn out to be, known before anybody looks at its bytes; and what was found otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tasks.domain.message_rules.sensitive import Sensitive
from tasks.domain.programme import Sender


class Rule(StrEnum):
    """The checklist, by the phrase that says each rule to staff."""

    W1 = "rule-W1"
    W2 = "rule-W2"
    W3 = "rule-W3"
    W4 = "rule-W4"
    W5 = "rule-W5"
    P1 = "rule-P1"
    P2 = "rule-P2"
    P3 = "rule-P3"
    P4 = "rule-P4"
    P5 = "rule-P5"
    I1 = "rule-I1"
    I2 = "rule-I2"
    I3 = "rule-I3"
    I4 = "rule-I4"
    I5 = "rule-I5"
    I6 = "rule-I6"
    B1 = "rule-B1"
    B2 = "rule-B2"
    B3 = "rule-B3"
    B4 = "rule-B4"
    B5 = "rule-B5"
    B7 = "rule-B7"
    H1 = "rule-H1"
    H2 = "rule-H2"
    A1 = "rule-A1"
    A2 = "rule-A2"
    A3 = "rule-A3"
    A4 = "rule-A4"
    A5 = "rule-A5"
    C1 = "rule-C1"
    C2 = "rule-C2"
    C3 = "rule-C3"
    C4 = "rule-C4"
    C5 = "rule-C5"
    C6 = "rule-C6"
    C7 = "rule-C7"
    C8 = "rule-C8"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken. ``what`` is for the technical colleague, in English and without personal data."""

    rule: Rule
    what: str

    def __str__(self) -> str:
        return f"{self.rule.name}: {self.what}"


@dataclass(frozen=True, slots=True)
class House:
    """What is expected of every mail of a run.

    ``hosts`` are those that links may lead to. ``others`` are the addresses (comparison form) of people that a mail
    could give away. ``foreign`` maps kind and language to text that only the other languages' letters hold, ``own`` to
    all that the letter itself says.
    """

    sender: Sender
    hosts: frozenset[str]
    sensitive: Sensitive = field(default_factory=Sensitive)
    others: frozenset[str] = frozenset()
    foreign: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    own: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What the calendar file must say; times are UTC. ``after`` is the newest DTSTAMP this person has of this UID."""

    method: str
    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """One mail. ``facts`` stand in text and HTML; ``links`` are addresses that may have a query.

    ``typed`` is what people typed as the mail shows it: it may look like a template or a word of another language.
    ``hidden`` is what this reader must not be shown, such as title and names, unless it is among what is ``said``
    anyway. ``kind`` is the folder of the letter.
    """

    house: House
    kind: str
    language: str
    direction: str
    recipient: str
    subject: str
    message_id: str
    references: str
    token: str
    now: datetime
    auto_submitted: str
    listed: bool
    facts: tuple[str, ...] = ()
    links: frozenset[str] = frozenset()
    typed: tuple[str, ...] = ()
    in_reply_to: str = ""
    event: EventFacts | None = None
    has_page: bool = True
    hidden: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
