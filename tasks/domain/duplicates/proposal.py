"""A response as everything that comparing it with another one needs, made once."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from tasks.domain.addresses import matching_key
from tasks.domain.duplicates.parts import NUMERALS, numbers, parts
from tasks.domain.duplicates.persons import Sender, last_digits, own_domain
from tasks.domain.duplicates.regions import is_region, regions
from tasks.domain.duplicates.vocabulary import GENERIC, LITTLE
from tasks.domain.duplicates.wording import Wording, wording
from tasks.domain.keys import is_of_forms, row_of
from tasks.domain.models import Presenter, Response
from tasks.domain.normalise.countries import find_country
from tasks.domain.normalise.names import name_words
from tasks.domain.people import parse_presenters

MOST_PRESENTERS = 12


@dataclass(frozen=True)
class Proposal:
    """``ref`` may be anything by which the caller knows the response again. Each part is made when it is first asked.

    ``organisation`` holds its telling words, ``acronyms`` its short form, typed or made of its first letters.
    ``presenters`` are the others on stage: for each the words of the name; ``presenter_addresses`` their canonical
    addresses. ``parts``, ``numbers`` and ``regions`` are what the title says; ``figures`` are the numbers of title and
    summary, ``places`` their regions and other names, ``stems`` the beginnings of their words. ``closed`` are the
    codes of the closed questions by field.
    """

    ref: str
    response: Response

    def known_as(self, ref: str) -> "Proposal":
        """The same under another ref."""
        other = copy(self)
        other.__dict__["ref"] = ref
        return other

    @property
    def language(self) -> str:
        return self.response.language

    @property
    def submitted_at(self) -> datetime:
        return self.response.submitted_at

    @property
    def year(self) -> int:
        """The year of the call."""
        return self.response.submitted_at.year

    @property
    def answers(self) -> Mapping[str, str]:
        return self.response.answers

    @property
    def closed(self) -> Mapping[str, tuple[str, ...]]:
        return self.response.codes

    @property
    def response_id(self) -> str:
        """By what Google Forms knows it; empty for a row of a sheet."""
        return row_of(self.response.key) if is_of_forms(self.response.key) else ""

    @cached_property
    def sender(self) -> Sender:
        somebody = self.response.person
        address = matching_key(somebody.address_key)
        return Sender(
            name=somebody.name,
            names=name_words(somebody.name),
            address=address,
            domain=own_domain(address),
            phone=last_digits(self._typed("phone")),
        )

    @cached_property
    def organisation(self) -> frozenset[str]:
        return self.organisation_words.bag - GENERIC

    @cached_property
    def organisation_words(self) -> Wording:
        return wording(self._typed("organisation"))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        return _acronyms(self._typed("organisation"), self.organisation_words)

    @cached_property
    def country(self) -> str:
        return find_country(self._typed("country")).value

    @cached_property
    def presenters(self) -> tuple[frozenset[str], ...]:
        names = {words for one in self._others if (words := name_words(one.name)) and words != self.sender.names}
        return tuple(sorted(names, key=sorted))

    @cached_property
    def presenter_addresses(self) -> frozenset[str]:
        addresses = {matching_key(one.person.address_key) for one in self._others if one.person}
        return frozenset(addresses - {self.sender.address})

    @cached_property
    def title(self) -> Wording:
        return wording(self._typed("title"))

    @cached_property
    def summary(self) -> Wording:
        return wording(self._typed("summary"))

    @cached_property
    def parts(self) -> frozenset[str]:
        return parts(self.title.folded)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return numbers(self.title.folded) - self.parts

    @cached_property
    def figures(self) -> frozenset[str]:
        return numbers(self.title.folded) | numbers(self.summary.folded)

    @cached_property
    def regions(self) -> frozenset[str]:
        return regions(self.title.folded)

    @cached_property
    def places(self) -> frozenset[str]:
        people = self.sender.names.union(*self.presenters)
        named = self.regions | regions(self.summary.folded) | _names(self.title, self.summary)
        return named - people - self.organisation_words.bag

    @cached_property
    def stems(self) -> frozenset[str]:
        return _stems(self.title.bag | self.summary.bag)

    @cached_property
    def _others(self) -> tuple[Presenter, ...]:
        return parse_presenters(self._typed("presenters")[:LONGEST_LIST], self.response.person)[:MOST_PRESENTERS]

    def _typed(self, field: str) -> str:
        return self.response.answers.get(field, "")


def proposal_of(ref: str, response: Response) -> Proposal:
    """Everything that is compared."""
    return Proposal(ref, response)


LONGEST_LIST = 2000


def _acronyms(typed: str, words: Wording) -> frozenset[str]:
    short = {word.casefold() for word in typed.split() if word.isalpha() and word.isupper() and len(word) > 1}
    initials = "".join(word[0] for word in words.folded if word not in LITTLE)
    return frozenset(short | ({initials} if len(initials) > TOO_SHORT else set()))


TOO_SHORT = 2


def _stems(words: frozenset[str]) -> frozenset[str]:
    """The beginnings of the longer words, which languages share: ``masculinities``, ``masculinidades``."""
    return frozenset(word[:STEM] for word in words if len(word) >= STEM)


STEM = 5


def _names(*texts: Wording) -> set[str]:
    return {name for text in texts for name in text.names if name not in NUMERALS and not is_region(name)}
