"""The command is killed at each of its requests, before and after it was sent; the next run makes everything right.

One process imports the programme and is forked for every run: the whole ``colab run … --live`` happens in the fork,
which ends itself by SIGKILL, as a machine ends that loses its power.
"""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta

import pytest

from config.settings import ROOT
from tasks.domain.effects import EffectState
from tests.acceptance.people import (
    A_MEMBER,
    FEBRUARY,
    MARCH,
    add,
    an_answer,
    confirm_talk,
    drafts,
    effects_of,
    events,
    plan_session,
    send_in,
    shown,
    told,
)
from tests.acceptance.test_recordings import AFTER, archived, held

RUNNER = """
import json, os, signal, sys
import requests
import flows.intake, flows.invitations, flows.recordings, flows.report, flows.scheduling
from flows.cli import app

send = requests.Session.send


def run(arguments, environment, request, when, number):
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    count = 0

    def send_and_die(session, prepared, **how):
        nonlocal count
        if "/control/" in prepared.url:  # the sandbox's clock is nothing that Google has
            return send(session, prepared, **how)
        count += 1
        if count == request and when == "before":
            os.kill(os.getpid(), number)
        answer = send(session, prepared, **how)
        if count == request and when == "after":
            os.kill(os.getpid(), number)
        return answer

    requests.Session.send = send_and_die
    app(arguments)


for line in sys.stdin:
    child = os.fork()
    if child == 0:
        run(**json.loads(line))
        os._exit(99)
    _, status = os.waitpid(child, os.WUNTRACED)
    if os.WIFSTOPPED(status):
        print("stopped", flush=True)
        sys.stdin.readline()
        os.kill(child, signal.SIGCONT)
        _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""
NEVER = 0
# How many requests the runs below make; a test says when that changes, so that no request is left out.
REQUESTS = {"intake": 9, "scheduling": 3, "invitations": 6, "recordings": 7}


@pytest.fixture(scope="module")
def runner(tmp_path_factory):
    with running_runner(tmp_path_factory.mktemp("runner") / "runner.py") as process:
        yield process


@contextmanager
def running_runner(script):
    script.write_text(RUNNER, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COLAB_", "PREFECT_API"))}
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-W", "ignore", str(script)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "cwd": ROOT}
    with subprocess.Popen(command, env=environment, text=True, **pipes) as process:  # noqa: S603 (our own script)
        yield process
        process.stdin.close()


@pytest.fixture
def colab_run(runner, office):
    """Run the command in a process of its own, which is killed at a request; answers its exit code."""

    def run(flow, now, request=NEVER, when="after"):
        environment = {"COLAB_GOOGLE_URL": office.url, "COLAB_LEDGER_URL": office.settings.ledger_url}
        arguments = ["run", flow, "--live", "--now", now.isoformat()]
        told = {"arguments": arguments, "environment": environment, "request": request, "when": when}
        told["number"] = signal.SIGKILL
        runner.stdin.write(json.dumps(told) + "\n")
        runner.stdin.flush()
        return int(runner.stdout.readline())

    return run


def two_answers(office):
    send_in(office, "en", an_answer())
    send_in(office, "es", an_answer("es", email="eva@example.org", contact_name="Eva", title="Padres"))


def a_talk(office):
    plan_session(office)


def a_talk_and_a_member(office):
    confirm_talk(office)
    add(office, "Members", A_MEMBER)


STORIES = {
    "intake": (two_answers, FEBRUARY),
    "scheduling": (a_talk, MARCH),
    "invitations": (a_talk_and_a_member, MARCH),
    "recordings": (held, AFTER),
}
KILLS = [("intake", request, "before") for request in range(1, REQUESTS["intake"] + 1)]
KILLS += [(flow, request, "after") for flow, count in REQUESTS.items() for request in range(1, count + 1)]


def result(office, flow):
    """What people can see of a flow's work, by the sandbox's own record."""
    if flow == "intake":
        states = [state.split(" 16 Feb")[0] for (state,) in shown(office, "Submissions", "State")]
        return told(office), sorted(shown(office, "Submissions", "Title")), states
    if flow == "scheduling":
        ((state, link),) = shown(office, "Sessions", "State", "Meeting link")
        return [event["status"] for event in events(office)], state, link == events(office)[0]["hangoutLink"]
    if flow == "invitations":
        ((state,),) = shown(office, "Sessions", "State")
        return told(office), state.partition(", last on")[0]
    ((state, link),) = shown(office, "Sessions", "State", "Recording link")
    return archived(office), state, link.startswith("https://")


EXPECTED = {
    "intake": (
        [("eva@example.org", "es"), ("wanjiru@example.org", "en")],
        [("Fathers in the delivery room",), ("Padres",)],
        ["Acknowledged", "Acknowledged"],
    ),
    "scheduling": (["confirmed"], "In the calendar", True),
    "invitations": ([("sipho@example.net", "en"), ("wanjiru@example.org", "en")], "In the calendar · 2 invited"),
    "recordings": ([("TALK1", 88)], "In the calendar · recording in the archive", True),
}


@pytest.mark.parametrize(("flow", "request_", "when"), KILLS)
def test_a_run_killed_at_any_request_is_made_right_by_the_next_one(office, colab_run, flow, request_, when):
    prepare, now = STORIES[flow]
    prepare(office)

    assert colab_run(flow, now, request_, when) == -signal.SIGKILL
    recovery = office.run(flow, now=now + timedelta(minutes=5))
    after = office.run(flow, now=now + timedelta(minutes=10))

    assert (recovery.failed, after.failed, after.done) == ([], [], [])
    assert result(office, flow) == EXPECTED[flow]
    assert {effect.state for effect in effects_of(office).values()} == {EffectState.sent}
    assert drafts(office) == []
    assert office.table("register", "Needs attention") == []


@pytest.mark.parametrize("flow", REQUESTS)
def test_a_run_that_nobody_kills_makes_as_many_requests_as_are_tried_above(office, colab_run, flow):
    prepare, now = STORIES[flow]
    prepare(office)

    assert colab_run(flow, now, REQUESTS[flow] + 1) == 0
    assert result(office, flow) == EXPECTED[flow]
    assert office.run(flow, now=now + timedelta(minutes=5)).done == []


@pytest.mark.parametrize("flow", REQUESTS)
def test_the_last_request_tried_above_is_really_made(office, colab_run, flow):
    prepare, now = STORIES[flow]
    prepare(office)

    assert colab_run(flow, now, REQUESTS[flow], "before") == -signal.SIGKILL


def test_a_run_that_is_killed_again_and_again_does_everything_once(office, colab_run):
    two_answers(office)

    ends = [colab_run("intake", FEBRUARY + timedelta(minutes=5 * turn), 6 + turn % 4) for turn in range(8)]

    assert ends[0] == -signal.SIGKILL
    office.run("intake", now=FEBRUARY + timedelta(hours=1))
    assert result(office, "intake") == EXPECTED["intake"]
    assert {effect.state for effect in effects_of(office).values()} == {EffectState.sent}
