"""What can be said about a response sheet as a whole: its questions, its time zone, its blank rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tasks.domain.cells import excerpt
from tasks.domain.folding import fold
from tasks.domain.models import Problem, Severity
from tasks.domain.normalise.text_language import Identify, identified
from tasks.domain.programme import Language, Programme
from tasks.domain.sentences import Phrase, Value, say
from tasks.domain.serials import zone_info
from tasks.domain.strange_columns import STOPPED, new_questions, unknown_columns
from tasks.domain.table import Table

RANGES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the Forms API says for certain: the key of each row, and the options that are offered (field, folded)."""

    identities: tuple[str, ...]
    offered: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class ResponseForm:
    """One response sheet, or one form (``facts``), with all that is needed to read its rows.

    ``identify`` tells the language of a text.
    """

    sheet: str
    language: Language
    programme: Programme
    zone: str
    table: Table
    facts: FormFacts | None = None
    identify: Identify = identified

    def question(self, field: str) -> str:
        """How this form words the question."""
        return self.language.questions[field]


def form_problems(form: ResponseForm) -> tuple[Problem, ...]:
    """Why this form cannot be read at all. Nothing is guessed: a changed question may have changed its meaning."""
    headers = form.table.headers
    if not headers.columns and not headers.duplicates:
        return (_no_headers(form),)
    return (
        *(_missing(form, field, headers.suggestions.get(field, "")) for field in headers.missing),
        *(_duplicate(form, field) for field in headers.duplicates),
        *([] if zone_info(form.zone) else [_unknown_zone(form)]),
        *(new_questions(strange_headers(form), form.sheet, form.language) if form.facts else ()),
    )


def form_notices(form: ResponseForm) -> tuple[Problem, ...]:
    """Columns that are no question of ours, and no declared note."""
    return unknown_columns(strange_headers(form), form.sheet, form.language)


def strange_headers(form: ResponseForm) -> tuple[str, ...]:
    """Headers that are neither a question nor, in the settings, a note of the staff."""
    notes = {fold(header) for header in form.programme.forms[form.language.code].notes}
    return tuple(dict.fromkeys(header for header in form.table.headers.unknown if fold(header) not in notes))


def blank_rows(form: ResponseForm) -> Iterator[Problem]:
    """One notice for all blank rows that have answers below them."""
    if blank := form.table.blank:
        one = say("blank-row", row=blank[0])
        yield Problem(
            code="blank-rows",
            sheet=form.sheet,
            subject=form.language.code,
            what=(one if len(blank) == 1 else say("blank-rows", rows=ranges(blank)),),
            todo=(say("blank-rows-todo"),),
            row=blank[0],
            severity=Severity.notice,
        )


def ranges(numbers: tuple[int, ...]) -> tuple[Value, ...]:
    """``3, 5 to 8 and 12``, the first few where there are many."""
    starts = [numbers[0], *(after for before, after in pairwise(numbers) if after != before + 1)]
    ends = [*(before for before, after in pairwise(numbers) if after != before + 1), numbers[-1]]
    both = zip(starts, ends, strict=True)
    told = [start if start == end else say("range", first=start, last=end) for start, end in both]
    return (*told[:RANGES_SHOWN], *([say("others")] if len(told) > RANGES_SHOWN else []))


def _missing(form: ResponseForm, field: str, suggestion: str) -> Problem:
    what = say("missing-question-form" if form.facts else "missing-question", question=form.question(field))
    near = [say("renamed-question", header=excerpt(suggestion))] if suggestion else []
    return _stop(form, "missing-question", field, [what, *near], say("missing-question-todo"))


def _duplicate(form: ResponseForm, field: str) -> Problem:
    what = say("duplicate-question-form" if form.facts else "duplicate-question", question=form.question(field))
    return _stop(form, "duplicate-question", field, [what], say("duplicate-question-todo"))


def _unknown_zone(form: ResponseForm) -> Problem:
    what = say("sheet-zone", zone=excerpt(form.zone))
    return _stop(form, "sheet-zone", "timestamp", [what], say("sheet-zone-todo"))


def _no_headers(form: ResponseForm) -> Problem:
    return Problem(
        code="no-headers",
        sheet=form.sheet,
        subject=form.language.code,
        what=(say("no-headers"), STOPPED),
        todo=(say("no-headers-todo"),),
        row=1,
        stops_language=True,
    )


def _stop(form: ResponseForm, code: str, field: str, what: list[Phrase], todo: Phrase) -> Problem:
    return Problem(
        code=code,
        sheet=form.sheet,
        subject=field,
        what=(*what, STOPPED),
        todo=(todo,),
        row=1,
        column=form.question(field),
        stops_language=True,
    )
