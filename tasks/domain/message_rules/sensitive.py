"""Words that must not be seen by somebody who looks over a shoulder, in any language of the programme."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tasks.domain.folding import fold

NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Sensitive:
    """Finds whole words, whatever their case and accents."""

    pattern: re.Pattern[str] = field(default=NOTHING)

    def first(self, text: str) -> str:
        """The first such word in the text, folded, or ``""``."""
        found = self.pattern.search(fold(text))
        return found[0] if found else ""


def sensitive(words: Iterable[str]) -> Sensitive:
    """From lists such as those of ``[discretion] words``; a word that ends in ``*`` stands for all that begin so."""
    folded = sorted({fold(word) for word in words if fold(word).strip("* ")})
    if not folded:
        return Sensitive()
    choices = "|".join(re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in folded)
    return Sensitive(re.compile(rf"(?<!\w)(?:{choices})(?!\w)"))
