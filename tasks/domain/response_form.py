"""What can be said about a response sheet as a whole: its questions, its time zone, its blank rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tasks.domain.cells import listed, quoted
from tasks.domain.folding import fold
from tasks.domain.headers import nearest
from tasks.domain.models import Problem, Severity
from tasks.domain.programme import Language, Programme
from tasks.domain.serials import zone_info
from tasks.domain.table import Table

RANGES_SHOWN = 12
HEADER_SHOWN = 60
STOPPED = "Until this is mended, no answers of this form are read; the other forms go on."


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the Forms API says for certain: the key of each row, and the options that are offered (field, folded)."""

    identities: tuple[str, ...]
    offered: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class ResponseForm:
    """One response sheet, or one form (``facts``), with all that is needed to read its rows."""

    sheet: str
    language: Language
    programme: Programme
    zone: str
    table: Table
    facts: FormFacts | None = None

    @property
    def headers_at(self) -> str:
        """Where people find the questions."""
        return "the form" if self.facts else "row 1"

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
        *(new_question(header, form.sheet, form.language) for header in strange_headers(form) if form.facts),
    )


def form_notices(form: ResponseForm) -> tuple[Problem, ...]:
    """Columns that are no question of ours, and no declared note."""
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
        for header in strange_headers(form)
    )


def strange_headers(form: ResponseForm) -> tuple[str, ...]:
    """Headers that are neither a question nor, in the settings, a note of the staff."""
    notes = {fold(header) for header in form.programme.forms[form.language.code].notes}
    return tuple(dict.fromkeys(header for header in form.table.headers.unknown if fold(header) not in notes))


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


def new_question(header: str, sheet: str, language: Language) -> Problem:
    """A question that the settings do not have."""
    near = nearest(header, tuple(language.questions.values()))
    like = f" The question we know that is nearest to it is “{near}”." if near else ""
    return Problem(
        code="new-question",
        sheet=sheet,
        subject=language.code,
        what=f"The {language.name} form seems to ask a new question: answers hold something in the column "
        f"{quoted(header)}, which we do not know.{like} {STOPPED}",
        todo="If it is a question, ask your technical colleague to enter it in the settings, or take it out of the "
        "form and empty its header in row 1. If it is a note of yours, put its header under notes of [forms] "
        f"{language.code} in programme.toml.",
        row=1,
        column=header[:HEADER_SHOWN],
        stops_language=True,
    )


def _missing(form: ResponseForm, field: str, suggestion: str) -> Problem:
    near = f" Was it renamed to {quoted(suggestion)}?" if suggestion else ""
    return _stop(
        form,
        "missing-question",
        field,
        f"The question “{form.question(field)}” is not in {form.headers_at}.{near}",
        "Give the question its old wording in the form and in row 1 of its sheet, or ask your technical colleague to "
        "enter the new wording in the settings.",
    )


def _duplicate(form: ResponseForm, field: str) -> Problem:
    return _stop(
        form,
        "duplicate-question",
        field,
        f"The question “{form.question(field)}” stands more than once in {form.headers_at}, so nobody can say which "
        "answer counts.",
        "Word one of the two otherwise, or move the column that does not belong to the form to another tab.",
    )


def _unknown_zone(form: ResponseForm) -> Problem:
    what = f"The spreadsheet's time zone {quoted(form.zone)} is not known, so its time stamps cannot be read."
    return _stop(form, "sheet-zone", "timestamp", what, "Choose a time zone under File > Settings of the spreadsheet.")


def _no_headers(form: ResponseForm) -> Problem:
    return Problem(
        code="no-headers",
        sheet=form.sheet,
        subject=form.language.code,
        what=f"Row 1 holds none of the questions of the form. {STOPPED}",
        todo="Make row 1 the row with the questions again (a sorted or inserted row may have moved it).",
        row=1,
        stops_language=True,
    )


def _stop(form: ResponseForm, code: str, field: str, what: str, todo: str) -> Problem:
    return Problem(
        code=code,
        sheet=form.sheet,
        subject=field,
        what=f"{what} {STOPPED}",
        todo=todo,
        row=1,
        column=form.question(field),
        stops_language=True,
    )
