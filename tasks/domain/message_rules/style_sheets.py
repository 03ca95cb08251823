"""The little CSS that mails may hold: declarations of an element, and the rules for the dark."""

import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

Declarations: TypeAlias = MappingProxyType[str, str]
Place: TypeAlias = tuple[str, frozenset[str]]
"""An element's tag and classes."""

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
DARK = re.compile(r"@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
SIMPLE = re.compile(r"([a-z][a-z0-9]*)?((?:\.[\w-]+)*)")


@dataclass(frozen=True, slots=True, eq=False)
class DarkRule:
    """One selector (its parts from the outermost) and what it declares with ``!important``."""

    selector: tuple[Place, ...]
    declarations: Declarations


@lru_cache(maxsize=1024)
def declarations(style: str) -> Declarations:
    """Property → value, in lower case and without ``!important``; the last one counts."""
    found = (one.partition(":") for one in COMMENT.sub("", style).split(";"))
    return MappingProxyType(
        {name.strip().lower(): value.replace("!important", "").strip().lower() for name, _, value in found if value}
    )


@lru_cache(maxsize=64)
def dark_rules(sheet: str) -> tuple[DarkRule, ...]:
    """What the style sheet changes in the dark; only what is important overrides the inlined styles."""
    bare = COMMENT.sub("", sheet)
    rules = [rule for block in DARK.findall(bare) for rule in RULE.findall(block)]
    return tuple(
        DarkRule(_selector(one), important)
        for selectors, body in rules
        if (important := declarations(";".join(part for part in body.split(";") if "!important" in part)))
        for one in selectors.split(",")
    )


@lru_cache(maxsize=4096)
def in_the_dark(rules: tuple[DarkRule, ...], path: tuple[Place, ...]) -> Declarations:
    """What applies to the element at the end of a path (from the root); later and longer selectors win."""
    matching = [rule for rule in rules if _matches(rule.selector, path)]
    found: dict[str, str] = {}
    for rule in sorted(matching, key=lambda rule: _weight(rule.selector)):
        found.update(rule.declarations)
    return MappingProxyType(found)


@lru_cache(maxsize=64)
def every_declaration(sheet: str) -> tuple[Declarations, ...]:
    """Those of all rules, whenever they apply."""
    return tuple(declarations(body) for _, body in RULE.findall(COMMENT.sub("", sheet)))


def _selector(text: str) -> tuple[Place, ...]:
    parts = []
    for part in text.split():
        found = SIMPLE.fullmatch(part)
        classes = frozenset(found[2].split(".")[1:]) if found else frozenset({"\0"})  # what we cannot read fits nothing
        parts.append(((found[1] or "") if found else "", classes))
    return tuple(parts)


def _matches(selector: tuple[Place, ...], path: tuple[Place, ...]) -> bool:
    if not selector or not _fits(selector[-1], path[-1]):
        return False
    left = list(selector[:-1])
    for place in reversed(path[:-1]):
        if left and _fits(left[-1], place):
            left.pop()
    return not left


def _fits(wanted: Place, place: Place) -> bool:
    return wanted[0] in {"", place[0]} and wanted[1] <= place[1]


def _weight(selector: tuple[Place, ...]) -> tuple[int, int]:
    return sum(len(classes) for _, classes in selector), sum(1 for tag, _ in selector if tag)
