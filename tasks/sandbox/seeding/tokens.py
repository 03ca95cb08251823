"""What a text of people is made of: what tells who somebody is, and dates, which only tell when."""

import re
import unicodedata
from collections.abc import Iterable

YEAR, DAY = r"(?:19|20)\d\d", r"(?:0?[1-9]|[12]\d|3[01])"
WORD = r"[^\W\d_]+"
TOKEN = re.compile(
    r"(?P<address>[^\s<>,;:()\"'@]+@[^\s<>,;:()\"'@]+\.[^\W\d_]+)"
    r"|(?P<link>(?:https?://|www\.)\S+)"
    rf"|(?P<date>(?<!\d)(?<!\d[/.-])(?:{YEAR}([/.-]){DAY}\4{DAY}|{DAY}([/.-]){DAY}\5{YEAR})(?![/.-]?\d))"
    r"|(?P<digits>\+?\d(?:[\s()./\u2010-\u2015-]{0,3}\d){5,})"
    rf"|(?P<word>{WORD})"
)


def words_of(texts: Iterable[str]) -> set[str]:
    """The different words, in small letters."""
    return {word.casefold() for text in texts for word in re.findall(WORD, text)}


def runs_from_right_to_left(word: str) -> bool:
    """Whether its first letter does."""
    return unicodedata.bidirectional(word[0]) in {"R", "AL"}
