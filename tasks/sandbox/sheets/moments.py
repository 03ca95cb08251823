"""A serial number (days since 1899-12-30, wall-clock time) by the parts of a pattern: dates, times, durations."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tasks.sandbox.sheets.digits import Part
from tasks.sandbox.sheets.locales import Locale

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (a serial number is wall-clock time)
FIRST, LAST = -693_593, 2_958_466  # 0001-01-01 and the day after 9999-12-31
HALF = 12
DAY = 86_400
UNITS = {"h": 3600, "m": 60, "s": 1}
FULL = 3
LETTER = 5


def moment(serial: float, parts: Sequence[Part], locale: Locale) -> str | None:
    """The moment or duration as these parts show it; None when it is on no calendar."""
    if not FIRST <= serial < LAST:
        return None
    long = [part.text[0].lower() for part in parts if part.kind == "long"]
    places = sum(part.kind == "digit" for part in parts)
    ticks = round((abs(serial) if long else serial) * DAY * 10**places)
    if ticks >= LAST * DAY * 10**places:
        return None
    at = EPOCH + timedelta(microseconds=ticks * 10 ** (6 - places))
    half = any(part.kind == "half" for part in parts)
    fraction = iter(f"{ticks % 10**places:0{max(places, 1)}}")
    shown = []
    for number, part in enumerate(parts):
        if part.kind == "long":
            shown.append(_long(part, ticks // 10**places, long))
        elif part.kind == "digit":
            shown.append(next(fraction))
        elif part.kind == "sign" and [one.kind for one in parts[number + 1 : number + 2]] == ["digit"]:
            shown.append(locale.decimal)
        else:
            shown.append(_part(_named(parts, number), part, at, locale, half=half))
    text = "".join(shown)
    return f"-{text}" if long and serial < 0 and ticks else text


def _named(parts: Sequence[Part], at: int) -> str:
    """``i`` for an ``m`` that means minutes: behind hours or before seconds. ``M`` always means the month."""
    text = parts[at].text
    if parts[at].kind != "clock" or not text.startswith("m"):
        return text.lower()
    before = [part.text[0].lower() for part in parts[:at] if part.kind in {"clock", "long"}]
    behind = [part.text[0].lower() for part in parts[at + 1 :] if part.kind in {"clock", "long"}]
    if before[-1:] == ["h"] or behind[:1] == ["s"]:
        return text.replace("m", "i")
    return text


def _long(part: Part, seconds: int, long: list[str]) -> str:
    """Hours of a duration go on after 23; a smaller unit is what is left of a bigger one."""
    unit = part.text[0].lower()
    bigger = [one for one in long if UNITS[one] > UNITS[unit]]
    left = seconds % min(UNITS[one] for one in bigger) if bigger else seconds
    return str(left // UNITS[unit]).zfill(len(part.text))


def _part(name: str, part: Part, at: datetime, locale: Locale, *, half: bool) -> str:
    if part.kind == "half":
        word = locale.halves[at.hour >= HALF]
        return word if len(name) > FULL else word[:1]
    if part.kind != "clock":
        return part.text
    if name[0] == "m" and len(name) >= FULL:
        return _month(len(name), at, locale)
    if name[0] == "d" and len(name) >= FULL:
        return (locale.short_days if len(name) == FULL else locale.days)[at.weekday()]
    if name[0] == "y":
        return f"{at.year:04}" if len(name) >= FULL else f"{at.year % 100:02}"
    hour = (at.hour % HALF or HALF) if half else at.hour
    numbers = {"m": at.month, "d": at.day, "h": hour, "i": at.minute, "s": at.second}
    return str(numbers[name[0]]).zfill(min(len(name), 2))


def _month(length: int, at: datetime, locale: Locale) -> str:
    if length == LETTER:
        return locale.months[at.month - 1][:1].upper()
    return (locale.short_months if length == FULL else locale.months)[at.month - 1]
