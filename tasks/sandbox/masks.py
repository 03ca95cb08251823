"""Field masks (``fields=``): read once into a tree, then applied to an answer."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tasks.sandbox.failures import invalid

Mask = Mapping[str, Any]
"""Selected names with their own masks; an empty mask selects everything below."""

TOKEN = re.compile(r"\s*([A-Za-z0-9_@*\-]+|[(),./])")


class Selected(list[Any]):
    """A list that was built with the mask in hand and must not be walked again."""


def parse(text: str) -> Mask:
    """The tree of a mask with commas, parentheses and ``.`` or ``/``; 400 when it is not one."""
    if not text.strip():
        return {}
    tokens = list(_tokens(text))
    tree, end = _group(tokens, 0, text)
    if end != len(tokens):
        raise invalid(f"Invalid field selection {text}")
    return tree


def below(mask: Mask, *names: str) -> Mask | None:
    """The mask that applies at a path; None when the path is not selected at all."""
    for name in names:
        if not mask or "*" in mask:
            return {}
        if name not in mask:
            return None
        mask = mask[name]
    return mask


def apply(mask: Mask, value: Any) -> Any:  # noqa: ANN401 (any JSON value)
    """The selected part; a selected but unset field leaves its parent behind, as Google does."""
    if not mask or "*" in mask or isinstance(value, Selected):
        return value
    if isinstance(value, list):
        return [apply(mask, item) for item in value]
    if isinstance(value, dict):
        return {name: apply(mask[name], item) for name, item in value.items() if name in mask}
    return value


def names(mask: Mask, prefix: str = "") -> Iterator[str]:
    """The selected leaves as dotted paths, for requests that say which fields they change."""
    for name, inner in mask.items():
        path = f"{prefix}{name}"
        if inner:
            yield from names(inner, f"{path}.")
        else:
            yield path


def _tokens(text: str) -> Iterator[str]:
    position = 0
    stripped = text.rstrip()
    while position < len(stripped):
        match = TOKEN.match(stripped, position)
        if not match:
            raise invalid(f"Invalid field selection {text}")
        yield match[1]
        position = match.end()


def _group(tokens: list[str], at: int, text: str) -> tuple[dict[str, Any], int]:
    tree: dict[str, Any] = {}
    while True:
        at = _path(tokens, at, tree, text)
        if at < len(tokens) and tokens[at] == ",":
            at += 1
        else:
            return tree, at


def _path(tokens: list[str], at: int, tree: dict[str, Any], text: str) -> int:
    while True:
        if at >= len(tokens) or tokens[at] in "(),./":
            raise invalid(f"Invalid field selection {text}")
        known = tokens[at] in tree
        whole = known and not tree[tokens[at]]
        inner: dict[str, Any] = tree.setdefault(tokens[at], {})
        at += 1
        if at < len(tokens) and tokens[at] in "./":
            tree = {} if whole else inner
            at += 1
            continue
        if at < len(tokens) and tokens[at] == "(":
            group, at = _group(tokens, at + 1, text)
            if at >= len(tokens) or tokens[at] != ")":
                raise invalid(f"Invalid field selection {text}")
            if not whole:
                inner.update(group)
            return at + 1
        inner.clear()
        return at
