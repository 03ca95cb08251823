"""A mail server on this machine that keeps what it took, and may be struck at any one of its replies."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

END_OF_DATA = "mail kept"


def nothing() -> None:
    """Nobody is struck along."""


@dataclass
class Post:
    """What arrived, and how many replies were given; at reply number ``strikes_at`` it hangs up instead.

    ``strike`` is called then, ``keeps`` says whether a mail that this reply is about was taken all the same.
    """

    port: int = 0
    mails: list[tuple[str, bytes]] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    strikes_at: int = 0
    keeps: bool = True
    strike: Callable[[], None] = nothing

    def expect(self, strikes_at: int = 0, *, keeps: bool = True, strike: Callable[[], None] = nothing) -> None:
        """Count replies anew."""
        self.replies.clear()
        self.strikes_at, self.keeps, self.strike = strikes_at, keeps, strike

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's)
        """Take a mail, unless the server is to be struck before it has done so."""
        struck = self.strikes_at == len(self.replies) + 1
        if self.keeps or not struck:
            self.mails.append((",".join(envelope.rcpt_tos), bytes(envelope.original_content or b"")))
        return f"250 {END_OF_DATA}"


class Protocol(SMTP):
    """aiosmtpd, which may hang up instead of answering."""

    async def push(self, status: Any) -> None:  # noqa: ANN401 (as aiosmtpd has it)
        """One reply, or a line of one that goes on (``250-SIZE``)."""
        post: Post = self.event_handler
        if str(status)[3:4] != "-":
            post.replies.append(str(status))
        if len(post.replies) == post.strikes_at:
            post.strike()
            if isinstance(self.transport, asyncio.Transport):
                self.transport.abort()
            raise ConnectionResetError
        await super().push(status)


@contextmanager
def post_office() -> Iterator[Post]:
    """A server in a thread of its own, on a free port of this machine."""
    post, loop = Post(), asyncio.new_event_loop()
    made = loop.create_server(lambda: Protocol(post, hostname="post.example", loop=loop), "127.0.0.1", 0)
    server = loop.run_until_complete(made)
    post.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, name="post office", daemon=True)
    thread.start()
    try:
        yield post
    finally:
        asyncio.run_coroutine_threadsafe(_closed(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _closed(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)
