"""Refusals that surely did nothing: how long a run waits, what it repeats, and what it leaves for the next one."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tasks.adapters.gmail import Gmail
from tasks.adapters.patience import Patience
from tasks.adapters.sheets import Sheets
from tasks.domain.faults import TryLater, Unclear
from tasks.domain.models import Workbook
from tests.adapters.google_builders import Reply, error_body, serving, session_to

NOW = datetime(2026, 9, 11, 19, 45, tzinfo=UTC)
SOON, LATE = NOW + timedelta(seconds=4), NOW + timedelta(minutes=15)
WORDS = "User-rate limit exceeded.  Retry after {}"
RATE = error_body(403, "userRateLimitExceeded")
BOOK = Workbook("register", "id", "UTC", {})


class World:
    """A clock that only waiting moves, and chance at its highest."""

    def __init__(self, seconds):
        self.slept = []
        self.patience = Patience(seconds, self.now, self.slept.append, lambda _, highest: highest)

    def now(self):
        return NOW + timedelta(seconds=sum(self.slept))


@pytest.fixture
def google():
    with serving() as google:
        yield google


WRITTEN = {"updatedSpreadsheet": {"properties": {"timeZone": "Etc/UTC"}}}


def sending(google, world, *replies):
    """Send a draft to a Google that answers so, then well; answers the fault, if there is one."""
    google.replies[:] = [*replies, Reply(body={"id": "m-1"})]
    with session_to(google, patience=world.patience) as session:
        try:
            Gmail(session).send_draft("d-1")
        except (TryLater, Unclear) as fault:
            return fault
    return None


def said(instant):
    return WORDS.format(instant.isoformat(timespec="milliseconds").replace("+00:00", "Z"))


@pytest.mark.parametrize("reply", [Reply(429, error_body(429)), Reply(403, RATE)], ids=["429", "403"])
def test_a_refusal_for_too_many_requests_is_repeated_after_a_while(google, reply):
    world = World(seconds=60)

    assert sending(google, world, reply, reply) is None
    assert (len(google.arrived), world.slept) == (3, [1, 2])


def test_the_ceiling_of_a_pause_doubles_up_to_half_a_minute(google):
    world = World(seconds=1000)

    sending(google, world, *[Reply(403, RATE)] * 8)

    assert world.slept == [1, 2, 4, 8, 16, 32, 32, 32]


def test_a_pause_is_anything_from_nothing_to_its_ceiling():
    asked = []
    patience = Patience(60, lambda: NOW, lambda _: None, lambda low, high: asked.append((low, high)) or 0.0)

    assert [patience.wait("gmail", refusals, None) for refusals in range(3)] == [True] * 3
    assert asked == [(0, 1), (0, 2), (0, 4)]


def test_a_run_whose_seconds_are_used_up_leaves_the_rest_for_the_next_one(google):
    world = World(seconds=10)

    found = sending(google, world, *[Reply(403, RATE)] * 8)

    assert type(found) is TryLater
    assert (len(google.arrived), world.slept) == (4, [1, 2, 4])


def test_the_seconds_are_those_of_the_whole_run_and_each_api_has_its_own(google):
    world = World(seconds=3)
    assert sending(google, world, *[Reply(403, RATE)] * 2) is None

    assert type(sending(google, world, Reply(403, RATE))) is TryLater
    google.replies[:] = [Reply(429, error_body(429)), Reply(body=WRITTEN)]
    with session_to(google, patience=world.patience) as session:
        Sheets(session).write(BOOK, (), ())

    assert world.slept == [1, 2, 1]


def test_a_time_in_gmails_words_is_not_gone_below_and_is_handed_on(google):
    world = World(seconds=60)
    reply = Reply(403, error_body(403, "userRateLimitExceeded", said(SOON)))

    assert sending(google, world, reply) is None
    assert world.slept == [5]


@pytest.mark.parametrize(
    ("message", "headers"),
    [
        (said(LATE), {}),
        ("Busy", {"Retry-After": "900"}),
        ("Busy", {"Retry-After": format_datetime(LATE, usegmt=True)}),
    ],
    ids=["in words", "in seconds", "as a date"],
)
@pytest.mark.parametrize("call", ["gmail", "sheets"])
def test_a_time_beyond_the_runs_patience_is_not_waited_for_and_stands_on_the_fault(google, message, headers, call):
    world = World(seconds=60)
    google.replies[:] = [Reply(429, error_body(429, "", message), headers=headers)]

    with session_to(google, patience=world.patience) as session, pytest.raises(TryLater) as raised:
        Gmail(session).send_draft("d-1") if call == "gmail" else Sheets(session).write(BOOK, (), ())

    assert (raised.value.retry_at, world.slept, len(google.arrived)) == (LATE, [], 1)


@pytest.mark.parametrize("message", ["Retry after soon", "Retry after 2026-99-11T20:00:00.000Z", "Retry after Z", ""])
def test_a_time_that_cannot_be_read_is_no_time(google, message):
    found = sending(google, World(seconds=0), Reply(429, error_body(429, "", message)))

    assert found.retry_at is None


@pytest.mark.parametrize("value", ["soon", "-5", "Fri, 99 Sep"])
def test_a_header_that_cannot_be_read_is_no_time(google, value):
    found = sending(google, World(seconds=0), Reply(429, error_body(429), headers={"Retry-After": value}))

    assert found.retry_at is None


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(503, b""), Unclear),
        (Reply(500, error_body(500)), Unclear),
        (Reply(drop=True), Unclear),
        (Reply(403, error_body(403, "quotaExceeded")), TryLater),
    ],
    ids=["503", "500", "dropped", "a quota that lasts for hours"],
)
def test_what_may_have_been_done_and_what_lasts_for_hours_is_never_repeated(google, reply, kind):
    world = World(seconds=1000)

    assert type(sending(google, world, reply)) is kind
    assert (len(google.arrived), world.slept) == (1, [])


def test_a_run_without_patience_asks_once(google):
    world = World(seconds=0)

    assert type(sending(google, world, Reply(429, error_body(429)))) is TryLater
    assert (len(google.arrived), world.slept) == (1, [])
