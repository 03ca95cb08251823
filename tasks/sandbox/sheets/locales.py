"""How a locale orders a date, separates decimals and spells TRUE: only where the sandbox needs it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """The formats are those that a cell without its own pattern is shown in."""

    date: str = "m/d/yyyy"
    moment: str = "m/d/yyyy h:mm:ss"
    time: str = "h:mm:ss am/pm"
    decimal: str = "."
    group: str = ","
    true: str = "TRUE"
    false: str = "FALSE"

    @property
    def day_first(self) -> bool:
        """31/1 rather than 1/31."""
        return self.date.startswith("d")


SPANISH = Locale("d/m/yyyy", "d/m/yyyy h:mm:ss", "h:mm:ss", ",", ".", "VERDADERO", "FALSO")
MEXICAN = Locale("d/m/yyyy", "d/m/yyyy h:mm:ss", "h:mm:ss", ".", ",", "VERDADERO", "FALSO")
FRENCH = Locale("dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "hh:mm:ss", ",", "\u202f", "VRAI", "FAUX")
BRITISH = Locale("dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "hh:mm:ss")
LOCALES = {"en_US": Locale(), "en_GB": BRITISH, "es_ES": SPANISH, "es_MX": MEXICAN, "fr_FR": FRENCH}
BY_LANGUAGE = {"en": Locale(), "es": SPANISH, "fr": FRENCH}


def locale(code: str) -> Locale:
    """The closest known locale; American English where nothing is close."""
    return LOCALES.get(code) or BY_LANGUAGE.get(code.partition("_")[0], Locale())
