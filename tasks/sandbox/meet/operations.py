"""What is spoken of Meet."""

from tasks.sandbox.meet import calls
from tasks.sandbox.wire import Operation

OPERATIONS: list[Operation] = [
    *calls.OPERATIONS,
]
