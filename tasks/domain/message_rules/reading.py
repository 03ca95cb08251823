"""A mail read back as strictly as the strictest program would; nothing is guessed and nothing repaired.

The standard library's parser takes a missing boundary, a doubled header or broken base64 for what was probably meant.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

MEDIA = re.compile(r'([a-z]+/[a-z0-9.+-]+)((?:;\s*[A-Za-z0-9*-]+=(?:"[^"\\]*"|[A-Za-z0-9.=_+-]+))*)')
PARAMETER = re.compile(r';\s*([A-Za-z0-9*-]+)=(?:"([^"\\]*)"|([A-Za-z0-9.=_+-]+))')
HEADER = re.compile(r"([!-9;-~]+):[ \t]*(.*)", re.DOTALL)
FOLD = re.compile(r"\n(?=[ \t])")
BAD_QUOTE = re.compile(r"=(?![0-9A-F]{2}|\n)")
DEEPEST = 3


class UnreadableError(ValueError):
    """The bytes are not a mail; the message says where they stop being one."""


@dataclass(frozen=True, slots=True)
class Part:
    """``headers`` as they stand, unfolded; ``body`` with the encoding of its transfer, its lines ended by LF.

    ``media`` is the type in lower case, ``parameters`` those of the type.
    """

    headers: tuple[tuple[str, str], ...]
    body: str
    media: str
    parameters: dict[str, str]
    parts: tuple["Part", ...] = field(default=())
    said: dict[str, list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for name, value in self.headers:
            self.said.setdefault(name.lower(), []).append(value)

    def values(self, name: str) -> list[str]:
        """What the headers of this name, in small letters, say."""
        return self.said.get(name, [])

    def value(self, name: str) -> str:
        """What the only header of this name says, or ``""``."""
        found = self.values(name)
        return found[0] if len(found) == 1 else ""

    def leaves(self) -> Iterator["Part"]:
        """The parts without parts, in their order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def content(self) -> bytes:
        """The body without the encoding of its transfer. Raises UnreadableError."""
        match self.value("content-transfer-encoding").lower():
            case "base64":
                return _from_base64(self.body)
            case "quoted-printable":
                if BAD_QUOTE.search(self.body) or not self.body.isascii():
                    raise UnreadableError("a part is not quoted-printable")
                return binascii.a2b_qp(self.body)
            case "" | "7bit":
                return self.body.encode("latin-1")
            case other:
                raise UnreadableError(f"a part has the transfer encoding {other[:20]}")


def read(raw: bytes) -> Part:
    """Raises UnreadableError."""
    text = raw.decode("latin-1")
    return _part(text.replace("\r\n", "\n").replace("\r", "\n"), 0)


def _part(text: str, depth: int) -> Part:
    head, gap, body = ("", "\n\n", text[1:]) if text.startswith("\n") else text.partition("\n\n")
    if not gap or depth > DEEPEST:
        raise UnreadableError("a part has no end of its headers, or lies too deep")
    headers = tuple(_header(line) for line in _lines(head))
    said = [value for name, value in headers if name.lower() == "content-type"]
    if len(said) != 1:
        raise UnreadableError(f"a part has {len(said)} headers Content-Type instead of one")
    media, parameters = _media(said[0])
    parts: tuple[Part, ...] = ()
    if media.startswith("multipart/"):
        parts = tuple(_part(one, depth + 1) for one in _between(body, parameters.get("boundary", "")))
    return Part(headers, body, media, parameters, parts)


def _lines(head: str) -> list[str]:
    return FOLD.sub("", head).split("\n")


def _header(line: str) -> tuple[str, str]:
    if (found := HEADER.fullmatch(line)) is None:
        raise UnreadableError("a line of the headers has no name")
    return found[1], found[2]


@lru_cache(maxsize=256)
def _media(value: str) -> tuple[str, dict[str, str]]:
    found = MEDIA.fullmatch(" ".join(value.split()))
    if found is None:
        raise UnreadableError("a header Content-Type cannot be read")
    parameters: dict[str, str] = {}
    for name, quoted, bare in PARAMETER.findall(found[2]):
        if name.lower() in parameters:
            raise UnreadableError(f"a header Content-Type says {name} twice")
        parameters[name.lower()] = quoted or bare
    return found[1], parameters


def _between(body: str, boundary: str) -> list[str]:
    """The parts between the lines of the boundary; nothing may stand before the first or after the last."""
    if not boundary:
        raise UnreadableError("a multipart has no boundary")
    before, *parts = f"\n{body}".split(f"\n--{boundary}")
    if len(parts) < 2 or parts.pop().strip() != "--" or before.strip():  # noqa: PLR2004  a part and the end
        raise UnreadableError("a multipart does not begin and end with its boundary")
    if not all(part.startswith("\n") for part in parts):
        raise UnreadableError("a line of a boundary holds more than the boundary")
    return [part[1:] for part in parts]


def _from_base64(body: str) -> bytes:
    try:
        return binascii.a2b_base64(body.replace("\n", "").encode("ascii"), strict_mode=True)
    except (binascii.Error, UnicodeEncodeError):
        raise UnreadableError("a part is not base64") from None
