"""Time zones as people name them. What could mean two zones (abbreviations, offsets) is asked, never guessed."""

from collections import defaultdict
from difflib import get_close_matches
from functools import cache, lru_cache
from types import MappingProxyType
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from tasks.domain.folding import fold

LOCALES = ("en", "es", "fr")
REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Europe", "Indian", "Pacific")
ALIKE = 0.8
LONGEST = 60


def find_zone(text: str) -> str | None:
    """The IANA name for a zone's name (``america/mexico city``) or for a city that only one zone has."""
    key = _key(text)
    return zone_names().get(key) or zone_cities().get(key)


def nearest_zone(text: str) -> str:
    """The zone that the text may mean, for a person to confirm; ``""`` where there is none."""
    key = _key(text)
    if not key or len(key) > LONGEST:
        return ""
    return find_zone(text) or _city_within(key) or _spelt_alike(key)


@cache
def zone_names() -> MappingProxyType[str, str]:
    """By folded name; ``Etc/GMT+3`` and its kind are left out, for they mean the opposite of what people read."""
    names = [name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))]
    return MappingProxyType({**{_key(name): name for name in sorted(names)}, "utc": "UTC", "gmt": "GMT"})


@cache
def zones_today() -> MappingProxyType[str, str]:
    """The zones in use, with the territory (alpha-2) of each."""
    known = set(zone_names().values())
    return MappingProxyType({name: code for name, code in get_global("zone_territories").items() if name in known})


@cache
def zone_cities() -> MappingProxyType[str, str]:
    """Cities by folded name: those of today's zones, then what zones were once called."""
    aliases = get_global("zone_aliases")
    today = zones_today()
    once = {name: aliases[name] for name in zone_names().values() if name in aliases and name.startswith(REGIONS)}
    old = _unambiguous([(name, zone) for name, zone in once.items() if zone in today])
    labels = [(label, zone) for code in LOCALES for label, zone in _labels(code) if zone in today]
    return MappingProxyType({**old, **_unambiguous([*((name, name) for name in today), *labels])})


def _unambiguous(pairs: list[tuple[str, str]]) -> dict[str, str]:
    meant: dict[str, set[str]] = defaultdict(set)
    for name, zone in pairs:
        meant[_key(name.rpartition("/")[2])].add(zone)
    return {key: min(zones) for key, zones in meant.items() if len(zones) == 1}


def _labels(code: str) -> list[tuple[str, str]]:
    zones = Locale.parse(code).time_zones
    return [(str(zones[zone]["city"]), str(zone)) for zone in zones if "city" in zones[zone]]


def _city_within(key: str) -> str:
    """A city among other words, as in ``heure de Dakar``."""
    words = key.replace(",", " ").replace("(", " ").replace(")", " ").split()
    spans = [words[start:end] for start in range(len(words)) for end in range(len(words), start, -1)]
    found = {zone_cities()[" ".join(span)] for span in spans if " ".join(span) in zone_cities()}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=1024)
def _spelt_alike(key: str) -> str:
    known = {**zone_names(), **zone_cities()}
    found = get_close_matches(key, known, n=1, cutoff=ALIKE) if len(key) > len("hhmm") else []
    return known[found[0]] if found else ""


def _key(text: str) -> str:
    return "/".join(" ".join(part.split()) for part in fold(text).replace("_", " ").split("/"))
