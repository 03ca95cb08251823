"""Times of day and durations as they are typed, alone or behind a date."""

import re

from tasks.sandbox.sheets.locales import Locale
from tasks.sandbox.sheets.typed_numbers import Typed

DAY = 86_400
HALF = 12
HOURS = 24
SIXTY = 60
CLOCK = re.compile(
    r"(?P<h>[0-9]{1,4})(?::(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2})(?P<f>[.,][0-9]{1,3})?)?)?"
    r"(?:[ \u00a0\u202f]*(?P<half>[AaPp])\.?[ \u00a0\u202f]?[Mm]\.?)?"
)
BEHIND_A_DATE = re.compile(
    r"(?P<head>.*[0-9].*?)(?:,?\s+|(?<=[0-9])T)(?P<clock>[0-9]{1,4}(?::[0-9]|\s*[AaPp]\.?\s?[Mm]).*)", re.DOTALL
)


def time_of_day(text: str, locale: Locale) -> tuple[str, Typed | None]:
    """What stands before the time (a date perhaps), and the time as a part of a day."""
    if alone := _clock(text, locale):
        return "", alone
    found = BEHIND_A_DATE.fullmatch(text)
    clock = _clock(found["clock"], locale) if found else None
    return (found["head"], clock) if found and clock else (text, None)


def _clock(text: str, locale: Locale) -> Typed | None:
    found = CLOCK.fullmatch(text)
    if not found or not (found["m"] or found["half"]) or (found["f"] and found["f"][0] != locale.decimal):
        return None
    hour, minute, second = int(found["h"]), int(found["m"] or 0), int(found["s"] or 0)
    if minute >= SIXTY or second >= SIXTY or (found["half"] and not 1 <= hour <= HALF):
        return None
    if found["half"]:
        hour = hour % HALF + (HALF if found["half"] in "Pp" else 0)
    seconds = hour * 3600 + minute * 60 + second + float(f"0.{(found['f'] or '.0')[1:]}")
    return Typed(seconds / DAY, "TIME", _pattern(found, long=hour >= HOURS))


def _pattern(found: re.Match[str], *, long: bool) -> str:
    hours = "[h]" if long else "hh" if found["h"].startswith("0") and len(found["h"]) > 1 else "h"
    rest = (":mm" if found["m"] else "") + (":ss" if found["s"] else "")
    fraction = "." + "0" * (len(found["f"]) - 1) if found["f"] else ""
    return hours + rest + fraction + (" am/pm" if found["half"] else "")
