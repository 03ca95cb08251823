"""Pages of a list; a token is a place in it."""

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Call

USUAL, MOST = 100, 500


def listed(call: Call, name: str, found: list[Json], **more: object) -> Json:
    """``{name: [...], "nextPageToken": ...}``; the list is absent when it is empty."""
    token = call.one("pageToken") or "0"
    if not token.isdigit():
        raise invalid("Invalid pageToken", "invalidArgument")
    start, size = int(token), min(max(call.number("maxResults", USUAL), 1), MOST)
    body: Json = {}
    if part := found[start : start + size]:
        body[name] = part
    if start + size < len(found):
        body["nextPageToken"] = str(start + size)
    return body | more
