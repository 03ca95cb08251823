"""``q`` of ``files.list``: comparisons joined by ``and``, ``or``, ``not`` and parentheses, read from left to right."""

import re

from tasks.sandbox.drive.search_terms import Test, comparison, has, invalid_value, member_of, unquoted

TOKEN = re.compile(r"""\s*('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|!=|>=|<=|[=<>(){}]|[\w.]+)""")
JOINS = {"and", "or"}


def parse(text: str) -> Test:
    """A query as a test; 400 when it is not one."""
    tokens = _tokens(text)
    if not tokens:
        return lambda _: True
    test = _chain(tokens)
    if tokens:
        raise invalid_value()
    return test


def _tokens(text: str) -> list[str]:
    tokens, at, text = [], 0, text.rstrip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise invalid_value()
        tokens.append(found[1])
        at = found.end()
    return tokens


def _chain(tokens: list[str]) -> Test:
    """``and`` and ``or`` have the same rank: ``a or b and c`` is ``(a or b) and c``."""
    test = _term(tokens)
    while tokens and tokens[0].lower() in JOINS:
        test = _joined(tokens.pop(0).lower(), test, _term(tokens))
    return test


def _joined(word: str, one: Test, other: Test) -> Test:
    if word == "and":
        return lambda file: one(file) and other(file)
    return lambda file: one(file) or other(file)


def _term(tokens: list[str]) -> Test:
    first = _next(tokens)
    if first.lower() == "not":
        inner = _term(tokens)
        return lambda file: not inner(file)
    if first == "(":
        inner = _chain(tokens)
        _expect(tokens, ")")
        return inner
    sign = _next(tokens).lower()
    if sign == "has":
        return has(first, *_pair(tokens))
    if sign == "in":
        return member_of(unquoted(first), _next(tokens))
    return comparison(first, sign, _next(tokens))


def _pair(tokens: list[str]) -> tuple[str, str]:
    """``{ key='department' and value='sales' }``."""
    for wanted in ("{", "key", "="):
        _expect(tokens, wanted)
    key = unquoted(_next(tokens))
    for wanted in ("and", "value", "="):
        _expect(tokens, wanted)
    value = unquoted(_next(tokens))
    _expect(tokens, "}")
    return key, value


def _next(tokens: list[str]) -> str:
    if not tokens:
        raise invalid_value()
    return tokens.pop(0)


def _expect(tokens: list[str], wanted: str) -> None:
    if _next(tokens).lower() != wanted:
        raise invalid_value()
