"""What is spoken of Gmail."""

from tasks.sandbox.gmail import account, drafts, labels, messages, threads
from tasks.sandbox.wire import Operation

OPERATIONS: list[Operation] = [
    *drafts.OPERATIONS,
    *messages.OPERATIONS,
    *threads.OPERATIONS,
    *labels.OPERATIONS,
    *account.OPERATIONS,
]
