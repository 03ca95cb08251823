"""Every control path."""

from tasks.sandbox.auth.operations import CONTROL as ACCOUNTS
from tasks.sandbox.control import calls, copying, failing, watching
from tasks.sandbox.discovery.calls import CONTROL as VIOLATIONS
from tasks.sandbox.drive import control as drive
from tasks.sandbox.forms import control as forms
from tasks.sandbox.gmail import control as gmail
from tasks.sandbox.meet import control as meet
from tasks.sandbox.wire import Operation

OPERATIONS: list[Operation] = [
    *calls.OPERATIONS,
    *copying.OPERATIONS,
    *failing.OPERATIONS,
    *watching.OPERATIONS,
    *drive.OPERATIONS,
    *meet.OPERATIONS,
    *forms.OPERATIONS,
    *gmail.OPERATIONS,
    *ACCOUNTS,
    *VIOLATIONS,
]
