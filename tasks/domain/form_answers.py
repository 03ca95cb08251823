"""A form as the Forms API tells it: its responses become rows that are read like those of a response sheet.

The identity of a response is its ``responseId``; nothing that happens in the sheet can change it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from tasks.domain.folding import fold
from tasks.domain.keys import digest, response_key
from tasks.domain.models import Cell, Tab
from tasks.domain.normalise.text_language import Identify, identified
from tasks.domain.programme import Language, Programme
from tasks.domain.response_form import FormFacts
from tasks.domain.responses import Reading, read_responses
from tasks.domain.serials import to_serial

ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the form words it; ``options`` as offered, ``other`` whether a free answer is."""

    question_id: str
    title: str
    options: tuple[str, ...] = ()
    other: bool = False


@dataclass(frozen=True, slots=True)
class Submitted:
    """A response: when it was last submitted, and the texts of each answer by question id."""

    response_id: str
    created: datetime
    submitted: datetime
    address: str
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GoogleForm:
    """What a form asks; ``collects_addresses`` is a setting of the form."""

    questions: tuple[Asked, ...]
    collects_addresses: bool = True

    def to_json(self) -> str:
        """As the ledger keeps it."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "GoogleForm":
        """As ``to_json`` wrote it."""
        kept = json.loads(text)
        asked = (Asked(**{**one, "options": tuple(one["options"])}) for one in kept["questions"])
        return cls(tuple(asked), kept["collects_addresses"])


def edition(responses: Iterable[Submitted]) -> str:
    """The same for the same responses and no others: each answer that is new or edited makes another one."""
    return digest("\n".join(sorted(f"{one.response_id} {one.submitted.isoformat()}" for one in responses)))


def read_form(
    form: GoogleForm,
    submitted: Iterable[Submitted],
    *,
    sheet: str,
    language: Language,
    programme: Programme,
    identify: Identify = identified,
) -> Reading:
    """Read all responses; ``sheet`` is the name by which people know the form, rows count in the order of arrival."""
    responses = sorted(submitted, key=lambda one: (one.created, one.response_id))
    headers = [language.questions["timestamp"], *([language.questions["email"]] if form.collects_addresses else [])]
    fields = {fold(words): name for name, words in language.questions.items()}
    rows = [
        (
            to_serial(one.submitted, ZONE),
            *([one.address] if form.collects_addresses else []),
            *(_cell(one.answers.get(asked.question_id, ()), asked, fields, language) for asked in form.questions),
        )
        for one in responses
    ]
    offered = {(fields.get(fold(one.title), ""), fold(words)) for one in form.questions for words in one.options}
    facts = FormFacts(tuple(response_key(one.response_id) for one in responses), frozenset(offered))
    tab = Tab(sheet, 0, ((*headers, *(asked.title for asked in form.questions)), *rows))
    return read_responses(
        tab, sheet=sheet, language=language, programme=programme, zone=ZONE, facts=facts, identify=identify
    )


def _cell(texts: tuple[str, ...], asked: Asked, fields: Mapping[str, str], language: Language) -> Cell:
    """As Forms itself writes it into the sheet: ticked options and then a free answer, joined by commas."""
    name = fields.get(fold(asked.title), "")
    return ", ".join(_with_word(texts, asked, name, language) if asked.other else texts)


def _with_word(texts: tuple[str, ...], asked: Asked, name: str, language: Language) -> Iterator[str]:
    known = {fold(words) for words in (*asked.options, *language.options.get(name, {}).values())}
    for text in texts:
        yield text if fold(text) in known or name not in language.other else f"{language.other[name]}: {text}"
