"""A response as everything that comparing it with another one needs, made once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tasks.domain.addresses import matching_key
from tasks.domain.duplicates.parts import NUMERALS, numbers, parts
from tasks.domain.duplicates.persons import Sender, last_digits, own_domain
from tasks.domain.duplicates.regions import is_region, regions
from tasks.domain.duplicates.vocabulary import GENERIC, LITTLE
from tasks.domain.duplicates.wording import Wording, wording
from tasks.domain.keys import is_of_forms, row_of
from tasks.domain.models import Response
from tasks.domain.normalise.countries import find_country
from tasks.domain.normalise.names import name_words
from tasks.domain.people import parse_presenters

MOST_PRESENTERS = 12


@dataclass(frozen=True, slots=True)
class Proposal:
    """``organisation`` holds its telling words, ``acronyms`` its short form, typed or made of its first letters.

    ``presenters`` are the others on stage: for each the words of the name; ``presenter_addresses`` their canonical
    addresses. ``parts``, ``numbers`` and ``regions`` are what the title says; ``figures`` are the numbers of title and
    summary, ``places`` their regions and other names, ``stems`` the beginnings of their words. ``closed`` are the
    codes of the closed questions by field.
    """

    ref: str
    response_id: str
    language: str
    submitted_at: datetime
    sender: Sender
    organisation: frozenset[str]
    organisation_words: Wording
    acronyms: frozenset[str]
    country: str
    presenters: tuple[frozenset[str], ...]
    presenter_addresses: frozenset[str]
    title: Wording
    summary: Wording
    parts: frozenset[str]
    numbers: frozenset[str]
    figures: frozenset[str]
    regions: frozenset[str]
    places: frozenset[str]
    stems: frozenset[str]
    closed: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, str]

    @property
    def year(self) -> int:
        """The year of the call."""
        return self.submitted_at.year


def proposal_of(ref: str, response: Response) -> Proposal:
    """Everything that is compared. ``ref`` may be anything by which the caller knows the response again."""
    answers = response.answers
    address = matching_key(response.person.address_key)
    sender = Sender(
        name=response.person.name,
        names=name_words(response.person.name),
        address=address,
        domain=own_domain(address),
        phone=last_digits(answers.get("phone", "")),
    )
    summary = wording(answers.get("summary", ""))
    title, organisation = wording(answers.get("title", "")), wording(answers.get("organisation", ""))
    of_title, in_title = regions(title.folded), numbers(title.folded)
    series = parts(title.folded)
    others = parse_presenters(answers.get("presenters", "")[:LONGEST_LIST], response.person)[:MOST_PRESENTERS]
    names = [words for one in others if (words := name_words(one.name)) and words != sender.names]
    people = sender.names.union(*names)
    return Proposal(
        ref=ref,
        response_id=row_of(response.key) if is_of_forms(response.key) else "",
        language=response.language,
        submitted_at=response.submitted_at,
        sender=sender,
        organisation=organisation.bag - GENERIC,
        organisation_words=organisation,
        acronyms=_acronyms(answers.get("organisation", ""), organisation),
        country=find_country(answers.get("country", "")).value,
        presenters=tuple(sorted(set(names), key=sorted)),
        presenter_addresses=frozenset(matching_key(one.person.address_key) for one in others if one.person) - {address},
        title=title,
        summary=summary,
        parts=series,
        numbers=in_title - series,
        figures=in_title | numbers(summary.folded),
        regions=of_title,
        places=(of_title | regions(summary.folded) | _names(title, summary)) - people - organisation.bag,
        stems=_stems(title.bag | summary.bag),
        closed=response.codes,
        answers=answers,
    )


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
