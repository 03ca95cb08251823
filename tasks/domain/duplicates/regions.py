"""Places that a text names, in English, Spanish and French, as codes that are equal in all three."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from tasks.domain.duplicates.wording import word_set, wording

READERS = ("en", "es", "fr")
SHORTEST_STEM = 4
ENDINGS = word_set(
    "n an ian ean ese ish i o a os as e es ano ana anos anas ino ina inos inas eno ena enos enas ense enses "
    "ien ienne iens iennes en enne ens ennes ain aine ains aines ois oise oises ais aise aises in ine ins ines "
    "no na nos nas nian nians vian vians ians ans ns sh"
)
IRREGULAR = {
    "FR": "french francia frances francesa franceses francais francaise francaises",
    "DE": "german germans aleman alemana alemanes alemanas allemand allemande allemands allemandes",
    "ES": "spanish espanol espanola espanoles espanolas espagnol espagnole espagnols espagnoles",
    "GB": "uk british britanico britanica britannique english",
    "US": "usa american americans estadounidense estadounidenses etats unis eeuu",
    "NL": "dutch holandes holandesa neerlandais neerlandaise",
    "CD": "rdc drc",
    "DO": "dominican dominicana dominicano dominicain dominicaine",
    "GR": "greek griego griega grec grecque",
    "CH": "swiss suizo suiza suisse suisses",
    "PH": "filipino filipina filipinos philippin philippine",
    "TH": "thai tailandes",
    "MA": "moroccan moroccans marroqui marroquies marocain marocaine",
    "BR": "brazilian brasileno brasilena bresilien bresilienne",
    "019": "americas ameriques",
    "002": "african africans africano africana africanos africain africaine africains",
    "150": "european europeo europea europeen europeenne",
    "142": "asian asiatico asiatica asiatique",
    "419": "latin america latinoamerica latinoamericano latinoamericana",
    "ANDES": "andes andean andino andina andinos andinas andin andine andins andines",
    "MAGHREB": "maghreb magreb",
    "SAHEL": "sahel sahelian saheliano sahelien",
}
NO_PLACE = word_set("009 QO ZZ XA XB 001 UN EU EZ")
"""Codes of Babel for "outlying", "unknown", the world and its unions, by which no two texts can differ."""
WORDS_TOO = (
    "male man reunion bahia caiman caimans caimanes canton chita damas grenade jersey marquises monde mundo navidad "
    "seul tortola anguila chili salvador luna san martin"
)
"""Names of places that are ordinary words when their accents and capitals are folded."""
NO_ADJECTIVES = word_set("chad mali niger guinea jersey turkey georgia jordan central")


def regions(words: Sequence[str]) -> frozenset[str]:
    """The codes of the countries and regions that these folded words name, with their adjectives."""
    return frozenset(_regions(tuple(words)))


@lru_cache(maxsize=16_384)
def is_region(word: str) -> bool:
    """Whether this folded word alone names a country or region, or is the adjective of one."""
    return bool(regions((word,)))


def _regions(words: tuple[str, ...]) -> Iterator[str]:
    names, longest, at = _names(), _longest(), 0
    while at < len(words):
        most = longest.get(words[at], 0)
        length = next((n for n in range(most, 0, -1) if words[at : at + n] in names), 0) if most else 0
        if length:
            yield names[words[at : at + length]]
        elif code := _adjective(words[at]):
            yield code
        at += length or 1


@cache
def _adjective(word: str) -> str:
    for cut in range(len(word) - 1, SHORTEST_STEM - 1, -1):
        if word[cut:] in ENDINGS and (code := _stems().get(word[:cut])):
            return code
    return ""


@cache
def _longest() -> dict[str, int]:
    """By the first word of a name, how many words the longest such name has."""
    found: dict[str, int] = {}
    for name in _names():
        found[name[0]] = max(found.get(name[0], 0), len(name))
    return found


@cache
def _names() -> dict[tuple[str, ...], str]:
    texts: dict[str, str] = {}  # many names are the same in all three
    for reader in READERS:
        for code, name in Locale.parse(reader).territories.items():
            texts.setdefault(name, code)
    for reader in READERS:
        cities = Locale.parse(reader).time_zones
        for zone, code in get_global("zone_territories").items():
            in_english = zone.rpartition("/")[2].replace("_", " ")
            texts.setdefault(cities.get(zone, {}).get("city", in_english), code)
    names: dict[tuple[str, ...], str] = {}
    for text, code in texts.items():
        names.setdefault(wording(text).folded, code)
    for code, adjectives in IRREGULAR.items():
        names.update(dict.fromkeys(((word,) for word in adjectives.split()), code))
    words_too = {(), *((word,) for word in WORDS_TOO.split()), ("la", "paz")}
    return {name: code for name, code in names.items() if code not in NO_PLACE and name not in words_too}


@cache
def _stems() -> dict[str, str]:
    single = {words[0]: code for words, code in _names().items() if len(words) == 1 and words[0] not in NO_ADJECTIVES}
    stems = {word.rstrip("aeiou"): code for word, code in single.items() if len(word.rstrip("aeiou")) > SHORTEST_STEM}
    return stems | {word: code for word, code in single.items() if len(word) >= SHORTEST_STEM}
