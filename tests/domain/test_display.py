"""A tab is kept equal to what it should show: only our columns, only what differs, whatever staff did to its order."""

import itertools
import random

import pytest

from tasks.domain.display import CellChange, Line, Plan, sheet_name
from tasks.domain.keys import marker
from tasks.domain.models import Tab, Workbook
from tasks.domain.programme import Columns

COLUMNS = Columns(tab="Sessions", columns={"ref": "Ref", "state": "State", "minutes": "Minutes", "notes": "Notes"})
HEADERS = ("Ref", "State", "Minutes", "Notes")
OWNED = ("ref", "state", "minutes")


def a_book(*rows, headers=HEADERS, title="Sessions", markers=None):
    return Workbook("register", "id", "UTC", {title: Tab(title, 3, (headers, *rows))}, markers or {})


def a_line(ref="A", *, gone_is_fine=False, **cells):
    return Line(f"row:{ref}", ref, ref, {"ref": ref, "state": "New", **cells}, gone_is_fine)


def plan(book, *lines, shown=(), owned=OWNED):
    return Plan(COLUMNS, lines, identity="ref", owned=owned).on(book, set(shown))


@pytest.mark.parametrize(
    ("book", "code"),
    [
        (a_book(title="Sesiones"), "missing-tab"),
        (Workbook("register", "id", "UTC", {}), "missing-tab"),
        (a_book(headers=("Ref", "Minutes", "Notes")), "missing-column"),
        (a_book(headers=(*HEADERS, "State")), "duplicate-column"),
    ],
)
def test_a_tab_that_cannot_be_read_is_left_alone_and_told(book, code):
    display = plan(book, a_line())

    assert (display.rows, display.changes, display.present) == ((), (), frozenset())
    assert [(problem.code, problem.sheet) for problem in display.problems] == [(code, "register · Sessions")]


def test_an_optional_column_that_staff_do_not_have_stops_nothing():
    columns = Columns(tab="Sessions", columns=COLUMNS.columns, optional=("minutes",))
    book = a_book(("A", "Old", ""), headers=("Ref", "State", "Notes"))
    lines = [a_line(minutes=90), a_line("B", minutes=60)]

    display = Plan(columns, lines, identity="ref", owned=OWNED).on(book, set())

    assert display.problems == ()
    assert display.changes == (CellChange(3, 1, 1, "New"),)
    assert [row.cells for row in display.rows] == [("B", "New", "")]


def test_what_no_cell_can_hold_is_cut_and_stays_so():
    (row,) = plan(a_book(), a_line(state="x" * 60_000)).rows

    assert len(row.cells[1]) == 50_000
    assert row.cells[1].endswith("x … (cut: the whole text is in the response sheet)")
    assert plan(a_book(("A", row.cells[1], "", "")), a_line(state="x" * 60_000)).changes == ()


def test_a_line_that_is_not_there_is_appended_with_its_marker_in_the_order_of_the_columns():
    book = a_book(headers=("Notes", "Minutes", "Mine", "State", "Ref"))

    (row,) = plan(book, a_line(minutes=90)).rows

    assert row.cells == ("", 90, "", "New", "A")
    assert (row.sheet_id, row.marker) == (3, marker("row:A", {}))


def test_two_rows_of_one_write_never_share_a_marker_number():
    seen = {}
    for attempt in itertools.count():
        number, _ = marker(f"row:{attempt}", {})
        if number in seen:
            break
        seen[number] = attempt

    one, other = plan(a_book(), a_line(str(seen[number])), a_line(str(attempt))).rows

    assert one.marker[0] == number != other.marker[0]


def test_a_marker_number_that_is_taken_is_not_used_again():
    number, _ = marker("row:A", {})

    (row,) = plan(a_book(markers={number: "of another row"}), a_line()).rows

    assert row.marker[0] != number


def test_a_row_that_staff_deleted_does_not_come_back():
    assert plan(a_book(), a_line(), shown={"row:A"}).rows == ()


def test_a_line_that_need_not_be_there_is_not_appended():
    assert plan(a_book(), a_line(gone_is_fine=True)).rows == ()


