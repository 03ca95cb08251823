"""Words around dates in the three languages of the forms, folded; the names of the months come from CLDR."""

import re

from babel import Locale

from tasks.domain.folding import fold
from tasks.domain.normalise.wordlists import words

LANGUAGES = ("en", "es", "fr")


def _months() -> dict[str, int]:
    shapes = [
        Locale.parse(language).months[use][width]
        for language in LANGUAGES
        for use in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
    ]
    return {fold(str(name)).rstrip("."): number for shape in shapes for number, name in shape.items()}


MONTHS = _months() | {"sept": 9, "setiembre": 9, "set": 9, "dic": 12}
"""By every name, long or short."""
VERBS = words("may march")
NEED_A_NUMBER = words("mar sept set ago")
"""Short forms that are words of their own: days of the week, seven, *ago*."""
BETWEEN_DAYS = r"to|through|till|until|al?|au|hasta|y|and|et|ou?|or"
SEPARATOR = rf"\s*(?:[-,/&]|\b(?:{BETWEEN_DAYS})\b)\s*"
RANGE = re.compile(r"-|\b(?:to|through|till|until|al?|au|hasta)\b")
BETWEEN = words("between entre")
NO_DATES = words("24/7 1/2 1/3 1/4 2/3 3/4")
WEEK = words("week semana semaine")
DENIED = words(
    """not no except avoid without excluding before after sauf pas hors sans ni avant apres eviter jamais
    excepto menos salvo sin evitar antes despues nunca never"""
)
OPEN = words(
    "any anytime whenever flexible always cualquier cualquiera indistinto siempre importe indifferent toujours"
)
WORD = re.compile(r"[^\W_]+")
