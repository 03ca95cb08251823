"""Same, possible or different: what a pair of proposals is, and why, whichever of the two arrived first."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property

from tasks.domain.duplicates.features import features, with_meaning
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
    return Comparison(one, other, rules).judged(meaning, at_least=at_least)


class Comparison:
    """Two proposals side by side: what they have in common is found once, however often they are judged by it."""

    def __init__(self, one: Proposal, other: Proposal, rules: Rules) -> None:
        self.couple = one, other
        self._earlier, self._later = sorted((one, other), key=_order)
        self._across = one.language != other.language
        self._rules = rules

    def judged(self, meaning: Meaning | None, *, at_least: float = 0.0) -> Verdict:
        """What the two are; see ``judge``."""
        meaning = meaning if self._across else None
        probability = max(at_least, self._probability(meaning))
        outcome, version = self._outcome(probability), self._rules.weights.version
        if outcome is Outcome.different:
            return Verdict(outcome, probability, rules=version)
        return Verdict(
            outcome=outcome,
            probability=probability,
            band=self._band(probability) if outcome is Outcome.possible else None,
            reasons=tuple(_reasons(with_meaning(self._found, meaning), self._scorecard(meaning))),
            differs=tuple(_differences(self._earlier, self._later)),
            unmatched=_unmatched(self._earlier, self._later),
            why_not_automatic=self._why_not,
            rules=version,
            encoder="" if meaning is None else self._rules.weights.encoder,
        )

    def shown(self, meaning: Meaning) -> Band | None:
        """In which band staff would see the two by the score alone, as those in two languages are; None for in none."""
        probability = self._probability(meaning)
        return self._band(probability) if probability >= self._rules.weights.bands.look else None

    def _probability(self, meaning: Meaning | None) -> float:
        return 1 / (1 + 2 ** -self._scorecard(meaning).total(with_meaning(self._found, meaning)))

    def _scorecard(self, meaning: Meaning | None) -> Scorecard:
        languages = self._earlier.language, self._later.language
        return self._rules.weights.scorecard(languages, read=meaning is not None)

    def _outcome(self, probability: float) -> Outcome:
        shown = probability >= self._rules.weights.bands.look
        if (shown or self._may_be_versions) and not self._why_not:
            return Outcome.same
        return Outcome.possible if shown else Outcome.different

    def _band(self, probability: float) -> Band:
        return Band.likely if probability >= self._rules.weights.bands.likely else Band.look

    @cached_property
    def _found(self) -> dict[str, float]:
        return features(self._earlier, self._later, self._rules.known)

    @cached_property
    def _may_be_versions(self) -> bool:
        """Without this the hard rule need not be asked."""
        one, other = self.couple
        same_form = one.language == other.language and one.year == other.year and one.closed == other.closed
        return same_response(one, other) or (same_form and is_same_person(one, other))

    @cached_property
    def _why_not(self) -> tuple[str, ...]:
        if same_response(*self.couple):
            return ()
        return obstacles(self._earlier, self._later, self._rules.known)


def _order(proposal: Proposal) -> tuple[datetime, str]:
    return proposal.submitted_at, proposal.ref


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
