"""What is spoken of Gmail."""

from tasks.sandbox.gmail import drafts, messages
from tasks.sandbox.wire import Operation

OPERATIONS: list[Operation] = [
    *drafts.OPERATIONS,
    *messages.OPERATIONS,
]
