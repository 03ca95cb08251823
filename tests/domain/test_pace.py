"""How many mails are claimed together: few that a power cut leaves in doubt, many where the server is fast."""

from math import inf

import pytest

from tasks.domain.pace import ADAPTING, ONE_BY_ONE, Pace


@pytest.mark.parametrize(
    ("mails", "seconds", "expected"),
    [
        (1, 0.4, 1),  # a server far away: one by one
        (1, 0.125, 2),
        (1, 0.01, 25),
        (50, 0.05, 50),
        (50, 0.5, 25),
        (50, 60.0, 1),
        (50, 0.0, 50),
    ],
)
def test_a_window_is_as_many_mails_as_go_in_a_quarter_of_a_second(mails, seconds, expected):
    assert ADAPTING.following(mails, seconds) == expected


def test_the_first_mail_of_a_run_goes_alone():
    assert ADAPTING.first == 1


@pytest.mark.parametrize("seconds", [0.0, 0.001, 60.0])
def test_where_notes_must_not_be_lost_every_mail_goes_alone(seconds):
    assert (ONE_BY_ONE.first, ONE_BY_ONE.following(1, seconds)) == (1, 1)


def test_a_pace_without_a_clock_claims_the_same_number_whatever_happens():
    assert Pace(first=50, seconds=inf).following(50, 600.0) == 50
