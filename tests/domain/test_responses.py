"""Rows of a response sheet: responses, or problems in words."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

from tasks.domain.models import CellError, Person, Tab
from tasks.domain.responses import Reading, read_responses
from tests.domain.sheet_builders import (
    A_RESPONSE,
    FIELDS,
    LANGUAGES,
    PROGRAMME,
    STAMP,
    a_form,
    a_row,
    read,
    the_response,
    to_do,
    told,
    wrong,
)

QUESTIONS = tuple(LANGUAGES["en"].questions[field] for field in FIELDS)


def test_a_row_becomes_a_response():
    (response,) = read(a_row(), zone="America/New_York").responses

    assert response.submitted_at == datetime(2024, 1, 29, 17, tzinfo=UTC)
    assert response.person == Person("Rima Khoury", "rima@abaad.example.org", "rima@abaad.example.org")
    assert response.row == 2
    assert response.language == "en"
    assert response.answers == {field: A_RESPONSE.get(field, "") for field in FIELDS if field != "timestamp"}
    assert response.codes == {
        "membership": ("member",),
        "themes": ("climate",),
        "format": ("panel",),
        "session_languages": ("ar", "en"),
        "interpretation": ("yes",),
        "recording": ("no",),
    }


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (254205550102, "254205550102"),
        (254205550102.0, "254205550102"),
        (1e21, "1000000000000000000000"),
        (0.5, "0.5"),
        (True, "TRUE"),
        (" +254 ", " +254 "),
        (CellError("#REF!"), "#REF!"),
    ],
)
def test_an_answer_is_written_out_as_typed(cell, text):
    assert the_response(phone=cell).answers["phone"] == text


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Climate justice", ("climate",)),
        ("CLIMATE  justice", ("climate",)),
        (
            (
                "Preventing violence against women and girls, and gender-based violence, "
                "Fatherhood, care and economies of care"
            ),
            ("care", "gbv"),
        ),
        ("Other: film", ("other:film",)),
        ("Climate justice, Other: Film, and Music", ("climate", "other:film, and music")),
        ("Other: film, Climate justice", ("climate", "other:film")),
        ("Climate justice, ", ("climate",)),
        ("Other : film", ("other:film",)),
    ],
)
def test_ticked_boxes_become_codes(cell, codes):
    response = the_response(themes=cell)

    assert response.codes["themes"] == codes


@pytest.mark.parametrize(
    ("language", "cell"), [("es", "Otro: Cine"), ("fr", "Autre : Cine"), ("fr", "Autre\xa0: cine")]
)
def test_the_free_answer_is_known_in_every_language(language, cell):
    words = LANGUAGES[language]
    row = a_row(
        themes=cell,
        membership=words.options["membership"]["member"],
        format=words.options["format"]["panel"],
        session_languages=words.options["session_languages"]["en"],
        interpretation="",
        recording=words.options["recording"]["no"],
    )
    tab = a_form(row, language=language)

    (response,) = read_responses(tab, sheet="x", language=words, programme=PROGRAMME, zone="UTC").responses

    assert response.codes["themes"] == ("other:cine",)


@pytest.mark.parametrize(
    ("field", "cell", "code", "column"),
    [
        ("timestamp", "2024-01-30 09:12", "time-stamp", "Timestamp"),
        ("timestamp", "", "time-stamp", "Timestamp"),
        ("timestamp", CellError("#VALUE!"), "time-stamp", "Timestamp"),
        ("timestamp", True, "time-stamp", "Timestamp"),
        ("timestamp", 12, "time-stamp", "Timestamp"),
        ("email", "not an address", "address", "Email Address"),
        ("email", "", "address", "Email Address"),
        ("title", " \u200b", "missing-answer", "Title of the session"),
        ("membership", "Perhaps", "unknown-option", "Is your organisation a member of MenEngage Alliance?"),
        ("membership", "Other: yes", "unknown-option", "Is your organisation a member of MenEngage Alliance?"),
        ("themes", "Climate justice, Sports", "unknown-option", "Themes"),
        ("interpretation", "Yes, No", "unknown-option", "Do you need interpretation?"),
    ],
)
def test_a_row_with_a_fault_is_a_problem_and_no_response(field, cell, code, column):
    reading = read(a_row(**{field: cell}))

    assert reading.responses == ()
    assert [(one.code, one.row, one.column) for one in reading.problems] == [(code, 2, column)]


def test_the_row_beside_a_bad_one_is_read():
    reading = read(a_row(email="x"), a_row())

    assert [response.row for response in reading.responses] == [3]


def test_all_faults_of_a_row_are_told_at_once():
    reading = read(a_row(timestamp="soon", email="x", title="", summary="", themes="Sports"))

    assert [(one.code, one.column) for one in reading.problems] == [
        ("time-stamp", "Timestamp"),
        ("address", "Email Address"),
        ("missing-answer", f"Title of the session, {LANGUAGES['en'].questions['summary']}"),
        ("unknown-option", "Themes"),
    ]
    assert len({one.subject for one in reading.problems}) == 1


def test_a_problem_says_what_is_wrong_and_what_to_do():
    (problem,) = read(a_row(), a_row(email="nobody")).problems

    assert wrong(problem) == "“Email Address” in row 3 does not hold one e-mail address."
    assert to_do(problem) == (
        "Correct the address in cell B3 of the response sheet, or ask the person. It is tried again at the next poll."
    )


def test_an_unknown_option_is_named_with_the_nearest_one():
    (problem,) = read(a_row(format="Workshops")).problems

    assert "“Workshops” (nearest: “Workshop”)" in wrong(problem)


def test_no_problem_repeats_an_address_or_a_name():
    reading = read(a_row(email="rima@", timestamp="rima@abaad.example.org", format="call rima@abaad.example.org " * 9))

    assert not any("rima" in f"{wrong(one)}{to_do(one)}{one.column}".lower() for one in reading.problems)
    assert any("…@…" in wrong(one) for one in reading.problems)


def test_a_long_unknown_option_is_shortened_to_one_line():
    (problem,) = read(a_row(format="Very\nlong " * 50)).problems

    assert "\n" not in wrong(problem)
    assert len(wrong(problem)) < 200


@pytest.mark.parametrize(
    "headers",
    [
        tuple(question for question in QUESTIONS if question != "Themes"),
        tuple("Your themes" if question == "Themes" else question for question in QUESTIONS),
        (*QUESTIONS, "themes"),
    ],
)
def test_a_changed_question_stops_the_language_and_is_named(headers):
    reading = read(a_row(), headers=headers)

    assert reading.responses == ()
    assert [(one.stops_language, one.column) for one in reading.problems] == [(True, "Themes")]


def test_a_renamed_question_is_suggested():
    headers = tuple("Your themes" if question == "Themes" else question for question in QUESTIONS)

    (problem,) = read(a_row(), headers=headers).problems

    assert "Was it renamed to “Your themes”?" in wrong(problem)


@pytest.mark.parametrize("rows", [(), ((),), (("a", "b"),), (a_row(),)])
def test_a_tab_without_the_questions_is_one_problem(rows):
    tab = Tab("Form Responses 1", 0, rows)

    reading = read_responses(tab, sheet="s", language=LANGUAGES["en"], programme=PROGRAMME, zone="UTC")

    assert [(one.code, one.stops_language) for one in reading.problems] == [("no-headers", True)]


def test_a_form_without_answers_is_read():
    assert read() == Reading((), (), 0, 0)


def test_a_spreadsheet_without_a_known_zone_stops_the_language():
    assert [(one.code, one.stops_language) for one in read(a_row(), zone="Mars").problems] == [("sheet-zone", True)]


def test_a_column_of_ones_own_is_a_notice_and_the_rest_is_read():
    reading = read((*a_row(), "called her"), headers=(*QUESTIONS, "Our notes"))

    assert told(reading.problems) == [("unknown-column", 1, "notice")]
    assert len(reading.responses) == 1


def test_notes_beside_the_data_are_ignored():
    nothing = ("",) * len(FIELDS)

    reading = read((*a_row(), "called her"), (*nothing, "a note alone"), headers=QUESTIONS)

    assert reading.problems == ()
    assert (reading.rows, reading.blank) == (1, 0)


@pytest.mark.parametrize("faulty", range(3))
def test_answers_of_one_second_are_numbered_without_a_gap_also_where_one_has_a_fault(faulty):
    rows = [a_row(title=title, **({"format": ""} if at == faulty else {})) for at, title in enumerate("abc")]

    reading = read(*rows)

    keys = {response.key for response in reading.responses} | {problem.subject for problem in reading.problems}
    assert (len(reading.responses), len(keys)) == (2, 3)
    row = min(keys, key=len)
    assert keys == {row, f"{row}#2", f"{row}#3"}


def test_blank_rows_are_listed_once_and_are_no_responses():
    reading = read((), a_row(), ("", " "), (), a_row(timestamp=STAMP + 1), ())

    assert told(reading.problems) == [("blank-rows", 2, "notice")]
    assert wrong(reading.problems[0]) == "Rows 2 and 4 to 5 are blank, with answers below."
    assert (len(reading.responses), reading.rows, reading.blank) == (2, 2, 3)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", '=HYPERLINK("https://evil.example","x")'),
        ("preferred_dates", "-2+3"),
        ("time_zone", "@SUM(1)"),
        ("phone", "+cmd|' /C calc'!A0"),
        ("phone", "+A1"),
        ("phone", "+2+3"),
        ("contact_name", "Mallory\r\nBcc: everyone"),
        ("organisation", "a\x00b"),
        ("summary", "<script>alert(1)</script>"),
        ("summary", "{{ settings.secret }}"),
        ("summary", "${7*7}"),
    ],
)
def test_hostile_text_is_a_notice_and_kept(field, text):
    reading = read(a_row(**{field: text}))

    (response,) = reading.responses
    assert response.answers[field] == text
    assert [(one.code, one.column) for one in reading.problems] == [
        ("hostile-text", LANGUAGES["en"].questions[field]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "+243 81 555 0105",
        "+1-514-555-0106",
        "+1 (514) 555 0106",
        "-",
        "--",
        "- a sentence (with brackets)!",
        "-5",
        "@handle",
        "a + b = c",
        "1 < 2",
        "514 555-0106",
    ],
)
def test_harmless_text_is_no_notice(text):
    assert read(a_row(phone=text)).problems == ()


def test_a_paragraph_may_have_lines():
    assert read(a_row(summary="one\r\ntwo\tthree")).problems == ()


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("title", "x" * 201, "long-title"),
        ("title", "الآباء", "right-to-left-title"),
        ("title", "abc\u202edef", "right-to-left-title"),
        ("summary", "x" * 5001, "long-answer"),
    ],
)
def test_unwieldy_text_is_a_notice_and_kept_whole(field, text, code):
    reading = read(a_row(**{field: text}))

    assert told(reading.problems) == [(code, 2, "notice")]
    assert reading.responses[0].answers[field] == text


UNCLEAR = {
    "two dates in one": (
        {"preferred_dates": "12/03/2024 or 03/12/2024"},
        "unclear-dates",
        "is not clear: 12/03/2024 could be 12 March or 3 December.",
        "Ask the person before you set a date; you may then write the month as a word into cell O2",
    ),
    "an offset": (
        {"time_zone": "GMT+3", "country": "Kenya"},
        "unclear-zone",
        "holds “GMT+3”, which may be Africa/Nairobi, Europe/Istanbul, Asia/Riyadh or another zone.",
        "Ask the person for the nearest large city; you may then write it into cell P2",
    ),
    "an hour": (
        {"time_zone": "3 de la tarde"},
        "unclear-zone",
        "holds “3 de la tarde”, which is no time zone we know.",
        "write it into cell P2",
    ),
    "a number without its end": (
        {"phone": "2.5420555e11"},
        "lost-digits",
        "holds “2.5420555e11”: the spreadsheet has dropped digits of the number.",
        "into cell S2 of the response sheet with an apostrophe",
    ),
    "a language without a form": (
        {"summary": "A oficina apresenta as experiências de homens que cuidam dos filhos em Moçambique e no Brasil."},
        "other-language",
        "Row 2 seems to be written in Portuguese, in the form in English; mails go out in the form's language.",
        "Talk to the person in Portuguese if you can.",
    ),
    "another language": (
        {"summary": "Compartiremos lo que aprendimos con padres de barrios populares y los errores."},
        "other-language",
        "Row 2 seems to be written in Spanish, in the form in English; mails go out in the form's language.",
        "Talk to the person in Spanish if you can.",
    ),
}


@pytest.mark.parametrize(("changes", "code", "what", "todo"), UNCLEAR.values(), ids=UNCLEAR)
def test_what_is_not_clear_is_a_notice_with_the_cell_and_what_to_do(changes, code, what, todo):
    reading = read(a_row(**changes))

    (problem,) = reading.problems
    assert (problem.code, str(problem.severity), problem.row) == (code, "notice", 2)
    assert what in wrong(problem)
    assert todo in to_do(problem)
    assert reading.responses[0].answers.items() >= changes.items()


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"summary": f"a{chr(0xD800)}b"}, ["broken-text"]),
        ({"summary": "a\ufffdb"}, ["broken-text"]),
        ({"summary": "caf\u00c3\u00a9"}, ["misread-text"]),
        ({"summary": "Z" + "\u0335\u0322\u031b\u0300" * 50}, ["piled-up-text"]),
        ({"summary": "abc\u202edef"}, ["turned-text"]),
        ({"summary": "a\x00b"}, ["hostile-text"]),
        ({"summary": "x" * 60_000}, ["long-answer", "cut-answer"]),
        ({"time_zone": "@SUM(1)"}, ["hostile-text"]),
    ],
)
def test_odd_text_is_a_notice_and_kept(changes, codes):
    reading = read(a_row(**changes))

    assert [problem.code for problem in reading.problems] == codes
    ((field, text),) = changes.items()
    assert reading.responses[0].answers[field] == text.replace(chr(0xD800), "\ufffd")


def test_the_limits_themselves_are_allowed():
    assert read(a_row(title="x" * 200, summary="x" * 5000)).problems == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", " RIMA@Abaad.example.org"), ("title", "Another title"), ("timestamp", STAMP + 1e-10)],
)
def test_what_does_not_make_another_response_keeps_the_key(field, value):
    assert the_response(**{field: value}).key == the_response().key


@pytest.mark.parametrize(("field", "value"), [("email", "eva@example.org"), ("timestamp", STAMP + 0.001)])
def test_another_sender_or_moment_is_another_key(field, value):
    assert the_response(**{field: value}).key != the_response().key


def test_a_changed_time_zone_of_the_sheet_changes_no_key():
    assert read(a_row(), zone="Asia/Tokyo").responses[0].key == the_response().key


def test_the_fingerprint_follows_the_answers():
    assert the_response(title="Another").fingerprint != the_response().fingerprint
    assert the_response(timestamp=STAMP + 1).fingerprint == the_response().fingerprint


def test_equal_rows_count_once():
    reading = read(a_row(), a_row())

    assert [response.row for response in reading.responses] == [2]
    assert reading.rows == 2


def test_rows_that_share_a_key_are_numbered_however_they_are_sorted():
    rows = [a_row(title="One"), a_row(title="Two"), a_row(title="Three")]

    seen = [{one.answers["title"]: one.key for one in read(*order).responses} for order in permutations(rows)]

    assert all(keys == seen[0] for keys in seen)
    assert sorted(key.rpartition("#")[2] for key in seen[0].values() if "#" in key) == ["2", "3"]


def test_a_problem_row_keeps_its_subject_while_it_moves():
    (before,) = read(a_row(email="x")).problems
    (_, after) = read((), a_row(email="x")).problems

    assert before.subject == after.subject
    assert before.key == after.key


def test_the_answers_that_forms_left_a_note_on_are_known_by_their_question():
    tab = a_form(a_row(), a_row(email="eva@example.org"))
    title = FIELDS.index("title")
    beside = len(FIELDS) + 1

    found = read_responses(
        replace(tab, notes={(1, title): "Responder updated this value.", (2, beside): "Ours"}),
        sheet="responses-en",
        language=LANGUAGES["en"],
        programme=PROGRAMME,
        zone="UTC",
    )

    assert [response.noted for response in found.responses] == [{"title"}, set()]
