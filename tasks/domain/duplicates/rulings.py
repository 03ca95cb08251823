"""What staff chose in *Possible duplicates*, and what follows: their word is final until they choose another one."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tasks.domain.cells import excerpt
from tasks.domain.duplicates.pairs import Pair, Refs, Ruling, refs_of
from tasks.domain.duplicates.verdict import Outcome, Verdict
from tasks.domain.folding import fold
from tasks.domain.headers import nearest
from tasks.domain.keys import REF_LENGTH, REF_LETTERS
from tasks.domain.models import Problem, Tab
from tasks.domain.programme import Columns
from tasks.domain.sentences import AnyOf, Phrase, Sentences, say
from tasks.domain.table import Row, read_table

WORDS = {fold(ruling): ruling for ruling in Ruling}
REF = re.compile(rf"\b[{REF_LETTERS}]{{{REF_LENGTH}}}\b")
TWO = 2
Said = tuple[Phrase, Sentences]


@dataclass(frozen=True, slots=True)
class Rulings:
    """``said`` is what staff chose for each pair; cells that say nothing we know are problems.

    ``rows`` says where each pair stands, from 1.
    """

    said: Mapping[Refs, Ruling]
    problems: tuple[Problem, ...]
    rows: Mapping[Refs, int] = field(default_factory=dict)


def pair_name(refs: Refs) -> str:
    """``K7P2QX · M3XZT9``, by which a row is found again."""
    return " · ".join(refs)


def read_rulings(tab: Tab, columns: Columns, sheet: str) -> Rulings:
    """Read the Verdict column; the tab must have its columns. Rows of a pair that contradict each other say nothing."""
    said: dict[Refs, dict[Ruling, Row]] = {}
    rows: dict[Refs, int] = {}
    problems = []
    for row in read_table(tab, columns.columns).rows:
        refs, ruling = refs_in(row), ruling_in(row)
        if refs:
            rows.setdefault(refs, row.number)
        if refs and ruling:
            said.setdefault(refs, {})[ruling] = row
        elif row.has("verdict"):
            wrong = _unknown_word(row) if refs else _no_pair(row)
            problems.append(_problem("verdict", row, refs, wrong, columns, sheet))
    for refs, words in said.items():
        if len(words) > 1:
            what = say("verdicts-differ", pair=pair_name(refs), verdicts=tuple(map(str, sorted(words))))
            row = next(iter(words.values()))
            problems.append(_problem("verdicts", row, refs, (what, (say("verdicts-differ-todo"),)), columns, sheet))
    clear = {refs: next(iter(words)) for refs, words in said.items() if len(words) == 1}
    return Rulings(clear, tuple(problems), rows)


def ruled(
    pairs: Mapping[Refs, Pair], said: Mapping[Refs, Ruling], known_refs: Collection[str], now: datetime
) -> dict[Refs, Pair]:
    """The pairs on which staff say something that is not remembered yet.

    They may rule on two submissions that were never compared, too: in a row of their own, or after a lost ledger.
    """
    known = {refs: pairs.get(refs) or Pair(refs, Verdict(Outcome.possible, 0.0), now) for refs in said}
    return {
        refs: _ruled(known[refs], ruling, now)
        for refs, ruling in said.items()
        if known[refs].ruling is not ruling and set(refs) <= set(known_refs)
    }


def _ruled(pair: Pair, ruling: Ruling, now: datetime) -> Pair:
    after = replace(pair, ruling=ruling, ruled_at=now)
    return replace(after, parted=not after.joined and (pair.joined or pair.parted))


def not_held_back(ruled_now: Iterable[Pair], every: Iterable[Pair]) -> set[str]:
    """The refs to be acknowledged after all: none of the submissions for which they waited turned out to be theirs."""
    waiting = {pair.unacknowledged for pair in every if pair.holds_back}
    return {pair.unacknowledged for pair in ruled_now if pair.unacknowledged} - waiting


def awaited(pairs: Iterable[Pair], columns: Columns, sheet: str) -> list[Problem]:
    """A line for each acknowledgement that is not sent before staff have said what a pair is."""
    return [
        Problem(
            code="verdict-awaited",
            sheet=sheet,
            subject=pair_name(pair.refs),
            what=(say("verdict-awaited", ref=ref, other=pair.other(ref)),),
            todo=(say("verdict-awaited-todo", ref=ref, pair=pair_name(pair.refs), tab=columns.tab),),
            column=columns.columns["verdict"],
        )
        for pair in pairs
        if pair.open and (ref := pair.unacknowledged)
    ]


def ruling_in(row: Row) -> Ruling | None:
    """What the Verdict cell says, if it is a verdict."""
    return WORDS.get(fold(row.text("verdict")))


def refs_in(row: Row) -> Refs | None:
    """The two refs of the Pair cell."""
    refs = set(REF.findall(row.text("pair")))
    return refs_of(*refs) if len(refs) == TWO else None


def _no_pair(row: Row) -> Said:
    what = say("no-pair", row=row.number, text=excerpt(row.text("pair")))
    return what, (say("no-pair-todo", row=row.number),)


def _unknown_word(row: Row) -> Said:
    near = nearest(row.text("verdict"), tuple(Ruling))
    choose = say("no-verdict-todo", verdicts=AnyOf(tuple(map(str, Ruling))), row=row.number)
    return say("no-verdict", text=excerpt(row.text("verdict"))), (
        choose,
        *([say("nearest-verdict", verdict=near)] if near else []),
    )


def _problem(code: str, row: Row, refs: Refs | None, said: Said, columns: Columns, sheet: str) -> Problem:
    subject = pair_name(refs) if refs else f"row {row.number}"
    what, todo = said
    return Problem(code, sheet, subject, (what,), todo, row.number, columns.columns["verdict"])
