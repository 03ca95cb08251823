"""What was understood, in one line of plain words for the register, in the language of the staff."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton

from tasks.domain.normalise.countries import country_name
from tasks.domain.normalise.date_shapes import LEAP_YEAR, When
from tasks.domain.normalise.dates import Dates
from tasks.domain.normalise.understood import Understood, is_capitalised, zone_is_unclear
from tasks.domain.words import Words

SHOWN = 3
BRITISH = {"en": "en_GB"}  # the day before the month, as everywhere else


def understood_words(understood: Understood, words: Words) -> str:
    """``Kenya · +254 20 5550102 · Africa/Nairobi · dates unclear: 12/03/2024 could be 12 March or 3 December``."""
    return " · ".join(_parts(understood, words))


@lru_cache(maxsize=4096)
def day_words(when: When, language: str) -> str:
    """``3 June 2024``; ``3 June`` and ``June 2024`` where no more was said."""
    locale = BRITISH.get(language, language)
    day = date(when.year or LEAP_YEAR, when.month, when.day or 1)
    if when.year and when.day:
        return str(format_date(day, "long", locale=locale))
    if when.year or when.day:
        return str(format_skeleton("yMMMM" if when.year else "MMMMd", day, locale=locale))
    return str(format_date(day, "LLLL", locale=locale))


def doubts(dates: Dates) -> list[tuple[str, When, When]]:
    """What was typed and the two days that it may be; the same two days once."""
    once: dict[frozenset[When], tuple[str, When, When]] = {}
    for typed, days in dates.doubtful:
        one, other = days
        once.setdefault(frozenset(days), (typed, one, other))
    return list(once.values())


def language_name(code: str, language: str) -> str:
    """How one language calls another."""
    return str(Locale.parse(language).languages.get(code, code))


def _parts(understood: Understood, words: Words) -> Iterator[str]:
    if is_capitalised(understood):
        yield understood.name
    country, phone, zone = understood.country, understood.phone, understood.zone
    if country.value:
        yield country_name(country.value, words.language)
    elif country.may_be:
        yield words.note(
            "country", options=_one_of([country_name(code, words.language) for code in country.may_be], words)
        )
    if phone.shown:
        yield phone.shown
    elif phone.why:
        yield words.note(f"phone_{phone.why}")
    if zone.value:
        yield zone.value
    elif zone.may_be:
        yield words.note("zone", options=_one_of(zone.may_be, words))
    elif zone_is_unclear(understood):
        yield words.note("no_zone")
    yield from _dates(understood.dates, words)
    if understood.other_language:
        yield words.note("language", language=language_name(understood.other_language, words.language))


def _dates(dates: Dates, words: Words) -> Iterator[str]:
    if dates.found:
        yield ", ".join(_when(when, words) for when in dates.found)
    if dates.doubtful:
        told = [
            words.note("could_be", typed=typed, one=_day(one, words), other=_day(other, words))
            for typed, one, other in doubts(dates)
        ]
        yield words.note("dates", doubts=", ".join(told))
    if dates.any_time:
        yield words.note("any_time")


def _day(when: When, words: Words) -> str:
    return day_words(When(0, when.month, when.day), words.language)


def _when(when: When, words: Words) -> str:
    told = day_words(when, words.language)
    if when.until:
        last = day_words(When(when.year, when.month, when.until), words.language)
        told = words.note("range", first=when.day, last=last)
    return words.note("week", day=told) if when.week else told


def _one_of(options: Sequence[str], words: Words) -> str:
    """``a, b or c``; the first few where there are many."""
    shown = [*options[:SHOWN], *(["…"] if len(options) > SHOWN else [])]
    return words.note("or", some=", ".join(shown[:-1]), last=shown[-1])
