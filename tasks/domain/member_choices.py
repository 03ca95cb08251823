"""What members choose: topics, kinds of mail, and how they are written to; in the words of any language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tasks.domain.models import Discretion, News
from tasks.domain.options import Chosen, read_words
from tasks.domain.programme import Language, Programme
from tasks.domain.words import Words

Wording = Sequence[tuple[str, str]]
WAYS: Wording = (("", "full"), *((str(one), str(one)) for one in Discretion))


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: pairs of a code and a word for it."""

    topics: Wording = ()
    kinds: Wording = ()
    discretion: Wording = WAYS

    def read(self, field: str, text: str) -> Chosen:
        """What one cell chooses; ``field`` is ``topics``, ``kinds`` or ``discretion``."""
        wording: Mapping[str, Wording] = {"topics": self.topics, "kinds": self.kinds, "discretion": self.discretion}
        return read_words(text, wording[field])


def make_choices(programme: Programme, languages: Mapping[str, Language], words: Iterable[Words]) -> Choices:
    """Every option in every language, and by its code. ``words`` are all languages that staff may write in."""
    field = programme.members.topics
    codes = programme.questions[field].options if field else ()
    worded = [language.options[field] for language in languages.values() if field in language.options]
    topics = [(code, wording[code]) for wording in worded for code in codes]
    staff = list(words)
    kinds = [(str(kind), one.members[f"kind-{kind}"]) for one in staff for kind in News]
    ways = [(str(way), one.members[f"discretion-{way}"]) for one in staff for way in Discretion]
    full = [("", one.members["discretion-full"]) for one in staff]
    return Choices(
        (*topics, *zip(codes, codes, strict=True)),
        (*kinds, *((str(kind), str(kind)) for kind in News)),
        (*full, *ways, *WAYS),
    )
