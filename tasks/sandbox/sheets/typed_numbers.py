"""Numbers as they are typed: with thousands, decimals, a percent sign, a currency, an exponent, in parentheses."""

import re
from functools import cache
from math import isinf
from typing import NamedTuple

from tasks.sandbox.sheets.locales import Locale

CURRENCIES = ("$", "€", "£", "¥")
BLANKS = " \u00a0\u202f"
EXACT_DIGITS = 15


class Typed(NamedTuple):
    """What was understood: a number, and the format that its spelling brings along (none: ``""``)."""

    value: float
    kind: str = ""
    pattern: str = ""


def number(text: str, locale: Locale) -> Typed | None:
    """The number; None when the text is none. Accountants write a loss in parentheses."""
    in_parentheses = text.startswith("(") and text.endswith(")")
    found = _spelling(locale).fullmatch(text[1:-1] if in_parentheses else text)
    sign = "" if found is None else (found["sign"] or "") + (found["inner"] or "")
    if found is None or (found["left"] and found["right"]) or len(sign) + in_parentheses > 1:
        return None
    whole, decimals = re.sub(r"\D", "", found["whole"] or "") or "0", found["decimals"] or ""
    value = float(f"{whole}.{decimals}e{found['power'] or 0}") * (-1 if in_parentheses or sign == "-" else 1)
    if isinf(value):
        return None
    if not found["percent"] and value.is_integer() and len(whole) <= EXACT_DIGITS:
        value = int(value)
    return _formatted(value, found, cents=bool(decimals))


def _formatted(value: float, found: re.Match[str], *, cents: bool) -> Typed:
    if found["percent"]:
        return Typed(value / 100, "PERCENT", "0.00%" if cents else "0%")
    if currency := found["left"] or found["right"]:
        return Typed(value, "CURRENCY", _money(currency, before=bool(found["left"]), cents=cents))
    if found["power"]:
        return Typed(value, "SCIENTIFIC", "0.00E+00")
    if not (found["whole"] or "0").isdigit():
        return Typed(value, "NUMBER", "#,##0.00" if cents else "#,##0")
    return Typed(value)


def _money(currency: str, *, before: bool, cents: bool) -> str:
    digits = "#,##0.00" if cents else "#,##0"
    return f'"{currency}"{digits}' if before else f'{digits} "{currency}"'


@cache
def _spelling(locale: Locale) -> re.Pattern[str]:
    group = f"[{BLANKS if locale.group in BLANKS else re.escape(locale.group)}]"
    decimal = re.escape(locale.decimal)
    money = "|".join(map(re.escape, sorted({*CURRENCIES, locale.currency}, key=len, reverse=True)))
    return re.compile(
        rf"(?P<sign>[+-])?(?:(?P<left>{money})[{BLANKS}]?)?(?P<inner>[+-])?(?=[0-9]|{decimal}[0-9])"
        rf"(?P<whole>[0-9]+|[0-9]{{1,3}}(?:{group}[0-9]{{3}})+)?(?:{decimal}(?P<decimals>[0-9]*))?(?:[eE](?P<power>[+-]?[0-9]{{1,3}}))?"
        rf"(?:[{BLANKS}]?(?:(?P<right>{money})|(?P<percent>%)))?"
    )
