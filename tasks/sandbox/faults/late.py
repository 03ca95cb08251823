"""Work that Google does although its answer was lost long before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tasks.sandbox.clock import rfc3339
from tasks.sandbox.shapes import Json


@dataclass(frozen=True)
class Late:
    """Done by the first request that arrives at ``due`` or later, before that request is looked at."""

    due: datetime
    what: str
    work: Callable[[], object]

    def described(self) -> Json:
        """As the list of faults shows it."""
        return {"effect": "drop-late", "late": self.what, "due": rfc3339(self.due)}
