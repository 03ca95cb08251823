"""A date is proposed to the presenters of a Draft when staff ask for it: once each for that moment."""

from datetime import UTC, datetime

import pytest

from config.settings import ROOT, load_words
from tasks.domain.effects import EffectState
from tasks.domain.letter_names import OF_SESSIONS, meanings
from tasks.domain.proposals import ProposalReader, promised_proposals
from tasks.domain.wording import Wording
from tests.domain.session_builders import a_book, a_mail, by_key
from tests.domain.sheet_builders import LANGUAGES, a_tab, to_do, wrong
from tests.domain.test_sessions import COLUMNS, a_session, read

NOW = datetime(2024, 3, 1, 9, tzinfo=UTC)
EVERY_WORDS = [load_words(ROOT / "config", language) for language in ("en", "es", "fr")]
READER = ProposalReader(COLUMNS, LANGUAGES, meanings(EVERY_WORDS, OF_SESSIONS), "register · Sessions (letters)")
KEY = "schedule_proposal:K7P2QX:id-rima:20240312T1200"


def ask(*rows, asked=(), now=NOW):
    return READER.read(a_tab(COLUMNS, *rows), read(*rows), asked, now)


def a_draft(word="Date proposal", **cells):
    return a_session(**{"status": "Draft", "send_letter": word, **cells})


@pytest.mark.parametrize(
    ("cells", "column", "what", "todo"),
    [
        ({"word": "Accepted"}, "Send letter", "is “Accepted”, which is not a letter", "Write Date proposal"),
        (
            {"status": "Confirmed"},
            "Send letter",
            "but the status of the session is Confirmed.",
            "set the status to Draft",
        ),
        ({"date": ""}, "Date", "“Date” in row 2 is empty.", ""),
        ({"start_time": "soon"}, "Start time", "“Start time” in row 2", ""),
        ({"date": 45300}, "Date", "“Date” in row 2 is in the past", "is sent then; until then its word stays"),
        ({"presenters": ""}, "Presenters", "names nobody with a usable e-mail address", "its word stays"),
        ({"preface": "x" * 1001}, "Preface", "more than 1000 do not fit", "Shorten it"),
    ],
)
def test_a_date_that_cannot_be_proposed_is_told_and_its_word_stays(cells, column, what, todo):
    found = ask(a_draft(**cells))

    assert (found.ready, [problem.column for problem in found.problems]) == ({}, [column])
    assert what in wrong(found.problems[0])
    assert todo in to_do(found.problems[0])


def test_rows_that_share_a_ref_propose_nothing():
    assert ask(a_draft(), a_draft()).ready == {}


@pytest.mark.parametrize("word", ["date proposal", "Propuesta de fecha", "Proposition de date.", True])
def test_a_word_or_a_tick_proposes_the_date_with_the_preface_of_the_row(word):
    found = ask(a_draft(word, preface=" Is noon well? "))

    assert (found.ready, found.standing) == ({"K7P2QX": Wording(preface="Is noon well?")}, {"K7P2QX"})


def test_a_word_that_was_acted_upon_does_not_fire_again():
    found = ask(a_draft(), asked={"schedule_proposal:K7P2QX"})

    assert (found.ready, found.standing) == ({}, {"K7P2QX"})


@pytest.mark.parametrize("state", EffectState)
def test_each_presenter_is_asked_once_about_a_moment_and_anew_about_another(state):
    [session] = ask(a_draft(presenters="Rima <rima@example.org>; Eva")).sessions.values()
    [other] = ask(a_draft(presenters="Rima <rima@example.org>", minutes=90, date=45364)).sessions.values()
    mine = by_key(a_mail(KEY, state))

    again = [KEY] if state is EffectState.ready else []
    assert [one.key for one in promised_proposals(session, a_book(), mine)] == again
    [anew] = promised_proposals(other, a_book(), mine)
    assert (anew.key, anew.expires_at) == (KEY.replace("0312", "0313"), datetime(2024, 3, 13, 12, tzinfo=UTC))
