"""The staff workbook: what the flows read from it, and what they keep up to date in it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from tasks.chapter import Run
from tasks.domain.book import Book
from tasks.domain.display import Display, Plan, find_tab, sheet_name
from tasks.domain.effects import Effect, by_ref
from tasks.domain.intake import acknowledgement_of
from tasks.domain.keys import is_ref
from tasks.domain.letter_names import LetterName
from tasks.domain.letter_notices import SHEET as LETTERS
from tasks.domain.letter_notices import letter_problems
from tasks.domain.letter_states import held_letter, letter_states, letters_among
from tasks.domain.letter_wishes import wish_key
from tasks.domain.lines import (
    ATTENTION_OWNED,
    SESSION_OWNED,
    SUBMISSION_STAFF,
    Remarks,
    SessionRemarks,
    attention_lines,
    new_session_line,
    session_line,
    submission_line,
)
from tasks.domain.member_choices import make_choices
from tasks.domain.members import MembersReading, read_members
from tasks.domain.models import Member, Workbook
from tasks.domain.pair_lines import PairWords, remarks_on
from tasks.domain.programme import Columns, Register
from tasks.domain.register_rows import read_rows
from tasks.domain.scheduling import Decisions, read_decisions
from tasks.domain.sessions import SessionsReading, read_sessions, safer_refs
from tasks.domain.submissions import Submission
from tasks.domain.suppression import Reason
from tasks.domain.table import column_problems, read_table
from tasks.domain.used_columns import used_columns, without
from tasks.domain.wishes import UNKNOWN, Wishes, read_wishes
from tasks.event_guests import guest_problems
from tasks.histories import with_histories
from tasks.mail import MAIL, mail_problems
from tasks.meetings import EVENTS, event_problems
from tasks.sheets import rows_shown, show, try_read
from tasks.waiting import waiting_problems

UNREADABLE = {"missing-tab", "missing-column", "duplicate-column"}


@dataclass(frozen=True, slots=True)
class Staff:
    """The workbook as read once in a run, and the effect keys of the rows that were appended to it before."""

    book: Workbook
    register: Register
    shown: set[str]

    @property
    def submissions(self) -> str:
        """How people know the Submissions tab."""
        return self.name(self.register.submissions)

    @property
    def sessions(self) -> str:
        """How people know the Sessions tab."""
        return self.name(self.register.sessions)

    @property
    def duplicates(self) -> str:
        """How people know the Possible duplicates tab."""
        return self.name(self.register.duplicates)

    @property
    def members(self) -> str:
        """How people know the Members tab."""
        return self.name(self.register.members)

    @property
    def rows(self) -> str:
        """What is wrong with rows and corrected answers of the Submissions tab is reported under this name."""
        return f"{self.submissions} (rows)"

    @property
    def letters(self) -> str:
        """What keeps letters back that staff ask for in the Submissions tab is reported under this name."""
        return f"{self.submissions} (letters)"

    @property
    def proposals(self) -> str:
        """What keeps proposals of a date back that staff ask for in the Sessions tab is reported under this name."""
        return f"{self.sessions} (letters)"

    @property
    def addresses(self) -> str:
        """What is wrong with addresses, as far as mail that came back tells, is reported under this name."""
        return f"{self.book.name} (addresses)"

    @property
    def recordings(self) -> str:
        """What the search for recordings reports under."""
        return f"{self.sessions} (recordings)"

    def name(self, columns: Columns) -> str:
        """How people know one tab."""
        return sheet_name(self.book, columns)


@dataclass(frozen=True, slots=True)
class LettersShown:
    """Of letters that staff ask for: whose cells are ``emptied``, and which are ``held`` until staff mend something."""

    emptied: frozenset[str] = frozenset()
    held: Mapping[str, LetterName] = field(default_factory=dict)


NO_LETTERS = LettersShown()


async def open_register(run: Run) -> Staff | None:
    """Read the workbook in one request; None with the reason among the failures."""
    staff = await read_register(run)
    return staff if staff and _knows(run, staff) else None


async def read_register(run: Run) -> Staff | None:
    """The workbook, whether the ledger knows it or not; None with the reason among the failures."""
    register = run.services.settings.programme.register_
    book = await try_read(run, register.spreadsheet)
    if book is None:
        return None
    typed = used_columns(register, book) if run.live else set[str]()
    used = run.services.ledger.register.columns_used(typed)
    return Staff(book, without(register, used), rows_shown(run, book))


def _knows(run: Run, staff: Staff) -> bool:
    """Whether the ledger is the one that this register was filled from.

    A ref is in the ledger before it is in the register. One that is not was given by a ledger that is lost, or that
    COLAB_LEDGER_URL does not name any more; everybody would be written to a second time. (A ref that staff edited
    stands in a row that the ledger knows.)
    """
    columns, ledger = staff.register.submissions, run.services.ledger
    tab, _ = find_tab(staff.book, columns)
    rows = read_table(tab, columns.columns).rows if tab else ()
    refs = {ref for row in rows if is_ref(ref := row.text("ref").strip())}
    if tab is None or refs <= ledger.refs():
        return True
    if forgotten := read_rows(tab, columns, staff.rows, ledger.book().rows).forgotten:
        run.outcome.failed.append(
            f"the register holds {len(forgotten)} submissions that the ledger does not know, such as {min(forgotten)}: "
            "the ledger was lost, or COLAB_LEDGER_URL names another one; nothing was done. "
            "A lost ledger is made again by: colab rebuild-ledger"
        )
    return not forgotten


def safer_sessions(staff: Staff) -> Callable[[str], bool]:
    """Tells of a ref whether its session must not be recognised; where nobody can know that, none must."""
    tab, _ = find_tab(staff.book, staff.register.sessions)
    safer = safer_refs(tab, staff.register.sessions) if tab else None
    return lambda ref: safer is None or ref in safer


def sessions_of(run: Run, staff: Staff) -> SessionsReading:
    """The Sessions tab."""
    columns, name = staff.register.sessions, staff.name(staff.register.sessions)
    tab, problems = find_tab(staff.book, columns)
    if tab is None:
        run.outcome.problems += problems
        return SessionsReading({}, (), problems, readable=False)
    languages = run.services.settings.languages
    zone = staff.book.time_zone
    reading = read_sessions(tab, columns=columns, languages=languages, zone_of_sheet=zone, sheet=name)
    run.outcome.read[name] = len(reading.rows)
    run.outcome.problems += reading.problems
    return reading


def decisions_of(run: Run, staff: Staff) -> Decisions:
    """The Decision column of the Submissions tab."""
    columns, name = staff.register.submissions, staff.name(staff.register.submissions)
    tab, problems = find_tab(staff.book, columns)
    decisions = read_decisions(tab, columns, name) if tab else Decisions((), 0, problems)
    run.outcome.read[name] = len(tab.rows) - 1 if tab else 0
    run.outcome.problems += decisions.problems
    return decisions


def members_of(run: Run, staff: Staff) -> MembersReading:
    """The Members tab."""
    columns, name = staff.register.members, staff.name(staff.register.members)
    tab, problems = find_tab(staff.book, columns)
    settings = run.services.settings
    choices = make_choices(settings.programme, settings.languages, settings.every_words)
    reading = (
        read_members(tab, columns=columns, languages=settings.languages, sheet=name, choices=choices)
        if tab
        else MembersReading((), 0, 0, problems)
    )
    run.outcome.read[name] = reading.rows
    run.outcome.problems += reading.problems
    if reading.unsubscribed:
        run.outcome.skipped["member not subscribed"] += reading.unsubscribed
    return replace(reading, members=_without_goodbyes(run, reading.members))


def wishes_of(run: Run, staff: Staff) -> Wishes:
    """How people want to be written to; what is wrong in the Members tab is told by those who invite them."""
    columns, settings = staff.register.members, run.services.settings
    tab, _ = find_tab(staff.book, columns)
    table = read_table(tab, columns.columns) if tab else None
    if table is None or column_problems(table, columns, columns.tab):
        return UNKNOWN
    return read_wishes(table, make_choices(settings.programme, settings.languages, settings.every_words))[0]


def _without_goodbyes(run: Run, members: Sequence[Member]) -> tuple[Member, ...]:
    """Who said by mail that they want no more is marked so."""
    ledger = run.services.ledger
    if not (gone := ledger.suppressions.persons(Reason.unsubscribed)):
        return tuple(members)
    return tuple(replace(one, unsubscribed=ledger.identify(one.person.address_key) in gone) for one in members)


def submissions_display(
    run: Run,
    staff: Staff,
    book: Book,
    effects: Mapping[str, Effect],
    held: Collection[tuple[str, str]] = (),
    letters: LettersShown = NO_LETTERS,
) -> Display:
    """One row a submission; SUBMISSION_STAFF belong to staff, and so do cells that are ``held`` (ref, field).

    The one cell of staff that is changed is the wish for a letter that was acted upon.
    """
    columns, words, zone = staff.register.submissions, run.services.settings.words, staff.book.time_zone
    say, identify = PairWords(words, zone), run.services.ledger.tongues.identify
    sent = by_ref(letters_among(effects))
    lines = [
        submission_line(
            one,
            acknowledgement_of(one, effects),
            zone,
            words,
            columns.columns,
            remarks=_with_letters(remarks_on(one, book, say), one, sent, letters, say),
            identify=identify,
        )
        for one in book.rows.values()
    ]
    lines = [
        replace(one, cells={**one.cells, "send_letter": ""}) if one.ref in letters.emptied else one for one in lines
    ]
    if run.live:
        run.services.ledger.tongues.keep()
    owned = [field for field in columns.columns if field not in {"ref", *SUBMISSION_STAFF}]
    plan = Plan(columns, lines, identity="ref", owned=owned, left_alone=held, emptied=("state",))
    return plan.on(staff.book, staff.shown)


def _with_letters(
    remarks: Remarks, one: Submission, sent: Mapping[str, Mapping[str, Effect]], letters: LettersShown, say: PairWords
) -> Remarks:
    mine = [effect for ref in (one.ref, *one.others) for effect in sent.get(ref, {}).values()]
    held = [held_letter(letters.held[one.ref], say.words)] if one.ref in letters.held else []
    instead = " · ".join([remarks.instead, *held]) if remarks.instead else ""
    return replace(remarks, more=(*remarks.more, *letter_states(mine, say.zone, say.words), *held), instead=instead)


def sessions_display(run: Run, staff: Staff, reading: SessionsReading, accepted: Sequence[Submission] = ()) -> Display:
    """The pipeline's columns of each session, and a prefilled row for each submission newly accepted."""
    if not reading.readable:
        return Display()
    effects, programme = by_ref(run.services.ledger.effects()), run.services.settings.programme
    minutes, words, zone = programme.session.minutes, run.services.settings.words, staff.book.time_zone
    quiet = timedelta(minutes=programme.changes.quiet_minutes)
    answers = run.services.ledger.mailroom.answers_by_ref()
    asked = run.services.ledger.asked_for.asked()
    waiting = {ref: one.seen_at + quiet for ref, one in run.services.ledger.sessions.noticed().items()}
    lines = [
        session_line(
            row,
            reading.held,
            effects.get(ref, {}),
            zone,
            words,
            SessionRemarks(
                waiting.get(ref),
                ref in asked,
                answers.get(ref, {}).values(),
                wish_key(LetterName.schedule_proposal, ref) in asked,
            ),
        )
        for ref, row in reading.rows.items()
    ]
    lines += [
        new_session_line(submission, minutes, words) for submission in accepted if submission.ref not in reading.rows
    ]
    columns = staff.register.sessions
    ours = ("state", "meeting_link", "recording_link")
    return Plan(columns, lines, identity="ref", owned=SESSION_OWNED, emptied=ours).on(staff.book, staff.shown)


