"""Letters that staff ask for in Submissions: what keeps one back is told, and each goes once a day to a person."""

from dataclasses import replace
from datetime import date

import pytest

from config.settings import ROOT, load_words
from tasks.domain.book import make_book
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.letter_faults import make_letter_rules
from tasks.domain.letter_names import OF_SUBMISSIONS, LetterName, letter_of, meanings
from tasks.domain.letter_states import STATES, letter_states
from tasks.domain.letter_wishes import LetterReader, LetterWish, promised_letters
from tasks.domain.register_rows import read_rows
from tasks.domain.wording import AS_USUAL, Wording
from tests.domain.session_builders import a_submission, by_key
from tests.domain.sheet_builders import LANGUAGES, PROGRAMME, WORDS, a_tab, the_response, to_do, wrong
from tests.domain.test_corrections import ANA, COLUMNS, SHEET, cells_of

EVERY_WORDS = [load_words(ROOT / "config", language) for language in ("en", "es", "fr")]
RULES = make_letter_rules(PROGRAMME, LANGUAGES)
READER = LetterReader(RULES, meanings(EVERY_WORDS, OF_SUBMISSIONS), SHEET, WORDS)
RIMA = a_submission(the_response(presenters="Rima", preferred_dates="May", time_zone="Beirut"))
BOOK = make_book({one.ref: one for one in (RIMA, ANA)}, ())
TODAY = date(2024, 3, 4)
ACCEPTED = LetterWish("K7P2QX", LetterName.accepted, AS_USUAL)
KEY = "accepted:K7P2QX:id-rima@abaad.example.org:2024-03-04"


def ask(*rows, unsure=(), asked=()):
    found = read_rows(a_tab(COLUMNS, *rows), COLUMNS, SHEET, BOOK.rows)
    return READER.read(found, BOOK, unsure, asked)


def asked_by(word, **cells):
    return ask(cells_of(RIMA, send_letter=word, **cells))


def wordings(wishes):
    return [(wish.letter.name, wish.wording) for wish in wishes.ready]


def promise(*effects):
    mine = {"K7P2QX": by_key(*effects)}
    [(_, mails)] = promised_letters([ACCEPTED], BOOK, mine, lambda address: f"id-{address}", TODAY)
    return [mail.key for mail in mails]


def a_letter(key=KEY, state=EffectState.sent, **deviation):
    return replace(Effect(key, EffectKind.mail, "K7P2QX", state), **deviation)


# ------------------------------------------------------------------------------------------- what keeps one back
@pytest.mark.parametrize(
    ("word", "cells", "column", "what", "todo"),
    [
        (
            "Acepted",
            {},
            "Send letter",
            "“Send letter” in row 2 is “Acepted” (nearest: “Accepted”), which is not a letter",
            "Write Welcome, Accepted, Declined or Missing answer, or empty the cell.",
        ),
        (True, {}, "Send letter", "“Send letter” in row 2 is “TRUE”, which is not", "Write Welcome"),
        ("Date proposal", {}, "Send letter", "is “Date proposal”", "Write Welcome"),
        ("Welcome", {}, "Contact person", "“Contact person” in row 2 is empty.", "Write into it who signs"),
        ("Welcome", {"contact": "ana@example.org"}, "Contact person", "does not name anybody", "who signs"),
        (
            "Missing answer",
            {"missing_question": " "},
            "Missing question",
            "“Missing question” in row 2 is empty.",
            "no important question is without an answer",
        ),
        (
            "Accepted",
            {"decision": "declined"},
            "Send letter",
            "asks for the letter “Accepted”, but the decision in this row is Declined.",
            "Change one of the two.",
        ),
        ("Declined", {"decision": "Accepted"}, "Send letter", "the decision in this row is Accepted", "Change one"),
        ("Accepted", {"preface": "x" * 1001}, "Preface", "has 1001 characters; more than 1000 do not fit", "Shorten"),
    ],
)
def test_a_letter_that_cannot_be_written_stays_and_staff_are_told_where_and_why(word, cells, column, what, todo):
    told = ask(cells_of(RIMA, send_letter=word, **cells))

    assert (told.ready, [(problem.row, problem.column) for problem in told.problems]) == ((), [(2, column)])
    assert what in wrong(told.problems[0])
    assert todo in to_do(told.problems[0])


