"""What members choose: topics, and kinds of mail; in the words of any language, with the nearest where one is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tasks.domain.models import News
from tasks.domain.options import Chosen, read_words
from tasks.domain.programme import Language, Programme
from tasks.domain.words import Words

Wording = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: pairs of a code and a word for it."""

    topics: Wording = ()
    kinds: Wording = ()

    def read(self, field: str, text: str) -> Chosen:
        """What one cell chooses; ``field`` is ``topics`` or ``kinds``."""
        return read_words(text, self.topics if field == "topics" else self.kinds)


def make_choices(programme: Programme, languages: Mapping[str, Language], words: Iterable[Words]) -> Choices:
    """Every option in every language, and by its code. ``words`` are all languages that staff may write in."""
    field = programme.members.topics
    codes = programme.questions[field].options if field else ()
    worded = [language.options[field] for language in languages.values() if field in language.options]
    topics = [(code, wording[code]) for wording in worded for code in codes]
    kinds = [(str(kind), one.members[f"kind-{kind}"]) for one in words for kind in News]
    return Choices((*topics, *zip(codes, codes, strict=True)), (*kinds, *((str(kind), str(kind)) for kind in News)))
