"""What the overview for staff says: counts, places and moments; nobody's name, and nothing that was typed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tasks.domain.effects import Effect, EffectState
from tasks.domain.models import SessionStatus, Severity
from tasks.domain.programme import WEEKDAYS, DigestSettings
from tasks.domain.revisions import Revisions
from tasks.domain.sentences import AnyOf, Phrase, Sentences, Value, say
from tasks.domain.submissions import Attention
from tasks.domain.words import Words

WEEK = timedelta(days=7)
MOST = 12
OURS = {"column", "columns", "ref", "refs", "tab", "limit", "end", "status", "file", "name", "zone"}
"""Places of sentences that hold our own words; what else is text may have been typed by somebody."""
ROWS = {"row:submissions:": "digest-submissions", "recording:": "digest-recordings"}


def period_of(now: datetime, settings: DigestSettings) -> date:
    """The day on which the present period began, on the clock of staff."""
    zone = ZoneInfo(settings.zone)
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=(local.weekday() - WEEKDAYS.index(settings.weekday)) % 7)
    begins = datetime.combine(day, time(settings.hour), zone)
    return day if begins <= local else day - WEEK


def begin_of(period: date, settings: DigestSettings) -> datetime:
    """The moment at which a period begins."""
    return datetime.combine(period, time(settings.hour), ZoneInfo(settings.zone))


def digest_key(period: date, person: str) -> str:
    """One overview a period and person."""
    return f"digest:{period.isoformat()}:{person}"


def told_until(person: str, effects: Mapping[str, Effect], otherwise: datetime) -> datetime:
    """Until when this person has been told: the newest overview that went out."""
    told = [
        at
        for key, effect in effects.items()
        if key.startswith("digest:") and key.endswith(f":{person}") and effect.state is EffectState.sent
        if (at := effect.claimed_at or effect.settled_at)
    ]
    return max(told, default=otherwise)


def waiting_lines(items: Iterable[Attention], waiting_mails: int, words: Words) -> tuple[str, ...]:
    """What stands open in *Needs attention*, problems first, and how many mails wait for their turn."""
    open_items = [item.problem for item in items if item.solved_at is None]
    ordered = sorted(open_items, key=lambda one: one.severity is not Severity.problem)
    lines = [f"{one.sheet}: {words.sentences(_discreet(one.what))}" for one in ordered[:MOST]]
    if len(ordered) > MOST:
        lines.append(words.sentences((say("digest-more", count=len(ordered) - MOST),)))
    if waiting_mails:
        lines.append(words.sentences((say("digest-mails", count=waiting_mails),)))
    return tuple(lines)


def ahead_lines(
    revisions: Revisions, invited: Mapping[str, int], now: datetime, zone: str, words: Words
) -> tuple[str, ...]:
    """The sessions to come, the nearest first; ``invited`` counts the people by ref."""
    newest = [history[-1] for history in revisions.values()]
    coming = [one for one in newest if one.status is SessionStatus.confirmed and one.session.starts > now]
    ordered = sorted(coming, key=lambda one: (one.session.starts, one.ref))
    lines = [
        say("digest-session", ref=one.ref, when=words.moment(one.session.starts, zone), people=invited.get(one.ref, 0))
        for one in ordered[:MOST]
    ]
    more = [say("digest-more-sessions", count=len(ordered) - MOST)] if len(ordered) > MOST else []
    return tuple(words.sentences((line,)) for line in (*lines, *more))


def done_lines(
    effects: Mapping[str, Effect], since: datetime, kinds: Mapping[str, str], words: Words
) -> tuple[str, ...]:
    """What went out and was filed since a moment; ``kinds`` names the mails that are told, by how their keys begin."""
    sent = {key: one.settled_at for key, one in effects.items() if one.state is EffectState.sent}
    done = [key for key, at in sent.items() if at and at > since]
    filed = [
        say(name, count=count)
        for prefix, name in ROWS.items()
        if (count := sum(key.startswith(prefix) for key in done))
    ]
    mails = Counter(kinds[kind] for key in done if (kind := key.partition(":")[0]) in kinds)
    told = [*filed, *(say("mails-of", count=count, kind=Phrase(name)) for name, count in mails.items())]
    return tuple(words.sentences((one,)) for one in told)


def _discreet(said: Sentences) -> Sentences:
    return said if all(map(_is_ours, said)) else (say("digest-elsewhere"),)


def _is_ours(value: Value, name: str = "") -> bool:
    """Whether nobody has typed any of it."""
    match value:
        case Phrase(_, values):
            return all(_is_ours(one, place) for place, one in values.items())
        case AnyOf(options):
            return all(_is_ours(one, name) for one in options)
        case str():
            return name in OURS
        case tuple():
            return all(_is_ours(one, name) for one in value)
        case _:
            return True


def invited_by_ref(keys: Collection[str]) -> Mapping[str, int]:
    """How many people were invited to each session, from the keys of mails that were sent."""
    pairs = {tuple(key.split(":")[1:3]) for key in keys if key.startswith("invitation:")}
    return Counter(ref for ref, _ in pairs)
