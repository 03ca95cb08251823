"""Reads the answers: one request a sheet; a form that changed or cannot be read stops only its own language."""

from dataclasses import dataclass

from tasks.baseline import baseline_of
from tasks.chapter import Run
from tasks.domain.faults import Fault
from tasks.domain.form_answers import GoogleForm, Submitted, edition, read_form
from tasks.domain.known_answers import Answers
from tasks.domain.models import Problem, Response
from tasks.domain.old_answers import told_in_one_line
from tasks.domain.programme import Form
from tasks.domain.responses import Reading, read_responses
from tasks.domain.schema_lock import doubtful, lock
from tasks.domain.sentences import say
from tasks.sheets import try_read
from tasks.steps import step


@dataclass(frozen=True, slots=True)
class Gathered:
    """The answers, and the names of the sheets that were read whole."""

    answers: Answers
    whole: frozenset[str]


async def gather_answers(run: Run) -> Gathered:
    """Read every form's sheet, or the form itself where the settings say so."""
    present: dict[str, tuple[Response, ...]] = {}
    keys: set[str] = set()
    whole: set[str] = set()
    for language, form in run.services.settings.programme.forms.items():
        name = f"Google Form {language}" if form.forms_api else f"{form.spreadsheet} · {form.tab}"
        read = await (_read_form if form.forms_api else _read_sheet)(run, language, form, name)
        if read is None:
            continue
        locked = _locked(run, read, language, name)
        reading = told_in_one_line(locked, baseline_of(run, language), name, language)
        _report(run, reading, name)
        if not reading.stopped:
            present[language] = reading.responses
            keys |= {response.key for response in reading.responses}
            keys |= {problem.subject for problem in reading.problems}
            keys |= set(reading.waiting)
            whole.add(name)
    return Gathered(Answers(present, frozenset(keys)), frozenset(whole))


def _locked(run: Run, reading: Reading, language: str, name: str) -> Reading:
    rows = doubtful(reading)
    if not rows:
        return reading
    wording = run.services.settings.languages[language]
    return lock(reading, run.services.ledger.remembered(rows), sheet=name, language=wording)


def _report(run: Run, reading: Reading, name: str) -> None:
    run.outcome.read[name] = reading.rows
    run.outcome.problems += reading.problems
    if reading.blank:
        run.outcome.skipped["blank row"] += reading.blank
    if reading.waiting:
        run.outcome.held.append(f"{len(reading.waiting)} answers of {name} wait for an option that is not known")


async def _read_sheet(run: Run, language: str, form: Form, name: str) -> Reading | None:
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
            identify=run.services.ledger.tongues.identify,
        )
    what = say("no-form-tab", tab=form.tab, tabs=tuple(book.tabs))
    todo = say("no-form-tab-todo", code=language)
    problem = Problem("missing-tab", name, language, (what,), (todo,), stops_language=True)
    return Reading((), (problem,), 0, 0, stopped=True)


async def _read_form(run: Run, language: str, _form: Form, name: str) -> Reading | None:
    settings = run.services.settings
    try:
        submitted = await ask_responses(run, language)
        form = await _form_of(run, language, edition(submitted))
    except Fault as fault:
        run.outcome.failed.append(fault.reason)
        return None
    reading = read_form(
        form,
        submitted,
        sheet=name,
        language=settings.languages[language],
        programme=settings.programme,
        identify=run.services.ledger.tongues.identify,
    )
    if run.live and not reading.stopped and not reading.strangers:
        run.services.ledger.forms.keep(settings.form_id(language), edition(submitted), form)
    return reading


async def _form_of(run: Run, language: str, seen: str) -> GoogleForm:
    """What the form asks: as it was when these very responses were last read without a doubt, or asked anew.

    It is asked after the responses, so that a question that was answered is among its questions.
    """
    return run.services.ledger.forms.kept(run.services.settings.form_id(language), seen) or await ask_form(
        run, language
    )


@step("read the answers to the form in {language}")
async def ask_responses(run: Run, language: str) -> tuple[Submitted, ...]:
    """All responses of a form in one request, or more where it has thousands. Raises Fault, SettingsError."""
    return run.services.forms.responses(f"Google Form {language}", run.services.settings.form_id(language))


@step("read the questions of the form in {language}")
async def ask_form(run: Run, language: str) -> GoogleForm:
    """What a form asks, in one request. Raises Fault, SettingsError."""
    return run.services.forms.form(f"Google Form {language}", run.services.settings.form_id(language))