@pytest.mark.parametrize("field", ["email", "contact_name", "language"])
def test_nobody_is_written_to_while_their_address_name_or_language_is_still_to_be_mended(field):
    told = ask(cells_of(RIMA, send_letter="Accepted"), unsure={("K7P2QX", field)})

    assert (told.ready, told.held, told.problems) == ((), {"K7P2QX": LetterName.accepted}, ())


def test_a_row_that_was_copied_asks_for_nothing():
    told = ask(*[cells_of(RIMA, send_letter="Accepted")] * 2)

    assert (told.ready, told.held) == ((), {"K7P2QX": LetterName.accepted})


def test_a_word_that_was_acted_upon_fires_no_second_time_until_its_cell_was_seen_empty():
    acted, other = {"accepted:K7P2QX"}, {"accepted:GONE", "K7P2QX"}
    stands = ask(cells_of(RIMA, send_letter="Accepted"), asked=acted | other)
    another = ask(cells_of(RIMA, send_letter="Declined"), asked=acted | other)
    empty = ask(cells_of(RIMA), asked=acted | other)

    assert (stands.ready, stands.over(acted | other, BOOK.rows)) == ((), set())
    assert (wordings(another), another.over(acted | other, BOOK.rows)) == ([("declined", AS_USUAL)], acted)
    assert (empty.ready, empty.over(acted | other, BOOK.rows)) == ((), acted)


# ---------------------------------------------------------------------------------------------- what each one says
@pytest.mark.parametrize("word", ["Accepted", " accepted. ", "ACEPTADA", "Acceptée"])
def test_a_letter_is_asked_for_in_any_language_of_staff(word):
    assert wordings(asked_by(word, preface=" Well done! ")) == [("accepted", Wording(preface="Well done!"))]


def test_the_welcome_is_signed_by_the_contact_person_of_the_row_without_their_address():
    told = asked_by("welcome", contact="Ana Ruiz <ana@example.org>", missing_question="title")

    assert wordings(told) == [("welcome", Wording(contact="Ana Ruiz"))]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", ("presenters", "preferred_dates", "time_zone")),
        (f"City or time zone\n{LANGUAGES['fr'].questions['phone']}", ("time_zone", "phone")),
        ("Presenters; What is it about?", ("presenters", "What is it about?")),
    ],
)
def test_a_missing_answer_is_what_staff_name_or_else_the_important_ones_that_are_blank(typed, asked):
    told = ask(cells_of(ANA, send_letter="Missing answer", missing_question=typed))

    assert wordings(told) == [("missing_answer", Wording(questions=asked))]


# -------------------------------------------------------------------------------------------------- once a day each
def test_a_letter_is_known_by_its_kind_submission_person_and_day():
    assert promise() == promise(a_letter(state=EffectState.ready)) == [KEY]


@pytest.mark.parametrize("state", sorted({*EffectState} - {EffectState.ready, EffectState.draft}))
def test_nobody_gets_the_same_letter_twice_a_day(state):
    assert promise(a_letter(state=state)) == []


def test_a_letter_that_went_to_a_corrected_address_counts_for_that_address():
    earlier = "accepted:K7P2QX:id-old:2024-03-04"

    assert promise(a_letter(earlier, person="id-rima@abaad.example.org")) == []
    assert promise(a_letter(earlier, person="id-old")) == [KEY]


def test_another_day_and_another_letter_are_others():
    assert promise(a_letter(KEY.replace("-04", "-03")), a_letter(KEY.replace("accepted", "welcome"))) == [KEY]


# ------------------------------------------------------------------------------------------------- what staff see
def test_the_state_tells_the_newest_letter_of_each_kind():
    effects = [a_letter(KEY.replace("-04", "-03")), a_letter(state=EffectState.held), a_letter("welcome:K7P2QX:p:d")]

    assert list(letter_states(effects, "UTC", WORDS)) == [
        "letter “Accepted” held: see Needs attention",
        "letter “Welcome” sent",
    ]


def test_every_state_of_a_letter_has_its_words():
    assert set(STATES) == set(EffectState)
    assert [letter_of(key) for key in (KEY, "invitation:K7P2QX:p:0")] == [LetterName.accepted, None]
