"""Text that a stranger typed, as a type of its own, so that no letter can take it for ours."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from tasks.domain.models import Person
from tasks.domain.safe_policy import clean

LONGEST_NAME = 64
NOTHING = "\u2013"
_SCHEME = re.compile(r":\s*//")
_DOT_IN_A_NAME = re.compile(r"(?<=\S)([.\u3002\uff0e\uff61])(?=[^\W\d_]{2}|[^\W\x00-\x7f]|[\u200c\u200d])")


@dataclass(frozen=True, slots=True)
class Untrusted:
    """``typed`` never reaches a reader; ``plain`` does. ``longest`` counts characters."""

    typed: str
    longest: int = 200

    @property
    def plain(self) -> str:
        """One line that no mail program turns into a link or an address; a dash where nothing visible is left."""
        text = _SCHEME.sub(": // ", clean(self.typed))
        return _shortened(_DOT_IN_A_NAME.sub(r"\1 ", text), self.longest) or NOTHING

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction of the first character that has one (Unicode UAX 9, rule P2)."""
        for character in self.plain:
            match unicodedata.bidirectional(character):
                case "R" | "AL":
                    return "rtl"
                case "L":
                    break
        return "ltr"


def shown_name(person: Person) -> str:
    """A person's name as mails may show it; ``""`` where nothing visible was typed, or the person wants it left out."""
    return Untrusted(person.name, LONGEST_NAME).plain if clean(person.name) and not person.wants_little else ""


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
