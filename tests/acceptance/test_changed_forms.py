"""Forms that change, and sheets that are read badly: only their own language waits, and nothing is lost by it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import requests

from config.sandbox import form_id
from tests.acceptance.people import (
    FEBRUARY,
    SHEETS,
    an_answer,
    asked,
    attention,
    configuration,
    fault,
    forget_requests,
    google,
    send_in,
    shown,
    told,
    type_answer,
    wording,
)

LATER = FEBRUARY + timedelta(minutes=5)
LATEST = LATER + timedelta(minutes=5)
FRENCH = [("luc@example.org", "fr")]
ENGLISH = [("wanjiru@example.org", "en")]
NEW = "How did you hear of us?"


@pytest.fixture(params=[False, True], ids=["by the sheets", "by the forms"])
def any_office(office, tmp_path, request):
    """An office that asks the response sheets, and one that asks Google Forms."""
    return replace(office, config=configuration(tmp_path / "config", forms_api=request.param))


@pytest.fixture
def forms_office(office, tmp_path):
    return replace(office, config=configuration(tmp_path / "config", forms_api=True))


def control(office, method, path, **body):
    answer = requests.request(method, f"{office.url}/control/{path}", json=body, timeout=10)
    answer.raise_for_status()
    return answer.json()


def respond(office, code="en", answers=None, **changes):
    """A member answers the form itself, and Forms writes the row."""
    given = an_answer(code, **changes)
    email, _ = given.pop("email"), given.pop("timestamp")
    wanted = {field: text for field, text in given.items() if text} | (answers or {})
    return control(office, "POST", f"forms/{code}/responses", answers=wanted, email=email)["responseId"]


def french(office):
    respond(office, "fr", email="luc@example.org", contact_name="Luc", title="Les pères à la clinique")


def open_lines(office, code):
    """Column and wording of what is to be done about a form."""
    lines = [line for line in attention(office) if line[0] == "To" and line[1] in {SHEETS[code], f"Google Form {code}"}]
    return [(column, what) for _, _, _, column, what, _ in lines if "looks" not in what]


def delete_last_question(office, code):
    forms = google(office, "forms", "v1").forms()
    last = len(forms.get(formId=form_id(code)).execute()["items"]) - 1
    forms.batchUpdate(
        formId=form_id(code), body={"requests": [{"deleteItem": {"location": {"index": last}}}]}
    ).execute()


def rename_header(office, code, old, new):
    form = office.settings.programme.forms[code]
    sheet = office.book(form.spreadsheet).worksheet(form.tab)
    sheet.update_cell(1, 1 + sheet.row_values(1).index(old), new)


# ------------------------------------------------------------------------------------------------ forms that change
def test_a_new_question_stops_its_language_until_it_is_mended(any_office):
    control(any_office, "POST", "forms/en/questions", title=NEW)
    respond(any_office, answers={NEW: "A friend"})
    french(any_office)

    assert any_office.run("intake").red
    assert told(any_office) == FRENCH
    ((column, what),) = open_lines(any_office, "en")
    assert (column, "The form in English seems to ask a new question" in what) == (NEW, True)

    delete_last_question(any_office, "en")
    rename_header(any_office, "en", NEW, "")
    assert not any_office.run("intake", now=LATER).red
    assert (told(any_office), open_lines(any_office, "en")) == ([*FRENCH, *ENGLISH], [])


def test_a_renamed_question_stops_its_language_until_it_has_its_old_wording(any_office):
    respond(any_office)
    french(any_office)
    control(any_office, "PUT", "forms/en/questions/themes", title="Your themes", header=True)

    assert any_office.run("intake").red
    assert told(any_office) == FRENCH
    assert any("Was it renamed to “Your themes”?" in what for _, what in open_lines(any_office, "en"))

    control(any_office, "PUT", "forms/en/questions/themes", title="Themes", header=True)
    assert not any_office.run("intake", now=LATER).red
    assert (told(any_office), open_lines(any_office, "en")) == ([*FRENCH, *ENGLISH], [])


def test_an_option_nobody_knows_keeps_later_answers_waiting_and_no_earlier_ones(office):
    send_in(office, "en", an_answer(timestamp="2024-02-14T09:00:00", email="early@example.org", title="Early birds"))
    send_in(office, "en", an_answer(format="Circus"))
    send_in(office, "en", an_answer(timestamp="2024-02-14T11:00:00", email="late@example.org", title="Night owls"))

    outcome = office.run("intake")

    assert outcome.red
    assert outcome.held == [f"1 answers of {SHEETS['en']} wait for an option that is not known"]
    assert told(office) == [("early@example.org", "en")]
    assert [column for column, _ in open_lines(office, "en")] == [wording(office, "en", "format")]

    type_answer(office, "en", 3, "format", "Panel")
    assert not office.run("intake", now=LATER).red
    assert told(office) == [("early@example.org", "en"), ("late@example.org", "en"), *ENGLISH]
    assert open_lines(office, "en") == []


def test_a_note_of_the_staff_stops_nobody(office):
    send_in(office, "en", an_answer())
    office.run("intake")
    form = office.settings.programme.forms["en"]
    sheet = office.book(form.spreadsheet).worksheet(form.tab)
    sheet.update([["Our notes"], ["called her"]], "U1")
    send_in(office, "en", an_answer(timestamp="2024-02-15T11:00:00", email="late@example.org", title="Night owls"))
    sheet.update([["call him too"]], "U3")

    assert not office.run("intake", now=LATER).red
    assert told(office) == [("late@example.org", "en"), *ENGLISH]


# ------------------------------------------------------------------------------------------------ bad readings
BAD_READINGS = {
    "half a body": {"effect": "half-body"},
    "half a JSON": {"effect": "truncated"},
    "no answer": {"effect": "drop-after"},
    "503": {"effect": "status", "status": 503},
    "403": {"effect": "status", "status": 403, "reason": "accessNotConfigured"},
}


@pytest.mark.parametrize("spoiled", BAD_READINGS.values(), ids=BAD_READINGS)
def test_a_reading_that_fails_changes_nothing_of_its_language_and_the_others_go_on(any_office, spoiled):
    respond(any_office)
    any_office.run("intake")
    respond(any_office, title="Night owls", summary="Of clinics that never sleep.", email="late@example.org")
    french(any_office)
    before = attention(any_office)
    fault(any_office, "GET", r"sandbox-responses-en$|sandbox-form-en", **spoiled)

    assert any_office.run("intake", now=LATER).red
    assert told(any_office) == [*FRENCH, *ENGLISH]
    assert [line for line in attention(any_office) if line[0] == "Solved"] == [b for b in before if b[0] == "Solved"]

    assert not any_office.run("intake", now=LATEST).red
    assert told(any_office) == [("late@example.org", "en"), *FRENCH, *ENGLISH]


def test_a_second_page_of_answers_that_fails_changes_nothing(forms_office):
    for number in range(3):
        respond(
            forms_office, email=f"a{number}@example.org", contact_name=f"A{number}", organisation=f"Network {number}"
        )
    forms_office.control("settings", short_pages=2)
    fault(forms_office, "GET", r"sandbox-form-en/responses", "status", nth=2, status=503)

    assert forms_office.run("intake").red
    forms_office.control("settings", short_pages=0)
    assert told(forms_office) == []

    forms_office.control("settings", short_pages=2)
    assert not forms_office.run("intake", now=LATER).red
    forms_office.control("settings", short_pages=0)
    assert [address for address, _ in told(forms_office)] == ["a0@example.org", "a1@example.org", "a2@example.org"]


@pytest.mark.parametrize("left", [1, 2], ids=["only the headers", "one row"])
def test_a_sheet_that_suddenly_lost_its_rows_acts_on_nobody(any_office, left):
    for number in range(4):
        respond(any_office, email=f"a{number}@example.org", contact_name=f"A{number}", organisation=f"Network {number}")
    any_office.run("intake")
    before = shown(any_office, "Submissions", "Ref", "State", "Organisation")
    form = any_office.settings.programme.forms["en"]
    any_office.book(form.spreadsheet).worksheet(form.tab).delete_rows(left + 1, 5)

    outcome = any_office.run("intake", now=LATER)

    assert (outcome.done, outcome.failed, len(told(any_office))) == ([], [], 4)
    assert shown(any_office, "Submissions", "Ref", "State", "Organisation") == before


# ------------------------------------------------------------------------------------------------ the Forms API
def test_a_form_without_new_answers_is_asked_once_for_its_answers_only(forms_office):
    respond(forms_office)
    forms_office.run("intake")
    forget_requests(forms_office)

    outcome = forms_office.run("intake", now=LATER)

    assert (outcome.done, outcome.requests) == ([], {"forms": {"GET": 3}, "sheets": {"GET": 1}})
    assert [name for _, name in asked(forms_office)] == ["sheets.spreadsheets.get"] + ["forms.forms.responses.list"] * 3


def test_new_answers_in_every_form_cost_one_request_a_form_and_one_write(forms_office):
    forms_office.run("intake")
    respond(forms_office)
    respond(forms_office, "es", email="rosa@example.org", contact_name="Rosa", title="Abuelos que cuidan")
    french(forms_office)
    forget_requests(forms_office)

    outcome = forms_office.run("intake", now=LATER)

    assert outcome.requests["forms"] == {"GET": 6}
    assert outcome.requests["sheets"] == {"GET": 1, "POST": 1}
    assert sorted(told(forms_office)) == sorted([*FRENCH, *ENGLISH, ("rosa@example.org", "es")])


def test_a_form_that_stopped_is_asked_for_its_questions_until_it_is_mended(forms_office):
    forms = google(forms_office, "forms", "v1").forms()
    items = forms.get(formId=form_id("en")).execute()["items"]
    place, (item,) = next((at, [one]) for at, one in enumerate(items) if one["title"] == "Themes")
    respond(forms_office)

    def renamed(title):
        update = {"item": {**item, "title": title}, "location": {"index": place}, "updateMask": "title"}
        forms.batchUpdate(formId=form_id("en"), body={"requests": [{"updateItem": update}]}).execute()

    renamed("Topics")
    assert forms_office.run("intake").red
    assert forms_office.run("intake", now=LATER).red
    renamed("Themes")

    assert not forms_office.run("intake", now=LATEST).red
    assert told(forms_office) == ENGLISH


@pytest.mark.parametrize("first", [False, True], ids=["turned on", "turned off"])
def test_nobody_is_acknowledged_again_when_the_forms_api_is_turned_on_or_off(office, tmp_path, first):
    there = [
        replace(office, config=configuration(tmp_path / str(forms_api), forms_api=forms_api))
        for forms_api in (first, not first)
    ]
    respond(office)
    french(office)
    there[0].run("intake")
    before = shown(office, "Submissions", "Ref", "Organisation", "Title")

    assert not there[1].run("intake", now=LATER).red
    assert there[1].run("intake", now=LATEST).done == []
    assert told(office) == [*FRENCH, *ENGLISH]
    assert shown(office, "Submissions", "Ref", "Organisation", "Title") == before


def test_an_edit_through_the_form_is_an_update_whatever_happened_to_its_row(forms_office):
    sent = respond(forms_office)
    forms_office.run("intake")
    form = forms_office.settings.programme.forms["en"]
    forms_office.book(form.spreadsheet).worksheet(form.tab).delete_rows(2)
    changes = {"title": "Quite another", "summary": "New.", "country": "Chile", "organisation": "Another"}
    control(forms_office, "PUT", f"forms/en/responses/{sent}", answers=changes, email="new@example.org")

    forms_office.run("intake", now=LATER)

    assert told(forms_office) == ENGLISH
    assert shown(forms_office, "Submissions", "Title", "E-mail") == [("Quite another", "new@example.org")]
