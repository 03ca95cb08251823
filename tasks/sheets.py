"""Reads spreadsheets, and keeps the pipeline's rows and columns in the register and the archive as they should be."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tasks.chapter import Run
from tasks.domain.display import CellChange, Display, NewRow
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.faults import Fault, Rejected, Unclear
from tasks.domain.keys import digest
from tasks.domain.models import Workbook
from tasks.domain.put_right import put_right
from tasks.steps import step

MARKER_NEEDED_FOR = timedelta(minutes=10)  # a write that was given up may still land up to 180 s later
MARKERS_DROPPED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and the spreadsheet right after it."""

    rows: list[NewRow] = field(default_factory=list)
    changes: list[CellChange] = field(default_factory=list)
    after: Workbook | None = None


NOTHING = Written()


@step("read {role}")
async def read_book(run: Run, role: str) -> Workbook:
    """One spreadsheet in one request. Raises Fault, SettingsError."""
    settings = run.services.settings
    return run.services.sheets.read(role, settings.spreadsheet_id(role))


async def try_read(run: Run, role: str) -> Workbook | None:
    """The spreadsheet, or None with the reason among the failures."""
    try:
        return await read_book(run, role)
    except Fault as fault:
        run.outcome.failed.append(fault.reason)
        return None


def rows_shown(run: Run, book: Workbook) -> set[str]:
    """The claims of rows that were appended; those left open by an earlier run are settled by their markers."""
    ledger = run.services.ledger
    abandoned = ledger.abandoned(EffectKind.row)
    shown = set()
    for key, effect in ledger.effects(EffectKind.row).items():
        landed = effect.provider_id and book.markers.get(int(effect.provider_id)) == digest(key)[:12]
        if effect.state is EffectState.sent:
            shown.add(key)
        elif landed:
            shown.add(key)
            _settle_landed(run, effect)
        elif key in abandoned and run.live and _belongs(effect, book):
            ledger.settle(key, effect.state, EffectState.ready, run.now)
    return shown


def _belongs(effect: Effect, book: Workbook) -> bool:
    return effect.detail == book.name


def _settle_landed(run: Run, effect: Effect) -> None:
    if run.live:
        if effect.state is EffectState.ready:
            run.services.ledger.claim(effect.key, run.now)
        state = EffectState.sending if effect.state is EffectState.ready else effect.state
        run.services.ledger.settle(effect.key, state, EffectState.sent, run.now)


async def show(run: Run, book: Workbook, displays: Sequence[Display]) -> Written:
    """Append the rows and correct the cells of one spreadsheet, in one write; answers what was surely written."""
    rows = [row for display in displays for row in display.rows]
    changes = [change for display in displays for change in display.changes]
    written = NOTHING
    if run.live:
        rows = _claimed(run, book, rows)
        written = await _write_all(run, book, rows, changes) if rows or changes else NOTHING
        rows, changes = written.rows, written.changes
        await _put_right(run, book, displays, written)
    titles = {tab.sheet_id: tab.title for tab in book.tabs.values()}
    for title, count in Counter(titles[row.sheet_id] for row in rows).items():
        run.outcome.done.append(f"{book.name} · {title}: rows added: {count}")
    for title, count in Counter(titles[change.sheet_id] for change in changes if not change.is_note).items():
        run.outcome.done.append(f"{book.name} · {title}: cells brought up to date: {count}")
    return written


async def _put_right(run: Run, book: Workbook, displays: Sequence[Display], written: Written) -> None:
    """Look whether what was written stands where it belongs, and mend it where staff moved things meanwhile.

    What goes astray again, or cannot be mended now, the next run finds.
    """
    if written.after is None:
        return
    plans = [display.plan for display in displays if display.plan]
    astray = [
        change for plan in plans for change in put_right(plan, book, written.after, written.rows, written.changes)
    ]
    if astray:
        try:
            await write(run, written.after, [], astray, [])
        except Fault as fault:
            run.outcome.failed.append(f"{fault.reason}; the next run puts it right")
        else:
            run.outcome.done.append(f"{book.name}: cells put right that were moved while we wrote: {len(astray)}")


def _claimed(run: Run, book: Workbook, rows: list[NewRow]) -> list[NewRow]:
    """Those that are ours to write."""
    ledger = run.services.ledger
    ledger.intend([Effect(row.line.effect_key, EffectKind.row, row.line.ref) for row in rows], run.now)
    noted = {
        row.line.effect_key: {"provider_id": str(row.marker[0]), "detail": book.name, "link": row.line.link}
        for row in rows
    }
    ours = ledger.claim_many(noted, run.now)
    return [row for row in rows if row.line.effect_key in ours]


async def _write_all(run: Run, book: Workbook, rows: list[NewRow], changes: list[CellChange]) -> Written:
    """One batch; where Google rejects it, each row and the changes alone, so that one bad row holds up no other."""
    try:
        after = await write(run, book, rows, changes, _old_markers(run, book))
    except Rejected:
        parts: list[tuple[list[NewRow], list[CellChange]]] = [*(([row], []) for row in rows), ([], changes)]
        return _together([await _write_part(run, book, *part) for part in parts if any(part)])
    except Fault as fault:
        return _given_up(run, book, rows, fault)
    return _settled(run, book, rows, changes, after)


async def _write_part(run: Run, book: Workbook, rows: list[NewRow], changes: list[CellChange]) -> Written:
    try:
        after = await write(run, book, rows, changes, [])
    except Fault as fault:
        return _given_up(run, book, rows, fault)
    return _settled(run, book, rows, changes, after)


def _together(parts: Sequence[Written]) -> Written:
    rows = [row for part in parts for row in part.rows]
    changes = [change for part in parts for change in part.changes]
    found = [part.after for part in parts if part.after]
    return Written(rows, changes, found[-1] if found else None)


def _settled(run: Run, book: Workbook, rows: list[NewRow], changes: list[CellChange], after: Workbook) -> Written:
    _settle(run, book, rows, EffectState.sent)
    return Written(rows, changes, after)


def _given_up(run: Run, book: Workbook, rows: list[NewRow], fault: Fault) -> Written:
    """What surely was not done is to be done again; what may have been done stays claimed, to be looked up."""
    if isinstance(fault, Unclear):
        run.outcome.failed.append(f"{fault.reason}; the next run looks it up")
        return NOTHING
    _settle(run, book, rows, EffectState.ready)
    run.outcome.failed.append(fault.reason)
    return NOTHING


def _settle(run: Run, book: Workbook, rows: list[NewRow], state: EffectState) -> None:
    keys = [row.line.effect_key for row in rows]
    run.services.ledger.settle_many(keys, EffectState.sending, state, run.now, detail=book.name)


@step("write to {book.name}")
async def write(
    run: Run, book: Workbook, rows: Sequence[NewRow], changes: Sequence[CellChange], done_with: Sequence[int]
) -> Workbook:
    """One atomic batch, and what the spreadsheet holds after it. Raises Fault.

    A batch that was applied before is refused whole.
    """
    return run.services.sheets.write(book, rows, changes, done_with=done_with)


def _old_markers(run: Run, book: Workbook) -> list[int]:
    settled = run.services.ledger.effects(EffectKind.row, {EffectState.sent}).values()
    youngest = run.now - MARKER_NEEDED_FOR
    old = {effect.provider_id for effect in settled if effect.settled_at and effect.settled_at < youngest}
    return [number for number in book.markers if str(number) in old][:MARKERS_DROPPED_AT_ONCE]
