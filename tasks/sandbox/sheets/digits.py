"""A number by the digits of a pattern: ``0`` always shows one, ``#`` where there is one, ``?`` a blank instead."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from tasks.sandbox.sheets.locales import Locale

GROUP = 3
SMALLEST = Decimal("1e-10")
PLAIN_DIGITS = 10
BIGGEST_PLAIN = 10**15
EXACT = Context(prec=700, rounding=ROUND_HALF_UP)
"""Wide enough for any double with any number of decimals that a pattern asks for."""
MISSING = {"0": "0", "?": " ", "#": ""}


class Part(NamedTuple):
    """A piece of a pattern: its kind (``patterns.PART`` has the names) and how it is written."""

    kind: str
    text: str


def number(value: float, parts: Sequence[Part], locale: Locale) -> str:
    """The number as these parts show it, in the locale's signs."""
    shown = Decimal(repr(value)) * 100 ** sum(part.text == "%" for part in parts if part.kind == "sign")
    power = next((at for at, part in enumerate(parts) if part.kind == "power"), None)
    if power is not None:
        return _scientific(shown, parts, power, locale)
    text = _fixed(abs(shown), parts, locale)
    return _minus(shown) + text if any(digit in text for digit in "123456789") else text


def plain(value: float, locale: Locale) -> str:
    """A number without a format: up to ten digits, very big and very small ones with an exponent."""
    if float(value).is_integer() and abs(value) < BIGGEST_PLAIN:
        return str(int(value))
    text = f"{value:.{PLAIN_DIGITS}g}"
    if "e" in text:
        if SMALLEST < abs(Decimal(repr(value))) < 1:
            text = f"{value:.{PLAIN_DIGITS + 6}f}".rstrip("0")
        else:
            mantissa, _, exponent = f"{value:.5E}".partition("E")
            text = f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    return text.replace(".", locale.decimal)


def _minus(value: Decimal) -> str:
    return "-" if value < 0 else ""


def _fixed(value: Decimal, parts: Sequence[Part], locale: Locale) -> str:
    """What is not negative, without an exponent."""
    point = next((at for at, part in enumerate(parts) if part.text == "." and part.kind == "sign"), len(parts))
    whole, rest = list(parts[:point]), parts[point:]
    last = max((at for at, part in enumerate(whole) if part.kind == "digit"), default=-1)
    commas = [at for at, part in enumerate(whole) if part.text == "," and part.kind == "sign"]
    value = value.scaleb(-GROUP * sum(at > last for at in commas))
    places = sum(part.kind == "digit" for part in rest)
    digits, _, decimals = f"{_rounded(value, places):f}".partition(".")
    grouping = locale.group if any(at < last for at in commas) else ""
    return _whole(digits.lstrip("0"), whole, grouping) + _decimals(decimals, rest, locale)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), context=EXACT)


def _whole(digits: str, parts: list[Part], grouping: str) -> str:
    """From right to left; the first place takes all digits that are left."""
    first = next((at for at, part in enumerate(parts) if part.kind == "digit"), None)
    shown: list[str] = []
    count = 0
    for at in range(len(parts) - 1, -1, -1):
        part = parts[at]
        if part.kind != "digit":
            shown.append("" if part.text == "," and part.kind == "sign" else part.text)
            continue
        taking = len(digits) if at == first else 1
        for digit in _taken(digits, taking, part):
            if grouping and count and count % GROUP == 0 and digit.strip():
                shown.append(grouping)
            shown.append(digit)
            count += 1
        digits = digits[: len(digits) - taking] if taking else ""
    return "".join(reversed(shown))


def _taken(digits: str, count: int, part: Part) -> Iterator[str]:
    if digits:
        yield from reversed(digits[-count:])
    elif missing := MISSING.get(part.text, "0"):
        yield missing


def _decimals(digits: str, parts: Sequence[Part], locale: Locale) -> str:
    """Zeros at the end only show where the pattern says ``0``."""
    needed, at = 0, 0
    for part in parts:
        if part.kind == "digit":
            at += 1
            if part.text == "0" or digits[at - 1 : at].strip("0"):
                needed = at
    shown, at = [], 0
    for part in parts:
        if part.kind == "digit":
            shown.append(digits[at : at + 1] if at < needed else MISSING[part.text])
            at += 1
        else:
            shown.append(locale.decimal if part.kind == "sign" and part.text == "." else part.text)
    return "".join(shown)


def _scientific(value: Decimal, parts: Sequence[Part], power: int, locale: Locale) -> str:
    before, behind = parts[:power], parts[power + 1 :]
    whole = sum(part.kind == "digit" for part in before[: _point(before)]) or 1
    places = sum(part.kind == "digit" for part in before[_point(before) :])
    exponent = 0 if not value else value.adjusted() - whole + 1
    mantissa = _rounded(abs(value).scaleb(-exponent), places)
    if mantissa >= 10**whole:
        exponent, mantissa = exponent + 1, mantissa / 10
    width = sum(part.kind == "digit" for part in behind)
    tail = "".join(part.text for part in behind if part.kind != "digit")
    sign = "-" if exponent < 0 else parts[power].text[1:].replace("-", "")
    return f"{_minus(value)}{_fixed(mantissa, before, locale)}E{sign}{abs(exponent):0{max(width, 1)}}{tail}"


def _point(parts: Sequence[Part]) -> int:
    return next((at for at, part in enumerate(parts) if part.text == "." and part.kind == "sign"), len(parts))
