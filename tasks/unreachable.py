"""Addresses that mail came back from, and who wants no more: told to staff with where they stand, and what to do."""

from collections.abc import Iterator, Mapping

from tasks.chapter import Run
from tasks.domain.addresses import person
from tasks.domain.display import find_tab
from tasks.domain.members import is_subscribed
from tasks.domain.models import Person, Problem, Severity
from tasks.domain.sentences import Phrase, say
from tasks.domain.sessions import SessionsReading
from tasks.domain.staff_answers import ADDRESS_DEAD, UNSUBSCRIBED, Answer
from tasks.domain.suppression import COMPLAINT, MOST_IN_A_ROW, Reason, Suppression, bounces_in_a_row
from tasks.domain.table import read_table
from tasks.duplicates import book_of
from tasks.mail import answer_column
from tasks.staff import Staff

Places = Mapping[str, tuple[Phrase, ...]]
WHY = {"5.1": "bounce-unknown", "5.2.1": "bounce-closed", "5.2.2": "bounce-full", "4.2.2": "bounce-full"}


def address_problems(run: Run, staff: Staff, reading: SessionsReading) -> list[Problem]:
    """One line for each address that still stands somewhere; what was corrected or deleted is solved."""
    ledger = run.services.ledger
    suppressed, doubtful = ledger.suppressions.in_force(), _doubtful(run)
    if not suppressed and not doubtful:
        return []
    everywhere, subscribed = _places(run, staff, reading)
    alone = [one for one in suppressed if one.reason is not Reason.held]  # those are told together
    problems = [_suppressed(run, staff, one, everywhere, subscribed) for one in alone]
    known = {one.person for one in suppressed if one.reason is not Reason.unsubscribed}
    problems += [
        _back(staff, whose, count, detail, everywhere)
        for whose, (count, detail) in doubtful.items()
        if whose not in known
    ]
    return [problem for problem in problems if problem]


def _doubtful(run: Run) -> Mapping[str, tuple[int, str]]:
    """How many mails came back in a row from whom, and the newest status."""
    ledger = run.services.ledger
    found: dict[str, tuple[int, str]] = {}
    bounced = ledger.sent_mails.bounced()
    for whose, mails in ledger.sent_mails.to(bounced).items() if bounced else ():
        if count := bounces_in_a_row(mails, ledger.suppressions.lifted_at(whose), run.now):
            newest = max((one for one in mails if one.state == "bounced"), key=lambda one: one.settled_at or run.now)
            found[whose] = count, newest.detail
    return found


def _suppressed(run: Run, staff: Staff, one: Suppression, everywhere: Places, subscribed: Places) -> Problem | None:
    column = answer_column(run)
    if one.reason is Reason.unsubscribed:
        if not (places := subscribed.get(one.person)):
            return None
        todo = say("unsubscribed-todo", answer=say(Answer.wanted_again), column=column)
        what = say("complained" if one.detail == COMPLAINT else "unsubscribed", places=places)
        return Problem(UNSUBSCRIBED, staff.addresses, one.subject, (what,), (todo,), severity=Severity.notice)
    if not (places := everywhere.get(one.person)):
        return None
    what = say("address-dead", places=places, why=_why(one.detail), status=one.detail)
    todo = say("address-dead-todo", answer=say(Answer.works_again), column=column)
    return Problem(ADDRESS_DEAD, staff.addresses, one.subject, (what,), (todo,))


def _back(staff: Staff, whose: str, count: int, detail: str, everywhere: Places) -> Problem | None:
    if not (places := everywhere.get(whose)):
        return None
    what = say("mail-back", places=places, count=count, why=_why(detail), status=detail)
    todo = say("mail-back-todo", limit=MOST_IN_A_ROW)
    return Problem("mail-back", staff.addresses, whose, (what,), (todo,), severity=Severity.notice)


def _why(status: str) -> Phrase:
    return say(WHY.get(status) or WHY.get(status.rpartition(".")[0], "bounce-other"))


def _places(run: Run, staff: Staff, reading: SessionsReading) -> tuple[Places, Places]:
    """Where every address stands, and where those that are subscribed do."""
    identify = run.services.ledger.identify
    everywhere: dict[str, tuple[Phrase, ...]] = {}
    subscribed: dict[str, tuple[Phrase, ...]] = {}
    for somebody, place, wants in _standing(run, staff, reading):
        whose = identify(somebody.address_key)
        everywhere[whose] = (*everywhere.get(whose, ()), place)
        if wants:
            subscribed[whose] = (*subscribed.get(whose, ()), place)
    return everywhere, subscribed


def _standing(run: Run, staff: Staff, reading: SessionsReading) -> Iterator[tuple[Person, Phrase, bool]]:
    members, sessions, answers = staff.register.members, staff.register.sessions, staff.register.submissions
    tab, _ = find_tab(staff.book, members)
    for row in read_table(tab, members.columns).rows if tab else ():
        if somebody := person("", row.text("email")):
            place = say("address-in-row", column=members.columns["email"], row=row.number, tab=members.tab)
            yield somebody, place, is_subscribed(row)
    for ref, submission in book_of(run).rows.items():
        place = say("address-of-ref", column=answers.columns["email"], ref=ref, tab=answers.tab)
        yield submission.current.person, place, False
    for session in reading.confirmed:
        place = say("address-of-ref", column=sessions.columns["presenters"], ref=session.ref, tab=sessions.tab)
        for presenter in session.presenters:
            if presenter.person and session.starts > run.now:
                yield presenter.person, place, False
