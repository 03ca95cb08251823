"""The fields of a request's body, each of the type that the discovery document says; 400 for any other."""

from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json


def text(body: Json, name: str) -> str:
    """A string, ``""`` when it is not there."""
    found = body.get(name)
    if found is not None and not isinstance(found, str):
        raise _wrong(name, "TYPE_STRING", found)
    return found or ""


def texts(body: Json, name: str) -> list[str]:
    """A list of strings, empty when it is not there."""
    found = body.get(name)
    if found is not None and not (isinstance(found, list) and all(isinstance(one, str) for one in found)):
        raise _wrong(name, "TYPE_STRING", found)
    return list(found or [])


def part(body: Json, name: str) -> Json:
    """An object, empty when it is not there."""
    found = body.get(name)
    if found is not None and not isinstance(found, dict):
        raise _wrong(name, "TYPE_MESSAGE", found)
    return found or {}


def _wrong(name: str, kind: str, found: object) -> Exception:
    return invalid(f"Invalid value at '{name}' ({kind}), {found!r}", "invalidArgument")
