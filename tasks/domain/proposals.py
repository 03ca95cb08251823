"""Dates that staff want to propose to presenters: a word in the row of a session that is still a Draft."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tasks.domain.cells import excerpt
from tasks.domain.effects import Effect, EffectKind
from tasks.domain.folding import one_line
from tasks.domain.invitations import Guest, GuestBook
from tasks.domain.letter_names import LetterName, meant
from tasks.domain.letter_values import LONGEST_NOTE
from tasks.domain.letter_wishes import FIELD, wish_key
from tasks.domain.models import Problem, Session, SessionStatus, Severity, Tab
from tasks.domain.programme import Columns, Language
from tasks.domain.sentences import AnyOf, Phrase, quotes, say
from tasks.domain.session_row import read_session
from tasks.domain.sessions import SessionsReading, cell_problem
from tasks.domain.table import Row, read_table
from tasks.domain.wording import Wording

LETTER = LetterName.schedule_proposal
NAME = say(LETTER)


@dataclass(frozen=True, slots=True)
class Proposals:
    """``ready`` are refs whose date can be proposed now, with how the letter is written; ``standing`` all that ask.

    ``sessions`` are all complete Drafts that have not begun, by ref.
    """

    ready: Mapping[str, Wording] = field(default_factory=dict)
    standing: frozenset[str] = frozenset()
    sessions: Mapping[str, Session] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalReader:
    """``sheet`` is the name under which staff are told what is wrong."""

    columns: Columns
    languages: Mapping[str, Language]
    meaning: Mapping[str, LetterName]
    sheet: str
    zone_of_sheet: str = ""

    def read(self, tab: Tab, reading: SessionsReading, asked: Collection[str], now: datetime) -> Proposals:
        """What the rows ask for; ``asked`` are the wishes that were acted upon. The tab must have its columns."""
        ready: dict[str, Wording] = {}
        standing: set[str] = set()
        sessions: dict[str, Session] = {}
        problems: list[Problem] = []
        for row in read_table(tab, self.columns.columns).rows:
            ref = one_line(row.text("ref"))
            if ref not in reading.rows or ref in reading.held or reading.rows[ref].row != row.number:
                continue
            draft = reading.rows[ref].status is SessionStatus.draft
            session, faults = read_session(row, self.languages, self.zone_of_sheet) if draft else (None, [])
            if session and session.starts > now:
                sessions[ref] = session
            if FIELD not in row.cells or not row.has(FIELD):
                continue
            if row.cells[FIELD] is not True and meant(row.text(FIELD), self.meaning) is not LETTER:
                problems.append(self._problem(row, FIELD, self._unknown(row), _WORDS))
                continue
            standing.add(ref)
            if wish_key(LETTER, ref) in asked:
                continue
            problems += [cell_problem(fault, row, self.columns, self.sheet) for fault in faults]
            own = list(self._faults(row, session, now, draft=draft))
            problems += own
            if session and not own:
                ready[ref] = Wording(preface=_preface(row))
        return Proposals(ready, frozenset(standing), sessions, tuple(problems))

    def _faults(self, row: Row, session: Session | None, now: datetime, *, draft: bool) -> Iterator[Problem]:
        header = self.columns.columns
        if not draft:
            what = say("proposal-status", column=header[FIELD], row=row.number, letter=NAME, status=row.text("status"))
            yield self._problem(row, FIELD, what, say("proposal-status-todo", status=str(SessionStatus.draft)))
        if session and session.starts <= now:
            what = say("proposal-past", column=header["date"], row=row.number)
            yield self._problem(row, "date", what, say("proposal-todo", letter=NAME))
        if session and not any(one.person for one in session.presenters):
            what = say("proposal-nobody", column=header["presenters"], row=row.number)
            yield self._problem(row, "presenters", what, say("proposal-todo", letter=NAME))
        if len(preface := _preface(row)) > LONGEST_NOTE:
            column = header["preface"]
            what = say("long-preface", column=column, row=row.number, length=len(preface), limit=LONGEST_NOTE)
            yield self._problem(row, "preface", what, say("long-preface-todo", letter=NAME))

    def _unknown(self, row: Row) -> Phrase:
        [text] = quotes([excerpt(row.text(FIELD))])
        return say("no-letter", column=self.columns.columns[FIELD], row=row.number, text=text)

    def _problem(self, row: Row, name: str, what: Phrase, todo: Phrase) -> Problem:
        ref, column = one_line(row.text("ref")), self.columns.columns[name]
        return Problem("letter", self.sheet, ref, (what,), (todo,), row.number, column, Severity.problem)


_WORDS = say("no-letter-todo", letters=AnyOf((NAME,)))


def proposal_key(session: Session, person: str) -> str:
    """One a person and proposed moment."""
    return f"{LETTER.kind}:{session.ref}:{person}:{session.starts:%Y%m%dT%H%M}"


def proposal_of(session: Session, guest: Guest) -> Effect:
    """What is promised: it is of no use after the moment that it proposes."""
    key = proposal_key(session, guest.person_id)
    return Effect(key, EffectKind.mail, session.ref, expires_at=session.starts)


def promised_proposals(session: Session, book: GuestBook, mine: Mapping[str, Effect]) -> list[Effect]:
    """One mail to each presenter with an address who was not asked about this moment yet; ``mine`` are by key."""
    proposed = [proposal_of(session, guest) for guest in book.presenters(session)]
    return [one for one in proposed if one.key not in mine or mine[one.key].may_go]


def _preface(row: Row) -> str:
    return row.texts().get("preface", "").strip()
