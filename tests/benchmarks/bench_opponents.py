"""splink, dedupe and recordlinkage on the same data in the same run, with what was set for each."""

import time
from importlib.metadata import version

import pytest
from rich.table import Table

from config.duplicates import load_rules
from tasks.adapters.encoder import encoder
from tasks.adapters.vectors import vectors
from tests.benchmarks.duplicates.figures import at_precision, at_recall, best, curve
from tests.benchmarks.duplicates.measuring import answer
from tests.benchmarks.duplicates.records import given

pytest.importorskip("splink", reason="the extra 'bench' is not installed (make .venv/bench): no opponents")
from tests.benchmarks.duplicates import dedupe_opponent, febrl, splink_opponent

SEED, SIZE = 101, 1_500
FIT_SEED, FIT_SIZE = 1, 1_500
pytestmark = pytest.mark.filterwarnings("default")  # other people's libraries warn of each other


@pytest.fixture(scope="module")
def data(part):
    """The rows that are measured, and labelled ones of the part for fitting."""
    encoding = encoder()
    if encoding is None:
        pytest.skip("the extra 'encoder' is not installed: opponents would go without vectors")
    return given(part, SEED, SIZE, encoding), given("fit", FIT_SEED, FIT_SIZE, encoding)


@pytest.fixture(scope="module")
def ours(part):
    return answer(part, [SEED], SIZE, vectors())


def timed(work, *given):
    """What it gives, and the seconds of all cores: others may be at work on the machine."""
    begun = time.process_time()
    return work(*given), time.process_time() - begun


def attempted(show, work, *given):
    """The same; nothing found, and a line that says so, where the program cannot be trained on these rows."""
    try:
        return timed(work, *given)
    except ValueError as error:
        show(f"NOT MEASURED: {work.__module__.rpartition('.')[2]}.{work.__name__}: {error}")
        return [], 0.0


def test_opponents_at_their_best_on_the_same_rows(data, ours, part, report, show):
    rows, known = data
    answers = {
        "ours": (ours.scored, None, load_rules().weights.bands.likely),
        "splink, u inside candidates, labels": (*attempted(show, splink_opponent.with_labels, rows, known), 13.3),
        "splink, u random, EM": (*attempted(show, splink_opponent.without_labels, rows), 13.3),
        "dedupe, labels": (*attempted(show, dedupe_opponent.trained_and_scored, rows, known), 0.8),
    }
    table = Table(title=f"Opponents: {len(rows.records):,} rows of part '{part}', seed {SEED}", title_justify="left")
    for name in ("", "best F1", "P at R .95", "R at P .90", "R at P 1", "safe merges", "wrong", "CPU s"):
        table.add_column(name, justify="right" if name else "left")
    for name, (scored, seconds, safe) in answers.items():
        points = curve(scored, rows.truth)
        merges = [pair for score, pair in scored if score >= safe] if name != "ours" else ours.updates
        table.add_row(
            name,
            f"{best(points).f1:.3f}",
            f"{at_recall(points, 0.95).precision:.3f}",
            f"{at_precision(points, 0.90).recall:.3f}",
            f"{at_precision(points, 1).recall:.3f}",
            f"{len(merges):,}",
            f"{sum(pair not in rows.truth for pair in merges):,}",
            f"{seconds:.1f}" if seconds else "",
        )
    show(table)
    show(
        f"All have our candidates ({len(rows.candidates):,} pairs), vectors, facets and folded texts. "
        f"Labels: part 'fit', seed {FIT_SEED}, {len(known.records):,} rows, {len(known.truth)} duplicates. "
        f"splink {version('splink')}, duckdb {version('duckdb')}: {splink_opponent.settings()}. Safe: p >= .9999. "
        f"dedupe {version('dedupe')}, BTrees {version('btrees')}: {dedupe_opponent.settings()}. Safe: p >= .8. "
        f"Neither asks our question: they know one person, not one proposal."
    )
    f1 = {name: best(curve(scored, rows.truth)).f1 for name, (scored, *_) in answers.items()}
    others = max(value for name, value in f1.items() if name != "ours")
    report("F1 beside the best opponent", f"{f1['ours']:.3f}", f"above {others:.3f}", holds=f1["ours"] > others)
    assert f1["ours"] > max(value for name, value in f1.items() if name.startswith("splink"))


def test_febrl_4_is_linked_better_than_999_of_1000_and_sooner_than_by_others(report, show):
    one, other, truth = febrl.people()
    runs = {
        "ours": lambda: febrl.ours(one, other),
        "splink": lambda: febrl.with_splink(one, other),
        "recordlinkage": lambda: febrl.with_recordlinkage(one, other),
        "dedupe": lambda: febrl.with_dedupe(one, other, truth),
    }
    table = Table("FEBRL 4", title="FEBRL 4, fields mapped to those of a proposal", title_justify="left")
    for name in ("precision", "recall", "F1", "CPU s"):
        table.add_column(name, justify="right")
    points, seconds = {}, {}
    for name, run in runs.items():
        found, seconds[name] = timed(run)
        points[name] = febrl.point(found, truth)
        figures = (f"{value:.4f}" for value in (points[name].precision, points[name].recall, points[name].f1))
        table.add_row(name, *figures, f"{seconds[name]:.1f}")
    soonest = min(value for name, value in seconds.items() if name != "ours")

    show(table)
    show(
        f"splink: {febrl.with_splink.__doc__} recordlinkage {version('recordlinkage')}: "
        f"{febrl.with_recordlinkage.__doc__} dedupe: {febrl.with_dedupe.__doc__}"
    )
    report("FEBRL 4, F1", f"{points['ours'].f1:.4f}", "at least 0.999", holds=points["ours"].f1 >= 0.999)
    report("FEBRL 4, seconds of CPU", f"{seconds['ours']:.1f}", f"under {soonest:.1f}", holds=seconds["ours"] < soonest)
    assert points["ours"].f1 >= 0.999
