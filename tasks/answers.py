"""Reads the response sheets: one request each; a form that changed or cannot be read stops only its own language."""

from dataclasses import dataclass

from tasks.chapter import Run
from tasks.domain.known_answers import Answers
from tasks.domain.models import Problem, Response
from tasks.domain.programme import Form
from tasks.domain.responses import Reading, read_responses
from tasks.sheets import try_read


@dataclass(frozen=True, slots=True)
class Gathered:
    """The answers, and the names of the sheets that were read whole."""

    answers: Answers
    whole: frozenset[str]


async def gather_answers(run: Run) -> Gathered:
    """Read every form's sheet."""
    present: dict[str, tuple[Response, ...]] = {}
    keys: set[str] = set()
    whole: set[str] = set()
    for language, form in run.services.settings.programme.forms.items():
        name = f"{form.spreadsheet} · {form.tab}"
        reading = await _read_form(run, language, form, name)
        if reading is None:
            continue
        run.outcome.read[name] = reading.rows
        run.outcome.problems += reading.problems
        if reading.blank:
            run.outcome.skipped["blank row"] += reading.blank
        if not any(problem.stops_language for problem in reading.problems):
            present[language] = reading.responses
            keys |= {response.key for response in reading.responses}
            keys |= {problem.subject for problem in reading.problems}
            whole.add(name)
    return Gathered(Answers(present, frozenset(keys)), frozenset(whole))


async def _read_form(run: Run, language: str, form: Form, name: str) -> Reading | None:
    settings = run.services.settings
    book = await try_read(run, form.spreadsheet)
    if book is None:
        return None
    if tab := book.tabs.get(form.tab):
        return read_responses(
            tab,
            sheet=name,
            language=settings.languages[language],
            programme=settings.programme,
            zone=book.time_zone,
        )
    what = f"The spreadsheet has no tab called “{form.tab}”; it has {', '.join(book.tabs)}."
    todo = f"Write the tab's new name into programme.toml under [forms] {language}; other languages go on."
    return Reading((), (Problem("missing-tab", name, language, what, todo, stops_language=True),), 0, 0)
