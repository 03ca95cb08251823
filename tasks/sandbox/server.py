"""How the sandbox is started: for a person (``serve``) or inside a test or demo (``running``)."""

import asyncio
import fcntl
import json
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from config.sandbox import ACCESS_TOKEN, CALENDAR_ID, MAILBOX, spreadsheet_id
from tasks.domain.programme import Language, Programme
from tasks.sandbox.application import application
from tasks.sandbox.discovery.contract import Contract
from tasks.sandbox.failures import SandboxError
from tasks.sandbox.house_paths import House
from tasks.sandbox.seeding.contents import Contents, fill, throw_away
from tasks.sandbox.shapes import Json
from tasks.sandbox.store import Store
from tasks.sandbox.switches import propose
from tasks.sandbox.world import World, new_world

HOST = "127.0.0.1"
ROLES = ("responses-en", "responses-es", "responses-fr", "register", "archive")
TICK = 0.02
LAST_WORDS = 2  # seconds for answers that are on their way
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Protocol(H11Protocol):
    """Hands its transport to the application, which must be able to close a connection without an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Every request's ``scope["state"]`` is a copy of ``app_state``."""
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)


class Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self.say = started

    async def main_loop(self) -> None:
        """Uvicorn's own, looking more often whether to stop, so that many short runs stay short."""
        tick = 0
        while not await self.on_tick(tick):
            tick += 1
            await asyncio.sleep(TICK)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn does, without the tenth of a second that it always waits."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 (uvicorn's sets)
                    await asyncio.sleep(TICK / 10)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Only then may the address be announced."""
        await super().startup(sockets)
        self.say()


def announcement(base_url: str, roles: Iterable[str] = ROLES) -> Json:
    """All that a client has to know."""
    return {
        "base_url": base_url,
        "access_token": ACCESS_TOKEN,
        "spreadsheets": {role: spreadsheet_id(role) for role in roles},
        "calendar_id": CALENDAR_ID,
        "mailbox": MAILBOX,
    }


def serve(  # noqa: PLR0913 (each is an option of the command)
    data: Path,
    port: int,
    programme: Programme,
    languages: Mapping[str, Language],
    templates: Path,
    *,
    contents: Contents,
    fresh: bool,
    strict: bool = False,
) -> None:
    """Print the announcement as one line of JSON, then serve until SIGTERM or SIGINT. Raises SandboxError.

    ``fresh`` throws away what the folder held before; ``strict`` holds every exchange against Google's discovery.
    Google's quotas hold unless the setting ``enforce_quota`` was changed in this folder.
    """
    with _listening(port) as listener, _world(data, programme, languages, contents, fresh=fresh) as world:
        propose(world.store, "enforce_quota", value=True)
        line = json.dumps(announcement(_address(listener), programme.spreadsheets))
        server = _server(replace(world, contract=Contract(strict=strict)), templates, lambda: _say(line))
        with _signals_only_stop_it():
            server.run([listener])


@contextmanager
def running(
    data: Path,
    programme: Programme,
    languages: Mapping[str, Language],
    templates: Path,
    *,
    samples: bool = False,
    strict: bool = False,
) -> Iterator[Json]:
    """A sandbox in a thread, on a free port, for as long as the block lasts; gives the announcement."""
    with _listening(0) as listener, _world(data, programme, languages, Contents(samples=samples)) as world:
        started = threading.Event()
        server = _server(replace(world, contract=Contract(strict=strict)), templates, started.set)
        thread = threading.Thread(target=server.run, args=([listener],), name="sandbox", daemon=True)
        thread.start()
        try:
            while not started.wait(1):
                if not thread.is_alive():
                    raise SandboxError("The sandbox's server did not start; its error stands above.")
            yield announcement(_address(listener), programme.spreadsheets)
        finally:
            server.should_exit = True
            thread.join()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def _signals_only_stop_it() -> Iterator[None]:
    """Uvicorn repeats a signal after it has stopped; without this the process would not exit with 0."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen(128)
        except (OSError, OverflowError) as error:
            raise SandboxError(f"Port {port} of {HOST} cannot be used: {error}. Choose another one.") from None
        yield listener


@contextmanager
def _world(
    data: Path, programme: Programme, languages: Mapping[str, Language], contents: Contents, *, fresh: bool = False
) -> Iterator[World]:
    with _alone_in(data):
        if fresh:
            throw_away(data)
        store = Store(data)
        try:
            for sentence in fill(store, programme, languages, contents):
                sys.stderr.write(f"{sentence}\n")
            yield new_world(store, programme, languages)
        finally:
            store.close()


@contextmanager
def _alone_in(data: Path) -> Iterator[None]:
    """Two sandboxes on one folder would each believe in their own memory."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "sandbox.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SandboxError(f"Another sandbox is running on {data}; stop it or choose another folder.") from None
        yield


def _server(world: World, templates: Path, started: Callable[[], None]) -> Server:
    app = application(world, House(templates / "sandbox"))
    config = uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_keep_alive=75,
    )
    return Server(config, started)


def _address(listener: socket.socket) -> str:
    return f"http://{HOST}:{listener.getsockname()[1]}"
