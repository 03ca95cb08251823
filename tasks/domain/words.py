"""What the pipeline writes for staff, in the staff's language; a file a language holds the phrases."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from babel import Locale
from babel.dates import format_skeleton, get_month_names
from babel.lists import format_list

from tasks.domain.programme import StaffWords
from tasks.domain.sentences import AnyOf, Day, Phrase, Sentences, Tongue, Value
from tasks.domain.serials import zone_info

BRITISH = {"en": "en_GB"}  # the day before the month, and no comma before "and"
LEAP_YEAR = 2024
LOST = "…"
ORIGINAL = "en"  # the language that the others are translated from
PLACE = re.compile(r"\{(\w+)\}")
MOMENT = re.compile(r"(\d{1,2}) (\S+) (\d{4}) (\d{2}):(\d{2})")


class WordsError(Exception):
    """A file of phrases is incomplete; the message names the phrase."""


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of one language. Each part of the file maps our name of a phrase → the phrase."""

    language: str
    state: Mapping[str, str]
    history: Mapping[str, str]
    understood: Mapping[str, str]
    pairs: Mapping[str, str]
    members: Mapping[str, str]
    attention: Mapping[str, str]

    def say(self, name: str, **values: object) -> str:
        """A phrase of a State column, filled in."""
        return _filled(self.state[name], values)

    def tell(self, name: str, **values: object) -> str:
        """A phrase of a history, filled in."""
        return _filled(self.history[name], values)

    def note(self, name: str, **values: object) -> str:
        """A phrase of what was understood, filled in."""
        return _filled(self.understood[name], values)

    def explain(self, name: str, **values: object) -> str:
        """A phrase about a pair, filled in; a reason that has no phrase yet is shown by our own name for it."""
        return _filled(self.pairs.get(name, name.partition("-")[2].replace("-", " ")), values)

    def sentences(self, said: Sentences) -> str:
        """Sentences of *Needs attention*; one that has no phrase (any more) is told by its name."""
        return " ".join(map(self._told, said))

    def _told(self, value: Value) -> str:
        match value:
            case Phrase(name, values):
                told = {place: self._told(one) for place, one in values.items()}
                return PLACE.sub(lambda place: told.get(place[1], LOST), self.attention.get(name, name))
            case Tongue(code):
                return self.language_name(code)
            case Day(month, day):
                return str(format_skeleton("MMMMd", date(LEAP_YEAR, month, day), locale=self._locale))
            case AnyOf(options):
                return str(format_list([self._told(one) for one in options], style="or", locale=self._locale))
            case tuple():
                return str(format_list([self._told(one) for one in value], locale=self._locale))
            case _:
                return str(value)

    @property
    def _locale(self) -> str:
        return BRITISH.get(self.language, self.language)

    def moment(self, instant: datetime, zone: str) -> str:
        """``3 Feb 2024 10:02`` in a spreadsheet's zone, the month in this language."""
        local = instant.astimezone(zone_info(zone) or UTC)
        return f"{local.day} {_months(self.language)[local.month]} {local.year} {local:%H:%M}"

    def language_name(self, code: str) -> str:
        """How this language calls a language."""
        return str(Locale.parse(self.language).languages.get(code, code))

    def read_moment(self, text: str, zone: str) -> datetime | None:
        """The moment (UTC) that ``moment`` wrote into a longer text, to the minute; None where there is none."""
        months = {name: number for number, name in _months(self.language).items()}
        for day, month, year, hour, minute in MOMENT.findall(text):
            if month in months:
                local = datetime(
                    int(year), months[month], int(day), int(hour), int(minute), tzinfo=zone_info(zone) or UTC
                )
                return local.astimezone(UTC)
        return None

    def says(self, name: str, text: str) -> bool:
        """Whether a part of a State cell is this phrase, whatever it was filled in with."""
        pattern = ".*".join(re.escape(part) for part in PLACE.split(self.state[name])[::2])
        return any(re.fullmatch(pattern, found, re.DOTALL) for found in (text, f"{text} "))


def make_words(language: str, phrases: StaffWords, original: StaffWords) -> Words:
    """Check that a language has every phrase of the original with the same places. Raises WordsError."""
    for part in PARTS:
        mine, wanted = getattr(phrases, part), getattr(original, part)
        for name in sorted({*mine, *wanted}):
            if name not in mine or name not in wanted:
                raise WordsError(f"[{part}] {name} must stand in the file of every language")
            if set(PLACE.findall(mine[name])) != set(PLACE.findall(wanted[name])):
                places = " and ".join(f"{{{place}}}" for place in PLACE.findall(wanted[name])) or "nothing"
                raise WordsError(f"[{part}] {name} must leave a place for {places}")
    return Words(language, **{part: getattr(phrases, part) for part in PARTS})


PARTS = ("state", "history", "understood", "pairs", "members", "attention")


@cache
def _months(language: str) -> Mapping[int, str]:
    return {number: str(name) for number, name in get_month_names("abbreviated", locale=language).items()}


def _filled(phrase: str, values: Mapping[str, object]) -> str:
    return PLACE.sub(lambda place: str(values[place[1]]), phrase)
