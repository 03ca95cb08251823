"""``q`` of ``files.list``: comparisons joined by ``and``, ``or``, ``not`` and parentheses."""

import re
from collections.abc import Callable

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.failures import GoogleError, invalid, not_modelled
from tasks.sandbox.shapes import Json

Test = Callable[[Json], bool]
TOKEN = re.compile(r"""\s*('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|!=|>=|<=|[=<>()]|[\w.]+)""")
TIMES = {"createdTime", "modifiedTime"}


def matches(query: Test, file: Json) -> bool:
    """Whether the query finds this file."""
    return query(file)


def parse(text: str) -> Test:
    """A query as a test; 400 when it is not one."""
    tokens = _tokens(text)
    if not tokens:
        return lambda _: True
    test = _any(tokens)
    if tokens:
        raise _bad()
    return test


def _bad() -> GoogleError:
    return invalid("Invalid Value", "invalid")


def _tokens(text: str) -> list[str]:
    tokens, at, text = [], 0, text.rstrip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise _bad()
        tokens.append(found[1])
        at = found.end()
    return tokens


def _any(tokens: list[str]) -> Test:
    tests = [_every(tokens)]
    while tokens and tokens[0] == "or":
        tokens.pop(0)
        tests.append(_every(tokens))
    return lambda file: any(test(file) for test in tests)


def _every(tokens: list[str]) -> Test:
    tests = [_term(tokens)]
    while tokens and tokens[0] == "and":
        tokens.pop(0)
        tests.append(_term(tokens))
    return lambda file: all(test(file) for test in tests)


def _term(tokens: list[str]) -> Test:
    first = _next(tokens)
    if first == "not":
        inner = _term(tokens)
        return lambda file: not inner(file)
    if first == "(":
        inner = _any(tokens)
        if _next(tokens) != ")":
            raise _bad()
        return inner
    return _comparison(first, _next(tokens), _next(tokens))


def _comparison(left: str, sign: str, right: str) -> Test:
    if sign == "in" and right == "parents":
        return lambda file: _text(left) in file["parents"]
    if left in {"name", "mimeType"} and sign in {"=", "!=", "contains"}:
        return _text_test(left, sign, _text(right))
    if left == "trashed" and sign in {"=", "!="}:
        return lambda file: (file["trashed"] == (right == "true")) == (sign == "=")
    if left in TIMES and sign in {"=", "<", ">", "<=", ">="}:
        return _time_test(left, sign, _text(right))
    raise not_modelled(f"the search {left} {sign}")


def _text_test(name: str, sign: str, value: str) -> Test:
    if sign == "contains":
        return lambda file: value.casefold() in file[name].casefold()
    return lambda file: (file[name] == value) == (sign == "=")


def _time_test(name: str, sign: str, value: str) -> Test:
    wanted = parse_instant(value)

    def test(file: Json) -> bool:
        have = parse_instant(file[name])
        compared = {"=": have == wanted, "<": have < wanted, ">": have > wanted, "<=": have <= wanted}
        return compared.get(sign, have >= wanted)

    return test


def _next(tokens: list[str]) -> str:
    if not tokens:
        raise _bad()
    return tokens.pop(0)


def _text(token: str) -> str:
    if token[0] not in "'\"":
        raise _bad()
    return re.sub(r"\\(.)", r"\1", token[1:-1])
