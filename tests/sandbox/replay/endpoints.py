"""The name of a request's method in the discovery documents."""

import json
import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from googleapiclient.discovery_cache import get_static_doc

from tests.sandbox.replay.recordings import Exchange

APIS = (("sheets", "v4"), ("drive", "v3"), ("drive", "v2"))
HOLE = re.compile(r"\\\{\+?(\w+)\\\}")


def endpoint(exchange: Exchange) -> str:
    """``sheets.spreadsheets.values.get``, ``drive.files.update`` and so on."""
    path = urlsplit(exchange.uri).path.removeprefix("/upload")
    return next(name for method, pattern, name in _methods() if method == exchange.method and pattern.fullmatch(path))


@cache
def _methods() -> list[tuple[str, re.Pattern[str], str]]:
    """Those with the most literal text first."""
    found = [one for api, version in APIS for one in _of(json.loads(get_static_doc(api, version)))]
    return sorted(found, key=lambda one: -len(one[1].pattern.replace("[^/]+?", "")))


def _of(document: dict) -> Iterator[tuple[str, re.Pattern[str], str]]:
    waiting = [document]
    while waiting:
        resource = waiting.pop()
        waiting += resource.get("resources", {}).values()
        for method in resource.get("methods", {}).values():
            path = "/" + document["servicePath"] + method.get("flatPath", method["path"])
            pattern = re.compile(HOLE.sub("[^/]+?", re.escape(path)))
            yield method["httpMethod"], pattern, method["id"]
