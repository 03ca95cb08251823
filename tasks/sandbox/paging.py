"""Lists in pages, of every API, with tokens that fit only the list they were given for."""

import base64
import json
from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.shapes import Json
from tasks.sandbox.switches import switch
from tasks.sandbox.wire import Call

Item = TypeVar("Item")
OF_THE_PAGE = {"pageToken", "pageSize", "maxResults", "fields", "alt", "prettyPrint", "key", "quotaUser"}


def page(call: Call, found: Sequence[Item], size: int, refusal: GoogleError) -> tuple[list[Item], str]:
    """The part that ``pageToken`` points at and the next token, ``""`` at the end.

    The settings ``short_pages`` (at most so many items a page, 0: as many as asked) and ``empty_first_page`` (the first
    page holds nothing but a token) are what Google is free to do at any time. ``refusal`` is raised for a token of
    another list.
    """
    mark = _mark(call)
    start = _start(call.one("pageToken"), mark, refusal)
    if start < 0 and switch(call.world.store, "empty_first_page") and found:
        return [], _token(0, mark)
    start, least = max(start, 0), switch(call.world.store, "short_pages")
    end = start + (min(size, least) if least else size)
    return list(found[start:end]), _token(end, mark) if end < len(found) else ""


def listed(call: Call, name: str, found: Sequence[Item], size: int, refusal: GoogleError) -> Json:
    """``{name: [...], "nextPageToken": ...}`` without what is empty."""
    shown, token = page(call, found, size, refusal)
    return ({name: shown} if shown else {}) | ({"nextPageToken": token} if token else {})


def _mark(call: Call) -> str:
    asked = {name: values for name, values in call.query.items() if name not in OF_THE_PAGE}
    return sha256(json.dumps([asked, dict(call.parts)], sort_keys=True).encode()).hexdigest()[:12]


def _token(start: int, mark: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([start, mark]).encode()).decode()


def _start(token: str, mark: str, refusal: GoogleError) -> int:
    if not token:
        return -1
    try:
        start, of = json.loads(base64.urlsafe_b64decode(token))
    except ValueError:
        raise refusal from None
    if of != mark or not isinstance(start, int) or start < 0:
        raise refusal
    return start
