"""Days and months in free text, in three languages. Nothing is invented: a month has no day, a day may have no year.

Written without ``dateparser``: it takes 7 ms a text, gives "déc. 2025" a day, and needs a clock for a missing year.
"""

from dataclasses import dataclass
from functools import lru_cache

from tasks.domain.folding import fold, one_line
from tasks.domain.normalise.date_shapes import SERIAL, Spotted, When, spotted_dates
from tasks.domain.normalise.date_words import OPEN, WORD
from tasks.domain.serials import date_of

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Dates:
    """``found`` in the order of the text; ``doubtful``: what was typed, with the days it may be.

    ``any_time`` says that every date will do.
    """

    found: tuple[When, ...] = ()
    doubtful: tuple[tuple[str, tuple[When, ...]], ...] = ()
    any_time: bool = False


def find_dates(typed: str, language: str) -> Dates:
    """What the text asks for, also where Sheets has turned a date into its number.

    ``language`` is that of the form: only in English may the day or the month stand first. One date that can be read
    in one order only settles the others of the same text.
    """
    return _find(one_line(typed[:LONGEST]), language)


@lru_cache(maxsize=4096)
def _find(text: str, language: str) -> Dates:
    if SERIAL.fullmatch(text) and (day := date_of(float(text))) is not None:
        return Dates((When(day.year, day.month, day.day),))
    key = fold(text)
    spotted = list(spotted_dates(key, text))
    day_first = _order(spotted, language)
    clear: list[When] = []
    doubtful: list[tuple[str, tuple[When, ...]]] = []
    for one in spotted:
        if not one.either:
            clear += one.days
        elif day_first is None:
            doubtful.append((one.typed, one.days))
        else:
            clear.append(one.days[0 if day_first else 1])
    any_time = not spotted and bool(OPEN & set(WORD.findall(key)))
    return Dates(tuple(dict.fromkeys(clear)), tuple(dict.fromkeys(doubtful)), any_time)


def _order(spotted: list[Spotted], language: str) -> bool | None:
    """Whether this person writes the day first; None where nothing tells."""
    orders = {one.day_first for one in spotted if one.day_first is not None}
    if not orders and language != "en":
        return True
    return orders.pop() if len(orders) == 1 else None
