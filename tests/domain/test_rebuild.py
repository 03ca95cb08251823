"""What a lost ledger held is read from the sheets: which answers belong to which row, and what has happened."""

from datetime import UTC, datetime, timedelta

import pytest

from config.settings import ROOT, load_words
from tasks.domain.effects import EffectState
from tasks.domain.keys import choose_ref
from tasks.domain.known_answers import ref_source
from tasks.domain.lines import attention_lines
from tasks.domain.models import Severity
from tasks.domain.rebuild_answers import corrections_in, place_answers, versions_of
from tasks.domain.rebuild_effects import acknowledgement_in, attention_in, invited_by_state
from tasks.domain.submissions import Attention
from tasks.domain.table import read_table
from tests.domain.proposal_builders import RULES as MATCHING
from tests.domain.session_builders import BEFORE, a_submission
from tests.domain.sheet_builders import PROGRAMME, STAMP, a_tab, the_response
from tests.domain.test_corrections import COLUMNS, RULES, cells_of
from tests.domain.test_lines import a_problem, an_acknowledgement

EVERY = tuple(load_words(ROOT / "config", language) for language in ("en", "es", "fr"))
T = datetime(2024, 2, 3, 15, 2, tzinfo=UTC)
RIMA = the_response()
REF = choose_ref(ref_source(RIMA), lambda _: False)
EDITED = the_response(timestamp=STAMP + 1, summary="What we got right.")
OTHER = the_response(timestamp=STAMP + 2, title="Something else entirely", email="ana@example.org", contact_name="Ana")


def rows_of(*cells):
    rows = read_table(a_tab(COLUMNS, *cells), COLUMNS.columns).rows
    return {row.text("ref"): row for row in rows}


def shown(*responses, ref=REF, **typed):
    return rows_of(cells_of(a_submission(*responses, ref=ref), **typed))


def placed(rows, *responses):
    found = place_answers(rows, responses, RULES, MATCHING, BEFORE)
    return ({ref: [one.submitted_at for one in mine] for ref, mine in found.answers.items()}, len(found.unplaced))


# ------------------------------------------------------------------------------------------ answers and rows
@pytest.mark.parametrize(
    ("rows", "response"),
    [
        (shown(RIMA), RIMA),
        (shown(RIMA, title="By staff", email="other@example.org", summary="By staff"), RIMA),
        (shown(RIMA, EDITED), EDITED),
        (shown(RIMA, EDITED, country="Jordan"), EDITED),
        (shown(RIMA), EDITED),
        (shown(RIMA, ref="Z3W4VT"), RIMA),
    ],
)
def test_an_answer_finds_its_row_corrected_edited_or_under_another_ref(rows, response):
    (ref,) = rows

    assert placed(rows, response) == ({ref: [response.submitted_at]}, 0)


def test_two_versions_in_the_sheet_are_one_submission():
    assert placed(shown(RIMA, EDITED), EDITED, RIMA) == ({REF: [RIMA.submitted_at, EDITED.submitted_at]}, 0)


@pytest.mark.parametrize(
    ("changes", "together"),
    [
        ({"summary": "What we got wrong in the first two years, with two fathers."}, True),
        ({"title": "Working with fahters in Lebanon"}, True),
        ({"summary": "What we got right."}, False),
        ({"title": "Working with mothers in Lebanon"}, False),
        ({"format": "Workshop"}, False),
        ({"email": "ana@example.org", "contact_name": "Ana Saad"}, False),
    ],
)
def test_what_intake_joins_without_asking_is_put_together_again_and_nothing_else(changes, together):
    told = {"title": "Working with fathers in Lebanon", "summary": "What we got wrong in the first two years."}
    first, again = the_response(**told), the_response(**{**told, **changes}, timestamp=STAMP + 1)
    ref = choose_ref(ref_source(first), lambda _: False)

    assert placed(shown(first, ref=ref), first, again)[1] == (0 if together else 1)


@pytest.mark.parametrize("rows", [{}, shown(RIMA)])
def test_an_answer_that_no_row_shows_stays_apart(rows):
    assert placed(rows, OTHER) == ({}, 1)


