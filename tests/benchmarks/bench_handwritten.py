"""The encoder and the matcher on translations that people wrote, and on sessions that only look like them."""

from dataclasses import replace

import pytest

from config.duplicates import load_rules
from tasks.adapters.vectors import vectors
from tasks.domain.duplicates.judge import judge
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.text import texts_to_encode
from tests.benchmarks.duplicates.figures import at, at_precision, best, curve
from tests.benchmarks.duplicates.generator import generate
from tests.benchmarks.duplicates.handwritten import handwritten

RULES = load_rules()
BANDS = RULES.weights.bands


def filed(told, number, which, like):
    """A text sent in by the person who sent the row it is filed like, with the same ticks."""
    answers = {**like.answers, "title": told.title, "summary": told.summary}
    return proposal_of(
        f"{number}-{which}", replace(like, key=f"{number}-{which}", language=told.language, answers=answers)
    )


@pytest.fixture(scope="module")
def proposals():
    """For each block: the proposal, its translation and the one that looks like it, all by one person."""
    people = generate(301, 200, part="report").rows
    return [
        [filed(told, number, which, people[number]) for which, told in enumerate(block)]
        for number, block in enumerate(handwritten())
    ]


def judged(proposals, reader):
    """Probability and pair of each translation and of each near miss."""
    for block in proposals:
        read = reader.encode([texts_to_encode(one) for one in block]) if reader else None
        for other in (1, 2):
            meaning = reader.compare(read[0], read[other]) if reader else None
            verdict = judge(block[0], block[other], meaning=meaning, rules=RULES)
            yield verdict, frozenset((block[0].ref, block[other].ref))


def test_there_are_sixty_of_each(proposals):
    assert len(proposals) >= 60
    assert all(one.language != other.language for one, *others in proposals for other in others)


@pytest.mark.parametrize("how", ["with encoder", "without encoder"])
def test_translations_by_hand(proposals, report, show, how):
    reader = vectors() if how == "with encoder" else None
    if how == "with encoder" and reader is None:
        pytest.skip("the extra 'encoder' is not installed")
    verdicts = list(judged(proposals, reader))
    truth = {frozenset((block[0].ref, block[1].ref)) for block in proposals}
    points = curve([(verdict.probability, pair) for verdict, pair in verdicts], truth)
    shown, likely, top = at(points, BANDS.look), at(points, BANDS.likely), best(points)
    precise = at_precision(points, 0.9)

    show(
        f"Translations by hand, {how}, all by one person who ticked the same: {len(truth)} and as many near misses. "
        f"Shown: precision {shown.precision:.2f}, recall {shown.recall:.2f}; likely: precision {likely.precision:.2f}, "
        f"recall {likely.recall:.2f}; best F1 {top.f1:.2f} at p = {top.score:.2f}."
    )
    report(f"translations by hand, shown, {how}", f"{shown.recall:.0%}", "", holds=True)
    report(f"translations by hand, found at P 0.90, {how}", f"{precise.recall:.0%}", "", holds=True)
    assert {verdict.outcome for verdict, _ in verdicts} <= {"possible", "different"}
