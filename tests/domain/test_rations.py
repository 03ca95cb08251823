"""One address gets at most so many acknowledgements a day and a week; the others wait for their turn."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.domain.programme import Limits
from tasks.domain.rations import Waiting, turns

NOW = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIMITS = Limits(acknowledgements_a_day=1, acknowledgements_a_week=3)


def waiting(count, person="amina"):
    return [Waiting(f"{person}:{number}", person, NOW - HOUR + timedelta(minutes=number)) for number in range(count)]


def waits(count, *got_before, limits=LIMITS):
    """How long each of so many mails to one person waits, who got others so long ago."""
    found = turns(reversed(waiting(count)), {"amina": [NOW - before for before in got_before]}, limits, NOW)
    return [found[f"amina:{number}"] - NOW for number in range(count)]


@pytest.mark.parametrize(
    ("count", "got_before", "expected"),
    [
        (1, [], [0 * DAY]),
        (1, [23 * HOUR], [HOUR]),
        (1, [DAY], [0 * DAY]),
        (3, [], [0 * DAY, DAY, 2 * DAY]),
        (4, [], [0 * DAY, DAY, 2 * DAY, 7 * DAY]),
        (1, [2 * DAY, 4 * DAY, 6 * DAY], [DAY]),
        (1, [2 * DAY, 4 * DAY, 7 * DAY], [0 * DAY]),
        (2, [HOUR, 4 * DAY, 6 * DAY], [DAY, 3 * DAY]),
        (1, [-HOUR], [DAY + HOUR]),  # the clock of another machine runs ahead
    ],
)
def test_whoever_got_as_many_as_they_may_waits_until_there_is_room(count, got_before, expected):
    assert waits(count, *got_before) == expected


def test_more_a_day_can_be_allowed():
    assert waits(3, limits=Limits(acknowledgements_a_day=2, acknowledgements_a_week=9)) == [0 * DAY, 0 * DAY, DAY]


def test_who_waits_keeps_nobody_else_waiting():
    found = turns([*waiting(3), *waiting(1, "omar")], {}, LIMITS, NOW)

    assert found["omar:0"] == NOW


def test_a_run_that_asks_again_finds_the_same_turns_and_whoever_comes_later_comes_later():
    first = turns(waiting(2), {}, LIMITS, NOW)
    again = turns(waiting(3)[1:], {"amina": [NOW]}, LIMITS, NOW + HOUR)

    assert (again["amina:1"], again["amina:2"]) == (first["amina:1"], NOW + 2 * DAY)


def test_nobody_ever_gets_more_than_allowed_and_everybody_gets_theirs():
    got, at = [], NOW
    left = waiting(8)
    while left:
        turn = turns(left, {"amina": got}, LIMITS, at)
        sent = [one for one in left if turn[one.key] <= at]
        got += [at for _ in sent]
        left = [one for one in left if one not in sent]
        at += HOUR

    assert len(got) == 8
    assert all(sum(start <= moment < start + DAY for moment in got) <= 1 for start in got)
    assert all(sum(start <= moment < start + 7 * DAY for moment in got) <= 3 for start in got)
