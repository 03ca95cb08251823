"""Whatever stands in a cell: no exception, no endless run, and every row is accounted for."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.members import read_members
from tasks.domain.models import CellError
from tasks.domain.people import parse_presenters
from tasks.domain.sessions import read_sessions
from tasks.domain.zones import nearest_zone
from tests.domain.sheet_builders import A_RESPONSE, LANGUAGES, PROGRAMME, a_row, a_tab, read
from tests.examples import examples

CELLS = st.one_of(
    st.text(st.characters(), max_size=20),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.sampled_from(
        [CellError("#REF!"), "Confirmed", "2024-03-31", "02:30", "Europe/Paris", 90, "a@example.org", "en"]
    ),
)


def cells_of(columns):
    return st.fixed_dictionaries({}, optional=dict.fromkeys(columns.columns, CELLS))


@examples(60)
@given(st.dictionaries(st.sampled_from(list(A_RESPONSE)), CELLS, max_size=4))
def test_any_answer_is_a_response_or_a_problem(changes):
    reading = read(a_row(**changes))

    assert reading.rows == 1
    assert reading.responses or [one for one in reading.problems if one.severity == "problem"]


@examples(60)
@given(st.lists(cells_of(PROGRAMME.register_.sessions), max_size=3))
def test_any_session_row_can_be_read(rows):
    columns = PROGRAMME.register_.sessions

    reading = read_sessions(a_tab(columns, *rows), columns=columns, languages=LANGUAGES)

    assert not {session.ref for session in reading.confirmed} & reading.held


@examples(60)
@given(st.lists(cells_of(PROGRAMME.register_.members), max_size=3))
def test_any_member_row_can_be_read(rows):
    columns = PROGRAMME.register_.members

    reading = read_members(a_tab(columns, *rows), columns=columns, languages=LANGUAGES)

    assert len(reading.members) + reading.unsubscribed <= reading.rows


PIECES = [
    *(
        ",",
        "(",
        "<",
        "< ",
        "x",
        "x@",
        "-",
        "=!",
        "é,",
        "a, ",
        "<a@example.org>,",
        "\n",
        "1. ",
        "é ",
        "1/2 ",
        "\"':",
        " y A",
    ),
    *("\x00", chr(0xD800), "\u0316\u0301", "\u202ea"),
]


READINGS = {
    **{
        field: lambda text, field=field: read(a_row(**{field: text}))
        for field in ("email", "title", "themes", "presenters", "format", "timestamp")
    },
    "presenters of staff": lambda text: parse_presenters(text, None),
    "time zone of staff": nearest_zone,
}


@pytest.mark.parametrize("reading", READINGS)
def test_the_largest_cell_of_a_spreadsheet_is_read_at_once(reading):
    for piece in PIECES:
        text = piece * (50_000 // len(piece))
        begun = process_time()

        READINGS[reading](text)

        assert process_time() - begun < 5, f"{reading}: {piece!a}"
