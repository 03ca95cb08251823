"""Same, possible or different: what a pair of proposals is, and why, whichever of the two arrived first."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from tasks.domain.duplicates.features import features
from tasks.domain.duplicates.meaning import Meaning
from tasks.domain.duplicates.proposal import Proposal
from tasks.domain.duplicates.rules import Rules, Scorecard
from tasks.domain.duplicates.verdict import Band, Difference, Outcome, Reason, Verdict
from tasks.domain.duplicates.versions import is_same_person, obstacles, same_response
from tasks.domain.folding import one_line

NO_BITS = 0.05
COMPARED = ("email", "contact_name", "organisation", "country", "phone", "title", "summary")


def judge(one: Proposal, other: Proposal, *, meaning: Meaning | None, rules: Rules, at_least: float = 0.0) -> Verdict:
    """What the two are. ``meaning`` is how near their texts are; None where no encoder was used.

    It counts across languages only: in one language the words say more. ``at_least`` is the probability that is known
    from elsewhere than the answers.

    *Same* comes from the hard rule only and *possible* from the score only; swapping the two changes nothing.
    """
    earlier, later = sorted((one, other), key=_order)
    if earlier.language == later.language:
        meaning = None
    languages = (earlier.language, later.language)
    scorecard = rules.weights.scorecard(languages, read=meaning is not None)
    found = features(earlier, later, meaning, rules.known)
    probability = max(at_least, 1 / (1 + 2 ** -scorecard.total(found)))
    edited = same_response(earlier, later)
    if not edited and probability < rules.weights.bands.look and not _may_be_versions(earlier, later):
        return Verdict(Outcome.different, probability, rules=rules.weights.version)
    why_not = () if edited else obstacles(earlier, later, rules.known)
    outcome = Outcome.same if not why_not else _by_score(probability, rules)
    if outcome is Outcome.different:
        return Verdict(Outcome.different, probability, rules=rules.weights.version)
    return Verdict(
        outcome=outcome,
        probability=probability,
        band=_band(probability, rules) if outcome is Outcome.possible else None,
        reasons=tuple(_reasons(found, scorecard)),
        differs=tuple(_differences(earlier, later)),
        unmatched=_unmatched(earlier, later),
        why_not_automatic=why_not,
        rules=rules.weights.version,
        encoder="" if meaning is None else rules.weights.encoder,
    )


def _may_be_versions(earlier: Proposal, later: Proposal) -> bool:
    """Without these the hard rule need not be asked."""
    same_form = earlier.language == later.language and earlier.year == later.year
    return same_form and earlier.closed == later.closed and is_same_person(earlier, later)


def _order(proposal: Proposal) -> tuple[datetime, str]:
    return proposal.submitted_at, proposal.ref


def _by_score(probability: float, rules: Rules) -> Outcome:
    return Outcome.possible if probability >= rules.weights.bands.look else Outcome.different


def _band(probability: float, rules: Rules) -> Band:
    return Band.likely if probability >= rules.weights.bands.likely else Band.look


def _reasons(found: Mapping[str, float], scorecard: Scorecard) -> Iterator[Reason]:
    for name, value in found.items():
        bits = scorecard.bits[name] * value
        if abs(bits) >= NO_BITS:
            yield Reason(name, f"{value:.2f}", round(bits, 1))


def _differences(earlier: Proposal, later: Proposal) -> Iterator[Difference]:
    if earlier.language != later.language:
        yield Difference("language", earlier.language, later.language)
    for field in COMPARED:
        mine, theirs = (one_line(proposal.answers.get(field, "")) for proposal in (earlier, later))
        if mine.casefold() != theirs.casefold():
            yield Difference(field, mine, theirs)


def _unmatched(earlier: Proposal, later: Proposal) -> tuple[str, ...]:
    if earlier.language != later.language:
        return ()
    return tuple(sorted(earlier.title.bag ^ later.title.bag))
