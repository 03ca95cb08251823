"""What was understood, in one line of plain words for the register, in the language of the staff."""

from collections.abc import Iterable, Iterator

from babel import Locale

from tasks.domain.normalise.countries import country_name
from tasks.domain.normalise.dates import When
from tasks.domain.normalise.phones import Unclear
from tasks.domain.normalise.understood import Understood, is_capitalised, zone_is_unclear

SHOWN = 3
WORDS = {
    "en": {
        "or": "{} or {}",
        "country": "country unclear: {}",
        "zone": "time zone unclear: {}",
        "no zone": "time zone not understood",
        "dates": "dates unclear: {}",
        "could be": "{} could be {}",
        "any time": "any date",
        "language": "written in {}",
        "range": "{} to {}",
        "week": "week of {}",
        "day": "{day} {month}",
        "first": "1 {month}",
        "year": "{} {}",
        Unclear.lost: "phone unclear: the spreadsheet dropped digits",
        Unclear.several: "phone unclear: several numbers",
        Unclear.country: "phone unclear: of which country?",
        Unclear.invalid: "phone not understood",
    },
    "es": {
        "or": "{} o {}",
        "country": "país dudoso: {}",
        "zone": "zona horaria dudosa: {}",
        "no zone": "zona horaria no entendida",
        "dates": "fechas dudosas: {}",
        "could be": "{} puede ser {}",
        "any time": "cualquier fecha",
        "language": "escrito en {}",
        "range": "{} al {}",
        "week": "semana del {}",
        "day": "{day} de {month}",
        "first": "1 de {month}",
        "year": "{} de {}",
        Unclear.lost: "teléfono dudoso: la hoja de cálculo perdió cifras",
        Unclear.several: "teléfono dudoso: varios números",
        Unclear.country: "teléfono dudoso: ¿de qué país?",
        Unclear.invalid: "teléfono no entendido",
    },
    "fr": {
        "or": "{} ou {}",
        "country": "pays incertain : {}",
        "zone": "fuseau horaire incertain : {}",
        "no zone": "fuseau horaire non compris",
        "dates": "dates incertaines : {}",
        "could be": "{} peut être le {}",
        "any time": "n'importe quelle date",
        "language": "écrit en {}",
        "range": "{} au {}",
        "week": "semaine du {}",
        "day": "{day} {month}",
        "first": "1er {month}",
        "year": "{} {}",
        Unclear.lost: "téléphone incertain : le tableur a perdu des chiffres",
        Unclear.several: "téléphone incertain : plusieurs numéros",
        Unclear.country: "téléphone incertain : de quel pays ?",
        Unclear.invalid: "téléphone non compris",
    },
}


def understood_words(understood: Understood, language: str) -> str:
    """``Kenya · +254 20 5550102 · Africa/Nairobi · dates unclear: …``; English where ``language`` has no words here."""
    language = language if language in WORDS else "en"
    return " · ".join(_parts(understood, language))


def when_words(when: When, language: str, *, with_year: bool = True) -> str:
    """``3 June 2024``, ``June``, ``1 to 15 June``, ``week of 3 June``."""
    words = WORDS[language]
    month = str(Locale.parse(language).months["format"]["wide"][when.month])
    told = month if not when.day else words["first" if when.day == 1 else "day"].format(day=when.day, month=month)
    if when.until:
        first = words["first"].partition(" ")[0] if when.day == 1 else when.day
        told = words["range"].format(first, words["day"].format(day=when.until, month=month))
    told = words["year"].format(told, when.year) if when.year and with_year else told
    return words["week"].format(told) if when.week else told


def doubts_in_words(understood: Understood, language: str) -> str:
    """``12/03/2024 could be 12 March or 3 December``; pairs of the same days are named once."""
    words = WORDS[language]
    once = {frozenset(days): (typed, days) for typed, days in reversed(understood.dates.doubtful)}
    told = []
    for typed, days in reversed(once.values()):
        options = [when_words(day, language, with_year=False) for day in days]
        told.append(words["could be"].format(typed, words["or"].format(*options)))
    return ", ".join(told)


def options_in_words(options: Iterable[str], language: str) -> str:
    """``a, b or c``; the first few where there are many."""
    listed = list(options)
    shown = [*listed[:SHOWN], *(["…"] if len(listed) > SHOWN else [])]
    return WORDS[language]["or"].format(", ".join(shown[:-1]), shown[-1])


def _parts(understood: Understood, language: str) -> Iterator[str]:
    words = WORDS[language]
    if is_capitalised(understood):
        yield understood.name
    if understood.country.value:
        yield country_name(understood.country.value, language)
    elif understood.country.may_be:
        names = [country_name(code, language) for code in understood.country.may_be]
        yield words["country"].format(options_in_words(names, language))
    if understood.phone.shown or understood.phone.why:
        yield understood.phone.shown or words[understood.phone.why or Unclear.invalid]
    yield from _zone(understood, language)
    yield from _dates(understood, language)
    if understood.other_language:
        yield words["language"].format(language_name(understood.other_language, language))


def language_name(code: str, language: str) -> str:
    """How one language calls another."""
    return str(Locale.parse(language).languages.get(code, code))


def _zone(understood: Understood, language: str) -> Iterator[str]:
    if understood.zone.value:
        yield understood.zone.value
    elif understood.zone.may_be:
        yield WORDS[language]["zone"].format(options_in_words(understood.zone.may_be, language))
    elif zone_is_unclear(understood):
        yield WORDS[language]["no zone"]


def _dates(understood: Understood, language: str) -> Iterator[str]:
    if understood.dates.found:
        yield ", ".join(when_words(when, language) for when in understood.dates.found)
    if understood.dates.doubtful:
        yield WORDS[language]["dates"].format(doubts_in_words(understood, language))
    if understood.dates.any_time:
        yield WORDS[language]["any time"]
