"""The story that is tortured: its chapters, and what people do before each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flows.torture.people import People


@dataclass(frozen=True)
class Chapter:
    """A run of a flow, and what people do before it; ``parameters`` are known when they have done it.

    In one that is played ``alone`` no run of another flow is at work, which would tell what the next chapter tells.
    """

    name: str
    flow: str
    now: datetime
    people: Callable[[People], None]
    parameters: Callable[[People], Mapping[str, str]] = lambda _people: {}
    alone: bool = False


def _the_session(people: People) -> Mapping[str, str]:
    return {"session": people.session()}


def _time_passes(_people: People) -> None:
    """Nobody does anything."""


STORY = (
    Chapter("intake", "intake", datetime(2024, 2, 16, 8, 0, tzinfo=UTC), People.answer_the_call),
    Chapter("a session", "scheduling", datetime(2024, 3, 4, 9, 0, tzinfo=UTC), People.accept),
    Chapter("an event", "scheduling", datetime(2024, 3, 4, 9, 30, tzinfo=UTC), People.confirm),
    Chapter("invitations", "invitations", datetime(2024, 3, 4, 15, 0, tzinfo=UTC), People.subscribe),
    Chapter("a resend", "resend-invites", datetime(2024, 5, 13, 7, 0, tzinfo=UTC), _time_passes, _the_session),
    Chapter("a change that waits", "scheduling", datetime(2024, 5, 14, 7, 0, tzinfo=UTC), People.move),
    Chapter("a change", "scheduling", datetime(2024, 5, 14, 9, 0, tzinfo=UTC), _time_passes, alone=True),
    Chapter("news", "invitations", datetime(2024, 5, 14, 10, 0, tzinfo=UTC), _time_passes),
    Chapter("reminders", "reminders", datetime(2024, 5, 15, 13, 0, tzinfo=UTC), _time_passes),
    Chapter("a recording", "recordings", datetime(2024, 5, 17, 6, 0, tzinfo=UTC), People.record),
    Chapter("a review", "recordings", datetime(2024, 5, 18, 9, 0, tzinfo=UTC), People.ask_for_review),
)
