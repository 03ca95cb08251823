"""dedupe on our rows: with our candidates, our vectors and our facets, its classifier trained on labelled pairs.

Its learning of blocks is left out: it is random, takes minutes to hours, and our candidates miss nothing.
"""

import random

from dedupe import Dedupe, variables

DISTINCT = 4_000


def cosine(one, other):
    """Of two vectors of length 1."""
    return sum(mine * theirs for mine, theirs in zip(one, other, strict=True))


def shared(one, other):
    """The share of the shorter list that stands in the other one as well."""
    return len(set(one) & set(other)) / min(len(one), len(other))


def alike(one, other):
    """1 for equal texts."""
    return float(one == other)


def fields():
    """A comparison for every column that says something, with what is missing told apart."""
    return [
        variables.String("name", has_missing=True),
        variables.String("email", has_missing=True),
        variables.Exact("phone", has_missing=True),
        variables.Exact("domain", has_missing=True),
        variables.String("organisation", has_missing=True),
        variables.String("title", has_missing=True),
        variables.Custom("title", alike, name="same title", has_missing=True),
        variables.Custom("summary_words", shared, has_missing=True),
        variables.Custom("title_vector", cosine),
        variables.Custom("vector", cosine),
        variables.Custom("part", alike, has_missing=True),
        variables.Custom("numbers", alike, has_missing=True),
        variables.Custom("regions", shared, has_missing=True),
        variables.Custom("themes", shared),
        variables.Exact("language"),
        variables.Exact("year"),
    ]


def trained_and_scored(data, known, seed=1):
    """Probability and pair of every candidate of ``data``, learnt from the labelled pairs of ``known``."""
    source = random.Random(seed)  # noqa: S311 (the same pairs each time)
    distinct = [pair for pair in known.candidates if frozenset(pair) not in known.truth]
    match = [pair for pair in known.candidates if frozenset(pair) in known.truth]
    distinct = source.sample(distinct, min(DISTINCT, len(distinct)))
    deduper = Dedupe(fields(), num_cores=0)
    distances = deduper.data_model.distances
    deduper.classifier.n_jobs = 1
    deduper.classifier.fit(distances(records(known, match + distinct)), [1] * len(match) + [0] * len(distinct))
    chances = deduper.classifier.predict_proba(distances(records(data, data.candidates)))[:, -1]
    return [(float(chance), frozenset(pair)) for chance, pair in zip(chances, data.candidates, strict=True)]


def records(data, pairs):
    """The two records of each pair, with an empty list as something that is missing."""
    told = {key: {name: value or None for name, value in record.items()} for key, record in data.records.items()}
    return [(told[one], told[other]) for one, other in pairs]


def settings():
    """In words what was set."""
    told = ", ".join(f"{type(one).__name__.removesuffix('Type')} {one.field}" for one in fields())
    trained = f"logistic regression on all labelled duplicates and {DISTINCT:,} others"
    return f"{told}; {trained}; its learning of blocks left out"
