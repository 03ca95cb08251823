"""Columns that a sheet may lack, until staff type into them: if *Safer* were renamed, no session would be safer."""

from collections.abc import Collection

from tasks.domain.models import Workbook
from tasks.domain.programme import Columns, Register
from tasks.domain.table import read_table

TABS = ("sessions", "members")
"""Where a column says how people are to be written to."""
OURS = frozenset({"send_again", "send_letter"})
"""Columns that the pipeline empties: nothing lasts in them that could be lost."""
UNUSED = ("", False)


def used_columns(register: Register, book: Workbook) -> set[str]:
    """The columns, as ``tab.field``, in which something stands although the sheet might lack them."""
    return {f"{name}.{field}" for name in TABS for field in _filled(getattr(register, name), book)}


def without(register: Register, used: Collection[str]) -> Register:
    """The register of which these columns are not optional any more."""
    return register.model_copy(update={name: _needing(getattr(register, name), name, used) for name in TABS})


def _filled(columns: Columns, book: Workbook) -> set[str]:
    tab, asked = book.tabs.get(columns.tab), set(columns.optional) - OURS
    rows = read_table(tab, columns.columns).rows if tab else ()
    return {field for row in rows for field in asked & row.cells.keys() if row.cells[field] not in UNUSED}


def _needing(columns: Columns, name: str, used: Collection[str]) -> Columns:
    return columns.model_copy(
        update={"optional": tuple(field for field in columns.optional if f"{name}.{field}" not in used)}
    )
