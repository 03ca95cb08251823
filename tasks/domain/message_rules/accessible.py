"""A1-A5: a page that can be heard, seen in the light and in the dark, and read without a magnifying glass."""

import re
from collections.abc import Iterator

from tasks.domain.folding import fold
from tasks.domain.message_rules.colours import contrast
from tasks.domain.message_rules.expected import Expected, Finding, Rule
from tasks.domain.message_rules.page import Page
from tasks.domain.message_rules.seen import Seen
from tasks.domain.message_rules.style_sheets import Declarations, declarations, every_declaration

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
LEAST_SIZE = 14
SIZE = re.compile(r"(\d+(?:\.\d+)?)px")
SCOPES = {"col", "row", "colgroup", "rowgroup"}
SAYS_NOTHING = frozenset(
    {
        *("here", "click here", "click", "link", "this link", "more", "read more", "learn more", "this", "url"),
        *("aqui", "aca", "clic aqui", "haz clic aqui", "haga clic aqui", "pulse aqui", "enlace", "mas", "leer mas"),
        *(
            "ici",
            "cliquez ici",
            "clique ici",
            "cliquer ici",
            "lien",
            "ce lien",
            "plus",
            "en savoir plus",
            "lire la suite",
        ),
    }
)


def accessible(seen: Seen, expected: Expected) -> Iterator[Finding]:
    """A1-A5."""
    if not expected.has_page:
        return
    page = seen.page
    yield from _tables(page)
    yield from _contrast(page)
    yield from _sizes(page)
    for link in page.all("a"):
        words = fold(link.text).strip(" .!:>\u00bb\u203a\u2192")
        if words in SAYS_NOTHING or not re.search(r"\w", words) or "://" in words:
            yield Finding(Rule.A4, "a link does not say where it leads")
    if seen.titles != [expected.subject]:
        yield Finding(Rule.A5, "the page has not exactly one title, the subject")


def _tables(page: Page) -> Iterator[Finding]:
    for table in page.all("table"):
        if table.attributes.get("role") not in {"presentation", "none"}:
            yield from _data_table(page, page.elements.index(table))
    for header in page.all("th"):
        if header.attributes.get("scope") not in SCOPES:
            yield Finding(Rule.A1, "a header cell has no scope")


def _data_table(page: Page, at: int) -> Iterator[Finding]:
    """A table that is none for layout must have headers."""
    depth = page.elements[at].depth
    for element in page.elements[at + 1 :]:
        if element.depth <= depth:
            break
        if element.tag == "th":
            return
    yield Finding(Rule.A1, "a table is neither marked as presentation nor has header cells")


def _contrast(page: Page) -> Iterator[Finding]:
    shown = {one.look for one in page.elements if one.speaks and not one.look.hidden and one.tag != "title"}
    for look in shown:
        for when, colours in (("light", look.light), ("dark", look.dark)):
            found = contrast(colours.text, colours.behind)
            if found is None or found < LEAST_CONTRAST:
                pair = f"{colours.text[:20]} on {colours.behind[:20]}"
                yield Finding(
                    Rule.A2, f"in the {when} there is {pair} ({'unknown' if found is None else f'{found:.1f}'})"
                )


def _sizes(page: Page) -> Iterator[Finding]:
    styles = [declarations(one.attributes["style"]) for one in page.elements if "style" in one.attributes]
    for style in (*styles, *(found for sheet in page.sheets for found in every_declaration(sheet))):
        if (size := _size(style)) and not ((px := SIZE.fullmatch(size)) and float(px[1]) >= LEAST_SIZE):
            yield Finding(Rule.A3, f"there is text of the size {size[:20]}")


def _size(style: Declarations) -> str:
    if "font" in style:
        return next((word for word in style["font"].replace("/", " ").split() if word[0].isdigit()), "unknown")
    return style.get("font-size", "")
