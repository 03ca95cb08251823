"""What a body or a query breaks, in the words of Google's JSON parser (google.rpc.BadRequest).

Recorded: the words for a list that is none. Reported: unknown names, scalar types, paths in the message's own names
(``requests[0].repeat_cell``). The name of an enum's type is no part of discovery; it is guessed from the field's.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jsonschema_rs import ValidationError

from tasks.sandbox.discovery.documents import Method
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.shapes import Json

HUMP = re.compile(r"(?<!^)(?=[A-Z])")
LIST = "type.googleapis.com/google.protobuf.ListValue"
ENUMS = {"majorDimension": "Dimension"}
FORMATS = {
    "double": "TYPE_DOUBLE",
    "float": "TYPE_FLOAT",
    "int32": "TYPE_INT32",
    "uint32": "TYPE_UINT32",
    "int64": "TYPE_INT64",
    "uint64": "TYPE_UINT64",
    "byte": "TYPE_BYTES",
    "google-fieldmask": "type.googleapis.com/google.protobuf.FieldMask",
    "google-datetime": "type.googleapis.com/google.protobuf.Timestamp",
    "google-duration": "type.googleapis.com/google.protobuf.Duration",
}
TYPES = {
    "string": "TYPE_STRING",
    "boolean": "TYPE_BOOL",
    "integer": "TYPE_INT32",
    "number": "TYPE_DOUBLE",
    "any": "type.googleapis.com/google.protobuf.Value",
}
FIELDS = {"ValueRange": "data"}
WORDS = 200


def bad_request(api: str, violations: Sequence[Json]) -> GoogleError:
    """400 that names every violation; a violation without a field is about the query."""
    reason = "invalidArgument" if api == "gmail" else "badRequest"
    message = "\n".join(one["description"] for one in violations)
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": list(violations)}]
    return GoogleError(400, message, reason, details=details)


def body_violations(method: Method, schemas: Mapping[str, Json], errors: Iterable[ValidationError]) -> list[Json]:
    """One violation for each value that the request's message cannot take."""
    return [one for error in errors for one in _violations(method, schemas, error)]


def unbound(name: str) -> Json:
    """A query parameter that no field of the request has the name of."""
    words = f"Cannot bind query parameter. Field '{name}' could not be found in request message."
    return {"description": f'Invalid JSON payload received. Unknown name "{name}": {words}'}


def unreadable(method: Method, name: str, schema: Json, value: str) -> Json:
    """A query parameter whose value its field cannot take."""
    field = snake(name)
    return _invalid(field, _kind(method, schema, name), value)


def missing(name: str) -> Json:
    """A query parameter that must be there."""
    return {"field": name, "description": f"Required parameter: {name}"}


def json_path(error: ValidationError) -> str:
    """``$.sheets[0].properties: …`` for a person who has to find it in the sandbox's own answer."""
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.instance_path)
    return f"${place}: {error.message[:WORDS]}"


def snake(name: str) -> str:
    """``repeatCell`` is ``repeat_cell`` in the message."""
    return HUMP.sub("_", name).lower()


def _violations(method: Method, schemas: Mapping[str, Json], error: ValidationError) -> list[Json]:
    path = _path(method, error.instance_path)
    if error.kind.name == "additionalProperties":
        names: list[str] = error.kind.as_dict()["unexpected"]
        return [_unknown(path, name, "Cannot find field.") for name in names]
    schema, name = _place(schemas, error.schema_path)
    above, _, last = path.rpartition(".")
    if isinstance(error.instance, list) and not last.endswith("]"):
        return [_unknown(above, _field(error), "Proto field is not repeating, cannot start list.")]
    if isinstance(error.instance, dict) and schema.get("type") != "array":
        return [_unknown(above, _field(error), "Starting an object on a scalar field.")]
    if schema.get("format") == "byte" and isinstance(error.instance, str):
        text = (
            f"Invalid value at '{path}' (TYPE_BYTES), Base64 decoding failed for {json.dumps(error.instance)[:WORDS]}"
        )
        return [{"field": path, "description": text}]
    return [_invalid(path, _kind(method, schema, name), error.instance)]


def _unknown(path: str, name: str, why: str) -> Json:
    at = f" at '{path}'" if path else ""
    text = f'Invalid JSON payload received. Unknown name "{name}"{at}: {why}'
    return ({"field": path} if path else {}) | {"description": text}


def _invalid(path: str, kind: str, value: Any) -> Json:  # noqa: ANN401 (any JSON value)
    text = f"Invalid value at '{path}' ({kind}), {json.dumps(value, ensure_ascii=False)}"
    return {"field": path, "description": text}


def _field(error: ValidationError) -> str:
    return str(error.instance_path[-1]) if error.instance_path else ""


def _path(method: Method, parts: Sequence[str | int]) -> str:
    """In the request's message: a body that is one field of it stands under that field's name."""
    root = "" if method.request.endswith("Request") else FIELDS.get(method.request, snake(method.request))
    text = root
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{snake(part)}" if text else snake(part)
    return text


def _place(schemas: Mapping[str, Json], keywords: Sequence[str | int]) -> tuple[Json, str]:
    """The discovery schema that was broken and the name it goes by: of the schema itself or of the property."""
    _, name, *rest = keywords
    found: Any = schemas[str(name)]
    for one in rest[:-1]:
        found, name = found[one], one
    return found, str(name)


def _kind(method: Method, schema: Json, name: str) -> str:
    api, version = method.document.split(".")
    package = f"type.googleapis.com/google.apps.{api}.{version}"
    if "enum" in schema:
        return f"{package}.{ENUMS.get(name, name[:1].upper() + name[1:])}"
    if schema.get("type") == "array":
        return _element(package, method, schema["items"], name)
    if schema.get("type") == "object":
        return f"{package}.{name}"
    return FORMATS.get(schema.get("format", "")) or TYPES[schema["type"]]


def _element(package: str, method: Method, items: Json, name: str) -> str:
    """A lone value is taken for an element of the list."""
    if items.get("type") == "array":
        return LIST
    return f"{package}.{items['$ref']}" if "$ref" in items else _kind(method, items, name)
