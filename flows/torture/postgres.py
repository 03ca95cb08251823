"""A PostgreSQL server of our own: a private port on loopback, a private folder, a password, gone afterwards."""

import os
import pwd
import secrets
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
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tasks.ledger.database import public_name

USER = "colab"
PASSWORD = "not-a-secret"  # noqa: S105 (opens a server that lives as long as the tests)
LANGUAGE = ("--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en-US")  # sorts as people do, not bytes
UNUSUAL = ("default_transaction_isolation=serializable", "synchronous_commit=off")  # a ledger sets what it needs
QUICK = ("fsync=off", "full_page_writes=off", *UNUSUAL)


class NoServer(Exception):  # noqa: N818 (a state, not a mistake)
    """PostgreSQL is not installed, or did not start; the message says which."""


@dataclass
class Postgres:
    """A server that is running; ``address`` names a database on it, beside which others are made."""

    address: str
    prefix: str = "ledger"
    numbers: "count[int]" = field(default_factory=count)

    def url(self, database: str) -> str:
        return urlsplit(self.address)._replace(path=f"/{database}").geturl()

    def new_database(self, like: str = "") -> str:
        """Make a database, empty or a copy; answers its address."""
        name = f"{self.prefix}_{next(self.numbers)}"
        self._do(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, _name(like) if like else "template1")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Throw a database away, whoever is connected to it."""
        self._do(sql.SQL("DROP DATABASE {} WITH (FORCE)"), _name(url))

    def _do(self, statement: sql.SQL, *names: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))


def given(url: str) -> Postgres:
    """Somebody else's server: databases are made beside the one that is named, and thrown away. Raises NoServer."""
    server = Postgres(url, f"colab_torture_{secrets.token_hex(4)}")
    try:
        server.drop(server.new_database())
    except psycopg.Error as error:
        reason = str(error).splitlines()[0]
        raise NoServer(
            f"{public_name(url)}: no database can be made there (does its user have CREATEDB?): {reason}"
        ) from None
    return server


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def binaries() -> Path:
    """The folder of the newest server. Raises NoServer."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    if not on_path:
        raise NoServer("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    return Path(on_path).parent


@contextmanager
def running(*, settings: tuple[str, ...] = QUICK) -> Iterator[Postgres]:
    """Start a server on a free port; end it and remove its data afterwards. Raises NoServer."""
    programs, folder = binaries(), Path(tempfile.mkdtemp(prefix="colab-postgres-"))
    ours: dict[str, Any] = {"cwd": folder, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
        ours |= {"user": pwd.getpwnam("postgres").pw_uid, "group": pwd.getpwnam("postgres").pw_gid}
        os.chown(folder, ours["user"], ours["group"])
    word = folder / "password"
    word.write_text(PASSWORD, encoding="utf-8")
    word.chmod(0o644)
    data, port = folder / "data", _free_port()
    how: list[str | Path] = [
        "--username",
        USER,
        "--pwfile",
        word,
        "--auth",
        "scram-sha-256",
        "--encoding",
        "UTF8",
        *LANGUAGE,
    ]
    subprocess.run([programs / "initdb", "--pgdata", data, "--no-sync", *how], check=True, **ours)  # noqa: S603
    chosen = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}", *settings]
    options = [word for setting in chosen for word in ("-c", setting)]
    log = (folder / "log").open("wb")
    server = subprocess.Popen([programs / "postgres", "-D", data, *options], stderr=log, **ours)  # noqa: S603
    try:
        _wait_for(server, port, folder / "log")
        yield Postgres(_address(port))
    finally:
        server.send_signal(2)  # "fast": ends the connections, then itself
        server.wait(timeout=60)
        log.close()
        shutil.rmtree(folder)


def _address(port: int) -> str:
    return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{port}/postgres"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    while server.poll() is None:
        try:
            psycopg.connect(_address(port), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
            continue
        return
    raise NoServer(f"PostgreSQL did not start: {log.read_text(encoding='utf-8', errors='replace')}")
