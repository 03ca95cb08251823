"""A server that answers as a test says, counts what really arrived, and can behave badly."""

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from google.oauth2.credentials import Credentials

from tasks.adapters.google_session import GoogleSession

LATE = 0.6
TOKEN = "t"  # noqa: S105 (opens nothing)
WAIT = 0.25


@dataclass
class Reply:
    """One answer. ``drop`` closes the connection instead, ``half`` promises more bytes than it sends."""

    status: int = 200
    body: object = field(default_factory=dict)
    kind: str = "application/json"
    headers: dict = field(default_factory=dict)
    drop: bool = False
    half: bool = False
    late: bool = False

    @property
    def content(self):
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Google:
    """What arrived, and what is to be answered: the replies in their order, then empty objects."""

    def __init__(self):
        self.arrived = []
        self.replies = []
        self.url = ""

    def handle(self, request):
        length = int(request.headers.get("Content-Length") or 0)
        self.arrived.append((request.command, request.path, request.rfile.read(length)))
        reply = self.replies.pop(0) if self.replies else Reply()
        if reply.late:
            time.sleep(LATE)
        if reply.drop:
            request.close_connection = True
            request.connection.close()
            return
        request.send_response(reply.status)
        for name, value in {"Content-Type": reply.kind, **reply.headers}.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(reply.content) + (100 if reply.half else 0)))
        request.end_headers()
        request.wfile.write(reply.content)
        request.close_connection = reply.half


@contextmanager
def serving():
    """The server in a thread."""
    google = Google()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self):
            google.handle(self)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815 (the library's names)

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_):
            pass  # the other side may hang up

    server = Server(("127.0.0.1", 0), Handler)
    google.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield google
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def session_to(google, timeout=5.0, credentials=None, patience=None):
    """Our session, led to the test's server as it is led to a sandbox."""
    session = GoogleSession(
        credentials or Credentials(token=TOKEN), timeout=timeout, sandbox_url=google.url, patience=patience
    )
    try:
        yield session
    finally:
        session.close()


def error_body(status, reason="", message="It is not possible."):
    errors = [{"reason": reason, "message": message}] if reason else []
    return {"error": {"code": status, "message": message, "errors": errors}}
