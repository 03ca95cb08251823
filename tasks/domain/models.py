"""The values that the flows pass around; they know how to be compared and printed, not how to be fetched."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tasks.domain.sentences import Sentences


class CellError(str):
    """The text of a cell that shows an error, such as ``#REF!``."""

    __slots__ = ()


Cell = str | float | int | bool | CellError
"""An unformatted cell: text, number (dates are serial numbers), tick or error; an empty cell is ``""``."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab as it was read: ``rows[0]`` is the sheet's row 1 (the headers); rows may be ragged.

    ``notes`` are the notes on cells, by row and column, which count from 0.
    """

    title: str
    sheet_id: int
    rows: tuple[tuple[Cell, ...], ...]
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workbook:
    """One spreadsheet as it was read in one request. ``name`` is its role, e.g. ``responses-en`` or ``register``.

    ``markers`` are the developer metadata (id → value) by which an append is recognised.
    """

    name: str
    spreadsheet_id: str
    time_zone: str
    tabs: Mapping[str, Tab]
    markers: Mapping[int, str] = field(default_factory=dict)


class Severity(StrEnum):
    """``problem``: something is not done until a person acts. ``notice``: done, but a person should look."""

    problem = "problem"
    notice = "notice"


@dataclass(frozen=True, slots=True)
class Problem:
    """What a person has to know or mend: where (sheet, row, column), what is wrong, what to do, in no language yet.

    ``code`` names the rule; ``subject`` is the stable identity of the row (a response key, a ref), so that the
    same problem keeps its line in *Needs attention* while the row moves. ``row`` counts from 1 as Sheets does;
    ``None`` and ``""`` mean the whole tab. ``stops_language`` marks a form whose questions changed.
    """

    code: str
    sheet: str
    subject: str
    what: Sentences
    todo: Sentences
    row: int | None = None
    column: str = ""
    severity: Severity = Severity.problem
    stops_language: bool = False

    @property
    def key(self) -> str:
        """Identity across polls."""
        return f"{self.code}:{self.sheet}:{self.subject}:{self.column}"


class Discretion(StrEnum):
    """How somebody wants to be written to: as little as possible, without a page, without a calendar file."""

    minimal = "minimal"
    text_only = "text-only"
    no_calendar = "no-calendar"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the programme writes to. ``address`` is the display form, ``address_key`` the comparison form.

    ``discretion`` is what the person chose, together; nothing of it means a mail with everything.
    """

    name: str
    address: str
    address_key: str
    discretion: frozenset[Discretion] = frozenset()

    @property
    def wants_little(self) -> bool:
        """Whether mails say no more than date, hour and how to join or reply."""
        return Discretion.minimal in self.discretion

    @property
    def wants_page(self) -> bool:
        """Whether mails have an HTML part."""
        return Discretion.text_only not in self.discretion

    @property
    def wants_calendar(self) -> bool:
        """Whether mails may bring a calendar file."""
        return self.discretion.isdisjoint({Discretion.no_calendar, Discretion.minimal})


@dataclass(frozen=True, slots=True)
class Response:
    """A row of a response sheet that can be a submission.

    ``answers`` holds every answer exactly as typed (numbers written out), by field, never the time stamp.
    ``codes`` holds the canonical codes of the closed questions by field, sorted; an "Other: x" answer is
    ``other:x`` with x folded. ``submitted_at`` is aware. ``key`` identifies the row wherever it stands.
    ``noted`` are the fields whose cells have a note, as Forms leaves it on each answer that its respondent changed.
    """

    key: str
    language: str
    row: int
    submitted_at: datetime
    person: Person
    answers: Mapping[str, str]
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fingerprint: str = ""
    noted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Presenter:
    """One line of a Presenters answer or cell; ``person`` is None while no usable address is known."""

    name: str
    text: str
    person: Person | None = None


class SessionStatus(StrEnum):
    """What staff choose in the Status column of *Sessions*."""

    draft = "Draft"
    confirmed = "Confirmed"
    cancelled = "Cancelled"


@dataclass(frozen=True, slots=True)
class Session:
    """A confirmed sitting. ``starts`` is aware and in UTC; ``zone`` is the IANA zone in which staff set the hour.

    ``language`` is the language of the form the session came from; ``recording`` one of public, members, no.
    ``own_link`` is where it takes place if staff hold it elsewhere than in the meeting of its event. Of a ``safer`` one
    no mail, calendar or archive names title or people, and it is not recorded.
    """

    ref: str
    row: int
    title: str
    starts: datetime
    minutes: int
    zone: str
    language: str
    presenters: tuple[Presenter, ...]
    recording: str = ""
    own_link: str = ""
    safer: bool = False


class News(StrEnum):
    """What members can choose to be written to about."""

    invitations = "invitations"
    reminders = "reminders"
    recordings = "recordings"


@dataclass(frozen=True, slots=True)
class Member:
    """A subscribed person of the *Members* tab; ``zone`` is an IANA name or ``""``.

    ``topics`` (codes) and ``kinds`` are what the person chose; empty means everything. Who is ``unsubscribed`` said so
    by mail, and gets nothing that goes to many.
    """

    person: Person
    language: str
    zone: str
    row: int
    topics: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    unsubscribed: bool = False

    def wants(self, kind: News, topics: Collection[str] = ()) -> bool:
        """Whether this person wants such mails, about a session with these topics (none: it is for everybody)."""
        about = not self.topics or not topics or not self.topics.isdisjoint(topics)
        return not self.unsubscribed and about and (not self.kinds or kind in self.kinds)
