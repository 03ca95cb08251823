"""Discovery's schemas as JSON Schema: closed objects, formats as patterns, enums.

What is sent may differ from what is answered in two things: ``null`` means unset, and a local time may leave its offset
to the ``timeZone`` beside it.
"""

from collections.abc import Mapping
from typing import Any

from tasks.sandbox.shapes import Json

DAY = r"\d{4}-\d{2}-\d{2}"
TIME = rf"^{DAY}[Tt]\d{{2}}:\d{{2}}:\d{{2}}(\.\d{{1,9}})?"
OFFSET = r"([Zz]|[+-]\d{2}:\d{2})"
PATTERNS = {
    "int64": r"^-?\d+$",
    "uint64": r"^\d+$",
    "byte": r"^[A-Za-z0-9+/_-]*={0,2}$",
    "date": rf"^{DAY}$",
    "date-time": f"{TIME}{OFFSET}$",
    "google-datetime": f"{TIME}{OFFSET}$",
    "google-duration": r"^-?\d+(\.\d{1,9})?s$",
}
LOCAL = {"date-time": f"{TIME}{OFFSET}?$"}
LIMITS = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1)}
NOT_FINITE = "^(NaN|-?Infinity)$"
OPEN: Json = {}


def definitions(schemas: Mapping[str, Json], *, sent: bool) -> Json:
    """Every schema of a document under ``$defs``, as it is sent or as it is answered."""
    return {"$defs": {name: _converted(schema, sent=sent) for name, schema in schemas.items()}}


def _converted(schema: Json, *, sent: bool) -> Json:
    if "$ref" in schema:
        return {"$ref": f"#/$defs/{schema['$ref']}"}
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, sent=sent)
    if kind == "array":
        return {"type": _types("array", sent=sent), "items": _converted(schema["items"], sent=sent)}
    return OPEN if kind == "any" else _scalar(schema, sent=sent)


def _object(schema: Json, *, sent: bool) -> Json:
    found: Json = {"type": _types("object", sent=sent)}
    if "properties" in schema:
        found["properties"] = {name: _converted(one, sent=sent) for name, one in schema["properties"].items()}
        found["additionalProperties"] = False
    if "additionalProperties" in schema:
        found["additionalProperties"] = _converted(schema["additionalProperties"], sent=sent)
    return found


def _scalar(schema: Json, *, sent: bool) -> Json:
    kind, form = schema["type"], schema.get("format", "")
    if kind == "number":
        return {"type": ["number", "string", *(["null"] if sent else [])], "pattern": NOT_FINITE}
    found: Json = {"type": _types(kind, sent=sent)}
    if form in LIMITS:
        found["minimum"], found["maximum"] = LIMITS[form]
    if pattern := (LOCAL if sent else PATTERNS).get(form, PATTERNS.get(form)):
        found["pattern"] = pattern
    if "enum" in schema:
        found["enum"] = [*schema["enum"], None] if sent else schema["enum"]
    return found


def _types(kind: str, *, sent: bool) -> Any:  # noqa: ANN401 (JSON Schema takes a name or a list of names)
    return [kind, "null"] if sent else kind
