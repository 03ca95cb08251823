"""The ASGI application: one request at a time does its work, then the answer is written or the line dropped."""

import asyncio
import time
from urllib.parse import parse_qs, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tasks.sandbox import google_paths
from tasks.sandbox.faults.delivery import Delivery, Postponed
from tasks.sandbox.house_paths import House
from tasks.sandbox.wire import Answer, Call, tidy
from tasks.sandbox.world import World

SLICE = 1 << 20
FORM = "application/x-www-form-urlencoded"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Broken(Response):
    """Closes the connection without an answer, or after half of the body that the headers promise."""

    def __init__(self, half: Response | None = None) -> None:
        super().__init__()
        self.half = half

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The transport was put into the state by the server's protocol."""
        if self.half:
            body, headers = bytes(self.half.body), self.half.raw_headers
            await send({"type": "http.response.start", "status": self.half.status_code, "headers": headers})
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            scope["state"]["transport"].close()
        else:
            scope["state"]["transport"].abort()
        while (await receive())["type"] != "http.disconnect":
            pass


class Sliced(Response):
    """Goes out piece by piece, because the transport would copy a big body whole for a client that reads slowly."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 (as Starlette has it)
        """Each piece waits until the one before is on its way."""
        body = bytes(self.body)
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        for start in range(0, len(body), SLICE):
            await send({"type": "http.response.body", "body": body[start : start + SLICE], "more_body": True})
        await send({"type": "http.response.body"})


def application(world: World, house: House) -> Starlette:
    """All paths go one way, because only the raw path tells ``%2F`` in a tab's title from ``/``."""

    async def endpoint(request: Request) -> Response:
        began = time.perf_counter()
        delivery = _respond(world, house, request, await request.body())
        if isinstance(delivery, Postponed):
            await asyncio.sleep(delivery.wait)
            delivery = delivery.then()
        if delivery.wait:
            await asyncio.sleep(delivery.wait)
        delivery.close(1000 * (time.perf_counter() - began))
        return _outgoing(delivery)

    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    return Starlette(routes=[Route("/{path:path}", endpoint, methods=methods)])


def _respond(world: World, house: House, request: Request, body: bytes) -> Delivery | Postponed:
    if not _from_here(request):
        return Delivery(Answer(b"Only this machine may ask.", 403, "text/plain; charset=utf-8"))
    path = tidy(request.scope["raw_path"].decode("ascii"))
    call = _call(world, request, body)
    world.faults.catch_up(world.clock.now)
    if google_paths.api_of(path):
        return google_paths.respond(call, path)
    return Delivery(house.respond(call, path))


def _outgoing(delivery: Delivery) -> Response:
    answer = delivery.answer
    if answer is None:
        return Broken()
    response = Sliced(answer.body, answer.status, {"content-type": answer.content_type, **answer.headers})
    return Broken(response) if delivery.cut else response


def _call(world: World, request: Request, body: bytes) -> Call:
    headers = {name.lower(): value for name, value in request.headers.items()}
    method = request.method
    query = parse_qs(request.url.query, keep_blank_values=True)
    if method == "POST" and (override := headers.get("x-http-method-override")):
        method = override.upper()
        if headers.get("content-type", "").startswith(FORM):
            query, body = {**query, **parse_qs(body.decode(errors="replace"), keep_blank_values=True)}, b""
    return Call(world, method, f"http://{headers.get('host', '')}", query, headers, body)


def _from_here(request: Request) -> bool:
    """No page of the internet may reach the sandbox through a name or a form of its own."""
    host = request.headers.get("host", "")
    origin = request.headers.get("origin")
    return urlsplit(f"//{host}").hostname in LOOPBACK and origin in {None, f"http://{host}"}
