"""Decides which accepted submissions become Sessions rows and which confirmed sessions need a calendar event."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from tasks.domain.cells import excerpt
from tasks.domain.effects import Effect, EffectState
from tasks.domain.folding import fold
from tasks.domain.keys import event_id
from tasks.domain.models import Problem, Session, SessionStatus, Severity, Tab
from tasks.domain.programme import Columns
from tasks.domain.sentences import AnyOf, say
from tasks.domain.sessions import SessionsReading
from tasks.domain.table import read_table

FOR = " for "
DECISIONS = ("Accepted", "Declined")


@dataclass(frozen=True, slots=True)
class Decisions:
    """``accepted`` refs in the order of the tab; cells that are not a decision are problems."""

    accepted: tuple[str, ...]
    waiting: int
    problems: tuple[Problem, ...]


def read_decisions(tab: Tab, columns: Columns, sheet: str) -> Decisions:
    """Read the Decision column of *Submissions*; the tab must have its columns."""
    accepted: list[str] = []
    problems = []
    waiting = 0
    header = columns.columns["decision"]
    for row in read_table(tab, columns.columns).rows:
        decision = fold(row.text("decision"))
        ref = row.text("ref").strip()
        if not decision:
            waiting += 1
        elif decision == fold(DECISIONS[0]) and ref not in accepted:
            accepted.append(ref)
        elif decision not in map(fold, DECISIONS):
            what = say("no-decision", text=excerpt(row.text("decision")))
            todo = say("no-decision-todo", decisions=AnyOf(DECISIONS), row=row.number)
            subject = ref or f"row {row.number}"
            problems.append(Problem("decision", sheet, subject, (what,), (todo,), row.number, header))
    return Decisions(tuple(accepted), waiting, tuple(problems))


def event_key(ref: str) -> str:
    """The claim of a session's calendar event."""
    return f"event:{ref}"


def next_event_id(effect: Effect) -> str:
    """The id of an event that is made anew: Google never gives up the id of one that was deleted."""
    generation = next(number for number in count(1) if event_id(effect.ref, number) == effect.provider_id)
    return event_id(effect.ref, generation + 1)


def timing(session: Session) -> str:
    """What the event was made for, to notice a later change: start in UTC and minutes."""
    return f"{session.starts.astimezone(UTC):%Y-%m-%dT%H:%MZ}{FOR}{session.minutes} minutes"


def is_over(session: Session, now: datetime) -> bool:
    """Whether the session has ended."""
    return session.starts + timedelta(minutes=session.minutes) <= now


@dataclass(frozen=True, slots=True)
class EventPlan:
    """Events to create, and events that still lack their meeting link."""

    create: tuple[Session, ...]
    complete: tuple[Session, ...]
    skipped: Counter[str]


def decide_events(confirmed: Sequence[Session], effects: Mapping[str, Effect], now: datetime) -> EventPlan:
    """An event for each confirmed session that is still to come."""
    create, complete = [], []
    skipped: Counter[str] = Counter()
    for session in confirmed:
        effect = effects.get(event_key(session.ref))
        if effect is not None and effect.state is EffectState.sent:
            if effect.link:
                skipped["the event stands in the calendar"] += 1
            else:
                complete.append(session)
        elif session.starts <= now:
            skipped["the session is in the past"] += 1
        else:
            create.append(session)
    return EventPlan(tuple(create), tuple(complete), skipped)


def change_problems(reading: SessionsReading, effects: Mapping[str, Effect], sheet: str) -> list[Problem]:
    """Changes after the event was made, which the pipeline does not pass on yet: staff must know."""
    problems = []
    confirmed = {session.ref: session for session in reading.confirmed}
    for ref, row in reading.rows.items():
        effect = effects.get(event_key(ref))
        if effect is None or effect.state is not EffectState.sent:
            continue
        if row.status is SessionStatus.cancelled:
            said = (say("cancelled-late", ref=ref),), (say("cancelled-late-todo"),)
            problems.append(Problem("cancelled-late", sheet, ref, *said, row.row, severity=Severity.notice))
        elif (session := confirmed.get(ref)) and timing(session) != effect.detail:
            start, _, length = effect.detail.partition(FOR)
            what = say("moved-late", ref=ref, start=start, minutes=length.removesuffix(" minutes"))
            problems.append(Problem("moved-late", sheet, ref, (what,), (say("moved-late-todo"),), row.row))
    return problems
