"""A calendar file read line by line (RFC 5545 section 3.1), as strictly as it is written there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

LINE = re.compile(
    r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*)'
    r'(?:,(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))*)*):([^\x00-\x08\x0a-\x1f\x7f]*)'
)
PARAMETER = re.compile(r';([A-Z0-9-]+)=("[^"]*"|[^";:,]*)')
ESCAPE = re.compile(r"\\(.)")


class CalendarError(ValueError):
    """The bytes are not a calendar file."""


@dataclass(frozen=True, slots=True)
class Property:
    """One line; ``value`` as it stands."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value of a property that is text."""
        return ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END, without the components within."""

    name: str
    depth: int
    properties: list[Property] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """The properties of this name."""
        return [one for one in self.properties if one.name == name]

    def value(self, name: str) -> str:
        """The value of the only property of this name, or ``""``."""
        found = self.all(name)
        return found[0].value if len(found) == 1 else ""


def read_calendar(raw: bytes) -> tuple[Component, ...]:
    """The components in the order in which they begin. Raises CalendarError."""
    found: list[Component] = []
    unfinished: list[Component] = []
    for line in _lines(raw):
        one = _property(line)
        if one.name == "BEGIN":
            unfinished.append(Component(one.value, len(unfinished)))
            found.append(unfinished[-1])
        elif not unfinished:
            raise CalendarError("a line stands outside of the calendar")
        elif one.name == "END":
            if unfinished.pop().name != one.value:
                raise CalendarError(f"END:{one.value[:20]} ends something else")
        else:
            unfinished[-1].properties.append(one)
    if unfinished:
        raise CalendarError(f"{unfinished[-1].name[:20]} does not end")
    return tuple(found)


def _lines(raw: bytes) -> Iterator[str]:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise CalendarError("it is not UTF-8") from None
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    yield from (line for line in re.split(r"\r?\n", unfolded.removesuffix("\n").removesuffix("\r")))


@lru_cache(maxsize=1024)
def _property(line: str) -> Property:
    found = LINE.fullmatch(line)
    if found is None:
        raise CalendarError("a line is not NAME;PARAMETER=value:value")
    parameters = {name: value.strip('"') for name, value in PARAMETER.findall(found[2])}
    return Property(found[1], parameters, found[3])
