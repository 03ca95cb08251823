"""What a session is about, apart from any language; and its title and summary in one of them."""

from dataclasses import dataclass, replace

from tests.benchmarks.duplicates.vocabulary import Phrase

PARTS = {
    "en": (" (part {n})", " \u2013 part {n}", ": part {r}"),
    "es": (" (parte {n})", " \u2013 parte {n}", ": parte {r}"),
    "fr": (" (partie {n})", " \u2013 partie {n}", " : partie {r}"),
}
ROMAN = ("", "I", "II", "III")


@dataclass(frozen=True, slots=True)
class Idea:
    """A session as its author thinks of it. ``numbers`` belong to the opening and the sentences, in their order."""

    topic: Phrase
    audience: Phrase
    place: Phrase
    method: Phrase
    title: Phrase
    opening: Phrase
    sentences: tuple
    numbers: tuple
    boilerplate: Phrase | None = None
    part: int = 0

    def titled(self, language, source):
        """The title in a language, in one of the ways in which it can be said."""
        text = self.title.say(language, source, **self._slots(language, source))
        return text + source.choice(PARTS[language]).format(n=self.part, r=ROMAN[self.part]) if self.part else text

    def told(self, language, source):
        """The summary in a language, a list of sentences."""
        slots = self._slots(language, source)
        first = self.opening.say(language, source, n=self.numbers[0], **slots)
        told = [first] + [
            _joined(sentence, ending, number, language, source, slots)
            for (sentence, ending), number in zip(self.sentences, self.numbers[1:], strict=True)
        ]
        return [*told, self.boilerplate.say(language, source)] if self.boilerplate else told

    def _slots(self, language, source):
        named = {"t": self.topic, "a": self.audience, "p": self.place, "m": self.method}
        return {slot: phrase.say(language, source) for slot, phrase in named.items()}


def _joined(sentence, ending, number, language, source, slots):
    text = sentence.say(language, source, n=number, **slots)
    return text if ending is None else text[:-1].rstrip() + ending.say(language, source) + text[-1]


def new_idea(words, source):
    """An idea that nobody had yet, or hardly anybody."""
    sentences = source.sample(words.sentences, source.choice((2, 3, 3, 4)))
    return Idea(
        topic=source.choice(source.choice(words.topics)),
        audience=source.choice(source.choice(words.audiences)),
        place=source.choice(source.choice(words.places)),
        method=source.choice(words.methods),
        title=source.choice(words.titles),
        opening=source.choice(words.openings),
        sentences=tuple((one, source.choice(words.endings) if source.random() < 0.4 else None) for one in sentences),
        numbers=(source.randint(2, 9), *(source.randint(11, 190) for _ in sentences)),
        boilerplate=None,
    )


def sibling(idea, facet, words, source):
    """The same idea with another topic, audience or place of the same family; any other one where it stands alone."""
    families = getattr(words, f"{facet}s")
    mine = getattr(idea, facet)
    family = next(family for family in families if mine in family)
    others = [one for one in family if one != mine] or [one for group in families for one in group if one != mine]
    return replace(idea, **{facet: source.choice(others)})


def shows(idea, facet):
    """Whether the title names the topic, audience, place or method."""
    slots = {f"{{{facet[0]}}}", f"{{{facet[0].upper()}}}"}
    return any(slot in idea.title.wordings["en"][0] for slot in slots)
