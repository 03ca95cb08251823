"""A column that a sheet may lack is needed once staff have typed into it."""

import pytest

from config.settings import Settings
from tasks.domain.models import Tab, Workbook
from tasks.domain.used_columns import used_columns, without

REGISTER = Settings(_env_file=None).programme.register_


def a_book(tab, **cells):
    columns = getattr(REGISTER, tab)
    rows = (tuple(columns.columns.values()), tuple(cells.get(field, "") for field in columns.columns))
    return Workbook("register", "id", "UTC", {columns.tab: Tab(columns.tab, 1, rows)})


@pytest.mark.parametrize(
    ("tab", "cells"),
    [("sessions", {"ref": "A"}), ("sessions", {"safer": False}), ("sessions", {"send_again": True}), ("members", {})],
    ids=["left empty", "a box nobody ticked", "one that we untick", "a member without a wish"],
)
def test_no_column_is_needed_for(tab, cells):
    assert used_columns(REGISTER, a_book(tab, **cells)) == set()


@pytest.mark.parametrize(("tab", "field", "cell"), [("sessions", "safer", True), ("members", "discretion", "minimal")])
def test_a_column_is_needed_in_which_staff_have_typed(tab, field, cell):
    used = used_columns(REGISTER, a_book(tab, **{field: cell}))

    assert used == {f"{tab}.{field}"}
    assert field in getattr(REGISTER, tab).optional
    assert field not in getattr(without(REGISTER, used), tab).optional
