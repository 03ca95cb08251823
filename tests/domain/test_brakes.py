"""Which mails go now, and which wait: for a person, for their hour, for the provider."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.domain.brakes import Brake, Due, decide_delivery
from tasks.domain.budgets import DAY, Traffic, expected_end, next_turn, room
from tasks.domain.effects import Priority
from tasks.domain.programme import Brakes, Budget

NOW = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
BRAKES = Brakes(hold_above=3, hold_older_than_days=14, hold_above_an_hour=10)
BUDGET = Budget(per_day=100, per_minute=20, reserve=10)
MAIL = Due("acknowledgement:K7P2QX", "person-0", NOW - timedelta(minutes=5))


def mails(count, **values):
    return [replace(MAIL, key=f"acknowledgement:{n}", person=f"person-{n}", **values) for n in range(count)]


def decide(due, *, traffic=None, brakes=BRAKES, budget=BUDGET, failing=False):
    return decide_delivery(due, traffic or Traffic(), brakes, budget, NOW, failing=failing)


def test_more_people_than_allowed_in_one_run_all_wait_for_a_person():
    due = mails(4)

    assert decide(due).hold == dict.fromkeys(due, Brake.many)


def test_many_mails_to_few_people_are_not_many_people():
    due = [replace(mail, person="person-0") for mail in mails(4)]

    assert decide(due).hold == {}


def test_something_old_waits_and_the_rest_goes():
    old, new = replace(MAIL, key="old", since=NOW - timedelta(days=14, seconds=1)), MAIL

    plan = decide([old, new])

    assert (plan.hold, plan.send) == ({old: Brake.old}, (new,))


def test_more_within_an_hour_than_usual_waits():
    due = mails(2)

    assert decide(due, traffic=Traffic(hour=9)).hold == dict.fromkeys(due, Brake.rate)


def test_after_failures_in_a_row_everything_waits_even_what_a_person_let_go_on():
    due = mails(1, released=True)

    assert decide(due, failing=True).hold == dict.fromkeys(due, Brake.failures)


@pytest.mark.parametrize(
    ("due", "traffic"),
    [
        (mails(4, released=True), Traffic()),
        (mails(1, released=True, since=NOW - timedelta(days=60)), Traffic()),
        (mails(1, released=True), Traffic(hour=10)),
    ],
    ids=["many", "old", "an unusual rate"],
)
def test_what_a_person_let_go_on_is_not_held_again(due, traffic):
    assert decide(due, traffic=traffic).send == tuple(due)


def test_what_is_too_late_to_be_of_use_is_never_sent_even_if_it_may_go_on():
    late = replace(MAIL, expires_at=NOW, released=True)

    plan = decide([late])

    assert (plan.expire, plan.send) == ((late,), ())


def test_nobody_off_the_list_is_written_to():
    stranger = replace(MAIL, listed=False)

    plan = decide([stranger])

    assert (plan.unlisted, plan.send) == ((stranger,), ())


def test_a_mail_waits_for_its_hour():
    early = replace(MAIL, not_before=NOW + timedelta(seconds=1))

    plan = decide([early])

    assert (plan.early, plan.send) == ((early,), ())


def test_a_mail_whose_hour_has_come_goes():
    assert decide([replace(MAIL, not_before=NOW)]).send


def test_who_just_wrote_to_us_comes_before_the_many_when_not_all_may_go():
    bulk = replace(MAIL, key="bulk", priority=Priority.bulk, since=NOW - timedelta(days=1))
    first = replace(MAIL, key="first", priority=Priority.first)

    plan = decide([bulk, first], budget=Budget(per_day=100, per_minute=1, reserve=10))

    assert (plan.send, plan.wait) == ((first,), (bulk,))


def test_the_one_that_waits_longest_goes_first():
    older = replace(MAIL, key="z", since=MAIL.since - timedelta(minutes=1))

    assert decide([MAIL, older]).send == (older, MAIL)


@pytest.mark.parametrize(
    ("traffic", "priority", "expected"),
    [
        (Traffic(), Priority.first, 20),
        (Traffic(minute=15), Priority.first, 5),
        (Traffic(minute=25), Priority.first, 0),
        (Traffic(day=95), Priority.first, 5),
        (Traffic(day=95), Priority.bulk, 0),
        (Traffic(day=85), Priority.bulk, 5),
        (Traffic(day=120), Priority.first, 0),
        (Traffic(paused_until=NOW), Priority.first, 20),
        (Traffic(paused_until=NOW + timedelta(seconds=1)), Priority.first, 0),
    ],
)
def test_there_is_room_for_as_many_as_the_provider_takes_in_a_minute_and_a_day(traffic, priority, expected):
    assert room(BUDGET, traffic, priority, NOW) == expected


@pytest.mark.parametrize(
    ("traffic", "priority", "sent", "expected"),
    [
        (Traffic(), Priority.first, 20, NOW + timedelta(minutes=1)),
        (Traffic(day=80, next_free=NOW + timedelta(hours=7)), Priority.first, 20, NOW + timedelta(hours=7)),
        (Traffic(day=80, next_free=NOW + timedelta(hours=7)), Priority.bulk, 10, NOW + timedelta(hours=7)),
        (Traffic(), Priority.first, 100, NOW + DAY),
        (Traffic(paused_until=NOW + timedelta(hours=1)), Priority.first, 0, NOW + timedelta(hours=1)),
    ],
)
def test_what_found_no_room_tries_again_in_a_minute_or_when_the_day_has_room(traffic, priority, sent, expected):
    assert next_turn(BUDGET, traffic, priority, sent, NOW) == expected


EVERY = timedelta(minutes=5)
TOMORROW = NOW + timedelta(hours=20)


@pytest.mark.parametrize(
    ("waiting", "traffic", "expected"),
    [
        ([Priority.first], Traffic(), NOW + EVERY),
        ([Priority.first] * 20, Traffic(), NOW + EVERY),
        ([Priority.first] * 21, Traffic(), NOW + 2 * EVERY),
        ([Priority.first], Traffic(day=100, next_free=TOMORROW), TOMORROW + EVERY),
        ([Priority.bulk] * 90, Traffic(day=90, next_free=TOMORROW), TOMORROW + 5 * EVERY),
        ([Priority.bulk] * 91, Traffic(day=90, next_free=TOMORROW), TOMORROW + DAY + EVERY),
    ],
)
def test_staff_are_told_when_the_queue_will_be_through(waiting, traffic, expected):
    assert expected_end(waiting, BUDGET, traffic, EVERY, NOW) == expected
