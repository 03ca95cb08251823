"""Calendar events: claimed, created without guests, and asked for their meeting link until it is there."""

from collections.abc import Mapping, Sequence

from tasks.adapters.gcalendar import CalendarEvent
from tasks.carry_out import Deed, carry_out
from tasks.chapter import Run
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.faults import AlreadyThere, Fault, TryLater, Unclear
from tasks.domain.keys import event_id
from tasks.domain.models import Problem, Session
from tasks.domain.scheduling import event_key, timing
from tasks.domain.sentences import say
from tasks.domain.staff_answers import EVENT_DELETED, Answer
from tasks.mail import answer_column
from tasks.steps import step

EVENTS = "Calendar"
SUMMARY = "Online session, ref. {ref}"  # neutral: calendars are shown on lock screens


async def create_events(run: Run, sessions: Sequence[Session]) -> None:
    """Put sessions into the calendar, each once."""
    deeds = [_deed(run, session) for session in sessions]
    if run.live:
        run.services.ledger.intend([deed.effect for deed in deeds], run.now)
    stopped = await carry_out(run, deeds)
    if stopped and stopped.untried:
        run.outcome.held.append(f"{len(stopped.untried)} events wait for the next run")


def _deed(run: Run, session: Session) -> Deed:
    identity = _identity(run, session.ref)

    async def act() -> Mapping[str, str]:
        event = await create_event(run, session, identity)
        return {"link": event.meeting_link}

    return Deed(
        Effect(event_key(session.ref), EffectKind.event, session.ref),
        f"{session.ref}: calendar event at {timing(session)}",
        act,
        noted={"provider_id": identity, "detail": timing(session)},
    )


def _identity(run: Run, ref: str) -> str:
    """The id of a session's event: of the first generation, unless staff have asked for a new one."""
    known = run.services.ledger.effects_of([event_key(ref)]).get(event_key(ref))
    return (known.provider_id if known else "") or event_id(ref)


@step("create the event of {session.ref}")
async def create_event(run: Run, session: Session, identity: str) -> CalendarEvent:
    """Insert the event under our own id; one that is there already came from an earlier attempt. Raises Fault."""
    calendar = run.services.calendar
    summary = SUMMARY.format(ref=session.ref)
    try:
        return calendar.insert(
            identity, ref=session.ref, summary=summary, starts=session.starts, minutes=session.minutes
        )
    except AlreadyThere:
        found = calendar.find(identity)
        if found is None:
            raise Unclear(f"the event of {session.ref} exists, but cannot be read") from None
        if found.is_deleted:
            raise Unclear(f"the event of {session.ref} was deleted in the calendar") from None
        return found


async def complete_events(run: Run, sessions: Sequence[Session]) -> None:
    """Ask again for meeting links that Google was still making."""
    for session in sessions:
        try:
            event = await find_event(run, session.ref, _identity(run, session.ref))
        except Fault as fault:
            run.outcome.failed.append(f"{session.ref}: {fault.reason}")
            if isinstance(fault, TryLater):
                break
            continue
        if event and event.meeting_link:
            if run.live:
                run.services.ledger.note(event_key(session.ref), link=event.meeting_link)
            run.outcome.done.append(f"{session.ref}: meeting link")
        else:
            run.outcome.held.append(f"{session.ref}: the meeting link is not there yet")


async def look_up_open_events(run: Run) -> None:
    """Find out what became of events whose run ended before they were settled."""
    if not run.live:
        return
    ledger = run.services.ledger
    for key, effect in ledger.abandoned(EffectKind.event).items():
        try:
            event = await find_event(run, effect.ref, effect.provider_id)
        except Fault as fault:
            run.outcome.failed.append(f"{effect.ref}: {fault.reason}")
            if isinstance(fault, TryLater):
                break
            continue
        if event and event.is_deleted:
            if effect.state is not EffectState.uncertain:
                ledger.settle(key, effect.state, EffectState.uncertain, run.now)
        elif event:
            ledger.settle(key, effect.state, EffectState.sent, run.now, link=event.meeting_link)
            run.outcome.done.append(f"{effect.ref}: the calendar event of an earlier run was found")
        else:
            ledger.settle(key, effect.state, EffectState.ready, run.now)


@step("look at the event of {ref}")
async def find_event(run: Run, ref: str, identity: str) -> CalendarEvent | None:  # noqa: ARG001 (in the step's name)
    """The event with our id, if Google has it. Raises Fault."""
    return run.services.calendar.find(identity)


def event_problems(run: Run) -> list[Problem]:
    """Events that somebody deleted before we knew that they were made."""
    deleted = run.services.ledger.effects(EffectKind.event, {EffectState.uncertain})
    answer = say(Answer.make_again)
    column = answer_column(run)
    return [
        Problem(
            EVENT_DELETED,
            EVENTS,
            key,
            (say("event-deleted", ref=effect.ref),),
            (say("event-deleted-todo", answer=answer, column=column),),
        )
        for key, effect in deleted.items()
    ]
