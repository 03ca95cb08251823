"""Time zones as members name them in a form: cities, countries, short forms and offsets in three languages.

What means one clock becomes a zone. What may mean two (IST, CST, a bare ``GMT+3``) is asked, with the zones it may be;
the country answered in the same form puts its own zones first, and tells which zone of one clock is meant.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global

from tasks.domain.folding import fold, one_line
from tasks.domain.normalise.countries import find_country
from tasks.domain.normalise.found import NOTHING, Found
from tasks.domain.normalise.zone_words import ABBREVIATIONS, AT_HOME, CITIES, FIRST, REGIONS, SEVERAL, UNHEARD
from tasks.domain.zones import LOCALES, find_zone, zone_cities, zone_names, zones_today

LONGEST = 100
WORD = re.compile(r"[^\W_]+")
MINUS = re.compile("[\u2010-\u2015\u2212]")
OFFSET = re.compile(
    r"(?:\b(?:gmt|utc|tu)\s?|^\(?)([+-])\s?(\d{1,2})(?:[:.h]?([0-5]\d))?\b(?:\s?(?:gmt|utc|hours?|horas?|h)\b)?"
)
SEASONS = (datetime(2026, 1, 1), datetime(2026, 7, 1))  # noqa: DTZ001 (wall clocks)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """The zones that some words may mean; ``one_clock`` where everybody means the same hour by them."""

    zones: frozenset[str]
    one_clock: bool = True


def find_time_zone(typed: str, country: str) -> Found:
    """An IANA name, or the zones that the text may mean; ``country`` is an alpha-2 code or ``""``."""
    return _find(one_line(typed), country) if len(typed) <= LONGEST else NOTHING


def zone_of_country(code: str) -> Found:
    """The zone of a country with one clock, or all of its zones; nothing for what is no country."""
    zones = _zones_of(code)
    ordered = _ordered(zones, code)
    return Found(ordered[0]) if zones and _same_clock(zones) else Found(may_be=ordered)


@lru_cache(maxsize=4096)
def _find(text: str, country: str) -> Found:
    if (zone := find_zone(text)) is not None:
        return Found(zone)
    if not (meanings := list(_meanings(text, country))):
        return NOTHING
    meant = frozenset.intersection(*(meaning.zones for meaning in meanings))
    if not meant:
        return Found(may_be=_ordered(frozenset().union(*(meaning.zones for meaning in meanings)), country))
    certain = any(meaning.one_clock for meaning in meanings)
    at_home = meant & _zones_of(country)
    for zones in (at_home, meant):
        if len(meant) == 1 or (certain and zones and _same_clock(zones)):
            return Found(_ordered(zones or meant, country)[0])
    return Found(may_be=_ordered(meant, country))


def _meanings(text: str, country: str) -> Iterator[_Meaning]:
    key = MINUS.sub("-", fold(text))
    if "etc/" in key:
        return
    if (offset := OFFSET.search(key)) is not None:
        yield _Meaning(_zones_at(*offset.groups()), one_clock=False)
        key = key.replace(offset[0], " ")
    words = [word for word in WORD.findall(key) if word not in UNHEARD]
    short = {word.lower() for word in WORD.findall(text) if word.isupper()} | ({words[0]} if len(words) == 1 else set())
    found = list(_named(words, short, country))
    yield from found
    if not found and (named := find_country(" ".join(words))).value:
        yield _Meaning(_zones_of(named.value))


def _named(words: list[str], short: Collection[str], country: str) -> Iterator[_Meaning]:
    """Zones, cities and short forms among the words, the longest names first."""
    start = 0
    while start < len(words):
        ends = range(len(words), start, -1)
        end = next((end for end in ends if " ".join(words[start:end]) in _places()), 0)
        if end:
            yield _Meaning(_zones_called(_places()[" ".join(words[start:end])], country))
        elif (word := words[start]) in short and word in ABBREVIATIONS:
            yield _Meaning(_zones_called(ABBREVIATIONS[word], country))
        elif word in short and word in SEVERAL:
            yield _Meaning(frozenset(SEVERAL[word]), one_clock=False)
        start = end or start + 1


def _zones_called(name: str, country: str) -> frozenset[str]:
    """A zone by its own name, or the zones of a region with one clock."""
    home = AT_HOME.get((name, country))
    return frozenset({home}) if home else _clocks().get(name, frozenset({name}))


@cache
def _places() -> Mapping[str, str]:
    """Regions with one clock, zones and cities by the words of their names; a city wins over a region."""
    regions = [(name, clock) for clock, name in _clock_names() if clock in _clocks()]
    single = [*zone_names().items(), *zone_cities().items(), *CITIES.items()]
    named = [*regions, *REGIONS.items(), *((name, zone) for name, zone in single if zone in zones_today())]
    places = {_key(name): meant for name, meant in named}
    return {key: meant for key, meant in places.items() if key and key not in SEVERAL}


def _key(name: str) -> str:
    return " ".join(word for word in WORD.findall(fold(name)) if word not in UNHEARD)


@cache
def _clocks() -> Mapping[str, frozenset[str]]:
    """CLDR's regions that keep one clock, with their zones of today."""
    aliases = get_global("zone_aliases")
    clocks: dict[str, set[str]] = {}
    for zone, clock in get_global("meta_zones").items():
        clocks.setdefault(clock, set()).add(aliases.get(zone, zone))
    return {clock: frozenset(zones & zones_today().keys()) for clock, zones in clocks.items()}


def _clock_names() -> Iterator[tuple[str, str]]:
    for code in LOCALES:
        for clock, names in Locale.parse(code).meta_zones.items():
            yield from ((str(clock), str(name)) for name in dict(names.get("long", {})).values())


@lru_cache(maxsize=256)
def _zones_of(country: str) -> frozenset[str]:
    return frozenset(zone for zone, territory in zones_today().items() if territory == country)


@lru_cache(maxsize=256)
def _zones_at(sign: str, hours: str, minutes: str | None) -> frozenset[str]:
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    return frozenset(zone for zone in zones_today() if offset in _offsets(zone))


@cache
def _offsets(zone: str) -> tuple[timedelta | None, ...]:
    return tuple(ZoneInfo(zone).utcoffset(season) for season in SEASONS)


def _same_clock(zones: Collection[str]) -> bool:
    return len({_offsets(zone) for zone in zones}) == 1


def _ordered(zones: Collection[str], country: str) -> tuple[str, ...]:
    home, first = _zones_of(country), dict(zip(FIRST, range(len(FIRST)), strict=True))
    return tuple(sorted(zones, key=lambda zone: (zone not in home, first.get(zone, len(first)), zone)))
