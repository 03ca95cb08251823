"""Free text in three languages becomes a country by its ISO 3166 code; what could be two countries is none.

Names come from CLDR (Babel) and ISO 3166 with its translations (pycountry). ``pycountry.search_fuzzy`` is not used:
it takes Níger for Nigeria.
"""

import gettext
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

import pycountry
from babel import Locale
from rapidfuzz import fuzz, process

from tasks.domain.folding import fold, one_line
from tasks.domain.normalise.country_words import (
    ALIASES,
    DENIED,
    NEW,
    NO_CODES,
    SEVERAL,
    SPELLINGS,
    UNHEARD,
)
from tasks.domain.normalise.found import NOTHING, Found, found_among

LANGUAGES = ("en", "es", "fr")
LONGEST = 200
WORD = re.compile(r"[^\W_]+")
INITIALS = re.compile(r"\b([^\W\d_]{1,2})\.(?=[^\W\d_])")
ALIKE, MARGIN, LONG_NAME = 88, 5, 6
KOSOVO = "XK"


def find_country(typed: str) -> Found:
    """The alpha-2 code of the country that the text names, in whatever words stand around it."""
    return _find(one_line(typed)) if 0 < len(typed) <= LONGEST else NOTHING


@lru_cache(maxsize=2048)
def country_name(code: str, language: str) -> str:
    """How the language calls the country; the code itself where it has no name."""
    return str(Locale.parse(language).territories.get(code, code))


@lru_cache(maxsize=4096)
def _find(text: str) -> Found:
    if (code := _codes().get(text.strip(" ."))) is not None:
        return Found(code)
    tokens = _tokens(text)
    if not tokens or DENIED & set(tokens):
        return NOTHING
    meant = _names().get(_key(tokens)) or set().union(*_within(tokens)) or _misspelt(_key(tokens))
    return found_among(set(meant))


def _within(tokens: list[str]) -> Iterator[frozenset[str]]:
    """The countries named by some of the words, longest names first from left to right; New Mexico is not Mexico."""
    start = 0
    while start < len(tokens):
        ends = range(min(start + _longest(), len(tokens)), start, -1)
        end = next((end for end in ends if _key(tokens[start:end]) in _names()), 0)
        if end and not (start and tokens[start - 1] in NEW):
            yield _names()[_key(tokens[start:end])]
        start = end or start + 1


def _misspelt(key: str) -> frozenset[str]:
    """One country by far more alike than any other; short names are too close to each other."""
    if len(key) < LONG_NAME:
        return frozenset()
    near = process.extract(key, _names().keys(), scorer=fuzz.ratio, score_cutoff=ALIKE - MARGIN, limit=5)
    best = max((score for _, score, _ in near), default=0)
    meant = {_names()[name] for name, score, _ in near if score > best - MARGIN}
    return meant.pop() if best >= ALIKE and len(meant) == 1 else frozenset()


def _tokens(text: str) -> list[str]:
    words = WORD.findall(fold(INITIALS.sub(r"\1", text)).replace("'", " "))
    return [SPELLINGS.get(word, word) for word in words if word not in UNHEARD]


def _key(tokens: list[str]) -> str:
    return " ".join(sorted(tokens))


@cache
def _longest() -> int:
    return max(name.count(" ") + 1 for name in _names())


@cache
def _codes() -> Mapping[str, str]:
    """Codes typed in capitals: KEN, KE."""
    long = {country.alpha_3: country.alpha_2 for country in pycountry.countries}
    short = {country.alpha_2: country.alpha_2 for country in pycountry.countries}
    return {**long, **{code: code for code in short if code not in NO_CODES}}


@cache
def _names() -> Mapping[str, frozenset[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for name, code in [*_cldr_names(), *_iso_names()]:
        names[_key(_tokens(name))].add(code)
    ours = {_key(_tokens(name)): {code} for name, code in ALIASES.items()}
    several = {_key(_tokens(name)): set(codes) for name, codes in SEVERAL.items()}
    return {key: frozenset(codes) for key, codes in {**names, **ours, **several}.items() if key}


def _cldr_names() -> Iterator[tuple[str, str]]:
    known = {country.alpha_2 for country in pycountry.countries} | {KOSOVO}
    for language in LANGUAGES:
        yield from ((name, code) for code, name in Locale.parse(language).territories.items() if code in known)


def _iso_names() -> Iterator[tuple[str, str]]:
    folder = pycountry.LOCALES_DIR
    tongues = [gettext.translation("iso3166-1", folder, [language], fallback=True) for language in LANGUAGES]
    for country in pycountry.countries:
        told = [getattr(country, kind, "") for kind in ("name", "official_name", "common_name")]
        yield from ((tongue.gettext(name), country.alpha_2) for name in told if name for tongue in tongues)
