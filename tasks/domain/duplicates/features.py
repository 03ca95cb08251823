"""What a pair of proposals has in common and in what it differs, as numbers from 0 to 1."""

from collections.abc import Iterator

from tasks.domain.duplicates.meaning import Meaning
from tasks.domain.duplicates.parts import FIRST
from tasks.domain.duplicates.persons import addresses_near, names_conflict
from tasks.domain.duplicates.proposal import Proposal
from tasks.domain.duplicates.reading import (
    MANY,
    at_odds,
    disjoint,
    jaccard,
    letters_alike,
    only_in_each,
    overlap,
    share_missing,
    turned_round,
)
from tasks.domain.duplicates.typos import Lexicon
from tasks.domain.normalise.names import names_match, names_near

UNRELATED, NO_COUNTERPART, TRANSLATED = 0.4, 0.3, 0.9
WELL_OVER_HALF = 0.6
NEAR = 0.8


def features(one: Proposal, other: Proposal, lexicon: Lexicon) -> dict[str, float]:
    """Every feature that is not 0, by name, but for those of meaning. The order of the two makes no difference."""
    found = _senders(one, other) | _stage(one, other) | _facets(one, other)
    found |= _titles(one, other) | _summaries(one, other)
    if one.language == other.language:
        found |= _conflicting_texts(one, other, found, lexicon)
    found |= _closed(one, other)
    return _that_are_not_0(found)


def with_meaning(found: dict[str, float], meaning: Meaning | None) -> dict[str, float]:
    """The features of a pair, and those of its meaning where an encoder has told it."""
    return found | _that_are_not_0(_meaning(meaning, _person_link(found))) if meaning else found


def glances(one: Proposal, other: Proposal, lexicon: Lexicon) -> Iterator[dict[str, float]]:
    """The features that take little time, also where they are 0: a few at a time, what is quickly seen first."""
    yield _closed(one, other)
    yield _senders(one, other)
    yield _titles(one, other)
    yield _stage(one, other)
    if one.language == other.language:
        yield _retitled(one, other, lexicon)
    yield _summaries(one, other)


def _senders(one: Proposal, other: Proposal) -> dict[str, float]:
    mine, theirs = one.sender, other.sender
    same = mine.address == theirs.address
    organisation = overlap(one.organisation, other.organisation)
    if one.acronyms & other.acronyms:
        organisation = max(organisation, NEAR)
    return {
        "same-address": float(same),
        "near-address": float(not same and addresses_near(mine, theirs)),
        "name": _name(one, other),
        "name-conflict": float(names_conflict(mine.names, theirs.names)),
        "phone": float(bool(mine.phone) and mine.phone == theirs.phone),
        "domain": float(bool(mine.domain) and mine.domain == theirs.domain),
        "organisation": organisation,
        "organisation-conflict": float(bool(one.organisation and other.organisation) and not organisation),
    }


def _name(one: Proposal, other: Proposal) -> float:
    mine, theirs = one.sender.names, other.sender.names
    return 1.0 if names_match(mine, theirs) else NEAR if names_near(mine, theirs) else 0.0


def _stage(one: Proposal, other: Proposal) -> dict[str, float]:
    if one.sender.address == other.sender.address or names_match(one.sender.names, other.sender.names):
        return {"presenter-mutual": 0.0, "presenter-one-way": 0.0}
    forth, back = _on_stage(one, other), _on_stage(other, one)
    return {"presenter-mutual": float(forth and back), "presenter-one-way": float(forth or back)}


def _on_stage(one: Proposal, other: Proposal) -> bool:
    """The sender of one is among the presenters of the other."""
    return one.sender.address in other.presenter_addresses or any(
        names_match(one.sender.names, names) for names in other.presenters
    )


def _facets(one: Proposal, other: Proposal) -> dict[str, float]:
    one_sided = bool(one.parts) != bool(other.parts)
    return {
        "part-conflict": disjoint(one.parts, other.parts),
        "part-one-sided": (1.0 if (one.parts | other.parts) - FIRST else 0.5) if one_sided else 0.0,
        "region-conflict": disjoint(one.regions, other.regions),
        "place-conflict": at_odds(one.places, other.places),
        "number-conflict": disjoint(one.numbers, other.numbers),
        "figures": overlap(one.figures, other.figures),
        "country-conflict": float(bool(one.country and other.country) and one.country != other.country),
        "year-conflict": float(one.year != other.year),
    }


def _summaries(one: Proposal, other: Proposal) -> dict[str, float]:
    return {
        "summary-overlap": jaccard(one.summary.telling, other.summary.telling),
        "summary-contained": overlap(one.summary.telling, other.summary.telling),
        "cognates": overlap(one.stems, other.stems),
    }


def _titles(one: Proposal, other: Proposal) -> dict[str, float]:
    return {
        "title-words": overlap(one.title.telling, other.title.telling),
        "title-letters": letters_alike(one.title, other.title),
    }


def _retitled(one: Proposal, other: Proposal, lexicon: Lexicon) -> dict[str, float]:
    title = only_in_each(one.title, other.title, lexicon)
    return {"title-replaced": float(all(title)), "title-reworded": share_missing(one.title, other.title, title)}


def _conflicting_texts(one: Proposal, other: Proposal, found: dict[str, float], lexicon: Lexicon) -> dict[str, float]:
    summary = only_in_each(one.summary, other.summary, lexicon)
    conflicts = _retitled(one, other, lexicon) | {"summary-reworded": min(*map(len, summary), MANY) / MANY}
    if found["title-words"] > WELL_OVER_HALF:
        title = only_in_each(one.title, other.title, lexicon)
        conflicts["title-turned"] = turned_round(one.title, other.title, title)
    if found["summary-contained"] > WELL_OVER_HALF:
        conflicts["summary-replaced"] = float(all(summary))
    return conflicts


def _closed(one: Proposal, other: Proposal) -> dict[str, float]:
    mine, theirs = one.closed, other.closed
    fields = [field for field, codes in mine.items() if codes and theirs.get(field)]
    differing = [field for field in fields if mine[field] != theirs[field]]
    return {
        "themes": jaccard(set(mine.get("themes", ())), set(theirs.get("themes", ()))),
        "format": float("format" in fields and "format" not in differing),
        "closed-conflict": len(differing) / len(fields) if fields else 0.0,
    }


def _meaning(meaning: Meaning, person: float) -> dict[str, float]:
    whole = _between(meaning.whole, UNRELATED)
    return {
        "meaning-across": whole,
        "meaning-across-close": _between(meaning.weakest, NO_COUNTERPART),
        "meaning-and-person": whole * person,
    }


def _that_are_not_0(found: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in found.items() if value}


def _between(similarity: float, floor: float) -> float:
    return min(1.0, max(0.0, (similarity - floor) / (TRANSLATED - floor)))


def _person_link(found: dict[str, float]) -> float:
    links = ("same-address", "near-address", "name", "phone", "presenter-one-way")
    return max(found.get(name, 0.0) for name in links)
