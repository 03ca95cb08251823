"""What is spoken of Drive."""

from tasks.sandbox.drive import calls
from tasks.sandbox.wire import Operation

OPERATIONS: list[Operation] = [
    *calls.OPERATIONS,
]