def test_a_row_without_its_answer_is_a_version_of_its_own():
    rows = shown(RIMA)

    (version,) = versions_of(REF, rows[REF], [], RULES, BEFORE)

    assert (version.ref, version.response.answers, version.response.codes) == (REF, RIMA.answers, RIMA.codes)
    assert (version.response.person, version.response.submitted_at) == (RIMA.person, RIMA.submitted_at)


def test_an_edited_answer_keeps_the_moment_when_it_first_came():
    rows = shown(RIMA, EDITED)

    first, newest = versions_of(REF, rows[REF], [EDITED], RULES, BEFORE)

    assert (first.response.submitted_at, newest.response) == (RIMA.submitted_at, EDITED)


@pytest.mark.parametrize(
    ("rows", "answers", "found"),
    [
        (shown(RIMA), [RIMA], []),
        (shown(RIMA, title="By staff", language="Français"), [RIMA], [("language", "fr"), ("title", "By staff")]),
        (shown(RIMA), [RIMA, EDITED], []),
        (shown(RIMA, email="nobody", title=""), [RIMA], []),
        (shown(RIMA, interpretation=""), [RIMA], [("interpretation", "")]),
        (shown(RIMA), [], []),
    ],
)
def test_what_the_register_says_and_no_answer_does_was_typed_by_staff(rows, answers, found):
    corrections = corrections_in(REF, rows[REF], answers, RULES, BEFORE)

    assert sorted((one.field, one.value) for one in corrections) == found


# ------------------------------------------------------------------------------------------ what has happened
@pytest.mark.parametrize("words", EVERY, ids=["en", "es", "fr"])
@pytest.mark.parametrize(
    ("effect", "found"),
    [
        (None, []),
        (an_acknowledgement(EffectState.sent, settled_at=T), [(EffectState.sent, T)]),
        (an_acknowledgement(EffectState.sent), [(EffectState.sent, None)]),
        (an_acknowledgement(EffectState.failed), [(EffectState.failed, None)]),
        (an_acknowledgement(EffectState.ready), None),
        (an_acknowledgement(EffectState.sending), None),
        (an_acknowledgement(EffectState.uncertain), None),
    ],
)
def test_a_state_in_any_staff_language_tells_what_became_of_the_acknowledgement(words, effect, found):
    rows = rows_of(cells_of(a_submission(RIMA, EDITED), acknowledgement=effect, words=words))

    told = acknowledgement_in("K7P2QX", rows["K7P2QX"], EVERY, "UTC")

    assert (told if told is None else [(one.state, one.settled_at) for one in told]) == found


@pytest.mark.parametrize("typed", ["", "done", "Acknowledge her!"])
def test_a_state_that_staff_wrote_over_tells_nothing(typed):
    rows = shown(RIMA, state=typed)

    assert acknowledgement_in(REF, rows[REF], EVERY, "UTC") is None


@pytest.mark.parametrize(
    ("state", "count"),
    [
        ("", 0),
        ("In the calendar", 0),
        ("In the calendar · 12 invited, last on 4 Feb 2024 15:02 · 3 invited again, last on 5 Feb 2024 15:02", 12),
        ("En el calendario · 7 personas invitadas, la última el 4 feb 2024 15:02", 7),
    ],
)
def test_a_session_tells_how_many_were_invited(state, count):
    assert invited_by_state(state, EVERY) == count


@pytest.mark.parametrize("words", EVERY, ids=["en", "es", "fr"])
@pytest.mark.parametrize(
    ("severity", "solved"), [(Severity.problem, None), (Severity.notice, None), (Severity.problem, T)]
)
def test_a_line_of_needs_attention_is_read_as_it_was_written(words, severity, solved):
    columns = PROGRAMME.register_.needs_attention
    items = [Attention(a_problem(severity=severity, column="E-mail"), T - timedelta(days=1), solved, "k1")]
    (written,) = attention_lines(items, "UTC", words)
    rows = read_table(a_tab(columns, written.cells), columns.columns).rows

    read = list(attention_in(rows, EVERY, "UTC", BEFORE))

    (again,) = attention_lines(read, "UTC", words)
    assert (again.identity, again.cells) == ("k1", written.cells)
