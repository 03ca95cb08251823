"""Other words, names and addresses, consistently: what was the same stays the same, what was alike stays alike."""

import random
import re
from collections.abc import Iterable, Iterator
from functools import cache

from babel import Locale
from faker import Faker

from tasks.sandbox.seeding.tokens import TOKEN, runs_from_right_to_left, words_of

WORDS = {"en": "en_US", "es": "es_ES", "fr": "fr_FR"}
PEOPLE = ("en_KE", "es_MX", "fr_FR", "en_IN", "es_CO", "sw", "pt_BR", "en_GB")
POOL = 400
SHORT = 2
LONG = 40
"""Letters from which on the length of a word is worth rehearsing."""
SYLLABLES = ("bdfglmnprstv", "aeiou")
FROM_RIGHT_TO_LEFT = ("بتجدرسفقلمن", "اوي")
SMALL_WORDS = {
    *("a", "an", "and", "are", "as", "at", "by", "for", "from", "i", "in", "is", "it", "not", "of", "on", "or", "our"),
    *("the", "to", "we", "with", "al", "con", "de", "del", "e", "el", "en", "es", "la", "las", "los", "no", "nos", "o"),
    *("para", "por", "que", "se", "sin", "su", "sur", "un", "una", "y", "au", "aux", "avec", "ce", "des", "du", "est"),
    *("et", "il", "le", "les", "mais", "ou", "où", "pas", "pour", "qui", "une", "à"),
}
PARTICLES = {"de", "del", "des", "du", "e", "el", "la", "las", "los", "y"}
"""Small words that say nothing in a name; "Le", "Su" and "An" are somebody's."""


class Pseudonyms:
    """One secret substitution, forgotten with the object. The words of ``names`` stay nowhere, be they "June".

    ``mentions`` are texts in which people are named among other words; no word of ``texts`` stands for another one.
    """

    def __init__(
        self, names: Iterable[str], source: random.Random, mentions: Iterable[str] = (), texts: Iterable[str] = ()
    ) -> None:
        self.source = source
        self.names = (words_of(names) - PARTICLES) | (words_of(mentions) - SMALL_WORDS)
        self.known: dict[str, str] = {}
        self.numbers: dict[str, str] = {}
        self.taken = words_of(texts)
        self.people: dict[str, str] = {}
        self.spare_names = self._shuffled(_given_and_family_names())
        self.spare_words = {code: self._shuffled(_plain_words(locale)) for code, locale in WORDS.items()}

    def text(self, text: str, language: str = "en") -> str:
        """Every address, link, long number and word replaced; marks, line ends, short numbers, dates and months stay.

        A word that is new gets one of this language (``en``, ``es``, ``fr``; any other: English).
        """
        spare = self.spare_words.get(language, self.spare_words["en"])
        return TOKEN.sub(lambda found: self._token(found, spare), text)

    def address(self, address: str) -> str:
        """An address at an example domain, the same for the same address in any case of letters."""
        key = address.casefold()
        if key not in self.people:
            self.people[key] = (
                f"member{len(self.people) + 1}@{self._word(key.rpartition('@')[2], self.spare_words['en'])}.example"
            )
        return self.people[key]

    def _token(self, found: re.Match[str], spare: list[str]) -> str:
        text = found[0]
        if found["address"]:
            return self.address(text)
        if found["link"]:
            return f"https://{self._word(text.casefold(), spare)}.example"
        if found["date"]:
            return text
        if found["digits"]:
            return self._number(text)
        word = _in_the_case_of(text, self._word(text.casefold(), spare))
        return word if len(text) < LONG else (word * len(text))[: len(text)]

    def _number(self, text: str) -> str:
        """Written in the same groups, no digit as it was; the same digits the same in any groups."""
        digits = re.sub(r"\D", "", text)
        if digits not in self.numbers:
            self.numbers[digits] = "".join(str((int(one) + self.source.randrange(1, 10)) % 10) for one in digits)
        new = iter(self.numbers[digits])
        return re.sub(r"\d", lambda _: next(new), text)

    def _word(self, word: str, spare: list[str]) -> str:
        named = word in self.names
        if not named and (word in SMALL_WORDS or word in _calendar_words()):
            return word
        if word not in self.known:
            self.taken.add(word)
            self.known[word] = self._new(self.spare_names if named else spare, _alphabet(word))
        return self.known[word]

    def _new(self, spare: list[str], alphabet: tuple[str, str]) -> str:
        while spare and alphabet == SYLLABLES:
            if (word := spare.pop()) not in self.taken:
                self.taken.add(word)
                return word
        return self._made_up(*alphabet)

    def _made_up(self, consonants: str, vowels: str) -> str:
        while True:
            word = "".join(self.source.choice(consonants) + self.source.choice(vowels) for _ in range(4))
            if word not in self.taken:
                self.taken.add(word)
                return word

    def _shuffled(self, words: Iterable[str]) -> list[str]:
        return self.source.sample(listed := sorted(words), len(listed))


def _alphabet(word: str) -> tuple[str, str]:
    return FROM_RIGHT_TO_LEFT if runs_from_right_to_left(word) else SYLLABLES


def _in_the_case_of(pattern: str, word: str) -> str:
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    return word.capitalize() if pattern[0].isupper() else word


@cache
def _plain_words(locale: str) -> frozenset[str]:
    words = {word.casefold() for word in Faker(locale).get_words_list()}
    return frozenset(word for word in words if word.isalpha() and len(word) > SHORT) - SMALL_WORDS - _calendar_words()


@cache
def _given_and_family_names() -> frozenset[str]:
    return frozenset(name for name in _names() if name.isalpha()) - SMALL_WORDS


def _names() -> Iterator[str]:
    for locale in PEOPLE:
        people = Faker(locale)
        people.seed_instance(locale)
        for _ in range(POOL):
            yield people.first_name().casefold()
            yield people.last_name().casefold()


@cache
def _calendar_words() -> frozenset[str]:
    """Months and days in the languages of the forms: they tell when, not who."""
    found: set[str] = set()
    for code in ("en", "es", "fr"):
        for table in (Locale(code).months, Locale(code).days):
            for width in ("wide", "abbreviated"):
                found |= {word.casefold().rstrip(".") for word in table["format"][width].values()}
    return frozenset(found)
