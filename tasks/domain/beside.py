"""What stands in columns that are no question of ours: looked at only as far as it is asked, for there may be many."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

from tasks.domain.cells import is_blank
from tasks.domain.models import Cell

Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """``headers`` are those of such columns by index, ``rows`` the cells of whole rows by their key without number.

    Two headers may be equal, and rows that are equal but for what stands beside them share a key.
    """

    headers: Mapping[int, str] = field(default_factory=dict)
    rows: Mapping[str, tuple[Cells, ...]] = field(default_factory=dict)

    def held_by(self, keys: Collection[str]) -> dict[str, None]:
        """The headers, in their order, of the columns in which any of these rows holds something."""
        rows = [cells for key in self.rows.keys() & keys for cells in self.rows[key]]
        columns = enumerate(zip_longest(*rows, fillvalue=""))
        return {self.headers[at]: None for at, column in columns if at in self.headers and _holds(column)}


def _holds(column: Cells) -> bool:
    different = set(column)  # there are few of them where there are many blank ones
    return any(not is_blank(cell) for cell in (column if 0 in different else different))  # 0 is a number, False is none
