"""B1-B7: the same letter as text and as page, whole, in one language, leading nowhere but to us."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from tasks.domain.message_rules.expected import Expected, Finding, Rule
from tasks.domain.message_rules.ical_lines import CalendarError
from tasks.domain.message_rules.reading import Part
from tasks.domain.message_rules.seen import Seen

UNFILLED = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{[a-z_]+\}|%\([a-z_]+\)[sd]"
    r"|(?<!\w)(?:None|[Uu]ndefined|nan|NaN|TODO|FIXME|XXX)(?!\w)| object at 0x"
)
SUSPECT = ("{", "}", "%(", "None", "ndefined", "nan", "NaN", "TODO", "FIXME", "XXX", "object at 0x")
INVISIBLE = re.compile(  # direction and zero width, but for the joiners that scripts need; and private use
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ue000-\uf8ff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
MASK = "\N{REPLACEMENT CHARACTER}"
ALTERNATIVES = {"text/plain", "text/html", "text/calendar"}


def body(seen: Seen, expected: Expected) -> Iterator[Finding]:
    """B1-B7."""
    yield from _parts(seen.message, expected)
    yield from _facts(seen, expected)
    yield from _unfilled(seen, expected)
    yield from _language(seen, expected)
    for url in sorted(seen.links | seen.urls_of_text):
        yield from _link(url, expected)
    everything = seen.everything.replace("\n", " ")
    if not everything.isprintable() and (found := INVISIBLE.search(everything)):
        yield Finding(Rule.B7, f"there is an invisible character U+{ord(found[0]):04X}")


def _parts(message: Part, expected: Expected) -> Iterator[Finding]:
    letter = ["text/plain", *(["text/html"] if expected.has_page else [])]
    inner = [*letter, *(["text/calendar"] if expected.event else [])]
    shape: object = inner[0] if len(inner) == 1 else ("multipart/alternative", inner)
    if expected.event:
        shape = ("multipart/mixed", [shape, "application/ics"])
    if _shape(message) != shape:
        yield Finding(Rule.B1, "the parts are not text, HTML and calendar in this order, with invite.ics at most")
    for part in message.leaves():
        kept = part.values("content-disposition")
        if part.media in ALTERNATIVES and (kept or part.values("content-id")):
            yield Finding(Rule.B1, f"{part.media} is marked as a file")
        if part.media in ALTERNATIVES and part.parameters.get("charset", "").lower() != "utf-8":
            yield Finding(Rule.B1, f"{part.media} is not declared as UTF-8")
        if part.media not in ALTERNATIVES and kept != ['attachment; filename="invite.ics"']:
            yield Finding(Rule.B1, "a file is not called invite.ics")


def _shape(part: Part) -> object:
    return (part.media, [_shape(one) for one in part.parts]) if part.parts else part.media


def _facts(seen: Seen, expected: Expected) -> Iterator[Finding]:
    if not seen.line_of_text:
        yield Finding(Rule.B2, "the text is empty")
    places = {"text": seen.line_of_text}
    if expected.has_page:
        places["HTML"] = f"{seen.page.text} {' '.join(sorted(seen.links))}"
    for where, text in places.items():
        for fact in _lacking(text, expected.facts):
            yield Finding(Rule.B2, f"the {where} lacks what it must say: {_told(fact, expected)}")
    if expected.has_page and seen.links != seen.urls_of_text:
        yield Finding(Rule.B2, "text and HTML do not lead to the same places")


def _lacking(text: str, facts: Sequence[str]) -> Iterator[str]:
    """The facts without a place of their own: an hour within a line in UTC does not stand for the reader's hour."""
    for fact in sorted(facts, key=len, reverse=True):
        before, found, after = text.partition(fact)
        if not found:
            yield fact
        text = f"{before}{MASK}{after}"


def _told(fact: str, expected: Expected) -> str:
    return "what a person typed" if fact in expected.typed else fact


def _unfilled(seen: Seen, expected: Expected) -> Iterator[Finding]:
    for where, text in _said(seen):
        if any(mark in text for mark in SUSPECT) and (found := UNFILLED.search(masked(text, expected.typed))):
            yield Finding(Rule.B3, f"{where} holds {found[0].strip()}")


def _said(seen: Seen) -> Iterator[tuple[str, str]]:
    yield "Subject", seen.header("subject")
    yield "the text", seen.line_of_text
    yield "the page", f"{' '.join(seen.titles)} {seen.page.hidden} {seen.page.text} {' '.join(sorted(seen.links))}"
    try:
        for one in seen.components if seen.calendar else ():
            yield "the calendar", " ".join(line.text for line in one.properties if line.name not in {"ATTENDEE", "UID"})
    except CalendarError:  # C2 says so
        return


def masked(text: str, typed: Sequence[str]) -> str:
    """The text without what people typed, each once; it may look like anything."""
    for words in sorted(filter(None, typed), key=len, reverse=True):
        text = text.replace(words, MASK, 1)
    return text


def _language(seen: Seen, expected: Expected) -> Iterator[Finding]:
    if seen.message.value("content-language") != expected.language:
        yield Finding(Rule.B4, "Content-Language is another language")
    if expected.has_page:
        said = [(one.tag, one.attributes.get("lang"), one.attributes.get("dir")) for one in seen.page.elements]
        both = [tag for tag, lang, direction in said if (lang, direction) == (expected.language, expected.direction)]
        if "html" not in both or len(both) < 2:  # noqa: PLR2004  programs that drop <html> keep the wrapper
            yield Finding(Rule.B4, "lang and dir do not stand on <html> and on a wrapper, or are wrong")
        if any(lang not in {None, expected.language} for _, lang, _ in said):
            yield Finding(Rule.B4, "a part of the page is marked as another language")
    ours = masked(seen.line_of_text, expected.typed)
    for foreign in expected.house.foreign.get((expected.kind, expected.language), ()):
        if foreign in ours:
            yield Finding(Rule.B4, f"the text holds words of another language: {foreign[:40]}")
            break


def _link(url: str, expected: Expected) -> Iterator[Finding]:
    try:
        link = urlsplit(url)
        host = link.hostname or ""
    except ValueError:
        yield Finding(Rule.B5, "a link cannot be read")
        return
    if link.scheme != "https" or not host:
        yield Finding(Rule.B5, "a link does not begin with https://")
    elif host not in expected.house.hosts and host != expected.house.sender.domain:
        yield Finding(Rule.B5, f"a link leads to {host[:60]}, which is not among link_hosts")
    if "@" in url or "%40" in url.lower():
        yield Finding(Rule.B5, "a link holds a user or an address")
