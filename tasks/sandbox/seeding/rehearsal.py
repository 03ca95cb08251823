"""A sandbox that looks like the staff's own sheets: filled from their exports, without their people."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from config.sandbox import spreadsheet_id
from tasks.sandbox.failures import SandboxError
from tasks.sandbox.seeding.exports import Export, Found, read_exports
from tasks.sandbox.seeding.fitting import Fit, fit, layouts
from tasks.sandbox.seeding.masking import without_people
from tasks.sandbox.seeding.seed import HEADER
from tasks.sandbox.seeding.stamps import stamp_of_forms, typing_locale
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.locales import Locale as SheetLocale
from tasks.sandbox.sheets.python_moments import moment_cell
from tasks.sandbox.sheets.typed import typed
from tasks.sandbox.world import World

VERBATIM = ("=", "'")
"""What stood in a sheet as text and must not come to life when it is read from a CSV file."""


def rehearse(world: World, files: Iterable[Path], source: random.Random, *, keep_personal_data: bool) -> list[str]:
    """Fill the freshly seeded sheets from exports; gives a sentence for each tab. Raises SandboxError."""
    known = list(layouts(world.programme, world.languages))
    exports = [export for path in files for export in read_exports(path)]
    fits = [(export, fit(export, known)) for export in exports]
    if not any(found and not found.layout.by_pipeline for _, found in fits):
        origins = ", ".join(export.origin for export in exports)
        raise SandboxError(f"No tab in {origins} has the headers of a form, of the members or of the archive.")
    wanted = [found for _, found in fits if found and not found.layout.by_pipeline]
    _each_tab_once(wanted)
    if not keep_personal_data:
        wanted = without_people(world, wanted, source)
    for one in wanted:
        _fill(world, one)
    return [_told(export, found) for export, found in fits]


def _told(export: Export, found: Fit | None) -> str:
    if found is None:
        return f"{export.origin}: left out, its headers are those of no tab that the pipeline reads."
    if found.layout.by_pipeline:
        return f"{export.origin}: left out, the pipeline fills {found.layout.tab} itself."
    return f"{export.origin}: {max(len(export.rows) - 1, 0)} rows in {found.layout.spreadsheet}, {found.layout.tab}."


def _each_tab_once(fits: list[Fit]) -> None:
    for number, one in enumerate(fits):
        for other in fits[:number]:
            if one.layout is other.layout:
                both = f"{other.export.origin} and {one.export.origin}"
                raise SandboxError(f"{both} have the headers of {one.layout.tab}; give one of them.")


def _fill(world: World, one: Fit) -> None:
    header, *rows = one.export.rows
    with world.changing(spreadsheet_id(one.layout.spreadsheet)) as book:
        tab = book.titled(one.layout.tab)
        if tab is None:
            raise SandboxError(f"The sandbox has no tab {one.layout.tab}.")
        by_hand, zone = typing_locale(_stamps(one), book.locale), ZoneInfo(book.properties["timeZone"])
        tab.grow(len(one.export.rows), max(map(len, one.export.rows)))
        tab.put(0, ((at, HEADER._replace(value=str(title or "") or None)) for at, title in enumerate(header)))
        for number, row in enumerate(rows, 1):
            cells = (_cell(one, at, _local(one, at, found, zone), by_hand) for at, found in enumerate(row))
            tab.put(number, enumerate(cells))


def _stamps(one: Fit) -> Iterator[str]:
    for at, field in one.fields.items():
        for row in one.export.rows[1:]:
            if field == "timestamp" and at < len(row) and isinstance(stamp := row[at], str) and stamp:
                yield stamp


def _local(one: Fit, at: int, found: Found, zone: ZoneInfo) -> Found:
    """A stamp that names its own offset as the spreadsheet's wall clock showed it."""
    if one.fields.get(at) != "timestamp" or not isinstance(found, str) or (stamp := stamp_of_forms(found)) is None:
        return found
    return stamp.astimezone(zone).replace(tzinfo=None)


def _cell(one: Fit, at: int, found: Found, by_hand: SheetLocale) -> Cell:
    if isinstance(found, datetime) and found.time() == time() and not one.layout.language:
        return moment_cell(found.date())
    if isinstance(found, datetime | date | time):
        return moment_cell(found)
    if one.fields.get(at) == "timestamp" and isinstance(found, str):
        return typed(found, EMPTY, by_hand)._replace(pattern="")
    if isinstance(found, str) and not one.layout.language and not found.startswith(VERBATIM):
        return typed(found, EMPTY, by_hand)
    return Cell(found if found != "" else None)
