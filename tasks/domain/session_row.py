"""A confirmed row of the Sessions tab: the session, or everything that is still missing or unclear."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from tasks.domain.cells import excerpt
from tasks.domain.folding import fold, is_yes, one_line
from tasks.domain.known_language import find_language
from tasks.domain.links import is_https
from tasks.domain.local_time import utc_line
from tasks.domain.models import Presenter, Session, Severity
from tasks.domain.people import parse_presenters
from tasks.domain.programme import Language
from tasks.domain.sentences import Phrase, Sentences, Value, say
from tasks.domain.serials import date_of, time_of
from tasks.domain.table import Row
from tasks.domain.zones import find_zone, nearest_zone

SHORTEST, LONGEST = 5, 1440
WHOLE = re.compile(r"[0-9]{1,4}")
RECORDING = ("public", "members", "no")
UNTIL_THEN = say("session-waits")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell: the name of the sentence about its column and row, and what else fills it in."""

    code: str
    field: str
    what: str
    todo: Sentences
    severity: Severity = Severity.problem
    values: Mapping[str, Value] = dataclasses.field(default_factory=dict)


def read_session(row: Row, languages: Mapping[str, Language], zone_of_sheet: str) -> tuple[Session | None, list[Fault]]:
    """All faults at once; the session where none of them is more than a notice."""
    day, hour = date_of(row.cells["date"]), time_of(row.cells["start_time"])
    zone = find_zone(row.text("time_zone"))
    minutes, language = minutes_of(row), find_language(row.text("language"), languages)
    presenters = parse_presenters(row.text("presenters"), None)
    recording, own_link = recording_of(row.text("recording"), languages), own_link_of(row)
    faults = [
        *([] if day else [_date(row)]),
        *([] if hour is not None else [_hour(row)]),
        *([] if zone else [_zone(row, zone_of_sheet)]),
        *([] if minutes else [_minutes(row)]),
        *([] if row.has("title") else [_fault("title", "title", "empty", say("title-todo"))]),
        *([] if language else [_language(row, languages)]),
        *([] if recording is not None else [_recording(row)]),
        *([] if own_link is not None else [_own_link()]),
    ]
    starts = start_of(day, hour, zone) if day and hour is not None and zone else None
    if day and hour is not None and zone and starts is None:
        faults.append(_clock_change(day, hour, zone))
    faults += _without_address(presenters)
    if not (starts and zone and minutes and language and row.has("title")) or recording is None or own_link is None:
        return None, faults
    ref, title = one_line(row.text("ref")), one_line(row.text("title"))
    safer = is_safer(row.texts())
    consent = "no" if safer else recording
    return Session(
        ref, row.number, title, starts, minutes, zone, language, presenters, consent, own_link, safer
    ), faults


def is_safer(cells: Mapping[str, str]) -> bool:
    """Whether the session of these cells (by field) must not be recognised."""
    return is_yes(cells.get("safer", ""))


def start_of(day: date, hour: time, zone: str) -> datetime | None:
    """The moment in UTC; None for an hour that the clock change skips or repeats that night."""
    local = datetime.combine(day, hour, tzinfo=ZoneInfo(zone))
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        return None
    return local.astimezone(UTC)


def minutes_of(row: Row) -> int | None:
    """Whole minutes, also where they are text."""
    text = row.text("minutes").strip()
    minutes = int(text) if WHOLE.fullmatch(text) else 0
    return minutes if SHORTEST <= minutes <= LONGEST else None


def recording_of(text: str, languages: Mapping[str, Language]) -> str | None:
    """``public``, ``members`` or ``no`` (or the form's words for them); ``""`` for nothing, None for anything else."""
    key = fold(text)
    if not key or key in RECORDING:
        return key
    options = (language.options.get("recording", {}) for language in languages.values())
    return next((code for wording in options for code, words in wording.items() if fold(words) == key), None)


def own_link_of(row: Row) -> str | None:
    """Where staff hold the session themselves; ``""`` for nothing, None for what is no https address."""
    link = row.texts().get("own_link", "").strip()
    return link if not link or is_https(link) else None


def _own_link() -> Fault:
    return _fault("own-link", "own_link", "no-https", say("https-todo"))


def _fault(code: str, field: str, what: str, todo: Phrase, **values: Value) -> Fault:
    return Fault(code, field, what, (todo, UNTIL_THEN), values=values)


def _date(row: Row) -> Fault:
    what = "date-text" if isinstance(row.cells["date"], str) else "no-date"
    return _fault("date", "date", what if row.has("date") else "empty", say("date-todo"))


def _hour(row: Row) -> Fault:
    return _fault("start-time", "start_time", "no-hour" if row.has("start_time") else "empty", say("hour-todo"))


def _zone(row: Row, zone_of_sheet: str) -> Fault:
    typed, is_there = row.text("time_zone"), row.has("time_zone")
    near = nearest_zone(typed) or ("" if is_there else zone_of_sheet) or "Africa/Nairobi"
    what = "no-zone" if is_there else "empty"
    return _fault("time-zone", "time_zone", what, say("zone-todo", zone=near), text=excerpt(typed))


def _minutes(row: Row) -> Fault:
    what = "no-minutes" if row.has("minutes") else "empty"
    return _fault("minutes", "minutes", what, say("minutes-todo"), least=SHORTEST, most=LONGEST)


def _language(row: Row, languages: Mapping[str, Language]) -> Fault:
    what, todo = "no-language" if row.has("language") else "empty", say("one-of", options=", ".join(languages))
    return _fault("language", "language", what, todo, text=excerpt(row.text("language")))


def _recording(row: Row) -> Fault:
    todo = say("one-of", options=", ".join(RECORDING))
    return _fault("recording", "recording", "no-consent", todo, text=excerpt(row.text("recording")))


def _clock_change(day: date, hour: time, zone: str) -> Fault:
    twice = (datetime.combine(day, hour.replace(fold=fold), tzinfo=ZoneInfo(zone)) for fold in (0, 1))
    first, second = (moment.astimezone(UTC) for moment in twice)
    if first > second:
        return _fault("hour", "start_time", "clock-skipped", say("clock-skipped-todo"), zone=zone)
    moments = {"first": utc_line(first), "second": utc_line(second)}
    return _fault("hour", "start_time", "clock-repeated", say("clock-repeated-todo"), zone=zone, **moments)


def _without_address(presenters: tuple[Presenter, ...]) -> list[Fault]:
    alone = sum(presenter.person is None for presenter in presenters)
    if not alone:
        return []
    values: Mapping[str, Value] = {"alone": alone, "all": len(presenters)}
    todo = (say("presenter-address-todo"),)
    return [Fault("presenter-address", "presenters", "presenter-address", todo, Severity.notice, values)]
