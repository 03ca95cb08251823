"""Recordings that staff want to be seen by their presenters first: a tick in the archive, and what is in its way."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tasks.domain.archive import SHARING
from tasks.domain.cells import excerpt
from tasks.domain.display import Line
from tasks.domain.folding import is_yes, one_line
from tasks.domain.keys import digest
from tasks.domain.models import Problem, Session, Tab
from tasks.domain.programme import Columns
from tasks.domain.sentences import Phrase, say
from tasks.domain.sessions import SessionRow, SessionsReading
from tasks.domain.table import Row, read_table

FIELD = "share_for_review"
"""The tick box; where ``programme.toml`` does not name its column, nothing is ever shared."""
DRIVE = {"drive.google.com", "docs.google.com"}
FILE = re.compile(r"[\w-]{10,90}", re.ASCII)
IN_PATH = re.compile(rf"/d/({FILE.pattern})(?:/|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Review:
    """A row whose recording may be shared: the file in Drive with its link, and the session as it stands now."""

    file_id: str
    link: str
    row: int
    session: Session

    @property
    def wish(self) -> str:
        """What a tick in the row asks for."""
        return wish_of(self.file_id)


@dataclass(frozen=True, slots=True)
class Reviews:
    """``known`` are the rows whose recordings may be shared.

    ``ticked`` are the wishes of ticked boxes with the links of their rows, ``empty`` those of the other boxes.
    """

    known: tuple[Review, ...] = ()
    ticked: Mapping[str, str] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def wish_of(file_id: str) -> str:
    """What the tick in the row of a file asks for."""
    return f"share:{file_id}"


def file_in(link: str) -> str:
    """The id of the file in Google Drive that a link leads to, or ``""``."""
    try:
        parts = urlsplit(link)
        host, asked = parts.hostname, parse_qs(parts.query)
    except ValueError:
        return ""
    if parts.scheme != "https" or host not in DRIVE:
        return ""
    if found := IN_PATH.search(parts.path):
        return found[1]
    named = asked.get("id", [""])[0]
    return named if FILE.fullmatch(named) else ""


@dataclass(frozen=True, slots=True)
class Box:
    """The box in a row; ``file_id`` is ``""`` where the row has no link to a file in Drive."""

    row: Row
    link: str
    file_id: str
    is_ticked: bool

    @property
    def wish(self) -> str:
        """What a tick in it asks for."""
        return wish_of(self.file_id)


@dataclass(frozen=True, slots=True)
class ReviewReader:
    """``sheet`` is how people know the archive tab, ``of_sessions`` are the columns of the tab that it refers to."""

    columns: Columns
    sheet: str
    of_sessions: Columns

    def read(self, tab: Tab, sessions: SessionsReading, asked: Collection[str]) -> Reviews:
        """What the rows say; ``asked`` are the wishes that were acted upon. The tab must have its columns."""
        known: list[Review] = []
        problems: list[Problem] = []
        standing = {one.ref: one for one in sessions.confirmed if one.ref not in sessions.held}
        boxes, copies = self._boxes(tab)
        for box in boxes:
            found = self._review(box, standing.get(one_line(box.row.text("ref"))), sessions.rows)
            if isinstance(found, Review):
                known.append(found)
            elif box.is_ticked and box.wish not in asked:
                problems.append(self._problem(box, box.file_id, *found))
        for box, first in copies:
            if box.is_ticked:
                said = say("share-copy", row=first), say("share-copy-todo")
                problems.append(self._problem(box, f"{box.file_id}:copy", *said))
        ticked = {box.wish: box.link for box in boxes if box.is_ticked and box.file_id}
        return Reviews(tuple(known), ticked, _empty(boxes), tuple(problems))

    def empty(self, tab: Tab) -> frozenset[str]:
        """The wishes of boxes that are not ticked."""
        return _empty(self._boxes(tab)[0])

    def _boxes(self, tab: Tab) -> tuple[list[Box], list[tuple[Box, int]]]:
        """The first row of each file and those without one; and rows of the same file, with the number of the first."""
        first: dict[str, int] = {}
        boxes, copies = [], []
        for row in read_table(tab, self.columns.columns).rows:
            link = row.text("link").strip()
            box = Box(row, link, file_in(link), is_yes(row.texts().get(FIELD, "")))
            if box.file_id and (number := first.setdefault(box.file_id, row.number)) != row.number:
                copies.append((box, number))
            else:
                boxes.append(box)
        return boxes, copies

    def _review(
        self, box: Box, session: Session | None, rows: Mapping[str, SessionRow]
    ) -> Review | tuple[Phrase, Phrase]:
        """What may be shared; or what is in the way, and what to do."""
        ref, tab, headers = one_line(box.row.text("ref")), self.of_sessions.tab, self.of_sessions.columns
        if not box.file_id:
            return say("share-link", text=excerpt(box.link)), say("share-link-todo")
        if ref in rows and rows[ref].safer:
            return say("share-safer", ref=ref, column=headers["safer"], tab=tab), say("share-safer-todo")
        if session is None:
            return say("share-session", text=excerpt(ref), tab=tab), say("share-session-todo")
        if session.recording not in SHARING:
            return say("share-consent", ref=ref), say("share-consent-todo", column=headers["recording"], tab=tab)
        if not any(one.person for one in session.presenters):
            return say("share-nobody", ref=ref), say("share-nobody-todo", column=headers["presenters"], tab=tab)
        return Review(box.file_id, box.link, box.row.number, session)

    def _problem(self, box: Box, subject: str, what: Phrase, todo: Phrase) -> Problem:
        column, row = self.columns.columns[FIELD], box.row
        ticked = say("share-ticked", column=column, row=row.number)
        known_by = subject or digest("\n".join(row.texts().values()))[:16]
        return Problem("share", self.sheet, known_by, (ticked, what), (todo,), row.number, column)


def _empty(boxes: Iterable[Box]) -> frozenset[str]:
    return frozenset(box.wish for box in boxes if not box.is_ticked)


def emptied(reviews: Reviews, asked: Collection[str]) -> list[Line]:
    """The boxes that are to be unticked, since they were acted upon; rows are found by their link."""
    acted = {wish: link for wish, link in reviews.ticked.items() if wish in asked}
    return [Line(wish, "", link, {FIELD: False}, gone_is_fine=True) for wish, link in acted.items()]
