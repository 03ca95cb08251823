"""What is spoken of Calendar."""

from tasks.sandbox.gcalendar import calls
from tasks.sandbox.wire import Operation

OPERATIONS: list[Operation] = [
    *calls.OPERATIONS,
]
