"""What the ledger notes before a mail's DATA begins: which attempt it was, and the Message-ID to look for."""

import re
from dataclasses import dataclass

from tasks.domain.effects import Effect

NOTE = re.compile(r"smtp (\d+) (<\S+>)")


@dataclass(frozen=True, slots=True)
class SmtpNote:
    """A mail that an SMTP server was about to be given."""

    attempt: int
    message_id: str

    def __str__(self) -> str:
        return f"smtp {self.attempt} {self.message_id}"


def smtp_note(text: str) -> SmtpNote | None:
    """Read a note; None for what another transport noted."""
    found = NOTE.fullmatch(text)
    return SmtpNote(int(found[1]), found[2]) if found else None


def never_handed_over(effect: Effect) -> bool:
    """Whether a claimed mail was surely not sent: nothing was noted, or only by an earlier attempt over SMTP."""
    if effect.note_may_be_lost:
        return False
    note = smtp_note(effect.provider_id)
    return not effect.provider_id or (note is not None and note.attempt < effect.attempts)
