"""Labelled submissions in three languages: which rows are one proposal, and which only look like it.

What is generated follows from the part, the seed and the size. Every part has words, frames and organisations of its
own; weights are fitted and thresholds chosen on ``fit``, ``tune`` and ``spent``; ``report`` is measured; ``release`` is
looked at only when a version is released, and is ``spent`` then.
"""

import random
from dataclasses import dataclass, replace

from tests.benchmarks.duplicates.filings import Filing, filed, response
from tests.benchmarks.duplicates.ideas import new_idea
from tests.benchmarks.duplicates.near_misses import NEAR_MISSES, REPLACES_THE_FIRST
from tests.benchmarks.duplicates.people import People
from tests.benchmarks.duplicates.positives import POSITIVES
from tests.benchmarks.duplicates.vocabulary import PARTS, Vocabulary, vocabulary

ALONE = "alone"
ALONE_WEIGHT = 480
WITH_PARAGRAPH = {"boilerplate", "five proposals"}
WITH_PRESENTER = {"co-presenter", "co-presenter, other language"}


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of two rows, by key: the kind, and whether they are one proposal."""

    one: str
    other: str
    kind: str
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Corpus:
    """Rows in the order of their arrival; two rows without a label are two proposals."""

    rows: tuple
    labels: tuple

    @property
    def duplicates(self):
        """The kind of every pair that is one proposal, by its two keys."""
        return {frozenset((label.one, label.other)): label.kind for label in self.labels if label.duplicate}

    @property
    def near_misses(self):
        """The kind of every pair that was made to look like one proposal, by its two keys."""
        return {frozenset((label.one, label.other)): label.kind for label in self.labels if not label.duplicate}


@dataclass(frozen=True, slots=True)
class World:
    """What the kinds draw from."""

    source: random.Random
    words: Vocabulary
    people: People


def generate(seed, size, *, part, mix=None):
    """At least ``size`` rows of a part. ``mix`` maps kinds to weights where other shares are wanted than the usual."""
    assert part in PARTS, part
    source = random.Random(f"{part}:{seed}")  # noqa: S311 (the same rows each time)
    words = vocabulary(part)
    world = World(source, words, People(source, words.organisations))
    weights = mix or usual_mix()
    groups, known, count = [], [], 0
    while count < size:
        kind = source.choices(tuple(weights), tuple(weights.values()))[0]
        groups.append((kind, group_of(world, kind, known)))
        count += len(groups[-1][1])
    return numbered(f"{part}-{seed}", groups)


def usual_mix():
    """Kinds and their weights: about one row in ten is filed again, one in four is a near miss."""
    kinds = {**POSITIVES, **NEAR_MISSES}
    return {ALONE: ALONE_WEIGHT, **{kind: weight for kind, (_, weight) in kinds.items()}}


def group_of(world, kind, known):
    """A first filing and those that belong to the kind; three in ten come from somebody who is known already."""
    first = first_filing(world, kind, known)
    known.append(first.sender)
    if kind == ALONE:
        return [first]
    make = {**POSITIVES, **NEAR_MISSES}[kind][0]
    others = make(world, first)
    return others if kind in REPLACES_THE_FIRST else [first, *others]


def first_filing(world, kind, known):
    """A proposal of a stranger, of a colleague of somebody known, or another one of somebody known."""
    source, people = world.source, world.people
    chance = source.random()
    sender = people.stranger() if not known or chance < 0.7 else source.choice(known)
    if known and 0.7 <= chance < 0.92:
        sender = people.colleague(sender)
    idea = replace(new_idea(world.words, source), part=first_part(kind, source))
    if kind in WITH_PARAGRAPH or source.random() < 0.15:
        idea = replace(idea, boilerplate=source.choice(world.words.boilerplate))
    filing = filed(idea, sender, source)
    with_presenter = kind in WITH_PRESENTER or source.random() < 0.25
    return replace(filing, presenters=(presenter(world, sender),)) if with_presenter else filing


def first_part(kind, source):
    """1 for some of the proposals that call themselves the first part, else 0."""
    return int(source.random() < (0.6 if kind.startswith("next part") else 0.03))


def presenter(world, sender):
    """Somebody to present with: a colleague, or a person of another organisation."""
    people = world.people
    return people.colleague(sender) if world.source.random() < 0.5 else people.stranger(sender.language)


def numbered(name, groups):
    """The filings as rows in the order of their time stamps, and the labels by key."""
    places = [(filing.submitted_at, number, place) for number, (_, group) in enumerate(groups)
              for place, filing in enumerate(group)]  # fmt: skip
    keys = {(number, place): f"{name}-{at:05d}" for at, (_, number, place) in enumerate(sorted(places))}
    rows = [
        response(keys[number, place], at + 2, groups[number][1][place])
        for at, (_, number, place) in enumerate(sorted(places))
    ]
    labels = [
        label(keys[number, one], keys[number, other], kind, group[one], group[other])
        for number, (kind, group) in enumerate(groups)
        for one in range(len(group))
        for other in range(one + 1, len(group))
    ]
    return Corpus(tuple(rows), tuple(labels))


def label(one, other, kind, first: Filing, second: Filing):
    """The label of two filings of a group; what nobody can tell apart by reading is a resubmission."""
    if first.visible == second.visible:
        return Label(one, other, "resubmission", duplicate=True)
    if kind == "resubmitted and translated":
        kind = "resubmission" if first.language == second.language else "translation"
    return Label(one, other, kind, kind in POSITIVES)