@pytest.mark.parametrize("shown", [(), ("row:A",)])
def test_a_line_that_is_there_is_not_appended_whoever_wrote_it(shown):
    display = plan(a_book(("A", "New", "", "")), a_line(), shown=shown)

    assert (display.rows, display.changes, display.present) == ((), (), {"A"})


def test_only_cells_that_differ_are_corrected():
    book = a_book(("B", "New", 90, "x"), ("A", "Old", 60.0, "y"))

    display = plan(book, a_line("A", minutes=60), a_line("B", minutes=45))

    assert display.changes == (CellChange(3, 2, 1, "New"), CellChange(3, 1, 2, 45))


def test_a_column_of_staff_is_never_written():
    display = plan(a_book(("A", "New", 90, "mine")), a_line(notes="ours", minutes=1), owned=("ref", "state"))

    assert display.changes == ()


def test_a_field_that_the_line_does_not_speak_of_is_left_as_it_is():
    assert plan(a_book(("A", "New", 90, "")), a_line()).changes == ()


def test_the_first_of_two_equal_rows_is_the_one_kept_up_to_date():
    display = plan(a_book(("A", "Old", "", ""), ("A", "Old", "", "")), a_line())

    assert [change.row for change in display.changes] == [1]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("90", 90), (90.0, 90), (90, "90"), (True, "TRUE"), ("", ""), (0.1, "0.1")],
)
def test_what_reads_the_same_is_not_written_again(cell, value):
    assert plan(a_book(("A", "New", cell, "")), a_line(minutes=value)).changes == ()


def test_a_ref_with_spaces_around_it_is_found_and_put_right():
    display = plan(a_book((" A ", "New", "", "")), a_line())

    assert (display.rows, display.changes) == ((), (CellChange(3, 1, 0, "A"),))


def test_rows_and_columns_in_another_order_need_the_same_corrections():
    rows = [("A", "Old", 90, "x"), ("B", "New", 60, "y"), ("C", "New", "", "")]
    lines = [a_line(ref, minutes=60) for ref in "ABCD"]
    wanted = {(change.value, change.column, rows[change.row - 1][0]) for change in plan(a_book(*rows), *lines).changes}
    assert wanted == {("New", 1, "A"), (60, 2, "A"), (60, 2, "C")}

    order = random.Random(1)  # noqa: S311 (an order, not a secret)
    for _ in range(20):
        columns, shuffled = order.sample(range(4), 4), order.sample(rows, 3)
        book = a_book(
            *(tuple(row[column] for column in columns) for row in shuffled), headers=tuple(HEADERS[c] for c in columns)
        )
        display = plan(book, *lines)
        found = {(c.value, columns[c.column], shuffled[c.row - 1][0]) for c in display.changes}
        assert (found, [row.line.ref for row in display.rows]) == (wanted, ["D"])


def test_after_the_plan_is_carried_out_nothing_is_left_to_do():
    book = a_book(("A", "Old", 90, "x"))
    lines = (a_line("A", minutes=60), a_line("B"))
    display = plan(book, *lines)
    cells = [list(row) for row in book.tabs["Sessions"].rows]
    for change in display.changes:
        cells[change.row][change.column] = change.value
    after = a_book(*(tuple(row) for row in cells[1:]), *(row.cells for row in display.rows))

    again = plan(after, *lines)

    assert (again.rows, again.changes) == ((), ())


def test_people_know_a_tab_by_spreadsheet_and_title():
    assert sheet_name(a_book(), COLUMNS) == "register · Sessions"


def test_a_state_that_landed_in_a_row_without_a_ref_is_emptied_and_nothing_else():
    book = a_book(("", "New", "", ""), ("A", "New", 90, ""), ("", "", "", "call them"), ("", "Old", 30, "hers"))

    display = Plan(COLUMNS, (), identity="ref", owned=OWNED, emptied=("state",)).on(book, set())

    assert display.changes == (CellChange(3, 1, 1, ""), CellChange(3, 4, 1, ""))
