"""Which tab of the sandbox an exported tab is, told by its headers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tasks.domain.headers import match_headers
from tasks.domain.programme import Columns, Language, Programme
from tasks.sandbox.seeding.exports import Export

ENOUGH = 0.5


@dataclass(frozen=True)
class Layout:
    """A tab of the programme: ``wording`` maps field → header. ``by_pipeline`` tabs fill themselves in a rehearsal."""

    spreadsheet: str
    tab: str
    wording: Mapping[str, str]
    language: str = ""
    by_pipeline: bool = False


@dataclass(frozen=True)
class Fit:
    """An export and the layout that it fits best; ``fields`` maps the export's column (from 0) → field."""

    export: Export
    layout: Layout
    fields: Mapping[int, str]


def layouts(programme: Programme, languages: Mapping[str, Language]) -> Iterator[Layout]:
    """Every tab that staff may export."""
    for code, form in programme.forms.items():
        yield Layout(form.spreadsheet, form.tab, languages[code].questions, code)
    register, archive = programme.register_, programme.archive
    yield _layout(register.spreadsheet, register.members)
    yield _layout(archive.spreadsheet, archive.recordings)
    for columns in (register.submissions, register.duplicates, register.sessions, register.needs_attention):
        yield _layout(register.spreadsheet, columns, by_pipeline=True)


def fit(export: Export, known: list[Layout]) -> Fit | None:
    """The layout whose headers are there most completely, if at least half of them are."""
    headers = [str(cell or "") for cell in export.rows[0]] if export.rows else []
    matches = [(layout, match_headers(headers, layout.wording).columns) for layout in known]
    layout, columns = max(matches, key=lambda match: len(match[1]) / len(match[0].wording))
    if len(columns) < ENOUGH * len(layout.wording):
        return None
    return Fit(export, layout, {at: field for field, at in columns.items()})


def _layout(spreadsheet: str, columns: Columns, *, by_pipeline: bool = False) -> Layout:
    return Layout(spreadsheet, columns.tab, columns.columns, by_pipeline=by_pipeline)
