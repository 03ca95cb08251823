"""`colab` commands in forks of one process that has imported the programme: an import takes longer than most commands.

What a whole process does (start, import, end) is shown by the tests that start one.
"""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

from config.settings import ROOT

RUNNER = """
import json, os, sys
from flows.launch import be_quiet
be_quiet()
import flows.all_flows, flows.report, tasks.services
from flows.cli import app


def run(arguments, environment, folder, out, err):
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    app(arguments)


for line in sys.stdin:
    child = os.fork()
    if child == 0:
        run(**json.loads(line))
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


def environment_with(**settings):
    """The environment of somebody who knows only these settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("COLAB_", "PREFECT_"))}
    ours = {f"COLAB_{name.upper()}": str(value) for name, value in settings.items()}
    return inherited | ours | {"PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1"}


@contextmanager
def running_colab(folder):
    """A function that runs a command and answers its exit code, stdout and stderr."""
    out, err = folder / "out", folder / "err"
    command = [sys.executable, "-c", RUNNER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "cwd": ROOT, "text": True}
    with subprocess.Popen(command, env=environment_with(), **pipes) as process:  # noqa: S603 (our own script)

        def colab(*words, cwd, **settings):
            order = {"arguments": words, "environment": environment_with(**settings), "folder": str(cwd)}
            process.stdin.write(json.dumps({**order, "out": str(out), "err": str(err)}) + "\n")
            process.stdin.flush()
            return int(process.stdout.readline()), out.read_text("utf-8"), err.read_text("utf-8")

        yield colab
        process.stdin.close()
