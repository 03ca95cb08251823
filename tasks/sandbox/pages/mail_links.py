"""The links of a mail: they open beside the sandbox, a mail address opens the sandbox's own page for writing."""

import re
from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from tasks.sandbox.world import World

Lead = Callable[[str], str]
"""Where a link of a mail leads here; ``""`` for what may not be a link."""

KEPT = {"class", "style", "title", "lang", "dir", "aria-label", "id", "name"}
ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
SHEET = re.compile(r"/spreadsheets/d/([\w-]+)")


class _Anchors(HTMLParser):
    """Where the links of a page begin, and what they are to be instead."""

    def __init__(self, text: str, lead: Lead) -> None:
        super().__init__(convert_charrefs=True)
        self.lead = lead
        self.starts = [0]
        for line in text.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.found: list[tuple[int, int, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<a>``, ``<area>`` and ``<base>`` are written anew."""
        if tag not in {"a", "area", "base"}:
            return
        line, column = self.getpos()
        start = self.starts[line - 1] + column
        address = self.lead(next((value for name, value in attrs if name == "href" and value), "").strip())
        kept = [(name, value or "") for name, value in attrs if name in KEPT]
        if address:
            kept += [("href", address), ("target", "_blank"), ("rel", "noopener noreferrer")]
        written = "".join(f' {name}="{escape(value)}"' for name, value in kept)
        self.found.append((start, len(self.get_starttag_text() or ""), f"<{tag}{written}>" if tag != "base" else ""))

    handle_startendtag = handle_starttag


def with_links(page: str, lead: Lead) -> str:
    """A page whose links lead where they lead here; everything else is left as it is."""
    page = page.replace("\r\n", "\n")
    pieces, end = [], 0
    for start, length, instead in _Anchors(page, lead).found:
        pieces += [page[end:start], instead]
        end = start + length
    return "".join([*pieces, page[end:]])


def linked_text(text: str, lead: Lead) -> list[tuple[str, str]]:
    """A text in pieces, each with the address that it leads to or ``""``."""
    pieces, end = [], 0
    for match in ADDRESS.finditer(text):
        pieces += [(text[end : match.start()], ""), (match[0], lead(match[0]))]
        end = match.end()
    return [piece for piece in [*pieces, (text[end:], "")] if piece[0]]


def lead_from(mailbox: str, base_url: str, pages: Mapping[str, str]) -> Lead:
    """Links as this mailbox follows them: where Google's address has a page here (``pages``), to that page."""

    def lead(address: str) -> str:
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        if parts.scheme == "mailto":
            return f"{base_url}{writing(mailbox, address)}"
        if parts.scheme not in {"http", "https"}:
            return ""
        sheet = SHEET.match(parts.path) if parts.hostname == "docs.google.com" else None
        if here := f"/sheets/{sheet[1]}" if sheet else pages.get(address, ""):
            return f"{base_url}{here}"
        return address

    return lead


def meeting_pages(world: World) -> dict[str, str]:
    """The page of the event behind each meeting's and each event's address."""
    events = ((event, f"/calendar/primary/{quote(event['id'])}") for event in world.store.all("event"))
    return {str(event[name]): page for event, page in events for name in ("hangoutLink", "htmlLink") if event.get(name)}


def writing(mailbox: str, mailto: str) -> str:
    """The page for writing that a ``mailto:`` link opens (RFC 6068)."""
    parts = urlsplit(mailto)
    asked = {name.lower(): values[-1] for name, values in parse_qs(parts.query).items()}
    fields: dict[str, str] = {"to": unquote(parts.path)}
    fields |= {name: asked[name] for name in ("subject", "body") if name in asked}
    return f"/mail/{quote(mailbox)}/write?{urlencode(fields)}"
