"""Which language a text is written in. The form's language decides what is sent; this only tells staff of another."""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from tasks.domain.normalise.wordlists import words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

KNOWN = ("en", "es", "fr")
FEWEST_WORDS = 12
LOOKED_AT = 400
SURE = 0.99
CLEARLY = 0.15
WORD = re.compile(r"[^\W\d_]+")
COMMON: Mapping[str, frozenset[str]] = {
    "en": words("the of and to in is for with that we our on are was from how will this it not have they by"),
    "es": words("el la los las de del y en que un una para con por se es nuestra nuestro como lo al su más son no"),
    "fr": words("le la les de des du et à en un une pour dans avec nous est que qui sur par notre au aux ce pas"),
}


def other_language(text: str, language: str) -> str:
    """The language (en, es, fr) of a text that surely is not in ``language``; ``""`` where it is, or is not clear.

    The commonest words settle nearly every text, so that the model of py3langid is seldom loaded.
    """
    found = WORD.findall(text[:LOOKED_AT].lower())
    if len(found) < FEWEST_WORDS or language not in KNOWN:
        return ""
    shares = {code: sum(map(common.__contains__, found)) / len(found) for code, common in COMMON.items()}
    mine = shares.pop(language)
    if mine >= CLEARLY and mine >= max(shares.values()):
        return ""
    code, certainty = _identifier().classify(text[:LOOKED_AT])
    return str(code) if certainty >= SURE and shares.get(code, 0) > mine else ""


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (a second and 100 MB, seldom needed)

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(KNOWN))
    return identifier
