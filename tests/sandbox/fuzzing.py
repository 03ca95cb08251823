"""Requests that a clumsy client could send, made out of the discovery documents and partly wrong."""

import json
import random
import re
from urllib.parse import quote

from googleapiclient.discovery_cache import get_static_doc

VERSIONS = {"sheets": "v4", "drive": "v3", "calendar": "v3", "gmail": "v1", "forms": "v1", "meet": "v2"}
JUNK = [None, 0, -1, 1.5, 2**40, True, "", "x", "é\0", "9" * 400, "2024-02-30", [], [None], ["a"], [[]], {}, {"a": 1}]
TEXTS = [
    "",
    "x",
    "A1",
    "A1:B2",
    "Submissions!A1:Z",
    "=1/0",
    "=A1",
    "a@example.org",
    "primary",
    "me",
    "*",
    "0",
    "-5",
    "(",
    "'",
]
TIMES = [
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "2024-02-16T08:00:00Z",
    "2024-02-16T08:00:00.123456789Z",
    "2024-02-16",
    "0001-01-01T00:00:00Z",
    "soon",
]
NUMBERS = [0, 1, 2, 3, 26, 999, -1, 2**31 - 1]
FORMATS = {
    "date-time": TIMES,
    "google-datetime": TIMES,
    "date": ["2024-02-16", "2024-13-01"],
    "byte": ["aGVsbG8", "%%"],
}
HOLES = re.compile(r"\{\+?(\w+)\}")
DEEPEST = 6
SENSIBLE = 0.9
FOOLISH = 0.04


class Fuzz:
    """Makes requests for the methods of one API; the same seed makes the same ones. ``ids`` are what paths may name."""

    def __init__(self, api, seed, ids):
        self.document = json.loads(get_static_doc(api, VERSIONS[api]))
        self.dice = random.Random(f"{api} {seed}")  # noqa: S311 (the same each time)
        self.ids = ids
        self.methods = sorted(_methods(self.document), key=lambda one: one["id"])

    def request(self, method):
        """HTTP method, path, query and body."""
        path = "/" + self.document["servicePath"] + method["path"]
        path = HOLES.sub(lambda hole: quote(self._id(hole[1], method), safe="/" if hole[0][1] == "+" else ""), path)
        declared = {**method.get("parameters", {}), "fields": {"type": "string"}}
        query = {
            name: self._parameter(schema)
            for name, schema in declared.items()
            if schema.get("location") != "path" and (schema.get("required") or self.dice.random() < 0.2)
        }
        body = self._value({"$ref": method["request"]["$ref"]}, 0) if "request" in method else None
        return method["httpMethod"], path, query, body

    def _id(self, name, method):
        known = self.ids.get(name, []) + self.ids.get(f"{name} of {method['id'].split('.')[-2]}", [])
        return str(self.dice.choice(known if known and self.dice.random() < SENSIBLE else ["x", "-1", "A1"]))

    def _parameter(self, schema):
        value = self._value(schema, DEEPEST)
        return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)

    def _value(self, schema, depth):
        dice = self.dice
        if dice.random() < FOOLISH:
            return dice.choice(JUNK)
        schema = self.document["schemas"][schema["$ref"]] if "$ref" in schema else schema
        if schema.get("type") == "object":
            return self._object(schema, depth)
        if schema.get("type") == "array":
            return [self._value(schema["items"], depth + 1) for _ in range(dice.choice([0, 1, 1, 2]))]
        return dice.choice(schema.get("enum") or self._scalars(schema))

    def _scalars(self, schema):
        kinds = {"boolean": [True, False], "integer": NUMBERS, "number": [*NUMBERS, 0.5]}
        texts = FORMATS.get(schema.get("format"), TEXTS + self.ids.get("text", []))
        return kinds.get(schema.get("type"), texts if schema.get("type") == "string" else JUNK)

    def _object(self, schema, depth):
        dice, known = self.dice, schema.get("properties")
        if known is None:
            return {dice.choice(TEXTS): self._value(schema.get("additionalProperties", {}), depth + 1)}
        names = [name for name, one in known.items() if depth < DEEPEST or "$ref" not in one]
        few = max(1, min(len(names), 1 if len(names) > 30 else dice.randint(1, 5)))
        return {name: self._value(known[name], depth + 1) for name in dice.sample(names, min(few, len(names)))}


def _methods(branch):
    yield from branch.get("methods", {}).values()
    for inner in branch.get("resources", {}).values():
        yield from _methods(inner)
