"""What we make of a response's free text. The answers themselves stay as typed; this stands beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.domain.folding import is_visible
from tasks.domain.normalise.countries import find_country
from tasks.domain.normalise.dates import Dates, find_dates
from tasks.domain.normalise.found import Found
from tasks.domain.normalise.names import display_name, typed_name
from tasks.domain.normalise.phones import Phone, find_phone
from tasks.domain.normalise.text_language import Identify, identified, other_language
from tasks.domain.normalise.time_zones import find_time_zone

PROSE = ("title", "summary", "accountability")
READ = ("contact_name", "country", "phone", "time_zone", "preferred_dates")
LOOKED_AT = 1000


@dataclass(frozen=True, slots=True)
class Understood:
    """``typed`` holds the answers this was made of, by field; ``country`` is an ISO 3166 code, ``zone`` an IANA name.

    ``other_language`` is a code; ``""`` where the text is in the form's own language, or too short to tell.
    """

    typed: Mapping[str, str]
    name: str
    country: Found
    phone: Phone
    zone: Found
    dates: Dates
    other_language: str


def understand(answers: Mapping[str, str], language: str, identify: Identify = identified) -> Understood:
    """Understand the answers to the form in ``language``; a question that the programme lacks has no answer."""
    typed = {field: answers.get(field, "") for field in READ}
    country = find_country(typed["country"])
    return Understood(
        typed=typed,
        name=display_name(typed["contact_name"]),
        country=country,
        phone=find_phone(typed["phone"], country.value),
        zone=find_time_zone(typed["time_zone"], country.value),
        dates=find_dates(typed["preferred_dates"], language),
        other_language=other_language(_prose(answers), language, identify),
    )


def understood_zone(answers: Mapping[str, str]) -> Found:
    """The time zone alone."""
    return find_time_zone(answers.get("time_zone", ""), find_country(answers.get("country", "")).value)


def _prose(answers: Mapping[str, str]) -> str:
    return " ".join(answers.get(field, "")[:LOOKED_AT] for field in PROSE)


def is_capitalised(understood: Understood) -> bool:
    """Whether the name is shown otherwise than it was typed."""
    return understood.name != typed_name(understood.typed["contact_name"])


def zone_is_unclear(understood: Understood) -> bool:
    """Whether something was answered from which no single time zone follows."""
    return is_visible(understood.typed["time_zone"]) and not understood.zone.value
