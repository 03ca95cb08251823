"""Google's discovery documents, read as data from the distribution of google-api-python-client.

The client library itself is never imported: what the sandbox knows must not come from the code that it is to test.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from tasks.sandbox.shapes import Json

FOLDER = "googleapiclient/discovery_cache/documents"
FILES = {
    "sheets": ("sheets.v4",),
    "drive": ("drive.v3", "drive.v2"),
    "calendar": ("calendar.v3",),
    "gmail": ("gmail.v1",),
    "forms": ("forms.v1",),
    "meet": ("meet.v2",),
}
PART = "[^/]+?"
HOLE = re.compile(r"\\\{\\?\+?\w+\\\}")


@dataclass(frozen=True, eq=False)
class Method:
    """One method of an API; ``id`` is its name without the API's, ``request`` and ``response`` are names of schemas."""

    document: str
    api: str
    id: str
    verb: str
    pattern: re.Pattern[str]
    query: Mapping[str, Json]
    request: str
    response: str
    scopes: frozenset[str]


@dataclass(frozen=True, eq=False)
class Document:
    """One version of one API; of two methods that fit a path the one with more literal text stands first."""

    name: str
    methods: Mapping[str, list[Method]]
    everywhere: Mapping[str, Json]
    schemas: Mapping[str, Json]
    scopes: frozenset[str]

    def method(self, verb: str, path: str) -> Method | None:
        """The method behind an HTTP method and a path as it came over the wire."""
        return next((one for one in self.methods.get(verb, []) if one.pattern.fullmatch(path)), None)


@cache
def documents(api: str) -> tuple[Document, ...]:
    """The versions of an API that are spoken, the usual one first; none for what is not a discoverable API."""
    return tuple(_read(api, name) for name in FILES.get(api, ()))


@cache
def all_scopes() -> frozenset[str]:
    """Every scope of every API."""
    return frozenset(scope for api in FILES for document in documents(api) for scope in document.scopes)


def method_of(api: str, verb: str, path: str) -> Method | None:
    """The method of an API; None for a path that no document knows."""
    found = (document.method(verb, path) for document in documents(api))
    return next((one for one in found if one), None)


def _read(api: str, name: str) -> Document:
    place = distribution("google-api-python-client").locate_file(f"{FOLDER}/{name}.json")
    body: Json = json.loads(Path(str(place)).read_bytes())
    methods: dict[str, list[Method]] = {}
    for found in sorted(_methods(api, name, body, body), key=_literal_text, reverse=True):
        methods.setdefault(found.verb, []).append(found)
    scopes = frozenset(body["auth"]["oauth2"]["scopes"])
    return Document(name, methods, body["parameters"], body["schemas"], scopes)


def _methods(api: str, name: str, body: Json, branch: Json) -> Iterator[Method]:
    for raw in branch.get("methods", {}).values():
        media = raw.get("mediaUpload", {}).get("protocols", {})
        paths = [body["servicePath"] + raw.get("flatPath", raw["path"])]
        for path in [*paths, *(one["path"].lstrip("/") for one in media.values())]:
            yield _method(api, name, raw, path)
    for inner in branch.get("resources", {}).values():
        yield from _methods(api, name, body, inner)


def _literal_text(method: Method) -> int:
    return len(method.pattern.pattern.replace(PART, ""))


def _method(api: str, name: str, raw: Json, path: str) -> Method:
    parameters = raw.get("parameters", {})
    return Method(
        document=name,
        api=api,
        id=raw["id"].partition(".")[2],
        verb=raw["httpMethod"],
        pattern=re.compile("/" + HOLE.sub(PART, re.escape(path))),
        query={key: one for key, one in parameters.items() if one["location"] == "query"},
        request=raw.get("request", {}).get("$ref", ""),
        response=raw.get("response", {}).get("$ref", ""),
        scopes=frozenset(raw["scopes"]),
    )
