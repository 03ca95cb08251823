"""Everything done outside is an effect: a key that we chose, a kind, and one state out of a table of moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class EffectKind(StrEnum):
    """What is done outside."""

    mail = "mail"
    event = "event"
    guests = "guests"
    permission = "permission"
    row = "row"


class EffectState(StrEnum):
    """Where an effect stands. ``sending`` is a claim; one that outlived its run is *uncertain* until looked up.

    A ``draft`` waits for a person to confirm it, what is ``held`` for a person to let it go on. What is ``cancelled``,
    ``expired`` (too late to be of use) or ``superseded`` (by a newer one) was never sent.
    """

    draft = "draft"
    ready = "ready"
    held = "held"
    sending = "sending"
    sent = "sent"
    failed = "failed"
    uncertain = "uncertain"
    bounced = "bounced"
    cancelled = "cancelled"
    expired = "expired"
    superseded = "superseded"


class Priority(IntEnum):
    """Which mail goes first when not all may go: the person who just wrote to us, who is expected, the many."""

    first = 0
    normal = 5
    bulk = 9


UNSENT = frozenset({EffectState.cancelled, EffectState.expired, EffectState.superseded})
STARTS = (EffectState.draft, EffectState.ready)
MOVES: Mapping[EffectState, frozenset[EffectState]] = {
    EffectState.draft: frozenset({EffectState.ready, *UNSENT}),
    EffectState.ready: frozenset({EffectState.sending, EffectState.held, *UNSENT}),
    EffectState.held: frozenset({EffectState.ready, *UNSENT}),
    EffectState.sending: frozenset(
        {EffectState.sent, EffectState.ready, EffectState.held, EffectState.failed, EffectState.uncertain}
    ),
    EffectState.uncertain: frozenset({EffectState.sent, EffectState.ready}),
    EffectState.sent: frozenset({EffectState.bounced}),
    EffectState.failed: frozenset({EffectState.ready, EffectState.cancelled}),
    **{state: frozenset() for state in (EffectState.bounced, *UNSENT)},
}

BY_RULES = "rules:"  # what begins so holds a mail until it keeps the rules, not until somebody says so
OPEN = frozenset({EffectState.sending, EffectState.uncertain})


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect as the ledger keeps it; times are UTC.

    ``provider_id`` is the draft, message, event or marker id, ``link`` what people can open, ``detail`` words or,
    for a row, the spreadsheet it belongs to. It is not done before ``not_before`` nor after ``expires_at``.
    ``held_by`` names the brake that holds it, ``released_at`` when a person let it go on. ``person`` is the keyed hash
    of a mail's recipient, ``since`` when the cause of the mail arose, ``provider`` who took it. After a power cut
    ``note_may_be_lost``: that nothing is noted does not mean that nothing was handed over.
    """

    key: str
    kind: EffectKind
    ref: str
    state: EffectState = EffectState.ready
    provider_id: str = ""
    detail: str = ""
    link: str = ""
    attempts: int = 0
    priority: Priority = Priority.normal
    not_before: datetime | None = None
    expires_at: datetime | None = None
    created_at: datetime | None = None
    claimed_at: datetime | None = None
    settled_at: datetime | None = None
    person: str = ""
    since: datetime | None = None
    provider: str = ""
    held_by: str = ""
    released_at: datetime | None = None
    note_may_be_lost: bool = False

    @property
    def may_go(self) -> bool:
        """Whether it waits for nobody's word: a mail that broke a rule is written again, and looked at again."""
        return self.state is EffectState.ready or (self.state is EffectState.held and self.held_by.startswith(BY_RULES))


def by_ref(effects: Mapping[str, Effect]) -> dict[str, dict[str, Effect]]:
    """Effects by what they are about, and key."""
    found: dict[str, dict[str, Effect]] = {}
    for key, effect in effects.items():
        found.setdefault(effect.ref, {})[key] = effect
    return found


def check_move(what: str, old: EffectState, new: EffectState) -> None:
    """Raises ValueError for a move that the table does not allow."""
    if new not in MOVES[old]:
        message = f"{what}: {old} → {new} is not an allowed move"
        raise ValueError(message)


def diagram() -> str:
    """The table of moves as a Mermaid state diagram, for the docs."""
    lines = ["stateDiagram-v2", *(f"    [*] --> {state}" for state in STARTS)]
    lines += [f"    {old} --> {new}" for old, news in MOVES.items() for new in sorted(news)]
    return "\n".join(lines)
