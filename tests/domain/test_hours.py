"""Mail that can wait comes by day, on the clock of whoever gets it."""

from datetime import UTC, datetime

import pytest

from tasks.domain.hours import next_hour
from tasks.domain.programme import Hours


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "then"),
    [
        ("Africa/Nairobi", "2024-05-16T04:59", "2024-05-16T05:00"),
        ("Africa/Nairobi", "2024-05-16T05:00", None),
        ("Africa/Nairobi", "2024-05-16T16:59", None),
        ("Africa/Nairobi", "2024-05-16T17:00", "2024-05-17T05:00"),
        ("America/Lima", "2024-05-16T02:00", "2024-05-16T13:00"),
        ("Asia/Kathmandu", "2024-05-16T20:00", "2024-05-17T02:15"),
        ("Europe/Paris", "2024-03-30T22:00", "2024-03-31T06:00"),  # the clocks go forward that night
        ("Europe/Paris", "2024-10-26T22:00", "2024-10-27T07:00"),  # and back
        ("Pacific/Kiritimati", "2024-12-31T08:00", "2024-12-31T18:00"),  # another year there
    ],
)
def test_what_can_wait_waits_for_the_recipients_morning(zone, now, then):
    assert next_hour(at(now), zone, Hours()) == (at(then) if then else None)


def test_nobody_whose_zone_is_unknown_is_kept_waiting():
    assert next_hour(at("2024-05-16T02:00"), "", Hours()) is None


@pytest.mark.parametrize("hours", [{"send_from": 20, "send_until": 8}, {"send_from": 9, "send_until": 9}])
def test_hours_in_which_nothing_could_be_sent_are_refused(hours):
    with pytest.raises(ValueError, match="send_from must be smaller than send_until"):
        Hours(**hours)
