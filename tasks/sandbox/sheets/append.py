"""Where ``values:append`` writes: below the last table that meets the asked range, else where it was asked."""

from tasks.sandbox.sheets.areas import meet
from tasks.sandbox.sheets.ranges import Area
from tasks.sandbox.sheets.tabs import Tab


def table(tab: Tab, asked: Area) -> Area | None:
    """The last block of touching cells that meets the range."""
    meeting = [block for block in tab.rows.blocks() if meet(block, asked)]
    return max(meeting, key=lambda block: (block.bottom, block.right), default=None)
