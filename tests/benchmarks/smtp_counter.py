"""An SMTP server in a process of its own that counts Message-IDs; prints its port, then its counts for each line."""

import asyncio
import json
import re
import sys
from collections import Counter

from aiosmtpd.smtp import SMTP

MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)\r$", re.MULTILINE)


class Post:
    """Takes everything."""

    def __init__(self):
        self.counts = Counter()

    async def handle_DATA(self, server, session, envelope):  # noqa: ARG002, N802 (aiosmtpd's)
        self.counts[MESSAGE_ID.search(envelope.original_content)[1].decode()] += 1
        return "250 OK"


async def serve():
    loop, post = asyncio.get_running_loop(), Post()
    server = await loop.create_server(lambda: SMTP(post, hostname="post.example"), "127.0.0.1", 0)
    say(server.sockets[0].getsockname()[1])
    while await loop.run_in_executor(None, sys.stdin.readline):
        say(json.dumps(post.counts))
        post.counts.clear()


def say(what):
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve())
