"""The little Markdown that letters are written in, as HTML and as plain text; no HTML, images or automatic links."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tasks.domain.untrusted import Untrusted


@dataclass(frozen=True, slots=True)
class Lines:
    """The points of a list; its placeholder must stand in a paragraph of its own."""

    points: tuple["str | Untrusted | tuple[str | Latin, ...]", ...]


@dataclass(frozen=True, slots=True)
class Latin:
    """Our own text that is read from left to right in every language and stays on one line, such as a moment in UTC."""

    text: str


Value = str | int | Untrusted | Latin | tuple[str | Untrusted | Latin, ...] | Lines
"""What may stand in a letter's placeholder; a tuple is its parts side by side."""

# private-use characters around text that has a direction; Untrusted.plain never holds one
_OPEN = {"rtl": "\ue000", "ltr": "\ue001", "whole": "\ue002"}
_CLOSE = {"rtl": "\ue003", "ltr": "\ue004", "whole": "\ue005"}
_SPANS = {"rtl": '<span dir="rtl">', "ltr": '<span dir="ltr">', "whole": '<span class="whole" dir="ltr">'}
_MARKS = dict.fromkeys(map(ord, (*_OPEN.values(), *_CLOSE.values())))
_MARKDOWN = MarkdownIt("zero").enable(["heading", "list", "emphasis", "link", "escape", "newline"])
_BLOCK_ENDS = {"heading_close", "paragraph_close", "bullet_list_close", "ordered_list_close"}
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def escaped(value: Value) -> str:
    """The value as Markdown that means its characters and nothing else."""
    if isinstance(value, tuple):
        return "".join(map(escaped, value))
    if isinstance(value, Lines):
        return "\n".join(f"- {escaped(point)}" for point in value.points)
    if isinstance(value, Untrusted):
        return _marked(escaped(value.plain), value.direction)
    if isinstance(value, Latin):
        return _marked(escaped(value.text), "whole")
    if isinstance(value, str | int):
        return _PUNCTUATION.sub(r"\\\1", str(value))
    raise _refusal(value, "a letter")


def unstyled(value: Value) -> str:
    """The value for a subject or preheader, where nothing a stranger typed may stand."""
    if isinstance(value, str | int):
        return str(value)
    raise _refusal(value, "a subject or preheader")


class Block(NamedTuple):
    """A heading, a list or a paragraph, as HTML and as text; marks of direction are still in them."""

    html: str
    text: str


def parsed(markdown: str) -> Sequence[Block]:
    """What ``as_html`` and ``as_text`` are made from. No blank line may stand within a list."""
    return [_block(block) for block in _BLANK_LINE.split(markdown)]


def as_html(blocks: Sequence[Block], direction: str = "ltr") -> str:
    """HTML without a page around it, for a page of this ``direction``.

    A paragraph that is only a link gets the class ``action``.
    """
    html = "".join(block.html for block in blocks)
    for mark in {*_SPANS} - {direction}:
        html = html.replace(_OPEN[mark], _SPANS[mark]).replace(_CLOSE[mark], "</span>")
    return _without_marks(html)


def as_text(blocks: Sequence[Block]) -> str:
    """Plain text, one line a paragraph; a link is its words, and its address on the next line."""
    return _without_marks("\n\n".join(block.text for block in blocks if block.text))


@lru_cache(maxsize=2048)  # most of a letter's paragraphs say the same to everybody
def _block(markdown: str) -> Block:
    tokens = _MARKDOWN.parse(markdown)
    for opening, inline in pairwise(tokens):
        if opening.type == "paragraph_open" and _is_one_link(inline.children or []):
            opening.attrSet("class", "action")
    return Block(str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})), _text(tokens))


def _text(tokens: Iterable[Token]) -> str:
    text, bullet = "", ""
    for token in tokens:
        if token.type == "list_item_open":
            bullet = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "inline":
            text += f"{bullet}{_inline_text(token.children or [])}\n"
            bullet = ""
        elif token.type in _BLOCK_ENDS and not token.hidden:
            text += "\n"
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _refusal(value: object, place: str) -> ValueError:
    str(value)  # a placeholder without a value raises here, with its name
    return ValueError(f"{place} cannot show a value of the type {type(value).__name__}")


def _marked(markdown: str, mark: str) -> str:
    return f"{_OPEN[mark]}{markdown}{_CLOSE[mark]}"


def _without_marks(text: str) -> str:
    return text.translate(_MARKS)


def _is_one_link(children: Sequence[Token]) -> bool:
    kinds = [child.type for child in children if child.type != "text" or child.content]
    return kinds == ["link_open", "text", "link_close"]


def _inline_text(children: Iterable[Token]) -> str:
    text, address = "", ""
    for child in children:
        match child.type:
            case "softbreak":
                text += " "
            case "hardbreak":
                text += "\n"
            case "link_open":
                address = str(child.attrGet("href"))
            case "link_close":
                text += f"\n{address}"  # on a line of its own: no punctuation that a language would write otherwise
            case _:
                text += child.content
    return text
