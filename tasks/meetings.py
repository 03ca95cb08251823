"""Calendar events without guests: made, moved, removed, and asked for their meeting link until it is there."""

from collections.abc import Mapping, Sequence
from functools import partial

from tasks.adapters.gcalendar import CalendarEvent
from tasks.carry_out import Deed, carry_out
from tasks.chapter import Run
from tasks.domain.calendar_events import REMOVED, EventDeed, timing_of
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.faults import AlreadyThere, Fault, TryLater, Unclear
from tasks.domain.models import Problem
from tasks.domain.sentences import say
from tasks.domain.staff_answers import EVENT_DELETED, Answer
from tasks.mail import answer_column
from tasks.steps import step

EVENTS = "Calendar"
SUMMARY = "Online session, ref. {ref}"  # neutral: calendars are shown on lock screens


async def change_events(run: Run, wanted: Sequence[EventDeed]) -> None:
    """Make, move and remove events, each once."""
    deeds = [_deed(run, one) for one in wanted]
    if run.live:
        run.services.ledger.intend([deed.effect for deed in deeds], run.now)
    stopped = await carry_out(run, deeds)
    if stopped and stopped.untried:
        run.outcome.held.append(f"{stopped.untried} events wait for the next run")


def _deed(run: Run, wanted: EventDeed) -> Deed:
    async def act() -> Mapping[str, str]:
        return {"link": await change_event(run, wanted)}

    effect = Effect(wanted.key, EffectKind.event, wanted.session.ref)
    return Deed(effect, wanted.words, act, noted={"provider_id": wanted.event_id, "detail": wanted.goal})


@step("bring the event of {wanted.session.ref} up to date")
async def change_event(run: Run, wanted: EventDeed) -> str:
    """Leave the event as it should be, whatever an earlier attempt left; answers its meeting link. Raises Fault."""
    calendar, session = run.services.calendar, wanted.session
    if wanted.goal == REMOVED:
        calendar.remove(wanted.event_id)
        return ""
    starts, minutes = timing_of(wanted.goal)
    try:
        summary = SUMMARY.format(ref=session.ref)
        made = calendar.insert(wanted.event_id, ref=session.ref, summary=summary, starts=starts, minutes=minutes)
    except AlreadyThere:
        return _moved(run, wanted).meeting_link
    return made.meeting_link


def _moved(run: Run, wanted: EventDeed) -> CalendarEvent:
    calendar, ref = run.services.calendar, wanted.session.ref
    found = calendar.find(wanted.event_id)
    if found is None:
        raise Unclear(f"the event of {ref} exists, but cannot be read")
    if not found.is_deleted and not _reached(wanted.goal, found):
        starts, minutes = timing_of(wanted.goal)
        found = calendar.move(wanted.event_id, starts=starts, minutes=minutes)
    if found.is_deleted:
        raise Unclear(f"the event of {ref} was deleted in the calendar")
    return found


def _reached(goal: str, found: CalendarEvent | None) -> bool:
    if goal == REMOVED:
        return found is None or found.is_deleted
    return found is not None and not found.is_deleted and (found.starts, found.minutes) == timing_of(goal)


async def complete_events(run: Run, lacking: Mapping[str, Effect]) -> None:
    """Ask again for meeting links that Google was still making. ``lacking`` are effects by the session's ref."""
    for ref, effect in lacking.items():
        try:
            event = await find_event(run, ref, effect.provider_id)
        except Fault as fault:
            run.outcome.failed.append(f"{ref}: {fault.reason}")
            if isinstance(fault, TryLater):
                break
            continue
        if event and event.meeting_link:
            if run.live:
                run.services.ledger.note(effect.key, link=event.meeting_link)
            run.outcome.done.append(f"{ref}: meeting link")
        else:
            run.outcome.held.append(f"{ref}: the meeting link is not there yet")


async def look_up_open_events(run: Run) -> None:
    """Find out what became of events whose run ended before they were settled."""
    if not run.live:
        return
    ledger = run.services.ledger
    for key, effect in ledger.abandoned(EffectKind.event).items():
        settle = partial(ledger.settle, key, effect.state)
        try:
            event = await find_event(run, effect.ref, effect.provider_id)
        except Fault as fault:
            run.outcome.failed.append(f"{effect.ref}: {fault.reason}")
            if isinstance(fault, TryLater):
                break
            continue
        if _reached(effect.detail, event):
            settle(EffectState.sent, run.now, link=event.meeting_link if event else "")
            run.outcome.done.append(f"{effect.ref}: the calendar event of an earlier run was found")
        elif event is None or not event.is_deleted:
            settle(EffectState.ready, run.now)
        elif effect.state is not EffectState.uncertain:
            settle(EffectState.uncertain, run.now)


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
