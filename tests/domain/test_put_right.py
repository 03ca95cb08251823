"""What staff move between our read and our write is put right, and nothing that they typed is touched."""

import pytest

from tasks.domain.display import CellChange, Line, Plan
from tasks.domain.models import Tab, Workbook
from tasks.domain.programme import Columns
from tasks.domain.put_right import put_right

COLUMNS = Columns(tab="Submissions", columns={"ref": "Ref", "state": "State", "decision": "Decision", "title": "Title"})
HEADERS = ("Ref", "State", "Decision", "Title")
OWNED = ("state", "title")
BEFORE = (("A", "Old", "yes", "Fathers"), ("B", "Done", "no", "Boys"))
LINES = (
    Line("row:A", "A", "A", {"ref": "A", "state": "New", "title": "Fathers"}),
    Line("row:B", "B", "B", {"ref": "B", "state": "Done", "title": "Boys"}),
)
C = Line("row:C", "C", "C", {"ref": "C", "state": "Fresh", "title": "Care"})


def a_book(*rows, headers=HEADERS):
    return Workbook("register", "id", "UTC", {"Submissions": Tab("Submissions", 3, (headers, *rows))})


def wrong(after, *, lines=LINES):
    """What is to be put right, when what was planned on ``before`` was written and ``after`` is found."""
    before = a_book(*BEFORE)
    plan = Plan(COLUMNS, lines, identity="ref", owned=OWNED)
    display = plan.on(before, set())
    return put_right(plan, before, after, display.rows, display.changes)


def test_what_landed_where_it_belongs_is_left_alone():
    assert wrong(a_book(("A", "New", "yes", "Fathers"), BEFORE[1])) == []


def test_a_value_that_landed_in_another_row_because_of_a_sort_is_put_right_in_both_rows():
    after = a_book(("B", "New", "no", "Boys"), ("A", "Old", "yes", "Fathers"))

    assert wrong(after) == [CellChange(3, 2, 1, "New"), CellChange(3, 1, 1, "Done")]


def test_a_value_that_landed_in_a_row_that_staff_had_just_inserted_is_taken_out_of_it():
    after = a_book(("", "New", "", ""), *BEFORE)

    assert wrong(after) == [CellChange(3, 2, 1, "New"), CellChange(3, 1, 1, "")]


def test_what_somebody_typed_meanwhile_is_left_for_the_next_run():
    after = a_book(("A", "New", "yes", "Fathers of Beirut"), BEFORE[1])

    assert wrong(after) == []


def test_a_value_that_landed_in_a_column_of_staff_gives_way_to_what_stood_there():
    moved = ("Ref", "Decision", "State", "Title")
    after = a_book(("A", "New", "Old", "Fathers"), ("B", "no", "Done", "Boys"), headers=moved)

    assert wrong(after) == [CellChange(3, 1, 2, "New"), CellChange(3, 1, 1, "yes")]


def test_a_column_that_staff_inserted_meanwhile_is_emptied_of_ours():
    after = a_book(
        ("A", "New", "Old", "yes", "Fathers"), ("B", "", "Done", "no", "Boys"), headers=("Ref", "Notes", *HEADERS[1:])
    )

    assert wrong(after) == [CellChange(3, 1, 2, "New"), CellChange(3, 1, 1, "")]


def test_a_row_that_was_appended_under_headers_that_had_moved_is_put_in_order():
    moved = ("Decision", "Ref", "State", "Title")
    rows = (("yes", "A", "New", "Fathers"), ("no", "B", "Done", "Boys"), ("C", "Fresh", "", "Care"))
    settled = (Line("row:A", "A", "A", {"state": "Old"}), LINES[1], C)

    found = wrong(a_book(*rows, headers=moved), lines=settled)

    assert sorted((change.column, change.value) for change in found if change.row == 3) == [
        (0, ""),
        (1, "C"),
        (2, "Fresh"),
    ]


def test_a_value_that_landed_on_a_ref_gives_way_to_the_ref():
    moved = ("State", "Ref", "Decision", "Title")
    after = a_book(("Old", "New", "yes", "Fathers"), ("Done", "B", "no", "Boys"), headers=moved)

    assert wrong(after) == [CellChange(3, 1, 1, "A")]


@pytest.mark.parametrize("after", [a_book(headers=("Ref", "State", "Title")), Workbook("register", "id", "UTC", {})])
def test_a_tab_that_cannot_be_read_any_more_is_left_alone(after):
    assert wrong(after) == []
