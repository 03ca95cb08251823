"""How good an answer is: precision and recall over scored pairs, whoever scored them."""

from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Point:
    """What comes of showing all pairs from a score on."""

    score: float
    precision: float
    recall: float

    @property
    def f1(self):
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def shown_per_duplicate(self):
        """Pairs shown for each true one."""
        return self.recall / self.precision if self.precision else float("inf")


def curve(scored, truth):
    """A point for every score, from the highest on. ``scored`` are (score, pair); ``truth`` the pairs to be found."""
    points, shown, right = [], 0, 0
    for score, pairs in groupby(sorted(scored, key=lambda one: -one[0]), key=lambda one: one[0]):
        found = [pair in truth for _, pair in pairs]
        shown, right = shown + len(found), right + sum(found)
        points.append(Point(score, right / shown, right / len(truth)))
    return points


def at(points, score):
    """What comes of showing the pairs that reach a score."""
    reached = [point for point in points if point.score >= score]
    return reached[-1] if reached else Point(score, 1.0, 0.0)


def best(points):
    """The point with the best F1: an oracle's threshold."""
    return max(points, key=lambda point: point.f1, default=Point(1, 1.0, 0.0))


def at_recall(points, least):
    """The most precise point among those that find at least so much; nothing found where none does."""
    reached = [point for point in points if point.recall >= least]
    return max(reached, key=lambda point: point.precision, default=Point(0, 0.0, 0.0))


def at_precision(points, least):
    """The point that finds most among those that are at least so precise."""
    reached = [point for point in points if point.precision >= least]
    return max(reached, key=lambda point: point.recall, default=Point(1, 1.0, 0.0))