async def keep_up_to_date(
    run: Run,
    staff: Staff,
    displays: Sequence[Display],
    looked_at: Collection[str],
    found: Mapping[str, Submission] | None = None,
) -> None:
    """Show what happened: the given tabs, *Needs attention*, and histories, in one write.

    ``looked_at`` are the sheets that were read: what is no longer wrong there is marked as solved, unless a tab
    cannot be read for now. ``found`` are all submissions, where the caller has them; else only the histories of those
    that this run may have changed are looked at.
    """
    for display in displays:
        run.outcome.problems += display.problems
    run.outcome.problems += [*mail_problems(run), *waiting_problems(run), *event_problems(run), *guest_problems(run)]
    run.outcome.problems += letter_problems(run.services.letters.faults)
    columns = staff.register.needs_attention
    unreadable = {problem.sheet for problem in run.outcome.problems if problem.code in UNREADABLE}
    readable = {*looked_at, MAIL, EVENTS, LETTERS, staff.name(columns)} - unreadable
    if run.live:
        run.services.ledger.record_problems(run.outcome.problems, readable, run.now)
    lines = attention_lines(run.services.ledger.attention(), staff.book.time_zone, run.services.settings.words)
    attention = Plan(columns, lines, identity="key", owned=ATTENTION_OWNED).on(staff.book, staff.shown)
    run.outcome.problems += attention.problems
    await show(run, staff.book, with_histories(run, staff.book, [*displays, attention], found))
