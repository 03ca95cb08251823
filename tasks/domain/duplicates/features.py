"""What a pair of proposals has in common and in what it differs, as numbers from 0 to 1."""

from collections.abc import Set as AbstractSet

from rapidfuzz import fuzz

from tasks.domain.duplicates.persons import addresses_near, names_conflict, names_match, names_near
from tasks.domain.duplicates.proposal import Proposal

AGREEMENTS = (
    "same-address",
    "near-address",
    "name",
    "phone",
    "domain",
    "organisation",
    "presenter-one-way",
    "presenter-mutual",
    "title-words",
    "title-letters",
    "summary-overlap",
    "summary-contained",
    "cognates",
    "themes",
    "format",
    "meaning",
    "meaning-across",
    "meaning-and-person",
)
CONFLICTS = (
    "part-conflict",
    "region-conflict",
    "number-conflict",
    "name-conflict",
    "organisation-conflict",
    "country-conflict",
    "closed-conflict",
    "title-unmatched",
    "year-conflict",
)
FEATURES = AGREEMENTS + CONFLICTS
UNRELATED = 0.4
ENOUGH_UNMATCHED = 6


def features(one: Proposal, other: Proposal, similarity: float | None) -> dict[str, float]:
    """Every feature that is not 0, by name. The order of the two makes no difference."""
    across = one.language != other.language
    found = {**_senders(one, other), **_stage(one, other), **_organisations(one, other), **_conflicts(one, other)}
    found |= _across(one, other) if across else _texts(one, other)
    found |= _closed(one, other)
    if similarity is not None:
        found |= _meaning(similarity, person=_person_link(found), across=across)
    return {name: value for name, value in found.items() if value}


def _senders(one: Proposal, other: Proposal) -> dict[str, float]:
    mine, theirs = one.sender, other.sender
    same = mine.address == theirs.address
    match, near = names_match(mine.names, theirs.names), names_near(mine.names, theirs.names)
    return {
        "same-address": float(same),
        "near-address": float(not same and addresses_near(mine, theirs)),
        "name": 1.0 if match else 0.8 if near else 0.0,
        "phone": float(bool(mine.phone) and mine.phone == theirs.phone),
        "domain": float(bool(mine.domain) and mine.domain == theirs.domain),
        "name-conflict": float(names_conflict(mine.names, theirs.names)),
    }


def _stage(one: Proposal, other: Proposal) -> dict[str, float]:
    forth, back = _on_stage(one, other), _on_stage(other, one)
    return {"presenter-mutual": float(forth and back), "presenter-one-way": float(forth or back)}


def _on_stage(one: Proposal, other: Proposal) -> bool:
    """The sender of one is among the presenters of the other."""
    if names_match(one.sender.names, other.sender.names):
        return False
    return one.sender.address in other.presenter_addresses or any(
        names_match(one.sender.names, names) for names in other.presenters
    )


def _organisations(one: Proposal, other: Proposal) -> dict[str, float]:
    agree = _overlap(one.organisation, other.organisation)
    if one.acronyms & other.acronyms:
        agree = max(agree, 0.8)
    both = bool(one.organisation and other.organisation)
    return {"organisation": agree, "organisation-conflict": float(both and not agree)}


def _conflicts(one: Proposal, other: Proposal) -> dict[str, float]:
    return {
        "part-conflict": _disjoint(one.parts, other.parts),
        "region-conflict": _disjoint(one.regions, other.regions),
        "number-conflict": _disjoint(one.numbers, other.numbers),
        "country-conflict": float(bool(one.country and other.country) and one.country != other.country),
        "year-conflict": float(one.year != other.year),
    }


def _texts(one: Proposal, other: Proposal) -> dict[str, float]:
    mine, theirs = one.title.telling, other.title.telling
    unmatched = min(len(mine - theirs), len(theirs - mine))
    letters = fuzz.ratio(one.title.line, other.title.line) / 100
    return {
        "title-words": _overlap(mine, theirs),
        "title-letters": max(0.0, 2 * letters - 1),
        "title-unmatched": min(unmatched, ENOUGH_UNMATCHED) / ENOUGH_UNMATCHED,
        "summary-overlap": _jaccard(one.summary.telling, other.summary.telling),
        "summary-contained": _overlap(one.summary.telling, other.summary.telling),
    }


def _across(one: Proposal, other: Proposal) -> dict[str, float]:
    return {"cognates": _overlap(one.stems, other.stems)}


def _closed(one: Proposal, other: Proposal) -> dict[str, float]:
    fields = [field for field in one.closed if one.closed[field] and other.closed.get(field)]
    differing = sum(one.closed[field] != other.closed[field] for field in fields)
    themes = _jaccard(frozenset(one.closed.get("themes", ())), frozenset(other.closed.get("themes", ())))
    return {
        "themes": themes,
        "format": float(bool(one.closed.get("format")) and one.closed.get("format") == other.closed.get("format")),
        "closed-conflict": differing / len(fields) if fields else 0.0,
    }


def _meaning(similarity: float, *, person: float, across: bool) -> dict[str, float]:
    meaning = min(1.0, max(0.0, (similarity - UNRELATED) / (1 - UNRELATED)))
    return {
        "meaning": 0.0 if across else meaning,
        "meaning-across": meaning if across else 0.0,
        "meaning-and-person": meaning * person,
    }


def _person_link(found: dict[str, float]) -> float:
    stage = max(found["presenter-mutual"], found["presenter-one-way"])
    return max(found["same-address"], found["near-address"], found["name"], found["phone"], stage)


def _disjoint(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    return float(bool(one) and bool(other) and not one & other)


def _overlap(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _jaccard(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
