"""What a ledger that was lost is made again from: everything that it is to hold, as values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tasks.domain.corrected import Correction
from tasks.domain.duplicates.pairs import Pair
from tasks.domain.effects import Effect
from tasks.domain.revisions import Revision
from tasks.domain.submissions import Attention, Version


@dataclass(slots=True)
class Rebuilt:
    """Collected while the sheets, the calendar and Sent are read. Nothing in it is ever to be done again."""

    now: datetime
    versions: list[Version] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    attention: list[Attention] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)

    def add(self, effects: Sequence[Effect]) -> None:
        """Effects found; the first word on each counts."""
        known = {effect.key for effect in self.effects}
        self.effects += [effect for effect in effects if effect.key not in known]
