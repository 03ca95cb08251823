"""The HTML of a mail as a browser's parser sees it: its elements, what each shows, and in which colours."""

from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

from tasks.domain.message_rules.style_sheets import DarkRule, Declarations, Place, dark_rules, declarations, in_the_dark

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
INLINE = frozenset({"a", "b", "bdi", "em", "i", "span", "strong"})
SILENT = frozenset({"head", "style", "script", "title"})
LINK_BLUE = "#0000ee"  # of browsers, where nothing else is said


class Colours(NamedTuple):
    """Of the text and of what lies behind it."""

    text: str
    behind: str


class Look(NamedTuple):
    """How an element shows its text."""

    light: Colours
    dark: Colours
    hidden: bool


PLAIN = Look(Colours("#000000", "#ffffff"), Colours("#000000", "#ffffff"), hidden=False)


@dataclass(slots=True)
class Element:
    """One element; it ``speaks`` if some of the text within is directly its own, which ``said[begins:ends]`` is."""

    tag: str
    attributes: dict[str, str]
    look: Look
    depth: int
    silent: bool
    said: list[str]
    begins: int
    ends: int = 0
    speaks: bool = False

    @property
    def text(self) -> str:
        """What is said within, in one line."""
        return " ".join("".join(self.said[self.begins : self.ends]).split())


ROOT = Element("", {}, PLAIN, 0, silent=False, said=[], begins=0)


@dataclass(slots=True)
class Page:
    """The elements in their order. ``text`` is what a reader sees, ``preheader`` what is hidden; each in one line."""

    elements: list[Element]
    text: str
    hidden: str
    sheets: list[str]
    comments: list[str]
    doctype: str

    def all(self, *tags: str) -> list[Element]:
        """The elements with these tags."""
        return [one for one in self.elements if one.tag in tags]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.path: list[Place] = []
        self.said: list[str] = []
        self.seen: list[str] = []
        self.hidden: list[str] = []
        self.sheets: list[str] = []
        self.comments: list[str] = []
        self.doctype = ""
        self.dark: tuple[DarkRule, ...] = ()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.path.append((tag, _classes(attributes.get("class", ""))))
        above = self.open[-1] if self.open else ROOT
        look = _look(above.look, tag, attributes.get("style", ""), attributes.get("bgcolor", ""), self._dark())
        silent = above.silent or tag in SILENT
        if tag not in INLINE:
            self._say("\n")
        element = Element(tag, attributes, look, len(self.open), silent, self.said, len(self.said))
        self.elements.append(element)
        if tag in VOID:
            self.path.pop()
        else:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not any(one.tag == tag for one in reversed(self.open)):
            return
        if tag == "style":
            self.dark = dark_rules("".join(self.sheets))
        if tag not in INLINE:
            self._say("\n")
        while self.open:
            self.path.pop()
            ended = self.open.pop()
            ended.ends = len(self.said)
            if ended.tag == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self.open:
            return
        innermost = self.open[-1]
        if innermost.tag == "style":
            self.sheets.append(data)
        else:
            innermost.speaks = innermost.speaks or not data.isspace()
            self._say(data)

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002 (the library's; nobody asks for lines and columns)
        return j

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl

    def unknown_decl(self, data: str) -> None:
        self.comments.append(data)

    def handle_pi(self, data: str) -> None:
        self.comments.append(data)

    def _dark(self) -> Declarations:
        return in_the_dark(self.dark, tuple(self.path)) if self.dark else declarations("")

    def _say(self, data: str) -> None:
        self.said.append(data)
        innermost = self.open[-1] if self.open else ROOT
        if not innermost.silent:
            (self.hidden if innermost.look.hidden else self.seen).append(data)


def read_page(html: str) -> Page:
    """Everything that html.parser finds; it reads any text, and raises nothing."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text, hidden = (" ".join("".join(parts).split()) for parts in (reader.seen, reader.hidden))
    return Page(reader.elements, text, hidden, reader.sheets, reader.comments, reader.doctype)


@lru_cache(maxsize=256)
def _classes(text: str) -> frozenset[str]:
    return frozenset(text.split())


@lru_cache(maxsize=4096)
def _styled(above: Look, tag: str, style: str, bgcolor: str, dark: tuple[tuple[str, str], ...]) -> Look:
    own = declarations(style)
    usual = LINK_BLUE if tag == "a" else above.light.text
    light = Colours(own.get("color", usual), _behind(own, bgcolor, above.light.behind))
    usual = LINK_BLUE if tag == "a" else above.dark.text
    both = {**own, **dict(dark)}
    return Look(
        light,
        Colours(both.get("color", usual), _behind(both, bgcolor, above.dark.behind)),
        above.hidden or both.get("display") == "none",
    )


def _look(above: Look, tag: str, style: str, bgcolor: str, dark: Declarations) -> Look:
    if not style and not bgcolor and not dark and tag != "a":
        return above
    return _styled(above, tag, style, bgcolor, tuple(dark.items()))


def _behind(own: dict[str, str] | Declarations, bgcolor: str, above: str) -> str:
    found = own.get("background-color") or own.get("background") or bgcolor.lower() or above
    return above if found == "transparent" else found
