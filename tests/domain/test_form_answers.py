"""A form that Google Forms itself tells: every response by its own identity, whatever stands in the sheet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.domain.form_answers import Asked, GoogleForm, Submitted, edition, read_form
from tasks.domain.keys import is_of_forms
from tests.domain.sheet_builders import A_RESPONSE, FIELDS, LANGUAGES, PROGRAMME, the_response, to_do, told, wrong

ENGLISH = LANGUAGES["en"]
ASKED = tuple(
    Asked(
        field,
        ENGLISH.questions[field],
        tuple(ENGLISH.options.get(field, {}).values()),
        PROGRAMME.questions[field].other,
    )
    for field in FIELDS
    if field not in {"timestamp", "email"}
)
NOON = datetime(2024, 1, 29, 12, tzinfo=UTC)
ANSWERS = {field: (text,) for field, text in A_RESPONSE.items() if field not in {"timestamp", "email"}}
ANSWERS["session_languages"] = ("English", "Arabic")


def a_submitted(response_id="r1", *, submitted=NOON, **changes):
    answers = {**ANSWERS, **{field: text if isinstance(text, tuple) else (text,) for field, text in changes.items()}}
    return Submitted(response_id, NOON, submitted, A_RESPONSE["email"], answers)


def told_by(*responses, questions=ASKED, **more):
    form = GoogleForm(tuple(questions), **more)
    return read_form(form, responses, sheet="Google Form en", language=ENGLISH, programme=PROGRAMME)


def test_a_response_reads_like_the_row_that_forms_wrote_for_it():
    (response,) = told_by(a_submitted()).responses
    row = the_response(timestamp=45320.5)

    assert is_of_forms(response.key)
    assert replace(response, key=row.key) == row


def test_an_edit_keeps_the_identity_and_is_newer():
    (before,) = told_by(a_submitted()).responses
    (after,) = told_by(a_submitted(submitted=NOON + timedelta(hours=1), title="Quite another")).responses

    assert (after.key, after.submitted_at - before.submitted_at) == (before.key, timedelta(hours=1))
    assert after.fingerprint != before.fingerprint


def test_two_equal_responses_are_two():
    assert len(told_by(a_submitted("r1"), a_submitted("r2")).responses) == 2


def test_the_order_in_which_google_lists_them_does_not_matter():
    one, other = a_submitted("r1"), a_submitted("r2", title="Another")

    assert told_by(one, other) == told_by(other, one)


@pytest.mark.parametrize(
    ("others", "same"),
    [
        ([a_submitted("r2"), a_submitted("r1")], True),
        ([a_submitted("r1")], False),
        ([a_submitted("r1"), a_submitted("r2"), a_submitted("r3")], False),
        ([a_submitted("r1"), a_submitted("r2", submitted=NOON + timedelta(hours=1))], False),
    ],
    ids=["another order", "one less", "one more", "one edited"],
)
def test_each_answer_that_is_new_or_edited_or_gone_makes_another_edition(others, same):
    assert (edition([a_submitted("r1"), a_submitted("r2")]) == edition(others)) is same


def test_what_a_form_asks_is_kept_as_it_was():
    form = GoogleForm(ASKED, collects_addresses=False)

    assert GoogleForm.from_json(form.to_json()) == form


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (("Climate justice", "LGBTIQ rights"), ("climate", "lgbtiq")),
        (("Film, and music",), ("other:film, and music",)),
        (("Fatherhood, care and economies of care", "Film"), ("care", "other:film")),
    ],
)
def test_ticked_boxes_and_a_free_answer_become_codes(texts, codes):
    (response,) = told_by(a_submitted(themes=texts)).responses

    assert response.codes["themes"] == codes


def test_an_answer_to_a_question_that_is_no_longer_asked_is_left_out():
    gone = replace(a_submitted(), answers={**ANSWERS, "gone": ("x",)})

    assert told_by(gone).problems == ()


# ------------------------------------------------------------------------------------------------ the lock
def test_a_new_question_stops_the_form_before_anybody_answers_it():
    reading = told_by(a_submitted(), questions=[*ASKED, Asked("new", "How did you hear of us?")])

    assert (reading.responses, reading.stopped) == ((), True)
    assert [(one.code, one.column) for one in reading.problems] == [("new-question", "How did you hear of us?")]


@pytest.mark.parametrize(
    ("questions", "code", "says"),
    [
        ([one for one in ASKED if one.title != "Themes"], "missing-question", "“Themes” is not in the form."),
        (
            [replace(one, title="Topics") if one.title == "Themes" else one for one in ASKED],
            "missing-question",
            "Themes",
        ),
        ([*ASKED, Asked("again", "THEMES")], "duplicate-question", "more than once in the form"),
    ],
    ids=["missing", "renamed", "twice"],
)
def test_a_changed_question_stops_the_form(questions, code, says):
    reading = told_by(a_submitted(), questions=questions)

    assert reading.stopped
    assert (reading.problems[0].code, says in wrong(reading.problems[0])) == (code, True)


def test_a_form_that_collects_no_addresses_lacks_a_question():
    reading = told_by(a_submitted(), collects_addresses=False)

    assert [(one.code, one.column) for one in reading.problems] == [("missing-question", "Email Address")]


@pytest.mark.parametrize(
    ("offered", "waits"), [(True, 1), (False, 0)], ids=["offered by the form", "no longer offered"]
)
def test_an_unknown_option_holds_up_later_answers_only_where_the_form_offers_it(offered, waits):
    options = ("Panel", "Circus") if offered else ("Panel",)
    questions = [replace(one, options=options) if one.title == "Format" else one for one in ASKED]

    reading = told_by(a_submitted(format="Circus"), questions=questions)

    assert (told(reading.problems), len(reading.strangers)) == ([("unknown-option", 2, "problem")], waits)
    assert "in the form" in to_do(reading.problems[0])
