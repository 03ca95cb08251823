"""Rows and tabs as people leave them, made from one good row and the values that deviate."""

import json
from datetime import UTC, datetime
from pathlib import Path

from config.settings import ROOT, load_languages, load_programme, load_words
from tasks.domain.models import Tab
from tasks.domain.responses import read_responses
from tasks.domain.serials import to_serial

PROGRAMME = load_programme(ROOT / "config")
LANGUAGES = load_languages(ROOT / "config", PROGRAMME)
WORDS = load_words(ROOT / "config", "en")
FIELDS = tuple(PROGRAMME.questions)
SAMPLES = json.loads(Path(ROOT / "tasks/sandbox/seeding/samples/responses.json").read_text(encoding="utf-8"))
ZONES = {code: told["time_zone"] for code, told in SAMPLES["expected"]["languages"].items()}

STAMP = 45320.5
A_RESPONSE = {
    "timestamp": STAMP,
    "email": "rima@abaad.example.org",
    "contact_name": "Rima Khoury",
    "organisation": "ABAAD",
    "country": "Lebanon",
    "membership": "Yes",
    "title": "Working with fathers",
    "summary": "What we got wrong.",
    "themes": "Climate justice",
    "format": "Panel",
    "session_languages": "English, Arabic",
    "interpretation": "Yes",
    "recording": "No",
}


OTHER_ANSWERS = {
    "title": "b",
    "summary": "b",
    "organisation": "b",
    "country": "b",
    "themes": "LGBTIQ rights",
    "format": "Workshop",
    "recording": "Yes, publicly",
}


def a_row(**changes):
    cells = {**A_RESPONSE, **changes}
    return tuple(cells.get(field, "") for field in FIELDS)


def a_form(*rows, headers=None, language="en"):
    wording = tuple(LANGUAGES[language].questions[field] for field in FIELDS)
    return Tab("Form Responses 1", 7, (headers or wording, *rows))


def read(*rows, headers=None, zone="UTC"):
    tab = a_form(*rows, headers=headers)
    return read_responses(tab, sheet="responses-en", language=LANGUAGES["en"], programme=PROGRAMME, zone=zone)


def the_response(**changes):
    (response,) = read(a_row(**changes)).responses
    return response


def sample_cell(field, value):
    if field != "timestamp" or not value:
        return value
    wall = datetime.fromisoformat(value).replace(tzinfo=UTC)
    return to_serial(wall, "UTC")


def sample_tab(language):
    rows = [tuple(sample_cell(field, row[field]) for field in FIELDS) for row in SAMPLES[language]]
    return a_form(*rows, language=language)


def read_sample(language, tab=None):
    return read_responses(
        tab or sample_tab(language),
        sheet=f"responses-{language}",
        language=LANGUAGES[language],
        programme=PROGRAMME,
        zone=ZONES[language],
    )


def a_tab(columns, *rows, without=()):
    fields = [field for field in columns.columns if field not in without]
    headers = tuple(columns.columns[field] for field in fields)
    return Tab(columns.tab, 3, (headers, *(tuple(row.get(field, "") for field in fields) for row in rows)))


def told(problems):
    return [(problem.code, problem.row, str(problem.severity)) for problem in problems]


def wrong(problem):
    """What is wrong, in English."""
    return WORDS.sentences(problem.what)


def to_do(problem):
    """What to do, in English."""
    return WORDS.sentences(problem.todo)
