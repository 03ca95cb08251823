"""``q`` read into a test of messages: what stands side by side must all hold, ``OR`` binds closer, ``-`` denies."""

import re
from collections.abc import Callable, Iterator

from tasks.sandbox.failures import not_modelled
from tasks.sandbox.shapes import Json

Test = Callable[[Json], bool]
Term = Callable[[str, str], Test]
"""What an operator (``""`` for words) and its value ask of a message."""

TOKEN = re.compile(
    r"""\s*(?: (?P<mark>[(){}])
      | (?P<deny>-)(?=\S)
      | (?:(?P<operator>[A-Za-z_0-9]+):)? (?: "(?P<quoted>[^"]*)"? | (?P<word>[^\s(){}"]+) | (?=[({]) ) )""",
    re.VERBOSE,
)
Token = tuple[str, str, str]
"""Kind (a mark, ``deny``, ``or``, ``and``, ``term``, ``open``), operator and value."""


class Query:
    """A search as the Gmail search box reads it."""

    def __init__(self, text: str, term: Term, operators: frozenset[str]) -> None:
        self.operators = operators
        self.tokens = list(self._tokens(text))
        self.term = term
        self.at = 0
        self.finds = self._all("", "")
        """Whether a message is found."""

    def _tokens(self, text: str) -> Iterator[Token]:
        position, text = 0, text.rstrip()
        while position < len(text):
            found = TOKEN.match(text, position)
            if found is None or found.end() == position:
                raise not_modelled(f"the search {text}")
            position = found.end()
            yield self._token(found)

    def _token(self, found: re.Match[str]) -> Token:
        if found["mark"] or found["deny"]:
            return (found["mark"] or "deny"), "", ""
        operator = (found["operator"] or "").casefold()
        word = found["quoted"] if found["quoted"] is not None else found["word"]
        if operator and operator not in self.operators:
            return "term", "", f"{found['operator']} {word or ''}"
        if word is None:
            return "open", operator, ""
        if not operator and found["word"] in {"OR", "AND"}:
            return word.casefold(), "", ""
        return "term", operator, word

    def _peek(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def _all(self, operator: str, end: str) -> Test:
        """Everything up to a closing mark."""
        tests: list[Test] = []
        while (kind := self._peek()) and kind != end:
            if kind == "and":
                self.at += 1
                continue
            tests.append(self._alternatives(operator))
        self.at += 1
        return lambda message: all(test(message) for test in tests)

    def _alternatives(self, operator: str) -> Test:
        tests = [self._one(operator)]
        while self._peek() == "or":
            self.at += 1
            tests.append(self._one(operator))
        return lambda message: any(test(message) for test in tests)

    def _any(self, operator: str) -> Test:
        """``{a b}``: one of them is enough."""
        tests: list[Test] = []
        while self._peek() not in {"", "}"}:
            tests.append(self._one(operator))
        self.at += 1
        return lambda message: any(test(message) for test in tests)

    def _one(self, operator: str) -> Test:
        """One condition; what stands where none can stand finds nothing."""
        kind, own, value = self.tokens[self.at] if self.at < len(self.tokens) else ("", "", "")
        self.at += 1
        if kind == "deny":
            denied = self._one(operator)
            return lambda message: not denied(message)
        if kind == "term":
            return self.term(own or operator, value)
        inside = {
            "(": lambda: self._all(operator, ")"),
            "{": lambda: self._any(operator),
            "open": lambda: self._one(own),
        }
        return inside[kind]() if kind in inside else lambda _: False
