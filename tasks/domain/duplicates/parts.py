"""Numbers and parts that a title names: two sessions of a series differ in nothing else."""

import re
from collections.abc import Iterator, Sequence

from tasks.domain.duplicates.wording import word_set

NUMERALS = {
    word: str(number)
    for number, words in enumerate(
        (
            "one uno una un une first primero primera primer premier premiere 1er 1re 1ere 1st",
            "two dos deux second segundo segunda seconde deuxieme 2nd 2e 2eme",
            "three tres trois third tercero tercera tercer troisieme 3rd 3e 3eme",
            "four cuatro quatre fourth cuarto cuarta quatrieme 4th 4e 4eme",
            "five cinco cinq fifth quinto quinta cinquieme 5th 5e 5eme",
            "six seis sixth sexto sexta sixieme 6th 6e 6eme",
            "seven siete sept seventh septimo septima septieme 7th 7e 7eme",
            "eight ocho huit eighth octavo octava huitieme 8th 8e 8eme",
            "nine nueve neuf ninth noveno novena neuvieme 9th 9e 9eme",
            "ten diez dix tenth decimo decima dixieme 10th 10e 10eme",
        ),
        start=1,
    )
    for word in words.split()
}
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
PART = word_set(
    "part parte partie session sesion seance module modulo volume volumen vol tome tomo chapter capitulo chapitre "
    "episode episodio phase fase level nivel niveau day dia jour series serie block bloque bloc no num numero pt"
)
ARTICLES = word_set("one un una une uno second segundo segunda seconde no dia day jour")
DIGITS = re.compile(r"\d+")
FIRST = frozenset({"1"})
YEAR = 4
LETTERED = re.compile(r"[a-e]")


def parts(words: Sequence[str]) -> frozenset[str]:
    """Which parts of a series these folded words name: ``Part 2``, ``1re partie``, ``segunda parte``, ``Session II``.

    A lone numeral at the end counts too (``Faith leaders 2``), but not a year.
    """
    return frozenset(_parts(words))


def numbers(words: Sequence[str]) -> frozenset[str]:
    """The numbers in these folded words, as digits; ``one`` and ``un`` may be articles and are none."""
    numeric = DIGITS.findall(" ".join(words))
    found = {digits.lstrip("0") or "0" for digits in numeric}
    return frozenset(found | {NUMERALS[word] for word in words if word in NUMERALS and word not in ARTICLES})


def _parts(words: Sequence[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        if word in PART:
            after = words[at + 1] if at + 1 < len(words) else ""
            before = words[at - 1] if at else ""
            yield from filter(None, [_number(after) or _letter(after) or _ordinal(before)])
    if words and (last := ROMAN.get(words[-1]) if len(words[-1]) > 1 else _short(words[-1])):
        yield last


def _number(word: str) -> str:
    return _short(word) or NUMERALS.get(word, "") or ROMAN.get(word, "")


def _ordinal(word: str) -> str:
    return NUMERALS.get(word, "") or _short(word)


def _short(word: str) -> str:
    return word.lstrip("0") if word.isdecimal() and len(word) <= YEAR - 2 else ""


def _letter(word: str) -> str:
    return word if LETTERED.fullmatch(word) and word != "a" else ""
