"""Every page."""

from tasks.sandbox.pages import home, mail, sheets
from tasks.sandbox.wire import Operation

OPERATIONS: list[Operation] = [
    *home.OPERATIONS,
    *mail.OPERATIONS,
    *sheets.OPERATIONS,
]
