"""Who belongs to a session, and who gets its invitation once more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.announcing import letters, send_all
from tasks.chapter import Run
from tasks.domain.announcements import MailPlan
from tasks.domain.changes import unsettled
from tasks.domain.effects import by_ref
from tasks.domain.incoming.coming import Coming
from tasks.domain.invitations import GuestBook
from tasks.domain.mails import MailKind
from tasks.domain.resending import Audience, decide_resend
from tasks.domain.revisions import Revision
from tasks.domain.sessions import SessionsReading
from tasks.domain.wording import Wording
from tasks.duplicates import book_of
from tasks.staff import Staff, members_of

UNCHANGED = "a copy is sent as it is, without language or preface"
AUDIENCES: Mapping[str, Sequence[MailKind]] = {
    "everyone": (MailKind.speaker_invitation, MailKind.invitation),
    "presenters": (MailKind.speaker_invitation,),
    "members": (MailKind.invitation,),
}


def guest_book(run: Run, staff: Staff) -> GuestBook:
    """Everybody who may be invited."""
    reading, topics = members_of(run, staff), run.services.settings.programme.members.topics
    identify = run.services.ledger.identify
    return GuestBook(reading.members, book_of(run).joined, identify, topics, reading.wishes)


@dataclass(frozen=True, slots=True)
class Wish:
    """For whom staff want an invitation sent again: kinds of guests, people by keyed hash, or who has not answered."""

    kinds: Sequence[MailKind]
    people: frozenset[str] = frozenset()
    only_unanswered: bool = False


async def send_again(
    run: Run, reading: SessionsReading, book: GuestBook, ref: str, wish: Wish, wording: Wording
) -> None:
    """Send the invitation of one session once more; what cannot be done is a failure, not a silence."""
    found = UNCHANGED if wording.as_copy and (wording.language or wording.preface) else _find(run, reading, ref)
    if isinstance(found, str):
        run.outcome.failed.append(f"{ref.strip().upper()[:12]}: {found}")
        return
    answers = run.services.ledger.mailroom.answers_by_ref().get(found.ref, {}) if wish.only_unanswered else {}
    answered = frozenset(person for person, answer in answers.items() if answer is not Coming.tentative)
    plan = _plan(run, found, Audience(wish.kinds, wish.people, answered), wording, book)
    run.outcome.failed += plan.held
    if strangers := wish.people - {guest.person_id for guest in book.everybody(found.session)}:
        run.outcome.failed.append(
            f"{found.ref}: {len(strangers)} of the people named are neither presenters nor subscribed members"
        )
    if run.live:
        run.services.ledger.asked_for.ask([one.effect for one in letters(run, plan.send)], wording, run.now)
    await send_all(run, MailPlan(plan.send, plan.skipped))


def hear_ticks(run: Run, reading: SessionsReading, book: GuestBook) -> None:
    """Promise the invitations of sessions whose box staff ticked once more, to everybody who had one."""
    memory = run.services.ledger.asked_for
    asked = memory.asked()
    ticked = {ref: row for ref, row in reading.rows.items() if row.send_again}
    for ref, row in ticked.items():
        if ref in asked:
            continue
        found = _find(run, reading, ref)
        if isinstance(found, str):
            run.outcome.held.append(f"{ref}: not sent again yet, {found}")
            continue
        wording = Wording(preface=row.preface, reason="ticked in Sessions")
        plan = _plan(run, found, Audience(), wording, book)
        run.outcome.held += plan.held
        if run.live and not plan.held:
            memory.ask([one.effect for one in letters(run, plan.send)], wording, run.now, wish=ref)
        elif not run.live:
            run.outcome.done += [mail.words for mail in plan.send]
    if run.live and (emptied := asked & reading.rows.keys() - ticked.keys()):
        memory.unticked(emptied)


def _find(run: Run, reading: SessionsReading, ref: str) -> Revision | str:
    """The session as people know it, or why nobody can be invited to it again."""
    wanted, revisions = ref.strip().upper(), run.services.ledger.sessions.revisions()
    for reason_ref, reason in unsettled(reading, revisions, run.now).items():
        if reason_ref.upper() == wanted:
            return reason
    confirmed = {session.ref.upper(): session.ref for session in reading.confirmed}
    if wanted not in confirmed or confirmed[wanted] not in revisions:
        return "there is no confirmed session with this ref in the Sessions tab"
    return revisions[confirmed[wanted]][-1]


def _plan(run: Run, revision: Revision, audience: Audience, wording: Wording, book: GuestBook) -> MailPlan:
    mine = by_ref(run.services.ledger.effects()).get(revision.ref, {})
    return decide_resend(revision, audience, wording, book, mine, run.now)
