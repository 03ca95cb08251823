"""What is spoken of OAuth, and the control path that makes and unmakes accounts and tokens."""

from tasks.sandbox.auth import calls, grants
from tasks.sandbox.wire import Operation, operation

OPERATIONS: list[Operation] = [
    operation("auth", "POST", "/token", "token", grants.token),
    operation("auth", "POST", "/revoke", "revoke", grants.revocation),
]
CONTROL: list[Operation] = [
    *calls.OPERATIONS,
]
