"""What each tab shows: one line a submission, session, problem or recording, in the words of the staff."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tasks.domain.calendar_events import is_removed, standing_event
from tasks.domain.corrected import in_force
from tasks.domain.display import Line
from tasks.domain.effects import UNSENT, Effect, EffectState
from tasks.domain.incoming.coming import Coming
from tasks.domain.models import Cell, SessionStatus
from tasks.domain.normalise.text_language import Identify, identified
from tasks.domain.normalise.understood import understand, understood_zone
from tasks.domain.normalise.understood_words import understood_words
from tasks.domain.people import parse_presenters, presenters_text
from tasks.domain.sessions import SessionRow
from tasks.domain.submissions import Attention, Submission
from tasks.domain.words import Words

ACKNOWLEDGEMENT = {
    EffectState.ready: "to_acknowledge",
    EffectState.sending: "acknowledging",
    EffectState.sent: "acknowledged",
    EffectState.failed: "acknowledge_failed",
    EffectState.uncertain: "acknowledge_uncertain",
    EffectState.draft: "to_acknowledge",
    EffectState.held: "acknowledge_held",
    EffectState.bounced: "acknowledge_bounced",
    **dict.fromkeys(UNSENT, "not_acknowledged"),
}
COMING = {Coming.accepted: "coming", Coming.tentative: "perhaps", Coming.declined: "not_coming"}
SUBMISSION_STAFF = ("decision", "notes", "contact", "missing_question", "preface")
SESSION_OWNED = ("ref", "state", "meeting_link", "recording_link", "send_again", "send_letter")
ATTENTION_OWNED = ("since", "state", "sheet", "row", "column", "what", "todo", "key")


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the State of a submission says beside its acknowledgement, why it has none, or instead of everything."""

    more: Sequence[str] = ()
    unacknowledged: str = ""
    instead: str = ""


NO_REMARKS = Remarks()


@dataclass(frozen=True, slots=True)
class SessionRemarks:
    """What the State of a session says beside its mails.

    ``announced_from`` is when a change that people do not know of yet may be announced. A box whose tick was acted
    upon is emptied (``is_sent_again``). ``answers`` are those to the invitations.
    """

    announced_from: datetime | None = None
    is_sent_again: bool = False
    answers: Collection[Coming] = ()
    is_proposed: bool = False


NO_SESSION_REMARKS = SessionRemarks()


def row_key(tab: str, identity: str) -> str:
    """The claim under which a row is appended."""
    return f"row:{tab}:{identity}"


def utc_minute(instant: datetime) -> str:
    """``2024-02-03 15:02``, which sorts as text."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M}"


def submission_line(
    submission: Submission,
    acknowledgement: Effect | None,
    zone: str,
    words: Words,
    headers: Mapping[str, str],
    *,
    remarks: Remarks = NO_REMARKS,
    identify: Identify = identified,
) -> Line:
    """The row of a submission: every answer as typed, or as corrected by staff. ``headers`` are the tab's columns."""
    current = submission.current
    cells = {
        **current.answers,
        "ref": submission.ref,
        "state": remarks.instead or " · ".join(_state(submission, acknowledgement, zone, words, headers, remarks)),
        "received": utc_minute(submission.received_at),
        "language": current.language,
        "understood": understood_words(understand(current.answers, current.language, identify), words),
    }
    return Line(
        row_key("submissions", submission.ref),
        submission.ref,
        submission.ref,
        cells,
        gone_is_fine=bool(remarks.instead),
    )


def _state(
    submission: Submission,
    acknowledgement: Effect | None,
    zone: str,
    words: Words,
    headers: Mapping[str, str],
    remarks: Remarks,
) -> Iterator[str]:
    yield _acknowledgement_state(acknowledgement, zone, words, remarks)
    if (times := submission.times_sent) > 1:
        newest = words.moment(submission.current.submitted_at, zone)
        yield words.say("sent_again", times=times, when=newest)
    if submission.others:
        yield words.say("one_with", ref=", ".join(submission.others))
    if corrected := in_force(submission.corrections):
        columns = ", ".join(header for field, header in headers.items() if field in corrected)
        yield words.say("corrected", columns=columns)
    yield from remarks.more


def _acknowledgement_state(acknowledgement: Effect | None, zone: str, words: Words, remarks: Remarks) -> str:
    if acknowledgement is None:
        return remarks.unacknowledged or words.say("too_old")
    settled = acknowledgement.settled_at
    when = words.moment(settled, zone) if settled else ""
    if acknowledgement.state is EffectState.ready and (turn := acknowledgement.not_before):
        return words.say("acknowledge_waits", when=words.moment(turn, zone))
    return words.say(ACKNOWLEDGEMENT[acknowledgement.state], when=when).strip()


