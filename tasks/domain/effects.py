"""Everything done outside is an effect: a key that we chose, a kind, and one state out of a table of moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EffectKind(StrEnum):
    """What is done outside."""

    mail = "mail"
    event = "event"
    row = "row"


class EffectState(StrEnum):
    """Where an effect stands. ``sending`` is a claim; one that outlived its run is *uncertain* until looked up."""

    ready = "ready"
    sending = "sending"
    sent = "sent"
    failed = "failed"
    uncertain = "uncertain"


MOVES: Mapping[EffectState, frozenset[EffectState]] = {
    EffectState.ready: frozenset({EffectState.sending}),
    EffectState.sending: frozenset({EffectState.sent, EffectState.ready, EffectState.failed, EffectState.uncertain}),
    EffectState.uncertain: frozenset({EffectState.sent, EffectState.ready}),
    EffectState.sent: frozenset(),
    EffectState.failed: frozenset({EffectState.ready}),
}

OPEN = frozenset({EffectState.sending, EffectState.uncertain})


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect as the ledger keeps it; times are UTC.

    ``provider_id`` is the draft, message, event or marker id, ``link`` what people can open, ``detail`` words or,
    for a row, the spreadsheet it belongs to.
    """

    key: str
    kind: EffectKind
    ref: str
    state: EffectState = EffectState.ready
    provider_id: str = ""
    detail: str = ""
    link: str = ""
    attempts: int = 0
    settled_at: datetime | None = None


def diagram() -> str:
    """The table of moves as a Mermaid state diagram, for the docs."""
    lines = ["stateDiagram-v2", f"    [*] --> {EffectState.ready}"]
    lines += [f"    {old} --> {new}" for old, news in MOVES.items() for new in sorted(news)]
    return "\n".join(lines)
