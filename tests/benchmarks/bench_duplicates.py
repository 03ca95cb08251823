"""The figures of the matcher on rows whose labels it has not seen; see duplicates/generator.py for the rows."""

import pytest

from config.duplicates import load_rules
from tasks.adapters.vectors import vectors
from tasks.domain.duplicates.judge import judge
from tasks.domain.duplicates.meaning import Meaning
from tasks.domain.duplicates.proposal import proposal_of
from tests.benchmarks.duplicates.figures import at_precision, at_recall, best
from tests.benchmarks.duplicates.generator import usual_mix
from tests.benchmarks.duplicates.measuring import answer, reached, recall_by, shown_near_misses
from tests.benchmarks.duplicates.near_misses import NEAR_MISSES

SEEDS, SIZE = (101, 102, 103, 104, 105), 2_000
UPDATE_SEEDS, UPDATE_SIZE = range(201, 206), 2_400
UPDATES = 3_000
RULES = load_rules()
BANDS = RULES.weights.bands


@pytest.fixture(scope="module", params=["with encoder", "without encoder"])
def measured(request, part):
    """The matcher's answer with and without the encoder, on the same rows."""
    reader = vectors() if request.param == "with encoder" else None
    if request.param == "with encoder" and reader is None:
        pytest.skip("the extra 'encoder' is not installed: half of this page cannot be measured")
    return request.param, answer(part, SEEDS, SIZE, reader)


def test_no_update_without_asking_is_wrong(part, report, show):
    mix = {**usual_mix(), "alone": 0, "resubmission": 900, "e-mail typo": 200, "other address": 200}
    found = answer(part, UPDATE_SEEDS, UPDATE_SIZE, mix=mix)
    count, wrong = len(found.updates), found.wrong_updates
    plain = [pair for pair, kind in found.truth.items() if kind == "resubmission"]
    caught = len(set(plain) & set(found.updates)) / len(plain)

    show(
        f"Updates without asking: {len(found.rows):,} rows, every second one filed again, of part '{part}', seeds "
        f"{UPDATE_SEEDS.start} to {UPDATE_SEEDS.stop - 1}; {len(found.near_misses):,} near misses of "
        f"{len(NEAR_MISSES)} kinds. Wrong ones: {', '.join(sorted(set(wrong))) or 'none'}."
    )
    report("updates without asking", f"{count:,}", f"at least {UPDATES:,}", holds=count >= UPDATES)
    report("  wrong", f"{len(wrong)} (under {3 / count:.2%} at 95 %)", "0", holds=not wrong)
    report("  of plain resubmissions", f"{caught:.1%}", "at least 65 %", holds=caught >= 0.65)
    assert (wrong, count >= UPDATES, caught >= 0.65) == ([], True, True)


def test_what_staff_are_shown(measured, part, report, show):
    how, found = measured
    points, across = found.curve(), found.curve(across_only=True)
    top, strict, all_but_few = best(points), at_recall(points, 0.95), at_recall(points, 0.98)
    translated = at_precision(across, 0.90)
    candidates = len(found.compared & set(found.truth)) / len(found.truth)
    promises = [
        ("candidate recall", f"{candidates:.4f}", "", True),
        ("F1 of same or possible", f"{top.f1:.3f}", "at least 0.90", top.f1 >= 0.90),
        ("precision at recall 0.95", f"{strict.precision:.3f}", "at least 0.85", strict.precision >= 0.85),
        ("recall across languages at P 0.90", f"{translated.recall:.3f}", "at least 0.75", translated.recall >= 0.75),
        (
            "pairs shown a duplicate at recall 0.98",
            f"{all_but_few.shown_per_duplicate:.2f}",
            "at most 1.40",
            all_but_few.shown_per_duplicate <= 1.4,
        ),
    ]  # fmt: skip

    show(
        f"Pairs {how}: {len(found.rows):,} rows of part '{part}', seeds {SEEDS}, {len(found.truth):,} duplicates, "
        f"{len(found.near_misses):,} near misses, {len(found.compared) / len(found.rows):.1f} pairs compared a row; "
        f"weights {RULES.weights.version}. {reached(points, BANDS)}."
    )
    show(recall_by(found, BANDS, found.truth.get, f"By kind, {how}"))
    show(recall_by(found, BANDS, lambda pair: "-".join(found.languages(pair)), f"By language, {how}"))
    show(shown_near_misses(found, BANDS, f"Near misses, {how}"))
    asserted = how == "with encoder"
    for name, value, promised, holds in promises:
        report(f"{name}, {how}", value, promised if asserted else "", holds=holds or not asserted)
    assert not asserted or [name for name, *_, holds in promises if not holds] == []


def test_every_pair_that_is_shown_says_why_and_order_makes_no_difference(measured):
    _, found = measured
    shown = [one for one in found.found if not one.same]
    proposals = {key: proposal_of(key, row) for key, row in found.rows.items()}

    assert [one.pair for one in shown if not one.verdict.speaks_for or not one.verdict.why_not_automatic] == []
    for pair in sorted(map(sorted, found.compared))[:2_000]:
        first, second = (proposals[key] for key in pair)
        assert judge(first, second, meaning=Meaning(0.7, 0.6), rules=RULES) == judge(
            second, first, meaning=Meaning(0.7, 0.6), rules=RULES
        )
