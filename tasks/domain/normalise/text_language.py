"""Which language a text is written in. The form's language decides what is sent; this only tells staff of another."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from tasks.domain.normalise.wordlists import words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

FEWEST_WORDS = 12
LOOKED_AT = 400
SURE = 0.97
CLEARLY = 0.15
WORD = re.compile(r"[^\W\d_]+")
FORMS: Mapping[str, frozenset[str]] = {
    "en": words("the of and to in is for with that we our on are was from how will this it not have they by"),
    "es": words("el la los las de del y en que un una para con por se es nuestra nuestro como lo al su más son no"),
    "fr": words("le la les de des du et à en un une pour dans avec nous est que qui sur par notre au aux ce pas"),
}
LIKE_THEM: Mapping[str, frozenset[str]] = {
    "pt": words("o os a as de do da dos das e em que um uma para com por se é na no nas nos ao não nosso nossa mais"),
    "it": words("il lo la i gli le di del della dei e in che un una per con su si è da al nostro nostra come non più"),
}
COMMON = {**FORMS, **LIKE_THEM}
COMMONEST = frozenset().union(*COMMON.values())
LEFT_OUT = {"an", "eo", "la", "nn", "oc", "vo", "wa"}  # nobody writes in them, but many a text looks a little like them
MODEL = "1"  # to be raised with LEFT_OUT or LOOKED_AT: what the model said before then counts no more
Identify = Callable[[str], tuple[str, float]]
"""What a model says of a text: the code of its language, and how sure it is, from 0 to 1."""
CODE_LENGTH = 2  # the longer codes of the model are regional forms of a language, such as Egyptian Arabic


def identified(text: str) -> tuple[str, float]:
    """What py3langid says; loads its model."""
    code, certainty = _identifier().classify(text)
    return str(code), float(certainty)


def other_language(text: str, language: str, identify: Identify = identified) -> str:
    """The code of the language of a text that surely is not in ``language``; ``""`` where it is, or is not clear.

    The commonest words settle nearly every text, so that the model of py3langid is seldom asked. A form in a language
    whose common words are not known, and a text of few words, are not judged.
    """
    found = WORD.findall(text[:LOOKED_AT].lower())
    if len(found) < FEWEST_WORDS or language not in FORMS:
        return ""
    common = Counter(filter(COMMONEST.__contains__, found))
    shares = {code: sum(map(common.__getitem__, some & common.keys())) / len(found) for code, some in COMMON.items()}
    mine = shares.pop(language)
    if mine >= CLEARLY and mine >= max(shares.values()):
        return ""
    code, certainty = identify(text[:LOOKED_AT])
    is_other = shares[code] > mine if code in shares else mine < CLEARLY
    return code if certainty >= SURE and code != language and is_other else ""


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (a second and 100 MB, seldom needed)

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([one for one in identifier.nb_classes if len(one) == CODE_LENGTH and one not in LEFT_OUT])
    return identifier
