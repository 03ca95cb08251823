"""A confirmed row of the Sessions tab: the session, or everything that is still missing or unclear."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from tasks.domain.cells import quoted
from tasks.domain.folding import fold, one_line
from tasks.domain.known_language import find_language
from tasks.domain.models import Presenter, Session, Severity
from tasks.domain.people import parse_presenters
from tasks.domain.programme import Language
from tasks.domain.serials import date_of, time_of
from tasks.domain.table import Row
from tasks.domain.zones import find_zone, nearest_zone

SHORTEST, LONGEST = 5, 1440
WHOLE = re.compile(r"[0-9]{1,4}")
RECORDING = ("public", "members", "no")
UNTIL_THEN = "until then this session is not announced or changed."


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell; the sentence begins with the column's name and the row."""

    code: str
    field: str
    what: str
    todo: str
    severity: Severity = Severity.problem


def read_session(row: Row, languages: Mapping[str, Language], zone_of_sheet: str) -> tuple[Session | None, list[Fault]]:
    """All faults at once; the session where none of them is more than a notice."""
    day, hour = date_of(row.cells["date"]), time_of(row.cells["start_time"])
    zone = find_zone(row.text("time_zone"))
    minutes, language = minutes_of(row), find_language(row.text("language"), languages)
    presenters = parse_presenters(row.text("presenters"), None)
    recording = recording_of(row.text("recording"), languages)
    faults = [
        *([] if day else [_date(row)]),
        *([] if hour is not None else [_hour(row)]),
        *([] if zone else [_zone(row, zone_of_sheet)]),
        *([] if minutes else [_minutes(row)]),
        *([] if row.has("title") else [Fault("title", "title", "is empty", f"Write the title; {UNTIL_THEN}")]),
        *([] if language else [_language(row, languages)]),
        *([] if recording is not None else [_recording(row)]),
    ]
    starts = start_of(day, hour, zone) if day and hour is not None and zone else None
    if day and hour is not None and zone and starts is None:
        faults.append(_clock_change())
    faults += _without_address(presenters)
    if not (starts and zone and minutes and language and recording is not None and row.has("title")):
        return None, faults
    ref, title = one_line(row.text("ref")), one_line(row.text("title"))
    return Session(ref, row.number, title, starts, minutes, zone, language, presenters, recording), faults


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


def _date(row: Row) -> Fault:
    what = "is text, not a date" if isinstance(row.cells["date"], str) else "is not a date"
    what = what if row.has("date") else "is empty"
    return Fault("date", "date", what, f"Type the date so that a calendar opens on a double click; {UNTIL_THEN}")


def _hour(row: Row) -> Fault:
    what = "is not an hour such as 15:00" if row.has("start_time") else "is empty"
    return Fault("start-time", "start_time", what, f"Type the hour as 15:00; {UNTIL_THEN}")


def _zone(row: Row, zone_of_sheet: str) -> Fault:
    typed = row.text("time_zone")
    near = nearest_zone(typed) or ("" if row.has("time_zone") else zone_of_sheet) or "Africa/Nairobi"
    what = f"is {quoted(typed)}, which is not one time zone" if row.has("time_zone") else "is empty"
    return Fault("time-zone", "time_zone", what, f"Write a city of the zone, for example {near}; {UNTIL_THEN}")


def _minutes(row: Row) -> Fault:
    what = f"is not a whole number from {SHORTEST} to {LONGEST}" if row.has("minutes") else "is empty"
    return Fault("minutes", "minutes", what, f"Type how many minutes the session takes, such as 90; {UNTIL_THEN}")


def _language(row: Row, languages: Mapping[str, Language]) -> Fault:
    what = "is not a language of this programme" if row.has("language") else "is empty"
    return Fault("language", "language", what, f"Write one of {', '.join(languages)}; {UNTIL_THEN}")


def _recording(row: Row) -> Fault:
    what = f"is {quoted(row.text('recording'))}, so nobody can say who may see a recording"
    return Fault("recording", "recording", what, f"Write one of {', '.join(RECORDING)}; {UNTIL_THEN}")


def _clock_change() -> Fault:
    what = "is an hour that does not exist, or exists twice, because the clocks change in that time zone that night"
    return Fault("hour", "start_time", what, f"Choose another hour or another day; {UNTIL_THEN}")


def _without_address(presenters: tuple[Presenter, ...]) -> list[Fault]:
    alone = sum(presenter.person is None for presenter in presenters)
    if not alone:
        return []
    what = f"names {alone} of {len(presenters)} without a usable e-mail address, who will get no invitation"
    todo = "Write each on a line of its own as Name <address>, if an invitation is wanted."
    return [Fault("presenter-address", "presenters", what, todo, Severity.notice)]
