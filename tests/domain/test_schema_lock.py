"""What a form asks must be what we know; what staff write beside the answers stops nobody."""

from dataclasses import replace

import pytest

from tasks.domain.keys import row_of
from tasks.domain.responses import read_responses
from tasks.domain.schema_lock import Remembered, doubtful, lock
from tests.domain.sheet_builders import FIELDS, LANGUAGES, PROGRAMME, STAMP, a_form, a_row, read, to_do, told, wrong

ENGLISH = LANGUAGES["en"]
QUESTIONS = tuple(ENGLISH.questions[field] for field in FIELDS)
LATER = {"timestamp": STAMP + 1, "email": "eva@example.org"}


def locked(*rows, headers=QUESTIONS, registered=(), known_to_staff=()):
    """The reading after the lock; rows named by their place among ``rows``."""
    reading = read(*rows, headers=headers)
    keys = keys_of(*rows)
    remembered = Remembered({keys[row] for row in registered}, {keys[row] for row in known_to_staff})
    return lock(reading, remembered, sheet="responses-en", language=ENGLISH)


def keys_of(*rows):
    """The key of each row, also of those that are none that can be registered."""
    return [row_of(reading_key(row)) for row in rows]


def reading_key(row):
    found = read(row[: len(FIELDS)], headers=QUESTIONS)
    return found.responses[0].key if found.responses else found.problems[0].subject


def titles(reading):
    return [response.answers["title"] for response in reading.responses]


# ------------------------------------------------------------------------------------------------ new questions
def test_a_new_question_with_an_answer_stops_the_form_and_says_which_one():
    reading = locked((*a_row(), "A friend"), headers=(*QUESTIONS, "How did you hear of us?"))

    (problem,) = reading.problems
    assert (reading.responses, reading.stopped, problem.stops_language) == ((), True, True)
    assert (problem.code, problem.row, problem.column) == ("new-question", 1, "How did you hear of us?")
    assert "The form in English seems to ask a new question" in wrong(problem)
    assert "put its header under notes of [forms] en" in to_do(problem)


def test_a_new_question_is_compared_with_those_we_know():
    (problem,) = locked((*a_row(), "Peace"), headers=(*QUESTIONS, "Themes of the session")).problems

    assert "nearest to it is “Title of the session”" in wrong(problem)


def test_a_thousand_new_questions_are_one_problem():
    more = tuple(f"Question {number}?" for number in range(1000))

    (problem,) = locked((*a_row(), *("x" for _ in more)), headers=(*QUESTIONS, *more)).problems

    assert (problem.code, problem.stops_language) == ("new-question", True)
    assert "1000 new questions" in wrong(problem)
    assert "the first “Question 0?” and the last “Question 999?”" in wrong(problem)


def test_of_a_thousand_columns_only_those_that_nobody_wrote_into_before_are_new_questions():
    notes = tuple(f"Note {number}" for number in range(999))
    rows = [(*a_row(), *("x" for _ in notes)), (*a_row(title="Another", **LATER), *("x" for _ in notes), "A friend")]

    (problem,) = locked(*rows, headers=(*QUESTIONS, *notes, "How did you hear of us?"), registered=[0]).problems

    assert problem.column == "How did you hear of us?"


@pytest.mark.parametrize("answers", [(0, False), (False, 0), (False, "", "\u200b", "no")])
def test_a_column_with_any_answer_at_all_is_a_new_question(answers):
    rows = [(*a_row(email=f"eva{at}@example.org"), answer) for at, answer in enumerate(answers)]

    assert locked(*rows, headers=(*QUESTIONS, "How many?")).stopped


def test_one_column_of_two_with_the_same_header_is_enough_for_a_note_of_the_staff():
    rows = [(*a_row(), "called her", ""), (*a_row(title="Another", **LATER), "", "call her too")]

    assert not locked(*rows, headers=(*QUESTIONS, "Notes", "Notes"), registered=[0]).stopped


@pytest.mark.parametrize(
    ("beside", "memory"),
    [
        ("", {}),
        (" ", {}),
        (False, {}),
        ("called her", {"registered": [0]}),
        ("ask again", {"known_to_staff": [0]}),
    ],
    ids=["nobody answered it", "blank", "an empty box", "a note on a known submission", "a note on a known problem"],
)
def test_a_column_of_the_staff_is_a_notice_and_all_rows_are_read(beside, memory):
    rows = [(*a_row(), beside), a_row(title="Another", **LATER)]

    reading = locked(*rows, headers=(*QUESTIONS, "Our notes"), **memory)

    assert told(reading.problems) == [("unknown-column", 1, "notice")]
    assert (len(reading.responses), reading.stopped) == (2, False)


