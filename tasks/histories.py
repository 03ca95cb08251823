"""The history of each submission as a note on its Ref cell, written along with what else changes in the register."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from config.settings import Settings
from tasks.chapter import Run
from tasks.domain.display import CellChange, Display, NewRow, find_tab
from tasks.domain.duplicates.pairs import by_ref
from tasks.domain.effects import Effect, EffectKind
from tasks.domain.history import Happening, Told, history, is_our_note, note_text
from tasks.domain.models import Tab, Workbook
from tasks.domain.submissions import Submission
from tasks.domain.table import read_table
from tasks.ledger.ledger import Ledger


class Histories:
    """What the ledger knows of every submission."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self._settings = settings
        self._effects: dict[str, dict[str, Effect]] = defaultdict(dict)
        self._decisions: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        for key, effect in ledger.effects().items():
            self._effects[effect.ref][key] = effect
        self._pairs = by_ref(ledger.pairs())
        for ref, decision, seen_at in ledger.register.decisions():
            self._decisions[ref].append((seen_at, decision))

    def of(self, submission: Submission) -> list[Happening]:
        """Everything that is known, oldest first."""
        refs = (submission.ref, *submission.others)
        effects = {key: effect for ref in refs for key, effect in self._effects.get(ref, {}).items()}
        told = Told(effects, self._decisions.get(submission.ref, ()), self._pairs.get(submission.ref, ()))
        headers = self._settings.programme.register_.submissions.columns
        return history(submission, told, self._settings.words, headers)

    def note(self, submission: Submission, zone: str) -> str:
        """The note for the Ref cell."""
        return note_text(submission.ref, self.of(submission), self._settings.words, zone)

    def changed_in(self, submission: Submission, now: datetime) -> bool:
        """Whether a run at this instant may have added to the history: staff's word was seen, or there is a session."""
        seen = {at for at, _ in self._decisions.get(submission.ref, ())}
        seen |= {at for one in submission.corrections for at in (one.seen_at, one.withdrawn_at) if at}
        has_event = any(effect.kind is EffectKind.event for effect in self._effects.get(submission.ref, {}).values())
        return has_event or now in seen


def with_histories(
    run: Run, book: Workbook, displays: Sequence[Display], found: Mapping[str, Submission] | None = None
) -> list[Display]:
    """The displays with the notes that must change; a note that staff wrote is left alone.

    Without ``found`` only those are looked at that this run may have changed. A rehearsal leaves notes out: what they
    would say has not happened.
    """
    columns = run.services.settings.programme.register_.submissions
    tab, _ = find_tab(book, columns)
    if tab is None or not run.live:
        return list(displays)
    table = read_table(tab, columns.columns)
    column = table.headers.columns["ref"]
    notes = _notes(run, book.time_zone, found)
    places = [(row.number - 1, row.text("ref").strip()) for row in table.rows]
    changes = [
        CellChange(tab.sheet_id, row, column, notes[ref], is_note=True)
        for row, ref in places
        if ref in notes and _must_change(run, tab.notes.get((row, column), ""), notes[ref])
    ]
    return [*(_with_notes(display, tab, column, notes) for display in displays), Display(changes=tuple(changes))]


def _notes(run: Run, zone: str, found: Mapping[str, Submission] | None) -> dict[str, str]:
    histories = Histories(run.services.ledger, run.services.settings)
    if found is None:
        everything = run.services.ledger.book().rows
        found = {ref: one for ref, one in everything.items() if histories.changed_in(one, run.now)}
    return {ref: histories.note(submission, zone) for ref, submission in found.items()}


def _must_change(run: Run, old: str, new: str) -> bool:
    return old != new and is_our_note(old, run.services.settings.every_words)


def _with_notes(display: Display, tab: Tab, column: int, notes: Mapping[str, str]) -> Display:
    return replace(display, rows=tuple(_with_note(row, tab, column, notes) for row in display.rows))


def _with_note(row: NewRow, tab: Tab, column: int, notes: Mapping[str, str]) -> NewRow:
    ours = row.sheet_id == tab.sheet_id and row.line.ref in notes
    return replace(row, notes={column: notes[row.line.ref]}) if ours else row
