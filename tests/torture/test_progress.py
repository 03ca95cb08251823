"""Whoever waits for hours is told how far it is, and each finding at once."""

from itertools import count

from flows.torture.campaign import to_the_end
from flows.torture.progress import EVERY, Progress


def test_a_line_now_and_then_tells_how_far_it_is_and_how_long_it_will_take():
    told, minutes = [], count(0, 60)
    progress = Progress("sqlite, gmail, harms", 3 * EVERY, told.append, clock=lambda: next(minutes))

    for _ in range(3 * EVERY):
        progress.add([])

    assert told == [
        "sqlite, gmail, harms: 20 of 60, 0 wrong, 2 min to go",
        "sqlite, gmail, harms: 40 of 60, 0 wrong, 1 min to go",
        "sqlite, gmail, harms: 60 of 60, 0 wrong, 0 min to go",
    ]


def test_a_finding_is_told_at_once_and_counted():
    told = []
    progress = Progress("harms", 100, told.append)

    progress.add([])
    progress.add(["a mail came twice", "a row was lost"])

    assert told == ["wrong: a mail came twice", "wrong: a row was lost"]
    assert progress.wrong == 1


def test_an_error_that_nobody_expected_is_a_finding_and_does_not_end_the_campaign():
    def play():
        raise ConnectionResetError("the sandbox is gone")

    (finding,) = to_the_end(play, list)

    assert "the sandbox is gone" in finding
    assert "in play" in finding
