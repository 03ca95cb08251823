"""Pages of Gmail's lists."""

from tasks.sandbox import paging
from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Call

USUAL, MOST = 100, 500


def listed(call: Call, name: str, found: list[Json], **more: object) -> Json:
    """``{name: [...], "nextPageToken": ...}`` and what else the list says; more than the most is the most."""
    size = min(max(call.number("maxResults", USUAL), 1), MOST)
    return paging.listed(call, name, found, size, invalid("Invalid pageToken", "invalidArgument")) | more
