"""The history of a submission says what happened and which answers changed, and nothing that anybody wrote."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from config.settings import ROOT, load_words
from tasks.domain.corrected import Correction
from tasks.domain.duplicates.pairs import Pair, Ruling
from tasks.domain.duplicates.verdict import Outcome, Verdict
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.history import LINES_IN_A_NOTE, Happening, Told, history, is_our_note, note_text
from tasks.domain.intake import acknowledgement_key
from tests.domain.session_builders import LINK, a_submission, an_event, by_key
from tests.domain.sheet_builders import PROGRAMME, STAMP, WORDS, the_response

HEADERS = PROGRAMME.register_.submissions.columns
EVERY = tuple(load_words(ROOT / "config", language) for language in ("en", "es", "fr"))
T = datetime(2024, 2, 3, 15, 2, tzinfo=UTC)
KEY = acknowledgement_key("K7P2QX")
SENT = "29 Jan 2024 12:00: sent through the form in English"


def told(submission=None, *effects, decisions=(), pairs=()):
    submission = submission or a_submission()
    return [
        one.line(WORDS, "UTC") for one in history(submission, Told(by_key(*effects), decisions, pairs), WORDS, HEADERS)
    ]


def an_effect(key, state=EffectState.sent, after=0, kind=EffectKind.mail):
    return Effect(key, kind, "K7P2QX", state, settled_at=T + timedelta(days=after) if state == "sent" else None)


def a_correction(field, **deviation):
    return replace(Correction("K7P2QX", field, "secret", T), **deviation)


@pytest.mark.parametrize(
    ("effects", "line"),
    [
        ((), "16 Apr 2024 12:00: not acknowledged: State says why"),
        ((an_effect(KEY),), "3 Feb 2024 15:02: acknowledgement sent"),
        ((an_effect(KEY, EffectState.ready),), "the acknowledgement is still to be sent"),
        ((an_effect(KEY, EffectState.failed),), "the acknowledgement could not be sent"),
        ((an_effect(KEY, EffectState.sending),), "nobody knows whether the acknowledgement was sent"),
        ((an_effect(KEY, EffectState.uncertain),), "nobody knows whether the acknowledgement was sent"),
    ],
)
def test_it_begins_with_the_form_and_says_what_became_of_the_acknowledgement(effects, line):
    assert told(None, *effects) == [SENT, line]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"summary": "secret", "phone": "secret"}, "newer answers: Summary, Phone"),
        ({}, "sent once more, nothing changed"),
    ],
)
def test_a_newer_version_says_which_answers_changed_and_not_how(changes, line):
    submission = a_submission(the_response(), the_response(timestamp=STAMP + 1, **changes))

    assert told(submission, an_effect(KEY))[1] == f"30 Jan 2024 12:00: {line}"


def test_corrections_made_together_are_one_line_and_taking_one_back_is_another():
    corrections = (a_correction("title"), a_correction("email", withdrawn_at=T + timedelta(days=1)))
    submission = replace(a_submission(), corrections=corrections)

    assert told(submission, an_effect(KEY, after=-1))[2:] == [
        "3 Feb 2024 15:02: staff corrected E-mail, Title",
        "4 Feb 2024 15:02: staff took back the correction of E-mail",
    ]


def test_a_whole_story_is_told_in_its_order_with_numbers_instead_of_people():
    effects = (
        an_effect("recording:K7P2QX:1", after=9, kind=EffectKind.row),
        an_effect(KEY),
        an_effect("invitation:K7P2QX:aaa:0", after=3),
        an_effect("invitation:K7P2QX:bbb:0", after=4),
        an_effect("invitation:K7P2QX:ccc:0", EffectState.failed),
        an_effect("resend:K7P2QX:aaa:2024-02-08", after=5),
        an_event(settled_at=T + timedelta(days=2)),
        an_effect("row:submissions:K7P2QX", kind=EffectKind.row),
    )
    decisions = [(T + timedelta(days=1), "Accepted"), (T + timedelta(days=6), "")]

    lines = told(None, *effects, decisions=decisions)

    assert lines == [
        SENT,
        "3 Feb 2024 15:02: acknowledgement sent",
        "4 Feb 2024 15:02: decision seen: Accepted",
        "5 Feb 2024 15:02: calendar event made",
        "7 Feb 2024 15:02: 2 invited",
        "8 Feb 2024 15:02: 1 invited again",
        "9 Feb 2024 15:02: the decision was taken away",
        "12 Feb 2024 15:02: recording put into the archive",
    ]
    assert LINK not in " ".join(lines)


@pytest.mark.parametrize(
    ("outcome", "line"),
    [(Outcome.possible, "possible duplicate of Z3W4VT found"), (Outcome.same, "found to be one with Z3W4VT")],
)
def test_a_pair_and_what_staff_said_of_it_are_told(outcome, line):
    pair = Pair(("K7P2QX", "Z3W4VT"), Verdict(outcome, 0.7), T, ruling=Ruling.series, ruled_at=T + timedelta(days=1))

    assert told(None, an_effect(KEY, after=-1), pairs=[pair])[2:] == [
        f"3 Feb 2024 15:02: {line}",
        "4 Feb 2024 15:02: staff said Series of Z3W4VT",
    ]


def test_a_note_begins_with_our_line_and_keeps_the_newest_where_there_are_many():
    note = note_text("K7P2QX", [Happening(None, f"line {n}") for n in range(LINES_IN_A_NOTE + 3)], WORDS, "UTC")

    first, second, third, *_, last = note.splitlines()
    assert (first, second) == ("History, kept by the pipeline", "… 3 earlier lines: colab history K7P2QX")
    assert (third, last) == ("line 3", f"line {LINES_IN_A_NOTE + 2}")


def test_a_note_stays_small_whatever_it_tells():
    note = note_text("K7P2QX", [Happening(T, "x" * 5_000)] * 500, WORDS, "UTC")

    assert len(note) < 6_000


@pytest.mark.parametrize(
    ("note", "ours"),
    [
        ("", True),
        ("History, kept by the pipeline\nanything", True),
        ("Historique, tenu par l'outil\nanything", True),
        ("Call her first!", False),
        ("Mine\nHistory, kept by the pipeline", False),
    ],
)
def test_only_notes_that_begin_with_our_line_are_ours(note, ours):
    assert is_our_note(note, EVERY) is ours
