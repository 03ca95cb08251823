"""The timetable: which flow runs when, one run of a flow at a time, and the Prefect server it needs."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import requests

from config.settings import Settings, SettingsError
from tasks.services import check

READY_WITHIN = 90.0
PR_SET_PDEATHSIG = 1
ENVIRONMENT = {
    "PREFECT_SERVER_API_PORT": "4200",
    "PREFECT_RUNNER_POLL_FREQUENCY": "2",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "INFO",
    "DO_NOT_TRACK": "1",
}


def main(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl-C. Must be called before Prefect is imported, from the main thread."""
    check(settings)
    for name, value in settings.as_environment().items():
        os.environ[name] = value  # runs are child processes and must see the same settings
    settings.prefect_home.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.setdefault("PREFECT_HOME", str(settings.prefect_home))
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    server = None if os.environ.get("PREFECT_API_URL") else _start_server()
    try:
        from flows.deployments import serve_all  # Prefect reads its settings when it is imported

        page = os.environ["PREFECT_API_URL"].removesuffix("/api")
        say(f"{settings.programme.name}: {settings.mode} runs on the timetable; the Prefect page is {page}")
        serve_all(settings, own_server=server is not None)
    finally:
        if server is not None:
            _stop(server)


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def _start_server() -> "subprocess.Popen[bytes]":
    port = os.environ["PREFECT_SERVER_API_PORT"]
    url = os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    if _healthy(url):
        raise SettingsError(
            f"PREFECT_SERVER_API_PORT {port} is in use by another Prefect server; set PREFECT_API_URL or another port"
        )
    parent = os.getpid()
    log = Path(os.environ["PREFECT_HOME"]) / "server.log"
    with log.open("ab") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1"],
            preexec_fn=lambda: _die_with(parent),  # noqa: PLW1509 (no thread has been started yet)
            start_new_session=True,
            stdout=output,
            stderr=output,
        )
    say(f"Starting a Prefect server on port {port} ...")
    deadline = time.monotonic() + READY_WITHIN
    while not _healthy(url):
        if server.poll() is not None or time.monotonic() > deadline:
            _stop(server)
            raise SettingsError(f"the Prefect server did not start; {log} says why")
        time.sleep(0.2)
    return server


def _die_with(parent: int) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _healthy(url: str) -> bool:
    try:
        return requests.get(f"{url}/health", timeout=2).ok
    except requests.RequestException:
        return False


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
