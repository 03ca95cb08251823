"""Who stands in a calendar event as a guest: nobody, unless staff say of a session that its presenters agreed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tasks.domain.calendar_events import is_over, is_removed, standing_event
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.keys import digest
from tasks.domain.models import Session, SessionStatus
from tasks.domain.revisions import Revision
from tasks.domain.wishes import Wishes

SETTLED = {EffectState.sent, EffectState.failed}


@dataclass(frozen=True, slots=True)
class GuestDeed:
    """The guests that the event ``event_id`` is to have of us: addresses. ``mark`` tells event and guests together."""

    key: str
    ref: str
    event_id: str
    addresses: tuple[str, ...]
    mark: str

    @property
    def words(self) -> str:
        """One line of a plan."""
        return f"{self.ref}: {len(self.addresses)} presenters as guests of the calendar event"


def decide_guests(
    newest: Mapping[str, Revision],
    ticked: Mapping[str, bool],
    effects: Mapping[str, Mapping[str, Effect]],
    wishes: Wishes,
    now: datetime,
) -> list[GuestDeed]:
    """Which events have other guests than they should; ``ticked`` are the boxes of the rows that can be read.

    What was refused is asked for again only when it would be something else.
    """
    return [
        deed
        for ref, revision in newest.items()
        if ref in ticked
        and not is_over(revision.session, now)
        and (deed := _deed(revision, effects.get(ref, {}), wishes, ticked=ticked[ref]))
    ]


def _deed(revision: Revision, mine: Mapping[str, Effect], wishes: Wishes, *, ticked: bool) -> GuestDeed | None:
    event, settled = standing_event(mine), _settled(mine.values())
    if event is None or is_removed(event) or revision.status is not SessionStatus.confirmed:
        return None
    addresses = guests_of(revision.session, wishes) if ticked else ()
    mark = digest(" ".join((event.provider_id, *addresses)))
    if not (settled or addresses) or (settled and settled[-1].provider_id == mark):
        return None
    return GuestDeed(guests_key(revision.ref, len(settled) + 1), revision.ref, event.provider_id, addresses, mark)


def guests_key(ref: str, number: int) -> str:
    """The claim of the guests that an event gets; each time they are others it is a new one."""
    return f"guests:{ref}:{number}"


def guests_of(session: Session, wishes: Wishes) -> tuple[str, ...]:
    """The addresses of presenters who want calendars to know of them; of a safer session nobody."""
    people = {one.person.address_key: one.person for one in session.presenters if one.person and not session.safer}
    return tuple(one.address for _, one in sorted(people.items()) if wishes.asked(one).wants_calendar)


def _settled(effects: Iterable[Effect]) -> list[Effect]:
    """What is over and done, oldest first."""
    ours = [one for one in effects if one.kind is EffectKind.guests and one.state in SETTLED]
    return sorted(ours, key=lambda one: int(one.key.rpartition(":")[2]))


def newest_settled(effects: Mapping[str, Mapping[str, Effect]]) -> list[Effect]:
    """The guests of each event as it was last tried to set them; ``effects`` are by session and key."""
    return [settled[-1] for mine in effects.values() if (settled := _settled(mine.values()))]
