"""The head of a mail: its fields read as they stand, and the few edits that Gmail makes to the bytes on sending."""

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header

Field = tuple[str, str]
"""Name and value as they stand, unfolded and not decoded."""

END = re.compile(rb"(\r?\n)(?=\r?\n)")
LINES = re.compile(rb".*(?:\r?\n[ \t].*)*\r?\n")
FIELD = re.compile(r"([!-9;-~]+):[ \t]*(.*)", re.DOTALL)
FOLD = re.compile(r"\r?\n[ \t]+")


def fields(data: bytes) -> list[Field]:
    """Every field of the head in order."""
    lines = (FOLD.sub(" ", line.decode("utf-8", "replace")).strip() for line in _split(data)[0])
    return [(match[1], match[2]) for match in map(FIELD.fullmatch, lines) if match]


def values(data: bytes, name: str) -> list[str]:
    """The values of every field of this name, not decoded."""
    return [value for found, value in fields(data) if found.casefold() == name.casefold()]


def header(data: bytes, name: str) -> str:
    """The first field of this name, decoded; ``""`` when there is none."""
    return next((decoded(value) for value in values(data, name)), "")


def decoded(value: str) -> str:
    """A value with its encoded words read; as it stands when they cannot be."""
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return value


def without(data: bytes, name: str) -> bytes:
    """The same bytes without the fields of this name."""
    lines, rest = _split(data)
    return b"".join(line for line in lines if not _named(line, name)) + rest


def with_first(data: bytes, *new: Field) -> bytes:
    """The same bytes under more fields."""
    return _written(data, new) + data


def with_last(data: bytes, name: str, value: str) -> bytes:
    """The same bytes with this field as the last of the head, and no other of its name."""
    lines, rest = _split(without(data, name))
    return b"".join(lines) + _written(data, [(name, value)]) + rest


def with_instead(data: bytes, name: str, *new: Field) -> bytes:
    """The same bytes with other fields in the place of the first of this name, and no other of its name."""
    lines, rest = _split(data)
    places = [at for at, line in enumerate(lines) if _named(line, name)]
    if not places:
        return with_first(data, *new)
    kept = [b"" if at in places[1:] else line for at, line in enumerate(lines)]
    kept[places[0]] = _written(data, new)
    return b"".join(kept) + rest


def _split(data: bytes) -> tuple[list[bytes], bytes]:
    """The lines of the head (with what is folded under them), and the rest from the blank line on."""
    end = END.search(data)
    newline = _newline(data)
    head, rest = (data[: end.end()], data[end.end() :]) if end else (data.rstrip(b"\r\n") + newline, newline)
    return LINES.findall(head), rest


def _named(line: bytes, name: str) -> bool:
    return line.partition(b":")[0].strip().lower() == name.encode().lower()


def _written(data: bytes, new: list[Field] | tuple[Field, ...]) -> bytes:
    return b"".join(f"{name}: {value}".encode() + _newline(data) for name, value in new)


def _newline(data: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in data else b"\n"
