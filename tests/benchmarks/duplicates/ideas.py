"""What a session is about, apart from any language; and its title and summary in one of them."""

from dataclasses import dataclass, replace

from tests.benchmarks.duplicates.vocabulary import Phrase

PARTS = {
    "en": "{t} (part {n}) | {t} \u2013 part {n} | {t}: part {r} | {t}, session {n} | {t} {n}/3 | Part {w}: {t}",
    "es": "{t} (parte {n}) | {t} \u2013 parte {n} | {t}: parte {r} | {t}, sesión {n} | {t} {n}/3 | {w} parte: {t}",
    "fr": "{t} (partie {n}) | {t} \u2013 partie {n} | {t} : partie {r} | {t}, séance {n} | {t} {n}/3 | {w} partie: {t}",
}
ROMAN = ("", "I", "II", "III")
IN_WORDS = {
    "en": ("", "one", "two", "three"),
    "es": ("", "Primera", "Segunda", "Tercera"),
    "fr": ("", "Première", "Deuxième", "Troisième"),
}
SERIES = {"en": "{o} Dialogues: {t}", "es": "Diálogos {o}: {t}", "fr": "Les Dialogues {o} : {t}"}
YEARS = (2, 3, 3, 5, 5, 10)
ROUND = (10, 12, 15, 20, 20, 25, 30, 40, 50, 50, 60, 100, 100, 120, 150, 200)
"""How many people say that there were."""


@dataclass(frozen=True, slots=True)
class Idea:
    """A session as its author thinks of it. ``numbers`` belong to the opening and the sentences, in their order.

    ``stock`` are phrases that everybody in the field uses, ``series`` the organisation whose series it belongs to.
    """

    topic: Phrase
    audience: Phrase
    place: Phrase
    method: Phrase
    title: Phrase
    opening: Phrase
    sentences: tuple
    numbers: tuple
    stock: tuple = ()
    series: str = ""
    boilerplate: Phrase | None = None
    part: int = 0

    def titled(self, language, source):
        """The title in a language, in one of the ways in which it can be said."""
        text = self.title.say(language, source, **self._slots(language, source))
        if self.series:
            text = SERIES[language].format(o=self.series, t=text)
        if not self.part:
            return text
        n, r, w = self.part, ROMAN[self.part], IN_WORDS[language][self.part]
        return source.choice(PARTS[language].split(" | ")).format(t=text, n=n, r=r, w=w)

    def told(self, language, source):
        """The summary in a language, a list of sentences."""
        slots = self._slots(language, source)
        first = self.opening.say(language, source, n=self.numbers[0], **slots)
        told = [first] + [
            _joined(sentence, ending, number, language, source, slots)
            for (sentence, ending), number in zip(self.sentences, self.numbers[1:], strict=True)
        ]
        stock = [phrase.say(language, source) for phrase in self.stock]
        told = [*stock[1:], *told, *stock[:1]]
        return [*told, self.boilerplate.say(language, source)] if self.boilerplate else told

    def _slots(self, language, source):
        named = {"t": self.topic, "a": self.audience, "p": self.place, "m": self.method}
        return {slot: phrase.say(language, source) for slot, phrase in named.items()}


def _joined(sentence, ending, number, language, source, slots):
    text = sentence.say(language, source, n=number, **slots)
    return text if ending is None else text[:-1].rstrip() + ending.say(language, source) + text[-1]


def new_idea(words, source):
    """An idea that nobody had yet, or hardly anybody. Most people give no figures, and those who do give round ones."""
    with_figures = source.random() < 0.4
    sayings = [one for one in words.sentences if with_figures or not one.counts]
    sentences = source.sample(sayings, source.choice((1, 2, 2, 3, 3, 4)))
    return Idea(
        topic=source.choice(source.choice(words.topics)),
        audience=source.choice(source.choice(words.audiences)),
        place=source.choice(source.choice(words.places)),
        method=source.choice(words.methods),
        title=source.choice(words.titles),
        opening=source.choice([one for one in words.openings if with_figures or not one.counts]),
        sentences=tuple((one, source.choice(words.endings) if source.random() < 0.4 else None) for one in sentences),
        numbers=(source.choice(YEARS), *(source.choice(ROUND) for _ in sentences)),
        stock=tuple(source.sample(words.stock, source.choice((0, 1, 1, 2)))),
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
