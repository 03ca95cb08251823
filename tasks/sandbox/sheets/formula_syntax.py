"""Formulas as Sheets reads them, as trees: numbers, texts, references, operators and functions."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tasks.sandbox.sheets.formula_tree import Constant, Function, Mistake, Name, Node, Operation, Reference
from tasks.sandbox.sheets.locales import Locale
from tasks.sandbox.sheets.ranges import parse_a1
from tasks.sandbox.sheets.references import END, TITLE

CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
PARTS = rf"""(?P<blank>\s+)
    |(?P<text>"(?:[^"]|"")*")
    |(?P<reference>(?:{TITLE})?(?:(?:{END}):(?:{END})|{CELL})(?![\w.(!]))
    |(?P<error>\#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!))
    |(?P<number>(?:[0-9]+(?:DECIMAL[0-9]*)?|DECIMAL[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<function>[A-Za-z_][\w.]*)\(
    |(?P<name>[^\W\d][\w.]*)
    |(?P<sign><>|<=|>=|[-+*/^&=<>%(),;])"""
BINDING = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
UNARY = 6


class SyntaxProblem(Exception):  # noqa: N818 (a formula that cannot be read; Google shows #ERROR!)
    """The formula cannot be read."""


@lru_cache(maxsize=4096)
def parse(text: str, locale: Locale) -> Node:
    """The tree of ``=…``. Raises SyntaxProblem."""
    parser = _Parser(list(_tokens(text[1:], locale)), locale)
    try:
        tree = parser.expression(0)
    except RecursionError:
        raise SyntaxProblem(text) from None
    if parser.kind:
        raise SyntaxProblem(text)
    return tree


@lru_cache(maxsize=2)
def _expression(decimal: str) -> re.Pattern[str]:
    return re.compile(PARTS.replace("DECIMAL", re.escape(decimal)), re.VERBOSE)


def _tokens(text: str, locale: Locale) -> Iterator[tuple[str, str]]:
    expression, at = _expression(locale.decimal), 0
    while at < len(text):
        found = expression.match(text, at)
        if found is None:
            raise SyntaxProblem(text)
        kind = found.lastgroup or ""
        if kind != "blank":
            yield kind, found[kind]
        at = found.end()
    yield "", ""


class _Parser:
    """Reads tokens by binding power; ``kind`` is ``""`` at the end."""

    def __init__(self, tokens: list[tuple[str, str]], locale: Locale) -> None:
        self.tokens = iter(tokens)
        self.locale = locale
        self.kind, self.text = next(self.tokens)

    def expression(self, least: int) -> Node:
        """An expression whose operators bind more strongly than ``least``."""
        left = self._percents(self._operand())
        while self.kind == "sign" and BINDING.get(self.text, 0) > least:
            sign = self._take()
            left = Operation(sign, (left, self.expression(BINDING[sign])))
        return left

    def _percents(self, node: Node) -> Node:
        while (self.kind, self.text) == ("sign", "%"):
            self._take()
            node = Operation("%", (node,))
        return node

    def _operand(self) -> Node:
        kind, text = self.kind, self._take()
        match kind:
            case "number":
                node: Node = Constant(float(text.replace(self.locale.decimal, ".")))
            case "text":
                node = Constant(text[1:-1].replace('""', '"'))
            case "error":
                node = Mistake(text)
            case "reference":
                node = _reference(text)
            case "function":
                node = Function(text.upper(), tuple(self._arguments()))
            case "name":
                node = self._name(text)
            case _:
                node = self._signed(text)
        return node

    def _name(self, text: str) -> Node:
        truths = {"TRUE": True, "FALSE": False, self.locale.true: True, self.locale.false: False}
        return Constant(truths[text.upper()]) if text.upper() in truths else Name(text)

    def _signed(self, sign: str) -> Node:
        if sign in {"-", "+"}:
            return Operation(sign, (self.expression(UNARY),))
        if sign != "(":
            raise SyntaxProblem(sign)
        inner = self.expression(0)
        self._close()
        return inner

    def _arguments(self) -> Iterator[Node | None]:
        if self.text == ")":
            self._take()
            return
        while True:
            yield None if self.text in {",", ";", ")"} else self.expression(0)
            if self.kind != "sign" or self.text not in {";", self.locale.separator}:
                break
            self._take()
        self._close()

    def _close(self) -> None:
        if (self.kind, self.text) != ("sign", ")"):
            raise SyntaxProblem(self.text)
        self._take()

    def _take(self) -> str:
        if not self.kind:
            raise SyntaxProblem("it ends too early")
        text = self.text
        self.kind, self.text = next(self.tokens)
        return text


def _reference(text: str) -> Node:
    title, mark, cells = text.rpartition("!")
    box = parse_a1(cells)
    if box is None:
        return Mistake("#REF!")
    bare = title[1:-1].replace("''", "'") if title.startswith("'") else title
    return Reference(bare if mark else None, box)
