"""Pairs of submissions in the workbook: what staff say of them is heard, and what there is to decide is shown."""

from dataclasses import dataclass, field

from tasks.chapter import Run
from tasks.domain.book import Book, make_book
from tasks.domain.display import Display, Plan, find_tab
from tasks.domain.duplicates.contradictions import contradiction_problem, contradictions, without_contradictions
from tasks.domain.duplicates.pairs import Pair, Refs
from tasks.domain.duplicates.rulings import awaited, not_held_back, pair_name, read_rulings, ruled
from tasks.domain.effects import Effect
from tasks.domain.intake import IntakePlan, is_too_old, promise
from tasks.domain.pair_lines import PAIR_OWNED, PairWords, pair_lines
from tasks.domain.submissions import submissions
from tasks.staff import Staff


@dataclass(frozen=True, slots=True)
class Heard:
    """Pairs on which staff say something new, and the acknowledgements that are owed because of it."""

    pairs: dict[Refs, Pair] = field(default_factory=dict)
    promised: tuple[Effect, ...] = ()


def hear_staff(run: Run, staff: Staff) -> Heard:
    """Remember the verdicts that staff have chosen since."""
    columns = staff.register.duplicates
    tab, _ = find_tab(staff.book, columns)
    if tab is None:
        return Heard()
    ledger, rulings = run.services.ledger, read_rulings(tab, columns, staff.duplicates)
    run.outcome.problems += rulings.problems
    known = {pair.refs: pair for pair in ledger.pairs()} if rulings.said else {}
    news = ruled(known, rulings.said, ledger.refs() if rulings.said else (), run.now)
    found = contradictions({**known, **news}.values())
    run.outcome.problems += [contradiction_problem(one, rulings.rows, columns, staff.duplicates) for one in found]
    pairs = without_contradictions(news, found)
    heard = Heard(pairs, _owed(run, pairs, known | pairs))
    run.outcome.done += [f"{pair_name(pair.refs)}: staff said {pair.ruling}" for pair in pairs.values()]
    if run.live and pairs:
        ledger.rule(pairs.values(), heard.promised, run.now)
    return heard


def book_of(run: Run, heard: Heard | None = None, plan: IntakePlan | None = None) -> Book:
    """All submissions as the ledger knows them, together with what a rehearsal would have written into it."""
    ledger = run.services.ledger
    pairs = {pair.refs: pair for pair in ledger.pairs()}
    pairs |= {pair.refs: pair for pair in plan.pairs} if plan else {}
    pairs |= heard.pairs if heard else {}
    arrivals = plan.arrivals if plan and not run.live else ()
    return make_book(submissions([*ledger.versions(), *arrivals], ledger.register.corrections()), pairs.values())


def duplicates_display(run: Run, staff: Staff, book: Book) -> Display:
    """One row a pair; Verdict and Notes belong to staff. What waits for a verdict needs attention."""
    say = PairWords(run.services.settings.words, staff.book.time_zone)
    lines, columns = pair_lines(book, say), staff.register.duplicates
    run.outcome.problems += awaited(book.pairs, columns, staff.duplicates)
    return Plan(columns, lines, identity="pair", owned=PAIR_OWNED).on(staff.book, staff.shown)


def _owed(run: Run, ruled_now: dict[Refs, Pair], every: dict[Refs, Pair]) -> tuple[Effect, ...]:
    """The acknowledgements that were held back for other submissions, which are different ones."""
    refs = not_held_back(ruled_now.values(), every.values())
    alone = submissions(run.services.ledger.versions(refs)) if refs else {}
    return tuple(
        promise(ref) for ref, submission in alone.items() if not is_too_old(submission.received_at, run.now, run.limits)
    )
