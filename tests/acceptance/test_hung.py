"""A run hangs just before one of its requests; another one takes over; then the hung one wakes up and goes on.

It sends the request that it was about to send, and nothing after it: the ledger does not know it any more.
"""

import json
from datetime import timedelta

import pytest

from tasks.ledger.ledger import Ledger
from tests.acceptance.stopping import EXPECTED, REQUESTS, STORIES, result, running_runner
from tests.ledger.ledger_builders import let_the_lease_expire, select_all

FLOWS = ("intake", "scheduling", "invitations", "recordings")
STOPS = [("sqlite", flow, request) for flow in FLOWS for request in range(1, REQUESTS[flow] + 1)]
STOPS += [("postgresql", "invitations", request) for request in (1, REQUESTS["invitations"])]


@pytest.fixture(scope="module")
def runner(tmp_path_factory):
    with running_runner(tmp_path_factory.mktemp("runner") / "runner.py") as process:
        yield process


@pytest.fixture(scope="session")
def a_new_database(postgres):
    """A ledger that is empty, to be copied: making its tables takes longer than a run."""
    url = postgres.new_database()
    Ledger(url).close()
    return url


@pytest.fixture
def office_of(office, request):
    """An office whose ledger is a file, or a database of a server."""

    def choose(database):
        if database == "postgresql":
            empty = request.getfixturevalue("a_new_database")
            office.more["ledger_url"] = request.getfixturevalue("postgres").new_database(like=empty)
        return office

    return choose


def answer_of(runner, line):
    runner.stdin.write(line + "\n")
    runner.stdin.flush()
    return runner.stdout.readline().strip()


@pytest.mark.parametrize(("database", "flow", "request_"), STOPS)
def test_a_run_that_hung_and_wakes_up_repeats_nothing_and_ends_red(office_of, runner, database, flow, request_):
    office = office_of(database)
    prepare, now = STORIES[flow]
    prepare(office)
    assert answer_of(runner, order(office, flow, now, request_)) == "stopped"
    let_the_lease_expire(office.settings.ledger_url)

    second = office.run(flow, now=now + timedelta(minutes=5))
    by_then = result(office, flow), effects(office)
    end_of_the_first = answer_of(runner, "go on")
    third = office.run(flow, now=now + timedelta(minutes=10))

    assert (second.failed, end_of_the_first, third.failed) == ([], "1", [])
    assert by_then[0] == EXPECTED[flow]
    assert (result(office, flow), effects(office)) == by_then
    assert office.table("register", "Needs attention") == []


def effects(office):
    return sorted(select_all(office.settings.ledger_url, "SELECT key, state, attempts, claimed_by FROM effect"))


@pytest.mark.parametrize("flow", FLOWS)
def test_a_run_that_nobody_stops_makes_as_many_requests_as_are_tried_above(office, runner, flow):
    prepare, now = STORIES[flow]
    prepare(office)

    assert answer_of(runner, order(office, flow, now, REQUESTS[flow] + 1)) == "0"
    assert result(office, flow) == EXPECTED[flow]


def order(office, flow, now, request):
    environment = {"COLAB_GOOGLE_URL": office.url, "COLAB_LEDGER_URL": office.settings.ledger_url}
    arguments = ["run", flow, "--live", "--now", now.isoformat()]
    return json.dumps({"arguments": arguments, "environment": environment, "request": request})
