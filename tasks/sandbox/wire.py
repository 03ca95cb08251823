"""A request and an answer as the sandbox's parts see them, and how a path is matched."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from tasks.sandbox.auth.callers import Caller
from tasks.sandbox.failures import invalid
from tasks.sandbox.masks import Mask, apply, parse
from tasks.sandbox.shapes import Json
from tasks.sandbox.store import compact, encoded
from tasks.sandbox.world import World

JSON_TYPE = "application/json; charset=UTF-8"
SLASHES = re.compile(r"/+(:[A-Za-z]+)?$")
HOLE = re.compile(r"\\\{(\w+)\\\}")
TRUE = {"true", "1"}
SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


@dataclass(frozen=True)
class Call:
    """One request; ``parts`` are the named parts of its path, decoded; ``path`` is not.

    ``caller`` is set on Google's paths; on the sandbox's own it is None: whoever sits at this machine.
    """

    world: World
    method: str
    base_url: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    parts: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    caller: Caller | None = None

    def one(self, name: str, default: str = "") -> str:
        """The last value of a query parameter."""
        return self.query.get(name, [default])[-1]

    def many(self, name: str) -> list[str]:
        """All values of a query parameter."""
        return self.query.get(name, [])

    def flag(self, name: str) -> bool:
        """``true``, ``True`` or ``1``."""
        return self.one(name).lower() in TRUE

    def number(self, name: str, default: int) -> int:
        """A whole number; 400 for anything else."""
        try:
            return int(self.one(name, str(default)))
        except ValueError:
            raise invalid(f"Invalid value at '{name}', \"{self.one(name)}\"") from None

    def json(self) -> Json:
        """The body as an object; an absent one is empty, any other 400."""
        if not self.body.strip():
            return {}
        try:
            found = json.loads(self.body.decode(), parse_constant=_refused)
            if SURROGATE.search(self.body):
                compact(found).encode()
        except (ValueError, RecursionError):
            raise invalid("Invalid JSON payload received.") from None
        if not isinstance(found, dict):
            raise invalid("Invalid JSON payload received: the root is not an object.")
        return found

    def mask(self) -> Mask:
        """``fields``."""
        return parse(self.one("fields"))


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    body: bytes = b""
    status: int = 200
    content_type: str = JSON_TYPE
    headers: Mapping[str, str] = field(default_factory=dict)


def _refused(constant: str) -> None:
    """NaN and Infinity are no JSON, although Python reads them."""
    raise ValueError(constant)


Work = Callable[[Call], Answer]


@dataclass(frozen=True)
class Operation:
    """A method and path that is spoken, under its name in the discovery document."""

    method: str
    pattern: re.Pattern[str]
    name: str
    work: Work
    api: str


def operation(api: str, method: str, path: str, name: str, work: Work) -> Operation:
    """``{name}`` in the path stands for one part, ``{name_}`` with a slash allowed in it."""
    pattern = HOLE.sub(lambda hole: f"(?P<{hole[1]}>{'.+' if hole[1].endswith('_') else '[^/]+?'})", re.escape(path))
    return Operation(method, re.compile(pattern), name, work, api)


def parts_of(found: re.Match[str]) -> dict[str, str]:
    """The named parts of a path, decoded only now: a title may hold ``/``, ``:`` and ``!``."""
    return {name.rstrip("_"): unquote(part) for name, part in found.groupdict().items()}


def tidy(raw_path: str) -> str:
    """Some clients write ``/{id}/`` and ``/{id}/:batchUpdate``."""
    return SLASHES.sub(r"\1", raw_path) or "/"


def answer(value: object, status: int = 200) -> Answer:
    """A JSON answer."""
    return Answer(encoded(value), status)


def masked(call: Call, value: Json) -> Answer:
    """A JSON answer cut to ``fields``."""
    return answer(apply(call.mask(), value))