def test_a_note_on_an_answer_that_just_came_stops_nobody_where_older_ones_have_notes_too():
    rows = [(*a_row(), "called her"), (*a_row(title="Another", **LATER), "call her too")]

    assert len(locked(*rows, headers=(*QUESTIONS, "Our notes"), registered=[0]).responses) == 2


@pytest.mark.parametrize("header", ["Our notes", " our  NOTES ", "Our nótes"])
def test_a_declared_note_column_is_not_even_mentioned(header):
    form = PROGRAMME.forms["en"].model_copy(update={"notes": ("Our notes",)})
    programme = PROGRAMME.model_copy(update={"forms": {**PROGRAMME.forms, "en": form}})
    tab = a_form((*a_row(), "called her"), headers=(*QUESTIONS, header))

    reading = read_responses(tab, sheet="s", language=ENGLISH, programme=programme, zone="UTC")

    assert (reading.problems, doubtful(reading)) == ((), set())


def test_nothing_has_to_be_remembered_for_an_ordinary_sheet():
    assert doubtful(read(a_row(), a_row(**LATER), headers=(*QUESTIONS, "Our notes"))) == set()


# ------------------------------------------------------------------------------------------------ changed questions
@pytest.mark.parametrize(
    ("wanted", "header"),
    [
        ("Themes", "THEMES"),
        ("Themes", "  thèmes "),
        ("Do you need interpretation?", "do you need  interpretation ?"),
    ],
)
def test_case_accents_and_spaces_are_no_other_wording(wanted, header):
    headers = tuple(header if question == wanted else question for question in QUESTIONS)

    assert len(read(a_row(), headers=headers).responses) == 1


def test_a_question_that_moved_is_found_by_its_wording():
    order = sorted(range(len(FIELDS)), key=lambda at: QUESTIONS[at])

    reading = read(tuple(a_row()[at] for at in order), headers=tuple(QUESTIONS[at] for at in order))

    assert titles(reading) == ["Working with fathers"]


@pytest.mark.parametrize(
    ("headers", "code", "says"),
    [
        (tuple(q for q in QUESTIONS if q != "Themes"), "missing-question", "The question “Themes” is not in row 1."),
        (
            tuple("Your themes" if q == "Themes" else q for q in QUESTIONS),
            "missing-question",
            "Was it renamed to “Your themes”?",
        ),
        ((*QUESTIONS, "themes"), "duplicate-question", "stands more than once in row 1"),
    ],
    ids=["missing", "renamed", "twice"],
)
def test_a_changed_question_stops_the_form_and_is_named(headers, code, says):
    reading = read(a_row(), headers=headers)

    assert (reading.responses, reading.stopped) == ((), True)
    assert [(one.code, one.column, says in wrong(one)) for one in reading.problems] == [(code, "Themes", True)]


# ------------------------------------------------------------------------------------------------ unknown options
def test_answers_after_an_unknown_option_wait_and_earlier_ones_go_on():
    rows = [
        a_row(title="Before", timestamp=STAMP - 1),
        a_row(title="Strange", format="Circus"),
        a_row(title="After", **LATER),
    ]

    reading = locked(*rows)

    (problem,) = reading.problems
    assert (titles(reading), len(reading.waiting), reading.stopped) == (["Before"], 1, False)
    assert (problem.code, problem.stops_language) == ("unknown-option", True)
    assert "Later answers of this form wait" in wrong(problem)


def test_what_was_registered_before_does_not_wait():
    reading = locked(a_row(format="Circus"), a_row(title="After", **LATER), registered=[1])

    assert (titles(reading), reading.waiting) == (["After"], ())


def test_an_option_that_staff_typed_into_a_known_answer_keeps_nobody_waiting():
    reading = locked(a_row(format="Circus"), a_row(title="After", **LATER), registered=[0])

    assert titles(reading) == ["After"]
    assert told(reading.problems) == [("unknown-option", 2, "problem")]
    assert not reading.problems[0].stops_language


def test_an_unknown_option_after_which_nobody_answered_stops_nobody():
    reading = locked(a_row(title="Before", timestamp=STAMP - 1), a_row(format="Circus"))

    assert (titles(reading), reading.problems[0].stops_language) == (["Before"], False)


def test_the_order_of_the_rows_does_not_matter():
    rows = [a_row(title="After", **LATER), a_row(format="Circus"), a_row(title="Before", timestamp=STAMP - 1)]

    assert titles(locked(*rows)) == ["Before"]


def test_mended_options_let_everybody_go_on():
    rows = [a_row(format="Panel"), a_row(title="After", **LATER)]

    assert locked(*rows) == replace(read(*rows), problems=())
