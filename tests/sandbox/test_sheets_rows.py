"""The rows of a tab are a list, however they are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.sandbox.sheets.append import table
from tasks.sandbox.sheets.cells import Cell
from tasks.sandbox.sheets.ranges import Area
from tasks.sandbox.sheets.rows import CHUNK, Rows
from tasks.sandbox.sheets.tabs import Tab
from tests.examples import examples


def drawn(line):
    """A row: ``x`` holds something, ``n`` only a note, ``.`` nothing."""
    cells = {"x": Cell("x"), "n": Cell(note="look"), "=": Cell(2, formula="=1+1"), ".": Cell()}
    return [cells[sign] for sign in line]


lines = st.lists(st.sampled_from(["", "x", ".x", "x.x", "n", "x..x", ".n.=", "xxxx"]), max_size=6)
rows = st.builds(lambda some, times: [drawn(line) for line in some * times], lines, st.integers(1, CHUNK // 2))
places = st.integers(0, 3 * CHUNK)
changes = st.lists(st.tuples(places, places, rows), max_size=4)


def change(rows, start, length, new):
    """Rows replaced, and then one of them alone."""
    rows[start : start + length] = new
    if start < len(rows):
        rows[start] = [] if rows[start] else drawn("x..x")


@examples(30)
@given(rows, changes)
def test_rows_change_as_a_list_does_and_a_copy_stays_what_it_was(first, wanted):
    expected, found = list(first), Rows.of(first)
    for one in wanted:
        before, copy = list(expected), found.copy()
        change(expected, *one)
        change(found, *one)
        assert list(found) == expected
        assert list(copy) == before
    assert [found[at] for at in range(len(found))] == expected
    assert all(len(chunk.packed) <= CHUNK for chunk in found.chunks)
    assert len({chunk.key for chunk in found.chunks}) == len(found.chunks)


@examples(30)
@given(rows, changes)
def test_the_blocks_of_a_changed_tab_are_those_of_a_new_one(first, wanted):
    found = Rows.of(first)
    for one in wanted:
        found.blocks()
        change(found, *one)
        found.blocks()
        change(found, one[0], 0, [])
        assert ordered(found.blocks()) == ordered(Rows.of(list(found)).blocks())
        assert not any(touch(one, other) for one in found.blocks() for other in found.blocks() if one != other)


def ordered(areas):
    return sorted((area.top, area.left, area.bottom, area.right) for area in areas)


def touch(one, other):
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right


def test_a_row_that_is_not_there_is_an_error():
    with pytest.raises(IndexError):
        Rows()[0]


def test_an_append_only_writes_the_last_chunk_anew():
    tab = Tab(0, "Big")
    tab.lay(0, [[(0, Cell(number))] for number in range(10 * CHUNK + 1)])
    before = list(tab.grid.chunks)
    tab.put(10 * CHUNK + 1, [(0, Cell("new"))])
    assert tab.grid.chunks[:-1] == before[:-1]
    assert tab.grid.chunks[-1] is not before[-1]


def test_a_row_in_between_only_writes_its_own_chunk_anew():
    tab = Tab(0, "Big")
    tab.lay(0, [[(0, Cell(number))] for number in range(10 * CHUNK)])
    before = set(tab.grid.chunks)
    tab.rows[5:5] = [[]]
    assert len(set(tab.grid.chunks) - before) == 2


@pytest.mark.parametrize(
    ("lines", "asked", "expected"),
    [
        (["x.x", "...", "x.x"], Area(0, 0, 1, 1), Area(0, 0, 1, 1)),
        (["x..", ".x.", "..x"], Area(0, 0, 1, 1), Area(0, 0, 3, 3)),
        (["x.x", "x.x", "xxx"], Area(0, 0, 1, 1), Area(0, 0, 3, 3)),
        (["x....x", "..x...", "x....x", "xxxxxx"], Area(1, 2, 2, 3), Area(0, 0, 4, 6)),
        (["x", ".", "x"], Area(0, 0, 3, 1), Area(2, 0, 3, 1)),
        (["."], Area(0, 0, 1, 1), None),
    ],
)
def test_a_table_is_what_touches_and_what_lies_within_its_rectangle(lines, asked, expected):
    tab = Tab(0, "Drawn")
    tab.lay(0, [list(enumerate(drawn(line))) for line in lines])
    assert table(tab, asked) == expected
