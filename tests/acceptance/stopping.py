"""Stops a run at one of its requests, as a machine stops that hangs, and lets it go on later.

One process imports the programme and is forked for every run: the whole ``colab run … --live`` happens in the fork.
"""

import os
import subprocess
import sys
from contextlib import contextmanager

from config.settings import ROOT
from tests.acceptance.people import (
    A_MEMBER,
    FEBRUARY,
    MARCH,
    add,
    an_answer,
    confirm_talk,
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


def run(arguments, environment, request):
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    count = 0

    def send_or_stop(session, prepared, **how):
        nonlocal count
        if "/control/" in prepared.url:  # the sandbox's clock is nothing that Google has
            return send(session, prepared, **how)
        count += 1
        if count == request:
            os.kill(os.getpid(), signal.SIGSTOP)
        return send(session, prepared, **how)

    requests.Session.send = send_or_stop
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
# How many requests the runs below make; a test says when that changes, so that no request is left out.
REQUESTS = {"intake": 9, "scheduling": 3, "invitations": 6, "recordings": 7}


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
