"""``/batch`` and ``/batch/{api}/{version}``: requests in a ``multipart/mixed`` body, each through the same door.

The parts are done in their order, each in a transaction of its own, and answered in that order. A part without a token
uses that of the whole. What would break the connection (a fault) is a 503 of its part.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from tasks.sandbox.discovery.documents import FILES
from tasks.sandbox.failures import GoogleError, invalid
from tasks.sandbox.wire import Answer, Call, answer, tidy

MOST = 100
LIMITS = {"calendar": 1000}
TOO_MANY = " Exceeds allowed inner batch requests soft limit. Please retry."
Respond = Callable[[Call, str], Answer]


def batched(call: Call, path: str, api_of: Callable[[str], str], respond: Respond) -> Answer:
    """Every part's answer; 400 for a body that is no batch or a batch that mixes APIs.

    Limits: Gmail's and Drive's guides say 100, Calendar's says 1000. Beyond its limit Drive refuses the single part
    (googleapis/google-api-python-client#2201), the others the whole; the words of that are not known.
    """
    parts = [(part, *_request(call, part)) for part in _parts(call)]
    apis = {api_of(inner_path) for _, _, inner_path in parts}
    asked = path.removeprefix("/batch").strip("/").partition("/")[0]
    if len(apis) != 1 or not apis <= set(FILES) or (asked and apis != {asked}):
        raise invalid("All requests of a batch must go to the same API, that of the batch's path.")
    api = apis.pop()
    most = LIMITS.get(api, MOST)
    if len(parts) > most and api != "drive":
        raise invalid(f"A batch may hold {most} requests, not {len(parts)}.")
    boundary = f"batch_{secrets.token_hex(12)}"
    pieces = []
    for number, (part, inner, inner_path) in enumerate(parts):
        refused = answer(GoogleError(403, TOO_MANY, "forbidden").body(api), 403)
        result = respond(inner, inner_path) if number < most else refused
        pieces.append(_piece(boundary, part.get("Content-ID", ""), result))
    body = b"".join([*pieces, f"--{boundary}--\r\n".encode()])
    return Answer(body, content_type=f"multipart/mixed; boundary={boundary}")


def _parts(call: Call) -> Iterator[Message]:
    kind = call.headers.get("content-type", "")
    whole = message_from_bytes(b"Content-Type: " + kind.encode("latin-1") + b"\r\n\r\n" + call.body)
    if not kind.startswith("multipart/mixed") or not whole.is_multipart():
        raise invalid("A batch must be multipart/mixed and hold at least one request.")
    for part in whole.walk():
        if part is whole:
            continue
        if part.get_content_type() != "application/http":
            raise invalid("Every part of a batch must be application/http.")
        yield part


def _request(call: Call, part: Message) -> tuple[Call, str]:
    """The HTTP request inside a part, as if it had come alone."""
    head, _, rest = _bytes(part).lstrip().partition(b"\n")
    try:
        method, target, *_ = head.decode("ascii").split()
    except ValueError:
        raise invalid("A part of the batch does not begin with a request line.") from None
    inner = message_from_bytes(rest)
    headers = {name.lower(): str(value) for name, value in inner.items()}
    headers.setdefault("authorization", call.headers.get("authorization", ""))
    address = urlsplit(target)
    query = parse_qs(address.query, keep_blank_values=True)
    length = headers.get("content-length", "")
    body = _bytes(inner)[: int(length)] if length.isdigit() else _bytes(inner)
    return replace(call, method=method.upper(), query=query, headers=headers, body=body), tidy(address.path)


def _bytes(message: Message) -> bytes:
    found = message.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _piece(boundary: str, content_id: str, result: Answer) -> bytes:
    named = f"Content-ID: <response-{content_id.strip('<>')}>\r\n" if content_id else ""
    fields = {"Content-Type": result.content_type, **result.headers, "Content-Length": str(len(result.body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    status = f"HTTP/1.1 {result.status} {HTTPStatus(result.status).phrase}\r\n"
    head = f"--{boundary}\r\nContent-Type: application/http\r\n{named}\r\n{status}{lines}\r\n"
    return head.encode() + result.body + b"\r\n"
