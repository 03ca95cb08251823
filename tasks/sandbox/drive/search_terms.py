"""The single comparisons of a ``q``: what they ask of a file."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

from tasks.sandbox.clock import parse_instant
from tasks.sandbox.drive.refusals import DriveError, bad
from tasks.sandbox.failures import GoogleError, not_modelled
from tasks.sandbox.shapes import Json


@dataclass(frozen=True)
class Candidate:
    """A file that is asked about: its resource, what an address is to it, and its words."""

    file: Json
    role_of: Callable[[str], str]
    words: Callable[[], str]


Test = Callable[[Candidate], bool]
EQUAL: dict[str, Callable[[object, object], bool]] = {"=": operator.eq, "!=": operator.ne}
ORDER: dict[str, Callable[..., bool]] = {
    **EQUAL,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
TIMES = {"createdTime", "modifiedTime", "viewedByMeTime", "sharedWithMeTime"}
TRUTHS = {"true": True, "false": False}
PEOPLE = {"owners": {"owner"}, "writers": {"owner", "writer"}, "readers": {"owner", "writer", "commenter", "reader"}}
NOT_OURS = ("shortcutDetails", "labels", "memberCount", "organizerCount")
VISIBLE = {
    ("anyone", True): "anyoneCanFind",
    ("anyone", False): "anyoneWithLink",
    ("domain", True): "domainCanFind",
    ("domain", False): "domainWithLink",
}


def invalid_value() -> DriveError:
    """400, all that Drive says about a query that it does not understand."""
    return bad("Invalid Value", location="q")


def unquoted(token: str) -> str:
    r"""The text in single or double quotes, ``\'`` and ``\\`` unescaped; 400 for a bare word."""
    if token[0] not in "'\"":
        raise invalid_value()
    return re.sub(r"\\(.)", r"\1", token[1:-1])


def member_of(value: str, collection: str) -> Test:
    """``'…' in parents`` and the like."""
    if collection == "parents":
        return lambda one: value in _folders(one)
    if collection in PEOPLE:
        return lambda one: one.role_of(value) in PEOPLE[collection]
    raise invalid_value()


def has(name: str, key: str, value: str) -> Test:
    """``properties has { key='…' and value='…' }``."""
    if name not in {"properties", "appProperties"}:
        raise invalid_value()
    return lambda one: one.file.get(name, {}).get(key) == value


def comparison(left: str, sign: str, right: str) -> Test:
    """One comparison; 400 for a field or an operator that Drive does not know, 501 for one that we do not."""
    if left.split(".", maxsplit=1)[0] in NOT_OURS:
        raise not_modelled(f"the search {left} {sign}")
    if sign == "contains":
        return _contains(left, unquoted(right))
    if left in {"trashed", "starred", "sharedWithMe"} and sign in EQUAL and right in TRUTHS:
        return lambda one: EQUAL[sign](_truth(one, left), TRUTHS[right])
    if left in {"name", "mimeType", "visibility"} and sign in EQUAL:
        value = unquoted(right)
        return lambda one: EQUAL[sign](_visibility(one) if left == "visibility" else one.file[left], value)
    if left in TIMES and sign in ORDER:
        return _time_test(left, sign, unquoted(right))
    raise invalid_value()


def _contains(left: str, value: str) -> Test:
    if left == "mimeType":
        return lambda one: value.casefold() in one.file["mimeType"].casefold()
    words = _words(value)
    if left == "name":
        return lambda one: all(_begins(word, one.file["name"]) for word in words)
    if left != "fullText":
        raise invalid_value()
    if re.fullmatch(r'\s*".*"\s*', value, re.DOTALL):
        return lambda one: f" {' '.join(words)} " in f" {' '.join(_words(one.words()))} "
    return lambda one: set(words) <= set(_words(one.words()))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _begins(word: str, name: str) -> bool:
    """``contains`` on a name looks at the beginnings of its words only."""
    return any(have.startswith(word) for have in _words(name))


def _folders(one: Candidate) -> list[str]:
    folders: list[str] = one.file.get("parents", [])
    return [*folders, "root"] if any(folder.startswith("0A") for folder in folders) else folders


def _truth(one: Candidate, name: str) -> bool:
    return not one.file["ownedByMe"] if name == "sharedWithMe" else bool(one.file[name])


def _visibility(one: Candidate) -> str:
    kinds = {(grant["type"], grant.get("allowFileDiscovery", False)) for grant in one.file.get("permissions", [])}
    return next((name for kind, name in VISIBLE.items() if kind in kinds), "limited")


def _time_test(name: str, sign: str, value: str) -> Test:
    try:
        wanted = parse_instant(value)
    except GoogleError:
        raise invalid_value() from None
    return lambda one: name in one.file and ORDER[sign](parse_instant(one.file[name]), wanted)
