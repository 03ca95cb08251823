"""Fits the weights of ``config/duplicates.json``: python -m tests.benchmarks.duplicates.fit, some minutes.

A logistic regression whose agreements can only add and whose conflicts can only subtract, drawn gently towards weights
set by hand, so that a feature which the made-up rows do not depend on keeps a sensible weight. Fitted on rows of the
part ``fit``; the threshold of "worth a look" is chosen on ``tune``. The benchmark itself measures other rows.
"""

import json
from dataclasses import dataclass
from math import log

import numpy as np

from config.duplicates import FOLDER, load_rules
from tasks.adapters.encoder import encoder
from tasks.domain.duplicates.feature_names import AGREEMENTS, FEATURES
from tasks.domain.duplicates.features import features
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.text import text_to_encode
from tests.benchmarks.duplicates.generator import generate
from tests.benchmarks.duplicates.matching import candidates

FIT, FIT_SIZE = (1, 2), 2_500
TUNE, TUNE_SIZE = (1,), 1_500
RECALL, MARGIN = 0.985, 0.7  # rows from life score lower than made-up ones
LOOK_FROM = 0.05
"""Below this most of what staff would look at is nothing."""
PULL = 3e-5
SIGNS = np.array([1.0 if name in AGREEMENTS else -1.0 for name in FEATURES])
MEANING = tuple(name for name in FEATURES if name.startswith("meaning"))
BY_HAND = {
    "same-address": 2.0, "near-address": 2.5, "name": 1.0, "phone": 1.0, "domain": 0.5, "organisation": 0.5,
    "presenter-one-way": 2.0, "presenter-mutual": 2.0, "title-words": 2.0, "title-letters": 1.0, "summary-overlap": 1.8,
    "summary-contained": 0.8, "cognates": 2.0, "figures": 0.5, "themes": 0.5, "format": 0.3, "meaning-across": 3.0,
    "meaning-across-close": 1.0, "meaning-and-person": 2.0,
    "part-conflict": -5.0, "part-one-sided": -1.5, "region-conflict": -3.5, "place-conflict": -1.0,
    "number-conflict": -2.0, "name-conflict": -1.0, "organisation-conflict": -0.5, "country-conflict": -0.5,
    "closed-conflict": -1.0, "title-replaced": -0.5, "title-reworded": -2.0, "title-turned": -2.0,
    "summary-replaced": -0.5, "summary-reworded": -1.0, "year-conflict": -0.2,
}  # fmt: skip
"""In bits; after the reference's measurements of another prototype."""
AT_LEAST = 0.25
"""How much of the weight set by hand always stays: rows from life differ from made-up ones."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Features of all candidates, whether they are one proposal, which stand in two languages; all duplicates count."""

    found: np.ndarray
    truth: np.ndarray
    across: np.ndarray
    duplicates: int


def compared(part, seeds, size, model):
    """The rows of these seeds, compared as intake does."""
    known, found, truth, across, total = load_rules().known, [], [], [], 0
    for seed in seeds:
        corpus = generate(seed, size, part=part)
        proposals = [proposal_of(row.key, row) for row in corpus.rows]
        vectors = model and model.encode([text_to_encode(one) for one in proposals])
        for one, other in candidates(proposals):
            mine, theirs = proposals[one], proposals[other]
            reads = vectors is not None and mine.language != theirs.language
            of_pair = features(mine, theirs, float(vectors[one] @ vectors[other]) if reads else None, known)
            found.append([of_pair.get(name, 0.0) for name in FEATURES])
            truth.append(frozenset((mine.ref, theirs.ref)) in corpus.duplicates)
            across.append(mine.language != theirs.language)
        total += len(corpus.duplicates)
    return Compared(np.array(found), np.array(truth, float), np.array(across), total)


def fitted(found, truth, names):
    """Weights in nats and the start, by Newton steps projected on the signs; only the named features get a weight."""
    wanted = np.array([name in names for name in FEATURES])
    aim = np.array([abs(BY_HAND[name]) for name in FEATURES]) * log(2) * wanted
    table = np.c_[found * SIGNS, np.ones(len(found))]
    pull = np.r_[np.full(len(FEATURES), PULL), 0.0]
    goal, lowest = np.r_[aim, 0.0], np.r_[aim * AT_LEAST, -np.inf]
    weights = np.r_[aim, -5.0]

    def loss(at):
        score = table @ at
        return np.mean(np.logaddexp(0, score) - truth * score) + 0.5 * (pull * (at - goal) ** 2).sum()

    for _ in range(200):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -50, 50)))
        slope = table.T @ (chance - truth) / len(truth) + pull * (weights - goal)
        free = np.r_[wanted, True] & ((weights > lowest + 1e-12) | (slope < 0))
        curved = (table[:, free] * (chance * (1 - chance))[:, None]).T @ table[:, free] / len(truth)
        step = np.zeros_like(weights)
        step[free] = -np.linalg.solve(curved + np.diag(pull[free] + 1e-9), slope[free])
        before, length, new = loss(weights), 1.0, weights
        while length > 1e-6:
            new = np.maximum(lowest, weights + length * step)
            if loss(new) <= before:
                break
            length /= 2
        weights = new
        if before - loss(new) < 1e-10:
            break
    return weights[:-1] * SIGNS, weights[-1]


def scorecard(found, truth, names, comment):
    """The part of the file for one way of comparing."""
    bits, start = (value / log(2) for value in fitted(found, truth, names))
    weights = {name: round(float(bits[at]), 2) for at, name in enumerate(FEATURES)}
    return {"comment": comment, "start": round(float(start), 2), "bits": weights}


def chances(card, found):
    """How likely the pairs are one, by a scorecard."""
    return 1 / (1 + 2 ** -(found @ np.array([card["bits"][name] for name in FEATURES]) + card["start"]))


def threshold(chance, tuned):
    """The chance from which on the recall is what we want."""
    return float(np.sort(chance[tuned.truth == 1])[::-1][int(np.ceil(RECALL * tuned.duplicates)) - 1])


def main():
    """Write the file."""
    model = encoder()
    assert model, "the extra 'encoder' is needed"
    told = f"Fitted by tests/benchmarks/duplicates/fit.py on seeds {FIT} of part 'fit', {FIT_SIZE:,} rows each"
    rows, tuned = (compared(*which, model) for which in (("fit", FIT, FIT_SIZE), ("tune", TUNE, TUNE_SIZE)))
    in_words = [name not in MEANING for name in FEATURES]
    without = scorecard(
        rows.found * in_words, rows.truth, np.array(FEATURES)[in_words], f"For pairs compared by words. {told}."
    )
    with_it = scorecard(
        rows.found[rows.across],
        rows.truth[rows.across],
        FEATURES,
        f"For pairs in two languages of which the encoder has read the texts. {told}.",
    )
    by_words = chances(without, tuned.found * in_words)
    by_both = np.where(tuned.across, chances(with_it, tuned.found), by_words)
    lowest = [threshold(chance, tuned) for chance in (by_both, by_words)]
    look = max(LOOK_FROM, round(MARGIN * min(lowest), 2))
    path = FOLDER / "duplicates.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told |= {"bands": {"likely": 0.5, "look": look}, "with_encoder": with_it, "without_encoder": without}
    path.write_text(f"{json.dumps(told, indent=2, ensure_ascii=False)}\n", encoding="utf-8")
    print(lowest, look)  # noqa: T201 (a command)


if __name__ == "__main__":
    main()
