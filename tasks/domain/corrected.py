"""A correction that staff typed into *Submissions*: it wins over the form, and the form's own words are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tasks.domain.addresses import person
from tasks.domain.cells import fitting, written
from tasks.domain.models import Response

LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Correction:
    """What staff typed into one cell, since when it counts (UTC), and until when; ``codes`` of a closed question."""

    ref: str
    field: str
    value: str
    seen_at: datetime
    codes: tuple[str, ...] = ()
    withdrawn_at: datetime | None = None


def in_force(corrections: Iterable[Correction]) -> dict[str, Correction]:
    """Those that count, by field: the newest of each that was not taken back."""
    ordered = sorted(corrections, key=lambda one: one.seen_at)
    newest = {correction.field: correction for correction in ordered}
    return {field: correction for field, correction in newest.items() if correction.withdrawn_at is None}


def corrected(response: Response, corrections: Mapping[str, Correction]) -> Response:
    """The response with the corrections (by field) in place of what was sent."""
    if not corrections:
        return response
    values = {field: correction.value for field, correction in corrections.items() if field != LANGUAGE}
    answers = {**response.answers, **values}
    closed = {field: corrections[field].codes for field in values if field in response.codes}
    name = answers["contact_name"] if "contact_name" in values else response.person.name
    somebody = person(name, answers["email"]) if "email" in values else None
    return replace(
        response,
        answers=answers,
        codes={**response.codes, **closed},
        person=somebody or replace(response.person, name=name),
        language=corrections[LANGUAGE].value if LANGUAGE in corrections else response.language,
    )


def shown_answer(response: Response, field: str) -> str:
    """What the cell of a field shows."""
    return response.language if field == LANGUAGE else written(fitting(response.answers.get(field, "")))
