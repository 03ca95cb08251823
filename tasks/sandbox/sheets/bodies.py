"""A body as Google's servers read it: held against the discovery schema once, so that the work behind can trust it.

``null`` means unset, ``"5"`` and ``5.0`` are whole numbers where one is wanted, an unknown name or another type is 400.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

from tasks.sandbox.discovery.documents import documents
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.shapes import Json
from tasks.sandbox.sheets.colours import partnered, rounded

PACKAGE = "type.googleapis.com/google.apps.sheets.v4"
LIMITS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
PLACES = {"GridRange", "DimensionRange", "GridCoordinate"}
NOT_FINITE = {"NaN", "Infinity", "-Infinity"}
WHOLE = re.compile(r"-?[0-9]{1,19}")
LONE = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold
BIGGEST = sys.float_info.max


class Unreadable(Exception):  # noqa: N818 (never leaves this module)
    """A part of a body that cannot be read; its place is put together on the way up, so that good bodies are cheap."""

    def __init__(self, say: Callable[[str], str]) -> None:
        super().__init__()
        self.say = say
        self.place: list[str] = []


def body(name: str, given: Json) -> Json:
    """A body of this schema, as Google reads it. Raises 400."""
    try:
        found: Json = _message(name, given)
    except Unreadable as error:
        path = "".join(reversed(error.place)).lstrip(".")
        raise wrong(path, error.say(path)) from None
    return found


def wrong(path: str, message: str) -> GoogleError:
    """400 with the ``details`` that Google gives to a body it cannot read."""
    path, message = LONE.sub("\N{REPLACEMENT CHARACTER}", path), LONE.sub("\N{REPLACEMENT CHARACTER}", message)
    violation = {"field": path, "description": message} if path else {"description": message}
    detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
    return GoogleError(400, message, details=[detail])


def _message(name: str, given: object) -> Json:
    if isinstance(given, list):
        raise Unreadable(_not_repeated)
    if not isinstance(given, dict):
        raise _invalid(f"{PACKAGE}.{name}", given)
    known, pairs = _schema(name)
    found = {}
    for key, part in given.items():
        if key not in known:
            raise Unreadable(partial(_unknown, key))
        if part is not None:
            try:
                found[key] = _value(known[key], part, name, key)
            except Unreadable as error:
                error.place.append(f".{_snake(key)}")
                raise
    if name in PLACES and found.get("sheetId") == 0:
        del found["sheetId"]
    return rounded(found) if name == "Color" else partnered(found, pairs) if pairs else found


@cache
def _schema(name: str) -> tuple[dict[str, Json], list[str]]:
    """The fields of a message, and the plain names of its colours that are there in both spellings."""
    known: dict[str, Json] = documents("sheets")[0].schemas[name].get("properties", {})
    styles = [field for field, schema in known.items() if schema.get("$ref") == "ColorStyle"]
    return known, [style.removesuffix("Style") for style in styles if style.removesuffix("Style") in known]


def _value(schema: Json, given: object, name: str, key: str) -> Any:  # noqa: ANN401 (any JSON value)
    if "$ref" in schema:
        return _message(schema["$ref"], given)
    kind = schema["type"]
    if kind == "array":
        if not isinstance(given, list):
            raise _invalid(f"{PACKAGE}.{schema['items'].get('$ref', name)}", given)
        return _each(schema["items"], enumerate(given), name, key)
    if kind == "object":
        if not isinstance(given, dict) or any(LONE.search(one) for one in given):
            raise _invalid("Map", given)
        return dict(zip(given, _each(schema["additionalProperties"], given.items(), name, key), strict=True))
    if kind == "any":
        return given
    if isinstance(given, list):
        raise Unreadable(_not_repeated)
    return _scalar(schema, given, f"{name}.{key[0].upper()}{key[1:]}")


def _each(schema: Json, parts: Iterable[tuple[object, object]], name: str, key: str) -> list[Any]:
    found = []
    for at, part in parts:
        try:
            found.append(_value(schema, part, name, key))
        except Unreadable as error:
            error.place.append(f"[{at}]")
            raise
    return found


def _scalar(schema: Json, given: object, name: str) -> object:
    kind, form = schema["type"], schema.get("format", "")
    if "enum" in schema:
        if given not in schema["enum"]:
            raise _invalid(f"{PACKAGE}.{name}", given)
        return given
    if form in LIMITS:
        return _whole(given, form)
    if kind == "number":
        return _number(given, form)
    wanted: type = {"boolean": bool, "string": str}[kind]
    if not isinstance(given, wanted) or (isinstance(given, str) and LONE.search(given)):
        raise _invalid("TYPE_BOOL" if wanted is bool else "TYPE_STRING", given)
    return given


def _whole(given: object, form: str) -> int:
    number = _integer(given)
    low, high = LIMITS[form]
    if number is None or not low <= number <= high:
        raise _invalid(f"TYPE_{form.upper()}", given)
    return number


def _integer(given: object) -> int | None:
    if isinstance(given, str):
        return int(given) if WHOLE.fullmatch(given) else None
    if isinstance(given, float):
        return int(given) if given.is_integer() else None
    return given if isinstance(given, int) and not isinstance(given, bool) else None


def _number(given: object, form: str) -> float | str:
    if isinstance(given, str) and given in NOT_FINITE:
        return given
    if isinstance(given, bool) or not isinstance(given, int | float) or not -BIGGEST <= given <= BIGGEST:
        raise _invalid(f"TYPE_{form.upper()}", given)
    return given


def _invalid(kind: str, given: object) -> Unreadable:
    shown = f'"{given}"' if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    return Unreadable(lambda path: f"Invalid value at '{path}' ({kind}), {shown}")


def _unknown(key: str, path: str) -> str:
    where = f" at '{path}'" if path else ""
    return f'Invalid JSON payload received. Unknown name "{key}"{where}: Cannot find field.'


def _not_repeated(path: str) -> str:
    where, _, name = path.rpartition(".")
    at = f" at '{where}'" if where else ""
    return f'Invalid JSON payload received. Unknown name "{name}"{at}: Proto field is not repeating, cannot start list.'


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: "_" + letter[0].lower(), name)
