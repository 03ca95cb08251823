"""Every control path."""

from tasks.sandbox.control import calls
from tasks.sandbox.wire import Operation

OPERATIONS: list[Operation] = [
    *calls.OPERATIONS,
]
