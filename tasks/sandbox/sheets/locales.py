"""How a locale orders a date, separates decimals, names months and spells TRUE: from CLDR, with Sheets' own habits."""

import re
from dataclasses import dataclass, field
from functools import cache

from babel import Locale as Cldr
from babel import UnknownLocaleError
from babel.numbers import get_currency_symbol, get_territory_currencies

TRUTH = {"es": ("VERDADERO", "FALSO"), "fr": ("VRAI", "FAUX")}
DATES = {"es_MX": "d/m/yyyy"}
MOMENTS = {"en_US": "m/d/yyyy h:mm:ss"}
PLAIN_SPACE = re.compile("[\u00a0\u202f]")
CLOCK = re.compile(r"[Hhms]+|a")
WORDS = re.compile("'[^']*'")
FALLBACK = "en_US"
YEAR_FIRST = "y"


@dataclass(frozen=True, slots=True)
class Locale:
    """The formats are those that a cell without its own pattern is shown in; names of months begin with January."""

    code: str = FALLBACK
    date: str = "m/d/yyyy"
    moment: str = "m/d/yyyy h:mm:ss"
    time: str = "h:mm:ss am/pm"
    decimal: str = "."
    group: str = ","
    currency: str = "$"
    money: str = '"$"#,##0.00'
    true: str = "TRUE"
    false: str = "FALSE"
    halves: tuple[str, str] = ("AM", "PM")
    months: tuple[str, ...] = field(default=(), repr=False)
    short_months: tuple[str, ...] = field(default=(), repr=False)
    days: tuple[str, ...] = field(default=(), repr=False)
    short_days: tuple[str, ...] = field(default=(), repr=False)

    @property
    def day_first(self) -> bool:
        """31/1 rather than 1/31."""
        return self.date.startswith("d") or (self.date.startswith(YEAR_FIRST) and not self.code.startswith("en"))

    @property
    def separator(self) -> str:
        """Between the arguments of a function, where the comma is not taken by decimals."""
        return ";" if self.decimal == "," else ","


@cache
def locale(code: str) -> Locale:
    """The locale of a spreadsheet's properties; American English where the code means nothing."""
    try:
        cldr = Cldr.parse(code or FALLBACK)
    except (UnknownLocaleError, ValueError):
        return locale(FALLBACK)
    day, clock = _date(str(cldr), cldr), _clock(cldr)
    true, false = TRUTH.get(cldr.language, ("TRUE", "FALSE"))
    symbols = cldr.number_symbols["latn"]
    currency = _currency(cldr)
    halves = cldr.day_periods["format"]["wide"]
    return Locale(
        code=str(cldr),
        date=day,
        moment=MOMENTS.get(str(cldr), f"{day} {clock.removesuffix(' am/pm')}"),
        time=clock,
        decimal=symbols["decimal"],
        group=symbols["group"],
        currency=currency,
        money=_money(cldr.currency_formats["standard"].pattern, currency),
        true=true,
        false=false,
        halves=(halves.get("am", "AM"), halves.get("pm", "PM")),
        months=_names(cldr.months["format"]["wide"], range(1, 13)),
        short_months=_names(cldr.months["format"]["abbreviated"], range(1, 13)),
        days=_names(cldr.days["format"]["wide"], range(7)),
        short_days=_names(cldr.days["format"]["abbreviated"], range(7)),
    )


def _names(found: dict[int, str], numbers: range) -> tuple[str, ...]:
    """Of days, from Monday on."""
    return tuple(found[number] for number in numbers)


def _date(code: str, cldr: Cldr) -> str:
    """CLDR's short date, with all four digits of the year."""
    pattern = cldr.date_formats["short"].pattern.lower()
    return DATES.get(code) or re.sub("y+", "yyyy", pattern)


def _clock(cldr: Cldr) -> str:
    """CLDR's medium time with plain blanks; without the words that some locales put between the numbers."""
    parts = CLOCK.findall(WORDS.sub("", cldr.time_formats["medium"].pattern))
    numbers = [part.lower() for part in parts if part != "a"]
    return ":".join(numbers) + (" am/pm" if "a" in parts else "")


def _currency(cldr: Cldr) -> str:
    territory = cldr.territory or ""
    known = get_territory_currencies(territory) if territory.isalpha() and territory else []
    return str(get_currency_symbol(known[-1], cldr)) if known else "$"


def _money(pattern: str, symbol: str) -> str:
    positive = PLAIN_SPACE.sub(" ", pattern.partition(";")[0])
    return re.sub(r"[#,0]*0\.0*", "#,##0.00", positive).replace("¤", f'"{symbol}"')
