"""Fits the weights of ``config/duplicates.json``: python -m tests.benchmarks.duplicates.fit, some minutes.

A logistic regression whose agreements can only add and whose conflicts can only subtract, drawn gently towards weights
set by hand, so that a feature which the made-up rows do not depend on keeps a sensible weight. Fitted on the words of
three parts, so that no wording counts for more than it is worth, and on seven corpora, as there are few translations in
each; the meaning of pairs that intake would not read is left out. The threshold of "worth a look" is chosen on rows
of the part ``tune`` that were not fitted on. The benchmark itself measures other rows.
"""

import json
from dataclasses import dataclass
from math import log

import numpy as np

from config.duplicates import FOLDER, load_rules
from tasks.adapters.vectors import vectors
from tasks.domain.duplicates.feature_names import AGREEMENTS, FEATURES
from tasks.domain.duplicates.features import features, with_meaning
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.screening import may_be_shown
from tasks.domain.duplicates.text import texts_to_encode
from tests.benchmarks.duplicates.generator import generate
from tests.benchmarks.duplicates.matching import candidates

FIT = tuple(
    (part, seed, 2_500) for part, seeds in (("fit", (1, 2, 3)), ("tune", (2, 3)), ("spent", (2, 3))) for seed in seeds
)
TUNE = (("tune", 1, 1_500),)
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
    "part-conflict": -7.0, "part-one-sided": -1.5, "region-conflict": -3.5, "place-conflict": -1.0,
    "number-conflict": -2.0, "name-conflict": -1.0, "organisation-conflict": -0.5, "country-conflict": -0.5,
    "closed-conflict": -1.0, "title-replaced": -0.5, "title-reworded": -2.0, "title-turned": -2.0,
    "summary-replaced": -0.5, "summary-reworded": -1.0, "year-conflict": -0.2,
}  # fmt: skip
"""In bits; after the reference's measurements of another prototype."""
AT_LEAST = 0.1
"""How much of the weight set by hand always stays: rows from life differ from made-up ones."""
AS_BY_HAND = ("part-conflict",)
"""Never weighs less than set by hand: two parts of a series are two proposals, however alike."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Features of all candidates, whether they are one proposal, which stand in two languages, which of them are read.

    All duplicates count.
    """

    found: np.ndarray
    truth: np.ndarray
    across: np.ndarray
    read: np.ndarray
    duplicates: int


def compared(corpora, model):
    """The rows of these parts, seeds and sizes, compared as intake does."""
    rules, found, truth, across, read, total = load_rules(), [], [], [], [], 0
    for part, seed, size in corpora:
        corpus = generate(seed, size, part=part)
        duplicates = corpus.duplicates
        proposals = [proposal_of(row.key, row) for row in corpus.rows]
        pairs = [(proposals[one], proposals[other]) for one, other in candidates(proposals)]
        in_two = [pair for pair in pairs if in_two_languages(pair) and may_be_shown(*pair, rules, by_meaning=True)]
        meaning = dict(zip(map(refs, in_two), meanings(in_two, model), strict=True))
        for pair in pairs:
            of_pair = with_meaning(features(*pair, rules.known), meaning.get(refs(pair)))
            found.append([of_pair.get(name, 0.0) for name in FEATURES])
            truth.append(refs(pair) in duplicates)
            across.append(in_two_languages(pair))
            read.append(refs(pair) in meaning)
        total += len(duplicates)
    return Compared(np.array(found), np.array(truth, float), np.array(across), np.array(read), total)


def refs(pair):
    """The refs of the two."""
    return frozenset(one.ref for one in pair)


def in_two_languages(pair):
    """Whether the two came in through two forms."""
    return len({one.language for one in pair}) > 1


def meanings(pairs, model):
    """How near the texts of each pair are in meaning."""
    texts = {one.ref: texts_to_encode(one) for pair in pairs for one in pair}
    read = dict(zip(texts, model.encode(list(texts.values())), strict=True))
    return [model.compare(*(read[one.ref] for one in pair)) for pair in pairs]


def fitted(found, truth, names):
    """Weights in nats and the start, by Newton steps projected on the signs; only the named features get a weight."""
    wanted = np.array([name in names for name in FEATURES])
    aim = np.array([abs(BY_HAND[name]) for name in FEATURES]) * log(2) * wanted
    table = np.c_[found * SIGNS, np.ones(len(found))]
    pull = np.r_[np.full(len(FEATURES), PULL), 0.0]
    least = np.array([1.0 if name in AS_BY_HAND else AT_LEAST for name in FEATURES])
    goal, lowest = np.r_[aim, 0.0], np.r_[aim * least, -np.inf]
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
    model = vectors()
    assert model, "the extra 'encoder' is needed"
    rows, tuned = compared(FIT, model), compared(TUNE, model)
    in_words = [name for name in FEATURES if name not in MEANING]
    told = "Fitted by tests/benchmarks/duplicates/fit.py on " + ", ".join(f"{part} {seed}" for part, seed, _ in FIT)
    cards = {
        name: scorecard(rows.found[which], rows.truth[which], names, f"{comment}. {told}.")
        for name, which, names, comment in (
            ("in_one_language", ~rows.across, in_words, "For pairs in one language"),
            (
                "with_encoder",
                rows.read,
                FEATURES,
                "For pairs in two languages of which the encoder has read the texts",
            ),
            ("without_encoder", rows.across, in_words, "For pairs in two languages that are compared by words"),
        )
    }
    alike = chances(cards["in_one_language"], tuned.found)
    lowest = [
        threshold(np.where(tuned.across, chances(cards[name], tuned.found), alike), tuned)
        for name in ("with_encoder", "without_encoder")
    ]
    look = max(LOOK_FROM, round(MARGIN * min(lowest), 2))
    path = FOLDER / "duplicates.json"
    kept = json.loads(path.read_text(encoding="utf-8")) | {"bands": {"likely": 0.5, "look": look}} | cards
    path.write_text(f"{json.dumps(kept, indent=2, ensure_ascii=False)}\n", encoding="utf-8")
    print(lowest, look)  # noqa: T201 (a command)


if __name__ == "__main__":
    main()
