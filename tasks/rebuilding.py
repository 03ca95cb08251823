"""One attempt to make a lost ledger again: where it reads, in which words, and what it has found so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.chapter import Run
from tasks.domain.corrections_checked import Rules, make_rules
from tasks.domain.display import find_tab
from tasks.domain.models import Workbook
from tasks.domain.programme import Columns
from tasks.domain.rebuilt import Rebuilt
from tasks.domain.table import Row, read_table
from tasks.domain.words import Words
from tasks.staff import Staff


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """One attempt to make a ledger again: where it reads, in which words, and what it has found so far."""

    run: Run
    staff: Staff
    every: Sequence[Words]
    found: Rebuilt

    @property
    def zone(self) -> str:
        """The register's time zone, in which its State cells tell moments."""
        return self.staff.book.time_zone

    @property
    def rules(self) -> Rules:
        """How answers in *Submissions* are read."""
        settings = self.run.services.settings
        columns = self.staff.register.submissions
        return make_rules(settings.programme, settings.languages, columns, self.staff.rows)

    def rows(self, columns: Columns, book: Workbook | None = None) -> tuple[Row, ...]:
        """The rows of a tab; what keeps it from being read is a failure: half a ledger would be worse than none."""
        tab, problems = find_tab(book or self.staff.book, columns)
        words = self.run.services.settings.words
        self.run.outcome.failed += [words.sentences(problem.what) for problem in problems]
        return read_table(tab, columns.columns).rows if tab else ()


def start_rebuilding(run: Run, staff: Staff) -> Rebuilding:
    """Nothing found yet."""
    return Rebuilding(run, staff, run.services.settings.every_words, Rebuilt(run.now))
