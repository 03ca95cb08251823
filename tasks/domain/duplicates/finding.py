"""Finds the pairs that new answers make with others, and whose acknowledgement stands for whose."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from tasks.domain.desk import Desk
from tasks.domain.duplicates.judge import Comparison
from tasks.domain.duplicates.meaning import ALIKE, UNLIKE, Meaning
from tasks.domain.duplicates.pairs import Pair, Refs, by_ref, refs_of, stronger
from tasks.domain.duplicates.rules import Rules
from tasks.domain.duplicates.screening import may_be_shown
from tasks.domain.duplicates.verdict import Band, Outcome
from tasks.domain.known_answers import Couple, KnownAnswers
from tasks.domain.models import Response
from tasks.domain.submissions import Version

TOGETHER = timedelta(days=1)


def find_pairs(
    arrivals: Sequence[Version], desk: Desk, known: KnownAnswers, rules: Rules, now: datetime
) -> dict[Refs, Pair]:
    """Every pair of submissions that is or may be one; of several findings about a pair the strongest."""
    mine = [desk.standing(version) for version in arrivals]
    couples = [
        couple for one in mine for other in desk.alike(one) if _may_be_pair(couple := (one, other), known, rules)
    ]
    compared = [Comparison(*couple, rules) for couple in couples]
    found: dict[Refs, Pair] = {}
    for one, meaning in zip(compared, _meanings(compared, known), strict=True):
        verdict = one.judged(meaning)
        if verdict.outcome is not Outcome.different:
            pair = Pair(refs_of(*(proposal.ref for proposal in one.couple)), verdict, now)
            found[pair.refs] = stronger(found[pair.refs], pair) if pair.refs in found else pair
    return found


def _meanings(compared: Sequence[Comparison], known: KnownAnswers) -> list[Meaning | None]:
    """What each couple is judged by: words in one language; across languages how near the texts are, as far as known.

    Only what can change anything is read: of most the titles tell enough, and of the others the sentences are read too.
    """
    meanings = [UNLIKE if _is_read(one.couple, known) else None for one in compared]
    unread = [at for at, meaning in enumerate(meanings) if meaning and _tells(compared[at])]
    for read in (known.closeness_at_best, known.closeness):
        for at, meaning in zip(unread, read([compared[at].couple for at in unread]), strict=True):
            meanings[at] = meaning
        unread = [at for at in unread if (best := meanings[at]) and compared[at].shown(best)]
    return meanings


def _tells(couple: Comparison) -> bool:
    """Whether it makes a difference how near the texts are."""
    return couple.shown(ALIKE) is not couple.shown(UNLIKE)


def _may_be_pair(couple: Couple, known: KnownAnswers, rules: Rules) -> bool:
    return may_be_shown(*couple, rules, by_meaning=_is_read(couple, known))


def _is_read(couple: Couple, known: KnownAnswers) -> bool:
    one, other = couple
    return known.reads_meaning and one.language != other.language


def news_of(found: dict[Refs, Pair], known: KnownAnswers) -> dict[Refs, Pair]:
    """The pairs that are new, or better founded than before; what staff have ruled on is never taken up again."""
    before = known.pairs(found)
    kept = {refs: stronger(before[refs], pair) if refs in before else pair for refs, pair in found.items()}
    return {refs: pair for refs, pair in kept.items() if pair.ruling is None and pair != before.get(refs)}


def hold_back(
    newcomers: Sequence[Version], pairs: Mapping[Refs, Pair], replacements: Collection[Refs] = ()
) -> dict[str, list[Refs]]:
    """Which of these new submissions, oldest first, are not acknowledged, and because of which pairs.

    Of a pair that one person filed within a day only the first gets an acknowledgement, if it is likely or in two
    languages; of submissions that are one, only one; and none that may be the edit of one whose row is gone, or was
    copied: of two that came together the older one is acknowledged.
    """
    of = by_ref(pairs.values())
    filed = {version.ref: version.response for version in newcomers}
    held: dict[str, list[Refs]] = {}

    def stands_for(pair: Pair, ref: str) -> bool:
        other = pair.other(ref)
        if pair.refs in replacements:
            return other not in filed or other in greeted or other in held
        if pair.joined:
            return other not in filed or other in greeted
        return other in greeted and _filed_together(filed[other], filed[ref], pair.verdict.band)

    greeted: set[str] = set()
    for ref in filed:
        if because := [pair.refs for pair in of.get(ref, ()) if stands_for(pair, ref)]:
            held[ref] = because
        else:
            greeted.add(ref)
    return held


def _filed_together(one: Response, other: Response, band: Band | None) -> bool:
    return (
        one.person.address_key == other.person.address_key
        and abs(one.submitted_at - other.submitted_at) <= TOGETHER
        and (band is Band.likely or one.language != other.language)
    )
