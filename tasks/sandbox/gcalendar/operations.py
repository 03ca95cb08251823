"""What is spoken of Calendar."""

from tasks.sandbox.gcalendar import calendar_calls, event_calls
from tasks.sandbox.wire import Operation

OPERATIONS: list[Operation] = [
    *event_calls.OPERATIONS,
    *calendar_calls.OPERATIONS,
]
