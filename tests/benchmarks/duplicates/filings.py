"""One form sent in: an idea and a sender put into words; and the response that intake would read from the sheet."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from babel import Locale

from config.settings import ROOT, load_languages, load_programme
from tasks.domain.addresses import person, raw_key
from tasks.domain.models import Person, Response
from tests.benchmarks.duplicates.ideas import Idea
from tests.benchmarks.duplicates.people import Sender

PROGRAMME = load_programme(ROOT / "config")
FORMS = load_languages(ROOT / "config", PROGRAMME)
CALLS = (2023, 2024, 2025)
CLOSED = ("membership", "themes", "format", "session_languages", "interpretation", "recording")
MONTHS = ("05", "06", "09", "10", "11")
ACCOUNTABILITY = {
    "en": ("We consult women's organisations before and after.", "We follow the framework.", ""),
    "es": ("Consultamos a organizaciones de mujeres antes y después.", "Seguimos el marco.", ""),
    "fr": ("Nous consultons les organisations de femmes avant et après.", "Nous suivons le cadre.", ""),
}
ON_STAGE = (
    ("\n", "{0.name}, {0.organisation}, {0.address}"),
    ("\n", "{0.name}, {0.organisation}, {0.address}"),
    ("; ", "{0.name}"),
    ("\n", "{0.name} ({0.organisation})"),
)
"""How people list who presents: the mark between two of them, and each one."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What somebody typed and ticked. ``idea`` is what they meant; two filings of one idea can look very different."""

    idea: Idea
    sender: Sender
    language: str
    title: str
    summary: tuple
    codes: dict
    submitted_at: datetime
    presenters: tuple = ()
    preferred_dates: str = ""
    accountability: str = ""
    on_stage: tuple = ON_STAGE[0]

    @property
    def visible(self):
        """What of the proposal can be told apart by reading it, and who sent it in which call."""
        text = " ".join((self.title, *self.summary)).casefold().split()
        return self.language, self.sender.address.casefold(), self.submitted_at.year, tuple(text)


def filed(idea, sender, source, *, language=None, codes=None, at=None):
    """The idea as the sender writes it down, in their own language unless told otherwise."""
    language = language or sender.language
    return Filing(
        idea=idea,
        sender=sender,
        language=language,
        title=idea.titled(language, source),
        summary=tuple(idea.told(language, source)),
        codes=codes or ticked(source),
        submitted_at=at or opening_of(source.choice(CALLS)) + timedelta(minutes=source.randint(0, 60 * 24 * 40)),
        preferred_dates=source.choice(("", f"{source.choice(MONTHS)}/2026")),
        accountability=source.choice(ACCOUNTABILITY[language]),
        on_stage=source.choice(ON_STAGE),
    )


def opening_of(year):
    """When the call of a year opens."""
    return datetime(year, 2, 1, 8, tzinfo=UTC)


def later(filing, source):
    """A while after the filing, within the same call: minutes, hours or days."""
    return filing.submitted_at + timedelta(minutes=source.choice((3, 20, 90, 700, 1500, 6000, 20_000)))


def ticked(source):
    """The closed answers of somebody who fills in a form."""
    codes = {}
    for field in CLOSED:
        question = PROGRAMME.questions[field]
        wanted = source.choice((1, 1, 2, 3)) if question.kind == "checkboxes" else 1
        codes[field] = tuple(sorted(source.sample(sorted(question.options), wanted)))
    return codes


def response(key, row, filing):
    """The row as intake would read it."""
    form = FORMS[filing.language]
    sender, (mark, told) = filing.sender, filing.on_stage
    answers = {
        "email": sender.address,
        "contact_name": sender.name,
        "organisation": sender.organisation,
        "country": Locale(filing.language).territories[sender.country],
        "title": filing.title,
        "summary": " ".join(filing.summary),
        "presenters": mark.join(told.format(one) for one in filing.presenters),
        "partners": "",
        "preferred_dates": filing.preferred_dates,
        "time_zone": "",
        "accountability": filing.accountability,
        "phone": sender.phone,
        "access_needs": "",
        **{field: ", ".join(form.options[field][code] for code in filing.codes[field]) for field in CLOSED},
    }
    return Response(
        key=key,
        language=filing.language,
        row=row,
        submitted_at=filing.submitted_at,
        person=person(sender.name, sender.address) or Person(sender.name, sender.address, raw_key(sender.address)),
        answers=MappingProxyType(answers),
        codes=MappingProxyType(dict(filing.codes)),
    )
