"""What is spoken of Sheets."""

from tasks.sandbox.sheets import calls, value_calls
from tasks.sandbox.wire import Operation

OPERATIONS: list[Operation] = [
    *value_calls.OPERATIONS,
    *calls.OPERATIONS,
]
