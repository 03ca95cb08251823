"""What staff see of pairs: a line each in *Possible duplicates*, and a few words in the State of both submissions."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from babel import Locale

from tasks.domain.book import Book
from tasks.domain.display import Line
from tasks.domain.duplicates.pairs import Pair, Ruling
from tasks.domain.duplicates.rulings import pair_name
from tasks.domain.duplicates.verdict import Difference, Verdict
from tasks.domain.folding import one_line
from tasks.domain.lines import Remarks, row_key
from tasks.domain.models import Cell
from tasks.domain.submissions import Submission
from tasks.domain.words import Words

PAIR_OWNED = ("pair", "state", "band", "earlier", "later", "languages", "people", "reasons", "differs", "why_not")
LONGEST = 200
REMARKS = {None: "possible_duplicate", Ruling.linked: "linked", Ruling.series: "series"}


@dataclass(frozen=True, slots=True)
class PairWords:
    """How pairs are told: in the staff's words, in the zone of their workbook."""

    words: Words
    zone: str

    def language(self, code: str) -> str:
        """What staff call the language of a form."""
        return str(Locale.parse(self.words.language).languages.get(code, code))


def pair_lines(book: Book, say: PairWords) -> list[Line]:
    """One line a pair."""
    return [
        Line(row_key("duplicates", pair_name(pair.refs)), "", pair_name(pair.refs), _cells(pair, book, say))
        for pair in book.pairs
        if set(pair.refs) <= book.rows.keys()
    ]


def remarks_on(submission: Submission, book: Book, say: PairWords) -> Remarks:
    """What the State of a submission says of its pairs with others."""
    if (home := book.home[submission.ref]) != submission.ref:
        return Remarks(instead=say.words.say("joined_to", ref=home))
    mine = {submission.ref, *submission.others}
    pairs = [pair for pair in book.pairs_of(mine) if not mine >= set(pair.refs)]
    more = [say.words.say(REMARKS[pair.ruling], ref=_other(pair, mine)) for pair in pairs if pair.ruling in REMARKS]
    held = [pair for pair in pairs if pair.holds_back and pair.unacknowledged in mine]
    return Remarks(tuple(more), _held_back(held, mine, book, say) if held else "")


def _other(pair: Pair, mine: Collection[str]) -> str:
    return next(ref for ref in pair.refs if ref not in mine)


def _held_back(held: Sequence[Pair], mine: Collection[str], book: Book, say: PairWords) -> str:
    if undecided := [_other(pair, mine) for pair in held if pair.open]:
        return say.words.say("waits", refs=", ".join(undecided))
    ref = _other(held[0], mine)
    return say.words.say("held_back", ref=ref, language=say.language(book.alone(ref).newest.language))


def _cells(pair: Pair, book: Book, say: PairWords) -> dict[str, Cell]:
    earlier, later = sorted((book.alone(ref) for ref in pair.refs), key=lambda one: (one.received_at, one.ref))
    verdict, both = pair.verdict, (earlier.current, later.current)
    cells: dict[str, Cell] = {
        "pair": pair_name(pair.refs),
        "state": _state(pair, book, say),
        "band": say.words.explain(f"band-{verdict.band or verdict.outcome}"),
        "earlier": _titled(earlier),
        "later": _titled(later),
        "languages": " / ".join(say.language(one.language) for one in both),
        "people": "\n".join(dict.fromkeys(f"{one_line(one.person.name)} <{one.person.address}>" for one in both)),
    }
    return cells | _explanation(verdict, say) if verdict.reasons or verdict.differs else cells


def _explanation(verdict: Verdict, say: PairWords) -> dict[str, Cell]:
    """The reasons. A pair that staff named, or of a ledger that was lost, has none: what stands in its row stays."""
    return {
        "reasons": "\n".join(_reasons(verdict, say)),
        "differs": "\n".join(_differences(verdict, say)),
        "why_not": "\n".join(say.words.explain(f"why-{code}") for code in verdict.why_not_automatic),
    }


def _state(pair: Pair, book: Book, say: PairWords) -> str:
    ref = book.home[pair.refs[0]]
    if not pair.ruling:
        return say.words.explain("joined" if pair.joined else "open", ref=ref)
    when = say.words.moment(pair.ruled_at, say.zone) if pair.ruled_at else ""
    return say.words.explain(f"ruled-{pair.ruling.name}", ref=ref, when=when)


def _titled(submission: Submission) -> str:
    return f"{submission.ref}: {_short(submission.current.answers.get('title', ''))}"


def _reasons(verdict: Verdict, say: PairWords) -> Iterator[str]:
    yield from (f"✓ {say.words.explain(f'reason-{one.code}')}" for one in verdict.speaks_for)
    yield from (f"✗ {say.words.explain(f'reason-{one.code}')}" for one in verdict.speaks_against)
    if not verdict.encoder and verdict.reasons and any(one.field == "language" for one in verdict.differs):
        yield say.words.explain("no-encoder")


def _differences(verdict: Verdict, say: PairWords) -> Iterator[str]:
    yield from (_difference(one, say) for one in verdict.differs)
    if verdict.unmatched:
        yield f"{say.words.explain('unmatched')}: {_short(', '.join(verdict.unmatched))}"


def _difference(one: Difference, say: PairWords) -> str:
    return f"{say.words.explain(f'field-{one.field}')}: {_short(one.earlier) or '-'} / {_short(one.later) or '-'}"


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
