"""What has happened, as the register's own columns tell it: in the words of any staff language, never to be redone."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from tasks.domain.archive import recording_key
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.intake import acknowledgement_key
from tasks.domain.lines import row_key
from tasks.domain.models import Problem, Severity
from tasks.domain.submissions import Attention
from tasks.domain.table import Row
from tasks.domain.words import Words

BETWEEN = " · "
REBUILT = "found again when the ledger was rebuilt"


def acknowledgement_in(ref: str, row: Row, every: Sequence[Words], zone: str) -> list[Effect] | None:
    """The acknowledgement that a State cell tells of, empty where there is to be none; None where it does not say."""
    part = row.text("state").split(BETWEEN)[0].strip()
    key = acknowledgement_key(ref)
    for words in every:
        if any(words.says(name, part) for name in ("too_old", "held_back", "waits", "joined_to")):
            return []
        if words.says("acknowledge_failed", part):
            return [Effect(key, EffectKind.mail, ref, EffectState.failed, detail=REBUILT)]
        if words.says("acknowledged", part):
            return [acknowledged(ref, words.read_moment(part, zone))]
    return None


def acknowledged(ref: str, settled_at: datetime | None, message_id: str = "") -> Effect:
    """An acknowledgement that went out."""
    key = acknowledgement_key(ref)
    return Effect(key, EffectKind.mail, ref, EffectState.sent, message_id, REBUILT, settled_at=settled_at)


def row_shown(tab: str, identity: str, ref: str, book: str) -> Effect:
    """A row that was appended before, whether it still stands there or staff deleted it."""
    return Effect(row_key(tab, identity), EffectKind.row, ref, EffectState.sent, detail=book)


def recording_filed(row: Row, book: str) -> Effect:
    """A row of the archive."""
    ref, name = row.text("ref").strip(), row.text("key").strip()
    key = recording_key(ref, name)
    return Effect(key, EffectKind.row, ref, EffectState.sent, detail=book, link=row.text("link").strip())


def held_back(row: Row, every: Sequence[Words]) -> str:
    """The words of a State cell that name the submission whose acknowledgement stands for this one's, or ``""``."""
    part = row.text("state").split(BETWEEN)[0].strip()
    return part if any(words.says(name, part) for words in every for name in ("held_back", "waits")) else ""


def invited_by_state(row_state: str, every: Sequence[Words]) -> int:
    """How many people the State cell of a session says were invited."""
    parts = row_state.split(BETWEEN)
    told = [part.strip() for part in parts for words in every if words.says("invited", part.strip())]
    return max((int("".join(filter(str.isdigit, part.split(" ")[0])) or 0) for part in told), default=0)


def attention_in(rows: Sequence[Row], every: Sequence[Words], zone: str, now: datetime) -> Iterator[Attention]:
    """The lines of Needs attention; whose problem each is shows when it is found again."""
    for number, row in enumerate(rows):
        if not (identity := row.text("key").strip()):
            continue
        state = row.text("state").strip()
        solved = next((words for words in every if words.says("solved", state)), None)
        notice = any(words.says("to_know", state) for words in every)
        problem = Problem(
            code="rebuilt",
            sheet=row.text("sheet"),
            subject=identity,
            what=(row.text("what"),),
            todo=(row.text("todo"),),
            row=int(row.text("row")) if row.text("row").isdecimal() else None,
            column=row.text("column"),
            severity=Severity.notice if notice else Severity.problem,
        )
        since = (_minute(row.text("since")) or now) + timedelta(microseconds=number)
        yield Attention(problem, since, (solved.read_moment(state, zone) or now) if solved else None, identity)


def _minute(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    except ValueError:
        return None
