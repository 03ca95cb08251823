"""Who files proposals: invented people with a name, addresses, a telephone and an organisation.

Private addresses stand where strangers share a domain. They hold an underscore, and the provider gives out no address
with one: nobody has them.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from anyascii import anyascii
from faker import Faker
from phonenumbers import country_code_for_region

LOCALES = {
    "en": ("en_KE", "en_NG", "en_IN", "en_PH", "en_GB"),
    "es": ("es_MX", "es_CO", "es_AR", "es_ES", "es_CL"),
    "fr": ("fr_FR", "fr_CA", "fr_DZ", "fr_BE"),
}
FREE = "gmail.com"


@dataclass(frozen=True, slots=True)
class Sender:
    """A person who files: ``name`` and ``address`` as typed this time, ``private`` the other address they have."""

    first: str
    last: str
    name: str
    address: str
    private: str
    organisation: str
    country: str
    language: str
    phone: str


class People:
    """Makes people; the organisations it has made can be joined by more of them."""

    def __init__(self, source, organisations):
        self._source = source
        self._organisations = organisations
        self._fakers = {locale: faker_of(locale) for locales in LOCALES.values() for locale in locales}
        for number, faker in enumerate(self._fakers.values()):
            faker.seed_instance(source.getrandbits(32) + number)

    def stranger(self, language=None):
        """Somebody of an organisation of their own."""
        source = self._source
        language = language or source.choices(tuple(LOCALES), (5, 4, 3))[0]
        locale = source.choice(LOCALES[language])
        first, last = self._named(locale, language)
        organisation = self._organisation(self._fakers[locale])
        host = f"{slug(organisation)}.example.org"
        return Sender(
            first=first,
            last=last,
            name=f"{first} {last}",
            address=f"{self._local(first, last)}@{host}",
            private=f"{slug(first)}_{slug(last)}{source.randint(1, 99)}@{FREE}",
            organisation=organisation,
            country=locale[-2:],
            language=language,
            phone=self._phone(locale[-2:]),
        )

    def colleague(self, sender):
        """Somebody else of the same organisation."""
        other = self.stranger(sender.language)
        host = sender.address.partition("@")[2]
        return replace(
            other,
            address=f"{self._local(other.first, other.last)}@{host}",
            organisation=sender.organisation,
            country=sender.country,
        )

    def namesake(self, sender):
        """Somebody elsewhere who has the same name."""
        other = self.stranger()
        host = other.address.partition("@")[2]
        return replace(
            other,
            first=sender.first,
            last=sender.last,
            name=sender.name,
            address=f"{self._local(sender.first, sender.last)}@{host}",
            private=f"{slug(sender.first)}_{slug(sender.last)}{self._source.randint(100, 999)}@{FREE}",
        )

    def _named(self, locale, language):
        faker = self._fakers[locale]
        first, last = faker.first_name(), faker.last_name()
        return first, f"{last} {faker.last_name()}" if language == "es" and self._source.random() < 0.6 else last

    def _organisation(self, faker):
        named = self._source.choice((faker.city(), faker.last_name()))
        return self._source.choice(self._organisations).format(c=first_words(named))

    def _local(self, first, last):
        one, two = slug(first), slug(last.split(maxsplit=1)[0])
        forms = (f"{one}.{two}", f"{one[0]}{two}", f"{one}{two}", f"{two}.{one[0]}")
        return self._source.choices(forms, (5, 3, 1, 1))[0]

    def _phone(self, country):
        digits = "".join(self._source.choices("23456789", k=9))
        return f"+{country_code_for_region(country)} {digits[:3]} {digits[3:6]} {digits[6:]}"


@cache
def faker_of(locale):
    """One for all corpora, as it takes long to make; whoever uses it seeds it first."""
    return Faker(locale)


def slug(text):
    """Letters only, as in an address."""
    return re.sub(r"[^a-z]", "", anyascii(text).lower()) or "x"


def first_words(town):
    """The first two words of a town's name."""
    return " ".join(town.replace(",", " ").split()[:2])