def new_session_line(submission: Submission, minutes: int, words: Words) -> Line:
    """The row that staff find prefilled when they have accepted a submission."""
    current = submission.current
    cells: dict[str, Cell] = {
        "ref": submission.ref,
        "state": words.say("new_session"),
        "status": "Draft",
        "time_zone": understood_zone(current.answers).value,
        "minutes": minutes,
        "title": current.answers.get("title", ""),
        "presenters": presenters_text(parse_presenters(current.answers.get("presenters", ""), current.person)),
        "language": current.language,
        "recording": "".join(current.codes.get("recording", ())),
    }
    return Line(row_key("sessions", submission.ref), submission.ref, submission.ref, cells)


def session_line(
    row: SessionRow,
    held: Collection[str],
    mine: Mapping[str, Effect],
    zone: str,
    words: Words,
    more: SessionRemarks = NO_SESSION_REMARKS,
) -> Line:
    """The pipeline's columns of a session that stands in the tab; ``mine`` are its effects."""
    event = standing_event(mine)
    cells: dict[str, Cell] = {
        "ref": row.ref,
        "state": " · ".join(
            [
                *_session_state(row, held, mine, zone, words, more),
                *_coming(row, more.answers, words),
            ]
        ),
        "meeting_link": event.link if event and not is_removed(event) else "",
        "recording_link": "\n".join(effect.link for effect in _sent(mine, "recording:") if effect.link),
    }
    if more.is_sent_again and row.send_again:
        cells["send_again"] = False
    if more.is_proposed and row.cells.get("send_letter", "").strip():
        cells["send_letter"] = ""
    return Line(row_key("sessions", row.ref), row.ref, row.ref, cells, gone_is_fine=True)


def _session_state(
    row: SessionRow,
    held: Collection[str],
    mine: Mapping[str, Effect],
    zone: str,
    words: Words,
    more: SessionRemarks,
) -> Iterator[str]:
    if row.ref in held:
        yield words.say("not_ready")
        return
    if row.status is SessionStatus.confirmed:
        event = standing_event(mine)
        yield words.say("in_calendar" if event and not is_removed(event) else "to_calendar")
    else:
        yield words.say("cancelled" if row.status is SessionStatus.cancelled else "new_session")
    if row.send_again and not more.is_sent_again:
        yield words.say("send_again_waits")
    if row.cells.get("send_letter", "").strip() not in {"", "FALSE"} and not more.is_proposed:
        yield words.say("proposal_waits")
    if more.announced_from:
        yield words.say("change_waits", when=words.moment(more.announced_from, zone))
    if row.status is SessionStatus.confirmed:
        yield from _told(mine, TOLD, zone, words)
        yield from [words.say("recorded")] if _sent(mine, "recording:") else []
        yield from _told(mine, TOLD_AFTER, zone, words)
    elif row.status is SessionStatus.cancelled:
        yield from _told(mine, TOLD_OFF, zone, words)
    else:
        yield from _told(mine, TOLD_DRAFT, zone, words)


TOLD = {
    "invited": ("invitation:",),
    "invited_again": ("resend:",),
    "told_change": ("rescheduled:",),
    "reminded": ("reminder_week:", "reminder_day:", "reminder_hour:"),
}
TOLD_AFTER = {"reviewed": ("recording_review:",)}
TOLD_OFF = {"told_off": ("cancelled:",)}
TOLD_DRAFT = {"proposed": ("schedule_proposal:",)}


def _told(mine: Mapping[str, Effect], names: Mapping[str, tuple[str, ...]], zone: str, words: Words) -> Iterator[str]:
    for name, prefixes in names.items():
        sent = [effect for prefix in prefixes for effect in _sent(mine, prefix)]
        if settled := [effect.settled_at for effect in sent if effect.settled_at]:
            yield words.say(name, count=len(sent), when=words.moment(max(settled), zone))


def _coming(row: SessionRow, answers: Collection[Coming], words: Words) -> Iterator[str]:
    """``12 coming, 1 perhaps, 3 not coming``."""
    counts = Counter(answers)
    told = [words.say(name, count=counts[one]) for one, name in COMING.items() if counts[one]]
    if told and row.status is SessionStatus.confirmed:
        yield ", ".join(told)


def _sent(effects: Mapping[str, Effect], prefix: str) -> list[Effect]:
    return [effect for key, effect in effects.items() if key.startswith(prefix) and effect.state is EffectState.sent]


def attention_lines(items: Iterable[Attention], zone: str, words: Words) -> list[Line]:
    """One line a problem. What was solved before it was ever shown is left out."""
    lines = []
    for item in items:
        state = words.say("to_do" if item.problem.severity == "problem" else "to_know")
        if item.solved_at:
            state = words.say("solved", when=words.moment(item.solved_at, zone))
        cells: Mapping[str, str | int] = {
            "since": utc_minute(item.since),
            "state": state,
            "sheet": item.problem.sheet,
            "row": item.problem.row or "",
            "column": item.problem.column,
            "what": words.sentences(item.problem.what),
            "todo": words.sentences(item.problem.todo),
            "key": item.identity,
        }
        lines.append(
            Line(row_key("attention", item.identity), "", item.identity, cells, gone_is_fine=bool(item.solved_at))
        )
    return lines
