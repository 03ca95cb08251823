"""What staff typed over answers in *Submissions*: noticed, kept in the ledger, and used from then on."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from tasks.chapter import Run
from tasks.domain.book import Book
from tasks.domain.cells import listed, written
from tasks.domain.corrections import Noticed, notice_corrections, with_corrections
from tasks.domain.corrections_checked import Rules, make_rules
from tasks.domain.display import Display, find_tab
from tasks.domain.effects import EffectKind, EffectState
from tasks.domain.folding import one_line
from tasks.domain.intake import acknowledgement_key
from tasks.domain.keys import digest
from tasks.domain.letter_states import letters_among
from tasks.domain.register_rows import RegisterRows, read_rows
from tasks.staff import Staff

REMEMBERED_FOR = timedelta(minutes=10)  # a write that was given up may still land up to 180 s later
OUR_WORDS = ("ref", "state", "received", "understood")
ABOUT_MAIL = {"email", "language"}


@dataclass(frozen=True, slots=True)
class Known:
    """The submissions as corrected by staff, and the cells (ref, field) that wait for staff to mend them.

    ``rows`` are those of the tab; None where it cannot be read.
    """

    book: Book
    held: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    rows: RegisterRows | None = None


def notice(run: Run, staff: Staff, book: Book) -> Known:
    """Read the answers that stand in *Submissions*, and keep what staff corrected there."""
    columns, found = staff.register.submissions, book.rows
    tab, _ = find_tab(staff.book, columns)
    if tab is None:
        return Known(book)
    settings = run.services.settings
    rules = make_rules(settings.programme, settings.languages, columns, staff.rows)
    rows = read_rows(tab, columns, staff.rows, found)
    remembered = run.services.ledger.register.remembered(run.now - REMEMBERED_FOR)
    noticed = notice_corrections(rows, found, remembered, rules, run.now)
    _keep(run, noticed, rules)
    _keep_decisions(run, rows)
    return Known(replace(book, rows=with_corrections(found, noticed.corrections)), noticed.held, rows)


def _keep(run: Run, noticed: Noticed, rules: Rules) -> None:
    run.outcome.problems += noticed.problems
    by_ref: dict[str, list[str]] = {}
    for correction in noticed.corrections:
        by_ref.setdefault(correction.ref, []).append(rules.headers[correction.field])
    run.outcome.done += [f"{ref}: corrected by staff: {listed(headers)}" for ref, headers in by_ref.items()]
    if run.live:
        refs = {one.ref for one in noticed.corrections if one.field in ABOUT_MAIL}
        failed = run.services.ledger.effects(EffectKind.mail, {EffectState.failed}) if refs else {}
        letters = {key for key, effect in letters_among(failed).items() if effect.ref in refs}
        run.services.ledger.register.record(noticed, letters | set(map(acknowledgement_key, refs)))


def _keep_decisions(run: Run, rows: RegisterRows) -> None:
    if run.live:
        known = run.services.ledger.refs()
        standing = {ref: one_line(row.text("decision"))[:40] for ref, row in rows.by_ref.items() if ref in known}
        run.services.ledger.register.record_decisions(standing, run.now)


def note_writes(run: Run, display: Display) -> None:
    """Remember what is about to be written into cells, wherever staff move them in that moment.

    Of new rows only our own words: an answer is known by the row's other answers.
    """
    new = [row.line.cells[name] for row in display.rows for name in OUR_WORDS if name in row.line.cells]
    cells = [*(change.value for change in display.changes), *new]
    if run.live and cells:
        digests = {digest(written(cell)) for cell in cells if written(cell)}
        run.services.ledger.register.will_write(digests, run.now, run.now - REMEMBERED_FOR)
