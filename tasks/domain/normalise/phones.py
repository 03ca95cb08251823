"""Telephone numbers as people and spreadsheets write them become E.164; the country is a hint, never an invention."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from tasks.domain.folding import INVISIBLE, is_visible

LONGEST = 200
FEWEST_DIGITS = 6
BETWEEN = re.compile(r"[;|\n]|\s/\s|,|\b(?:or|and|o|y|ou|et)\b", re.IGNORECASE)
NUMBER = re.compile(r"(?:[+\uff0b]|\b00)?\s*\(?\d[\d\s().\-\u2010-\u2015/\u00a0]*\d")
EXPONENT = re.compile(r"(?P<digits>\d+)(?:[.,](?P<rest>\d+))?[eE]\+?(?P<power>\d{1,2})")
POINT_ZERO = re.compile(r"^(\d{6,})[.,]0+$")
OBSOLETE_MEXICAN = re.compile(r"^(?:044|045|01)(?=\d{10}$)")
MEXICO, MEXICAN_DIGITS = 52, 10


class Unclear(StrEnum):
    """Why a text is no telephone number."""

    lost = "lost"  # the spreadsheet dropped digits
    several = "several"  # numbers in one cell
    country = "country"  # is not known, and needed
    invalid = "invalid"


@dataclass(frozen=True, slots=True)
class Phone:
    """``e164`` and ``shown`` (international, in groups), or ``why`` there is none; nothing for an empty text."""

    e164: str = ""
    shown: str = ""
    why: Unclear | None = None


def find_phone(typed: str, country: str) -> Phone:
    """The one number in the text; ``country`` is an alpha-2 code, or ``""`` where it is not known."""
    if not is_visible(typed):
        return Phone()
    if len(typed) > LONGEST:
        return Phone(why=Unclear.invalid)
    return _find(INVISIBLE.sub("", typed), country)


@lru_cache(maxsize=32_768)
def _find(text: str, country: str) -> Phone:
    if (exponent := EXPONENT.search(text)) is not None:
        if (written := _written_out(exponent)) is None:
            return Phone(why=Unclear.lost)
        text = written
    pieces = list(_pieces(POINT_ZERO.sub(r"\1", text)))
    numbers = {_e164(number): number for piece in pieces for number in _meant(piece, country)}
    if len(numbers) == 1:
        ((e164, number),) = numbers.items()
        return Phone(e164, phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))
    if numbers:
        return Phone(why=Unclear.several)
    return Phone(why=Unclear.country if pieces and not country else Unclear.invalid)


def _written_out(exponent: re.Match[str]) -> str | None:
    """The number without its exponent; None where the spreadsheet has dropped digits, which nobody can bring back."""
    digits, rest, power = exponent["digits"], exponent["rest"] or "", int(exponent["power"])
    return digits + rest if len(rest) == power else None


def _pieces(text: str) -> Iterator[str]:
    """What looks like a number, with the other words gone."""
    for part in BETWEEN.split(text):
        found = NUMBER.search(part)
        if found and sum(letter.isdigit() for letter in found[0]) >= FEWEST_DIGITS:
            yield found[0]


def _meant(piece: str, country: str) -> Iterator[PhoneNumber]:
    """What the digits can be: what was typed with its country code, or a number of the country with or without it."""
    if piece.lstrip()[:1] in {"+", "\uff0b"} or piece.startswith("00"):
        number = _parsed(re.sub(r"^\s*00", "+", piece), None)
        yield from [number] if number and phonenumbers.is_possible_number(number) else []
        return
    if not country:
        return
    digits = phonenumbers.normalize_digits_only(piece)
    national = OBSOLETE_MEXICAN.sub("", digits) if country == "MX" else piece
    for candidate in (_parsed(national, country), _parsed(f"+{digits}", None)):
        if candidate and phonenumbers.is_valid_number_for_region(candidate, country):
            yield candidate


def _parsed(text: str, country: str | None) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    significant = phonenumbers.national_significant_number(number)
    if number.country_code == MEXICO and len(significant) == MEXICAN_DIGITS + 1 and significant.startswith("1"):
        return PhoneNumber(country_code=MEXICO, national_number=int(significant[1:]))
    return number


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
