"""The rows of a response sheet become responses, or problems in words; row position is never identity."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter

from tasks.domain.beside import Beside, Cells
from tasks.domain.keys import row_of
from tasks.domain.models import Problem, Response, Tab
from tasks.domain.normalise.text_language import Identify, identified
from tasks.domain.programme import Language, Programme
from tasks.domain.response_form import FormFacts, ResponseForm, blank_rows, form_notices, form_problems, strange_headers
from tasks.domain.response_row import Checked, check_row
from tasks.domain.table import read_table


@dataclass(frozen=True, slots=True)
class Reading:
    """``rows`` counts the rows with answers, ``blank`` those without that stand above one with answers.

    ``beside`` is what they hold in unknown columns, ``strangers`` the keys of those with an option nobody knows, with
    their moments. ``stopped``: nothing of the form is read; ``waiting`` are the keys of answers that must wait.
    """

    responses: tuple[Response, ...]
    problems: tuple[Problem, ...]
    rows: int
    blank: int
    beside: Beside = field(default_factory=Beside)
    strangers: Mapping[str, datetime] = field(default_factory=dict)
    stopped: bool = False
    waiting: tuple[str, ...] = ()


def read_responses(
    tab: Tab,
    *,
    sheet: str,
    language: Language,
    programme: Programme,
    zone: str,
    facts: FormFacts | None = None,
    identify: Identify = identified,
) -> Reading:
    """Read one tab; ``sheet`` is the name by which people know it, ``zone`` the time zone of its spreadsheet.

    ``facts`` are given where the tab was made of what the Forms API says; ``identify`` tells the language of a text.
    """
    wording = {field: language.questions[field] for field in programme.questions}
    table = read_table(tab, wording)
    form = ResponseForm(sheet, language, programme, zone, table, facts, identify)
    if stops := form_problems(form):
        return Reading((), stops, len(table.rows), len(table.blank), stopped=True)
    checked = list(_distinct([check_row(row, form) for row in table.rows]))
    return Reading(
        responses=tuple(one.response for one in checked if one.response),
        problems=(*form_notices(form), *blank_rows(form), *(problem for one in checked for problem in one.problems)),
        rows=len(table.rows),
        blank=len(table.blank),
        beside=_beside(checked, form, tab),
        strangers={one.key: one.moment for one in checked if one.moment and one.is_asked_otherwise},
    )


def _beside(checked: list[Checked], form: ResponseForm, tab: Tab) -> Beside:
    strange, headers = frozenset(strange_headers(form)), form.table.headers
    if not strange:
        return Beside()
    columns = zip(headers.unknown_places, headers.unknown, strict=True)
    rows: dict[str, tuple[Cells, ...]] = {}
    for one in checked:
        key = row_of(one.key)
        rows[key] = (*rows.get(key, ()), tab.rows[one.number - 1])
    return Beside({place: header for place, header in columns if header in strange}, rows)


def _distinct(rows: list[Checked]) -> Iterator[Checked]:
    """Rows in the order of the sheet, equal ones once; a key that two different rows share is numbered.

    The numbers follow the answers and not the rows, so that sorting the sheet changes no key.
    """
    by_key: dict[str, dict[str, Checked]] = defaultdict(dict)
    for row in rows:
        by_key[row.key].setdefault(row.fingerprint, row)
    numbered = [
        _renamed(versions[fingerprint], f"{key}#{number}" if number > 1 else key)
        for key, versions in by_key.items()
        for number, fingerprint in enumerate(sorted(versions), start=1)
    ]
    yield from sorted(numbered, key=attrgetter("number"))


def _renamed(row: Checked, key: str) -> Checked:
    return replace(
        row,
        key=key,
        response=replace(row.response, key=key) if row.response else None,
        problems=tuple(replace(problem, subject=key) for problem in row.problems),
    )
