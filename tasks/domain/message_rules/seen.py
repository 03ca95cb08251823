"""A mail as its readers see it: headers, text, page and calendar, each decoded once."""

import re
from dataclasses import dataclass
from functools import cached_property

from tasks.domain.message_rules.header_text import HeaderError, decoded
from tasks.domain.message_rules.ical_lines import Component, read_calendar
from tasks.domain.message_rules.page import Page, read_page
from tasks.domain.message_rules.reading import Part, UnreadableError, read

URL = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s<>\"]*", re.IGNORECASE)
IDENTITIES = {"message-id", "references", "in-reply-to"}


@dataclass(frozen=True)
class Seen:
    """Parts that are not there are empty. Raises UnreadableError for what is not text in UTF-8."""

    raw: bytes
    message: Part

    @cached_property
    def leaves(self) -> tuple[Part, ...]:
        """The parts without parts."""
        return tuple(self.message.leaves())

    @cached_property
    def text(self) -> str:
        """The plain text, lines ended by LF."""
        return _text(self.leaves, "text/plain").replace("\r\n", "\n")

    @cached_property
    def html(self) -> str:
        """The HTML."""
        return _text(self.leaves, "text/html")

    @cached_property
    def page(self) -> Page:
        """The HTML, parsed."""
        return read_page(self.html)

    @cached_property
    def calendar(self) -> bytes:
        """The calendar among the alternatives."""
        return _content(self.leaves, "text/calendar")

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The calendar's components, the outermost first. Raises CalendarError."""
        return read_calendar(self.calendar)

    @cached_property
    def line_of_text(self) -> str:
        """The plain text in one line, as facts are looked for in it."""
        return " ".join(self.text.split())

    @cached_property
    def urls_of_text(self) -> frozenset[str]:
        """Every address with a scheme in the plain text."""
        return frozenset(URL.findall(self.text))

    @cached_property
    def links(self) -> frozenset[str]:
        """Where the page leads to."""
        return frozenset(one.attributes["href"] for one in self.page.elements if "href" in one.attributes)

    def header(self, name: str) -> str:
        """The decoded value of the only header of this name; ``""`` for none, several, or one that cannot be read."""
        try:
            return decoded(self.message.value(name))
        except HeaderError:
            return ""

    @cached_property
    def everything(self) -> str:
        """All that is said: headers but for the ids, text, attributes and text of the page, lines of the calendar."""
        headers = [self.header(name.lower()) for name, _ in self.message.headers if name.lower() not in IDENTITIES]
        attributes = [value for one in self.page.elements for name, value in one.attributes.items() if name != "style"]
        page = [self.page.text, self.page.hidden, *attributes, *self.page.comments, *self.titles]
        calendar = self.calendar.decode("utf-8", "replace").replace("\r\n ", "").replace("\r", "")
        return "\n".join((*headers, self.text, *page, calendar))

    @cached_property
    def titles(self) -> list[str]:
        """What the page calls itself."""
        return [one.text for one in self.page.all("title")]


def look_at(raw: bytes) -> Seen:
    """Raises UnreadableError."""
    return Seen(raw, read(raw))


def _text(leaves: tuple[Part, ...], media: str) -> str:
    try:
        return _content(leaves, media).decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableError(f"the part {media} is not UTF-8") from None


def _content(leaves: tuple[Part, ...], media: str) -> bytes:
    found = [part for part in leaves if part.media == media]
    return found[0].content() if found else b""
