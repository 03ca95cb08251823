"""Says what is made of a response sheet never read before: a new form, or another spreadsheet for an old one."""

from datetime import timedelta

from tasks.chapter import Run
from tasks.domain.baseline import first_sight
from tasks.domain.intake import IntakePlan
from tasks.domain.known_answers import Answers
from tasks.domain.old_answers import Baseline


def baseline_of(run: Run, language: str) -> Baseline:
    """What was old when the sheet of this language was first seen: now, if it never was."""
    settings, first = run.services.settings, run.services.ledger.register.sheets_seen()
    youngest = first.get(_sheet(run, language), run.now) - timedelta(days=run.limits.acknowledge_within_days)
    return Baseline(youngest, settings.programme.register_.submissions)


def _sheet(run: Run, language: str) -> str:
    form = run.services.settings.programme.forms[language]
    return f"{run.services.settings.spreadsheet_id(form.spreadsheet)}/{form.tab}"[:200]


def tell_first_sights(run: Run, answers: Answers, plan: IntakePlan) -> None:
    """Tell of each sheet that was read whole for the first time, and keep that it was."""
    settings, memory = run.services.settings, run.services.ledger.register
    youngest = run.now - timedelta(days=run.limits.acknowledge_within_days)
    seen, new = memory.sheets_seen(), []
    for language, there in answers.present.items():
        form = settings.programme.forms[language]
        sheet = _sheet(run, language)
        if sheet not in seen:
            new.append(sheet)
            arrivals = [version for version in plan.arrivals if version.response.language == language]
            told = first_sight(f"{form.spreadsheet} · {form.tab}", there, arrivals, youngest)
            run.outcome.first_sights.append(told)
    if run.live and new:
        memory.record_sheets(new, run.now)
