"""The ASGI application: one request at a time does its work, then the answer is written or the line dropped."""

from urllib.parse import parse_qs, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tasks.sandbox import google_paths
from tasks.sandbox.house_paths import House
from tasks.sandbox.wire import Call, tidy
from tasks.sandbox.world import World

FORM = "application/x-www-form-urlencoded"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Dropped(Response):
    """Closes the connection without an answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 (ASGI's signature)
        """The transport was put into the state by the server's protocol."""
        scope["state"]["transport"].abort()
        while (await receive())["type"] != "http.disconnect":
            pass


def application(world: World, house: House) -> Starlette:
    """All paths go one way, because only the raw path tells ``%2F`` in a tab's title from ``/``."""

    async def endpoint(request: Request) -> Response:
        return _respond(world, house, request, await request.body())

    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    return Starlette(routes=[Route("/{path:path}", endpoint, methods=methods)])


def _respond(world: World, house: House, request: Request, body: bytes) -> Response:
    path = tidy(request.scope["raw_path"].decode("ascii"))
    call = _call(world, request, body)
    if not _from_here(request):
        return Response("Only this machine may ask.", 403, media_type="text/plain")
    answer = google_paths.respond(call, path) if google_paths.api_of(path) else house.respond(call, path)
    if answer is None:
        return Dropped()
    return Response(answer.body, answer.status, dict(answer.headers), media_type=answer.content_type)


def _call(world: World, request: Request, body: bytes) -> Call:
    headers = {name.lower(): value for name, value in request.headers.items()}
    method = request.method
    query = parse_qs(request.url.query, keep_blank_values=True)
    if method == "POST" and (override := headers.get("x-http-method-override")):
        method = override.upper()
        if headers.get("content-type", "").startswith(FORM):
            query, body = {**query, **parse_qs(body.decode(), keep_blank_values=True)}, b""
    return Call(world, method, f"http://{headers.get('host', '')}", query, headers, body)


def _from_here(request: Request) -> bool:
    """No page of the internet may reach the sandbox through a name or a form of its own."""
    host = request.headers.get("host", "")
    origin = request.headers.get("origin")
    return urlsplit(f"//{host}").hostname in LOOPBACK and origin in {None, f"http://{host}"}
