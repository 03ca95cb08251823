"""H1 and H2: a page that runs nothing and fetches nothing."""

import re
from collections.abc import Iterator

from tasks.domain.message_rules.expected import Expected, Finding, Rule
from tasks.domain.message_rules.page import Element
from tasks.domain.message_rules.seen import Seen

TAGS = frozenset(
    {
        *("html", "head", "meta", "title", "style", "body", "div", "span", "bdi", "p", "br", "hr", "a", "blockquote"),
        *("h1", "h2", "h3", "ul", "ol", "li", "strong", "em", "b", "i"),
        *("table", "thead", "tbody", "tr", "th", "td", "caption"),
    }
)
IMAGES = frozenset({"img", "picture", "source", "svg", "video", "audio", "image", "track"})
FETCHING = frozenset({"src", "srcset", "background", "poster", "data", "action", "formaction", "ping", "xlink:href"})
META = frozenset({"charset", "name", "content"})
CSS_FETCHES = re.compile(
    r"url\s*\(|@import|@font-face|image-set|\bsrc\s*:|expression\s*\(|-moz-binding|\\", re.IGNORECASE
)


def markup(seen: Seen, expected: Expected) -> Iterator[Finding]:
    """H1 and H2."""
    if not expected.has_page:
        return
    page = seen.page
    for element in page.elements:
        yield from _element(element)
    if page.comments:
        yield Finding(Rule.H1, "there is a comment, which some programs carry out")
    for sheet in page.sheets:
        if CSS_FETCHES.search(sheet):
            yield Finding(Rule.H2, "the style sheet fetches something")


def _element(element: Element) -> Iterator[Finding]:
    if element.tag in IMAGES:
        yield Finding(Rule.H2, f"there is a <{element.tag}>")
    elif element.tag not in TAGS:
        yield Finding(Rule.H1, f"there is a <{element.tag[:20]}>")
    for name, value in element.attributes.items():
        if name.startswith("on"):
            yield Finding(Rule.H1, f"<{element.tag[:20]}> has {name[:20]}")
        elif name in FETCHING or (name == "style" and CSS_FETCHES.search(value)):
            yield Finding(Rule.H2, f"<{element.tag[:20]}> fetches something by {name}")
        elif name == "href" and element.tag != "a":
            yield Finding(Rule.H1, f"<{element.tag[:20]}> has href")
        elif element.tag == "meta" and name not in META:
            yield Finding(Rule.H1, f"<meta> has {name[:20]}")
