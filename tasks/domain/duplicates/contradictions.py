"""Verdicts that cannot all be true: A is B and B is C, but A is not C; or A is B, and C another thing to each."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from tasks.domain.duplicates.pairs import Pair, Refs, by_ref, joined_groups, refs_of
from tasks.domain.duplicates.rulings import pair_name
from tasks.domain.models import Problem
from tasks.domain.programme import Columns
from tasks.domain.sentences import Phrase, say

Contradiction = tuple[Pair, ...]


def contradictions(pairs: Iterable[Pair]) -> list[Contradiction]:
    """The pairs of each contradiction. Submissions that are joined count as one, whoever joined them."""
    ordered = sorted(pairs, key=lambda pair: pair.refs)
    homes = {ref: min(group) for ref, group in joined_groups(ordered).items()}
    ways = by_ref(pair for pair in ordered if pair.joined)
    first: dict[Refs, Pair] = {}
    found: list[Contradiction] = []
    for pair in ordered:
        if pair.ruling is None or pair.joined:
            continue
        one, other = (homes.get(ref, ref) for ref in pair.refs)
        if one == other:
            found.append((*_way(*pair.refs, ways), pair))
        elif (before := first.setdefault(refs_of(one, other), pair)).ruling is not pair.ruling:
            found.append((before, *_between(before, pair, homes, ways), pair))
    return found


def without_contradictions(news: Mapping[Refs, Pair], found: Collection[Contradiction]) -> dict[Refs, Pair]:
    """The new verdicts that contradict nothing; nothing is done by the others until staff change one."""
    held = {pair.refs for pair in chain(*found)}
    return {refs: pair for refs, pair in news.items() if refs not in held}


def contradiction_problem(found: Contradiction, rows: Mapping[Refs, int], columns: Columns, sheet: str) -> Problem:
    """What staff are told; ``rows`` says where each pair stands in the tab."""
    refs = tuple(sorted({ref for pair in found for ref in pair.refs}))
    what = say("contradiction", verdicts=tuple(_told(pair, rows.get(pair.refs)) for pair in found))
    todo = say("contradiction-todo", refs=refs)
    places = [rows[pair.refs] for pair in found if pair.refs in rows]
    return Problem(
        code="contradiction",
        sheet=sheet,
        subject=" · ".join(refs),
        what=(what, say("contradiction-waits")),
        todo=(todo,),
        row=min(places, default=None),
        column=columns.columns["verdict"],
    )


def _told(pair: Pair, row: int | None) -> Phrase:
    name, verdict = pair_name(pair.refs), str(pair.ruling) if pair.ruling else say("joined-by-rule")
    if row is None:
        return say("verdict-without-row", pair=name, verdict=verdict)
    return say("verdict-in-row", pair=name, verdict=verdict, row=row)


def _between(one: Pair, other: Pair, homes: Mapping[str, str], ways: Mapping[str, Collection[Pair]]) -> Iterator[Pair]:
    """The pairs by which the ends of two pairs are one."""
    for start in one.refs:
        for end in other.refs:
            if start != end and homes.get(start, start) == homes.get(end, end):
                yield from _way(start, end, ways)


def _way(start: str, end: str, ways: Mapping[str, Collection[Pair]]) -> tuple[Pair, ...]:
    """The shortest chain of joined pairs from one ref to another, which are known to be joined."""
    reached: dict[str, tuple[Pair, ...]] = {start: ()}
    waiting = deque([start])
    while end not in reached:
        ref = waiting.popleft()
        for pair in ways[ref]:
            if (further := pair.other(ref)) not in reached:
                reached[further] = (*reached[ref], pair)
                waiting.append(further)
    return reached[end]
