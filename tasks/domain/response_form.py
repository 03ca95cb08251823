"""What can be said about a response sheet as a whole: its questions, its time zone, its blank rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tasks.domain.cells import listed, quoted
from tasks.domain.models import Problem, Severity
from tasks.domain.programme import Language, Programme
from tasks.domain.serials import zone_info
from tasks.domain.table import Table

RANGES_SHOWN = 12
HEADER_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ResponseForm:
    """One response sheet with all that is needed to read its rows."""

    sheet: str
    language: Language
    programme: Programme
    zone: str
    table: Table

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
    )


def form_notices(form: ResponseForm) -> tuple[Problem, ...]:
    """Columns that are no question of ours."""
    return tuple(
        Problem(
            code="unknown-column",
            sheet=form.sheet,
            subject=form.language.code,
            what=f"Column {quoted(header)} is not a question we know; its answers are not read.",
            todo="Nothing, if it is a note of yours. If it is a new question, ask your technical colleague to add it.",
            row=1,
            column=header[:HEADER_SHOWN],
            severity=Severity.notice,
        )
        for header in form.table.headers.unknown
    )


def blank_rows(form: ResponseForm) -> Iterator[Problem]:
    """One notice for all blank rows that have answers below them."""
    if blank := form.table.blank:
        one = len(blank) == 1
        yield Problem(
            code="blank-rows",
            sheet=form.sheet,
            subject=form.language.code,
            what=f"{'Row' if one else 'Rows'} {ranges(blank)} {'is' if one else 'are'} blank, with answers below.",
            todo="If somebody emptied the row by mistake, bring it back with File > Version history; "
            "otherwise delete the blank row. All other rows are read.",
            row=blank[0],
            severity=Severity.notice,
        )


def ranges(numbers: tuple[int, ...]) -> str:
    """``3, 5 to 8 and 12``."""
    starts = [numbers[0], *(after for before, after in pairwise(numbers) if after != before + 1)]
    ends = [*(before for before, after in pairwise(numbers) if after != before + 1), numbers[-1]]
    words = [str(start) if start == end else f"{start} to {end}" for start, end in zip(starts, ends, strict=True)]
    return listed([*words[:RANGES_SHOWN], *(["others"] if len(words) > RANGES_SHOWN else [])])


def _missing(form: ResponseForm, field: str, suggestion: str) -> Problem:
    near = f" Was it renamed to {quoted(suggestion)}?" if suggestion else ""
    return _stop(
        form,
        "missing-question",
        field,
        f"The question “{form.question(field)}” is not in row 1.{near}",
        "Give the question its old wording in the form and in row 1, or ask your technical colleague to enter the "
        "new wording in the settings.",
    )


def _duplicate(form: ResponseForm, field: str) -> Problem:
    return _stop(
        form,
        "duplicate-question",
        field,
        f"The question “{form.question(field)}” stands more than once in row 1, so nobody can say which answer counts.",
        "Rename the column that does not belong to the form, or move it to another tab.",
    )


def _unknown_zone(form: ResponseForm) -> Problem:
    what = f"The spreadsheet's time zone {quoted(form.zone)} is not known, so its time stamps cannot be read."
    return _stop(form, "sheet-zone", "timestamp", what, "Choose a time zone under File > Settings of the spreadsheet.")


def _no_headers(form: ResponseForm) -> Problem:
    return Problem(
        code="no-headers",
        sheet=form.sheet,
        subject=form.language.code,
        what=f"Row 1 holds none of the questions of the form. {_STOPPED}",
        todo="Make row 1 the row with the questions again (a sorted or inserted row may have moved it).",
        row=1,
        stops_language=True,
    )


def _stop(form: ResponseForm, code: str, field: str, what: str, todo: str) -> Problem:
    return Problem(
        code=code,
        sheet=form.sheet,
        subject=field,
        what=f"{what} {_STOPPED}",
        todo=todo,
        row=1,
        column=form.question(field),
        stops_language=True,
    )


_STOPPED = "Until this is mended, no answers of this form are read; the other forms go on."
