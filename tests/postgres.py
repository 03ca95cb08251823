"""A PostgreSQL server of our own: a private port on loopback, a private folder, a password, gone after the tests."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

USER = "colab"
PASSWORD = "not-a-secret"  # noqa: S105 (opens a server that lives as long as the tests)
LANGUAGE = ("--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en-US")  # sorts as people do, not bytes
UNUSUAL = ("default_transaction_isolation=serializable", "synchronous_commit=off")  # a ledger sets what it needs
QUICK = ("fsync=off", "full_page_writes=off", *UNUSUAL)


@dataclass
class Postgres:
    """A server that is running."""

    port: int
    numbers: count = field(default_factory=count)

    def url(self, database: str) -> str:
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def new_database(self, like: str = "template1") -> str:
        """Make a database, empty or a copy; answers its address."""
        name = f"ledger_{next(self.numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return self.url(name)

    def drop(self, url: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")


def binaries() -> Path:
    """The folder of the newest server; skips the test where there is none."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if not found and not on_path:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    return max(found, key=lambda path: int(path.parent.name)) if found else Path(on_path).parent


@contextmanager
def running(*, settings: tuple[str, ...] = QUICK) -> Iterator[Postgres]:
    """Start a server on a free port; end it and remove its data afterwards."""
    programs, folder = binaries(), Path(tempfile.mkdtemp(prefix="colab-postgres-"))
    ours = {"cwd": folder, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
        ours |= {"user": pwd.getpwnam("postgres").pw_uid, "group": pwd.getpwnam("postgres").pw_gid}
        os.chown(folder, ours["user"], ours["group"])
    word = folder / "password"
    word.write_text(PASSWORD, encoding="utf-8")
    word.chmod(0o644)
    data, port = folder / "data", _free_port()
    how = ["--username", USER, "--pwfile", word, "--auth", "scram-sha-256", "--encoding", "UTF8", *LANGUAGE]
    subprocess.run([programs / "initdb", "--pgdata", data, "--no-sync", *how], check=True, **ours)  # noqa: S603
    chosen = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}", *settings]
    options = [word for setting in chosen for word in ("-c", setting)]
    log = (folder / "log").open("wb")
    server = subprocess.Popen([programs / "postgres", "-D", data, *options], stderr=log, **ours)  # noqa: S603
    try:
        _wait_for(server, port, folder / "log")
        yield Postgres(port)
    finally:
        server.send_signal(2)  # "fast": ends the connections, then itself
        server.wait(timeout=60)
        log.close()
        shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(server: subprocess.Popen, port: int, log: Path) -> None:
    while server.poll() is None:
        try:
            psycopg.connect(Postgres(port).url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
            continue
        return
    pytest.fail(f"PostgreSQL did not start: {log.read_text(encoding='utf-8', errors='replace')}")
