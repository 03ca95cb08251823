"""What is spoken of Drive."""

from tasks.sandbox.drive import calls, changes, comments, old_uploads, permissions, uploads
from tasks.sandbox.wire import Operation

OPERATIONS: list[Operation] = [
    *calls.OPERATIONS,
    *uploads.OPERATIONS,
    *permissions.OPERATIONS,
    *comments.OPERATIONS,
    *changes.OPERATIONS,
    *old_uploads.OPERATIONS,
]
