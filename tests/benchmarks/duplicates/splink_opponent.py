"""splink on our rows: with our candidates, our vectors and our facets, trained in two ways."""

import logging
from collections import Counter

import pandas as pd
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

LOG_LEVEL = logging.ERROR
RANDOM_PAIRS = 5e5
SMOOTHED = 0.5
COSINES = 0.95, 0.9, 0.85, 0.8, 0.7, 0.6


def overlap(column, least):
    """The share of the shorter list that stands in the other one as well."""
    shared = f"len(list_intersect({column}_l, {column}_r))"
    return cll.CustomLevel(f"{shared} >= {least} * least(len({column}_l), len({column}_r))", f"{column} {least}")


def shared(column, *least):
    """A comparison of two lists by how much they share; an empty one says nothing."""
    empty = cll.CustomLevel(f"len({column}_l) = 0 or len({column}_r) = 0", f"{column} empty")
    levels = [empty.configure(is_null_level=True), *(overlap(column, share) for share in least), cll.ElseLevel()]
    return cl.CustomComparison(levels, column)


def near(column):
    """Levels by the cosine of two vectors."""
    levels = ((f"list_cosine_similarity({column}_l, {column}_r) >= {least}", f"cosine {least}") for least in COSINES)
    return cl.CustomComparison([*(cll.CustomLevel(*level) for level in levels), cll.ElseLevel()], column)


def comparisons():
    """Names and addresses as splink's library has them; meaning, facets and lists by levels of their own."""
    on_stage = "list_contains(names_on_stage_l, name_r)", "list_contains(names_on_stage_r, name_l)"
    return [
        cl.JaroWinklerAtThresholds("name", [0.95, 0.88]),
        cl.EmailComparison("email"),
        cl.ExactMatch("phone"),
        cl.JaroWinklerAtThresholds("organisation", [0.92, 0.8]),
        cl.ExactMatch("country"),
        cl.ExactMatch("language"),
        cl.LevenshteinAtThresholds("title", [2, 5, 10]),
        near("title_vector"),
        near("vector"),
        cl.ExactMatch("part"),
        cl.ExactMatch("numbers"),
        cl.ExactMatch("year"),
        cl.ExactMatch("format"),
        shared("summary_words", 0.95, 0.85, 0.7, 0.5),
        shared("regions", 0.01),
        shared("themes", 1, 0.01),
        cl.CustomComparison(
            [cll.CustomLevel(" and ".join(on_stage)), cll.CustomLevel(" or ".join(on_stage)), cll.ElseLevel()],
            "names_on_stage",
        ),
    ]


def linker(data, prior, trained=None):
    """A linker whose blocks are exactly our candidates. ``trained`` maps a comparison to its m and u."""
    pairs = {key: [] for key in data.records}
    for number, pair in enumerate(data.candidates):
        for key in pair:
            pairs[key].append(number)
    frame = pd.DataFrame(
        [{"unique_id": key, **record, "candidate": pairs[key]} for key, record in data.records.items()]
    )
    made = comparisons()
    for one in made if trained else []:
        m, u = trained[output(one)]
        one.configure(m_probabilities=m, u_probabilities=u)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=made,
        blocking_rules_to_generate_predictions=[block_on("candidate", arrays_to_explode=["candidate"])],
        probability_two_random_records_match=prior,
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )
    return Linker(DuckDBAPI().register(frame), settings, log_level=LOG_LEVEL)


def output(comparison):
    """The name of a comparison's column."""
    return comparison.create_output_column_name()


def predicted(made):
    """A data frame of all candidates."""
    return made.inference.predict().as_pandas_dataframe()


def scored(frame):
    """Weight and pair of every candidate."""
    columns = frame.match_weight, frame.unique_id_l, frame.unique_id_r
    return [(weight, frozenset((one, other))) for weight, one, other in zip(*columns, strict=True)]


def without_labels(data):
    """As its handbook has it: u from random pairs, m by expectation maximisation."""
    made = linker(data, len(data.truth) / (len(data.records) ** 2 / 2))
    made.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=1)
    for rule in (block_on("email"), block_on("title"), block_on("name")):
        made.training.estimate_parameters_using_expectation_maximisation(rule)
    return scored(predicted(made))


def with_labels(data, known):
    """m and u counted inside the candidates of labelled rows, and their share of duplicates as the prior."""
    frame = predicted(linker(known, 0.01))
    true = [pair in known.truth for _, pair in scored(frame)]
    trained = {}
    for comparison in comparisons():
        name = output(comparison)
        levels = comparison.num_non_null_levels
        gammas = frame[f"gamma_{name}"].tolist()
        trained[name] = [shares(gammas, true, wanted, levels) for wanted in (True, False)]
    return scored(predicted(linker(data, sum(true) / len(true), trained)))


def shares(gammas, true, wanted, levels):
    """How often each level occurs among the pairs that are, or are not, duplicates; the most similar level first."""
    counts = Counter(gamma for gamma, is_true in zip(gammas, true, strict=True) if is_true is wanted and gamma >= 0)
    total = sum(counts.values()) + SMOOTHED * levels
    return [(counts[level] + SMOOTHED) / total for level in reversed(range(levels))]


def settings():
    """In words what was set."""
    told = ", ".join(output(one) for one in comparisons())
    trained = "with labels m, u and prior counted inside the candidates"
    return f"comparisons {told}; {trained}, else u from {RANDOM_PAIRS:,.0f} random pairs and EM"
