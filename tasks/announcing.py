"""Sessions as people were told of them, and the mails about them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from tasks.chapter import Run
from tasks.delivery import deliver
from tasks.domain.announcements import MailPlan, decide_announcements
from tasks.domain.changes import Known, decide_changes, unsettled
from tasks.domain.copying import copied
from tasks.domain.effects import by_ref
from tasks.domain.invitations import GuestBook
from tasks.domain.letter_values import LONGEST_NOTE
from tasks.domain.local_time import utc_line
from tasks.domain.mail_expectations import About
from tasks.domain.mail_headers import Envelope
from tasks.domain.mail_identity import MailKind
from tasks.domain.mails import Mail, compose_invitation, compose_reminder
from tasks.domain.reminders import decide_reminders
from tasks.domain.resending import still_asked_for
from tasks.domain.revisions import Revisions
from tasks.domain.sessions import SessionsReading
from tasks.domain.told import REMINDERS, SessionMail, last_told
from tasks.domain.untrusted import Untrusted
from tasks.gate import Letter
from tasks.staff import Staff


def follow_changes(run: Run, staff: Staff, reading: SessionsReading) -> Revisions:
    """Take what staff confirmed, changed and cancelled as news for people, after the quiet period."""
    memory = run.services.ledger.sessions
    revisions = memory.revisions()
    told = {ref for ref, mine in by_ref(run.services.ledger.effects()).items() if last_told(mine)}
    quiet = timedelta(minutes=run.services.settings.programme.changes.quiet_minutes)
    changes = decide_changes(reading, Known(revisions, memory.noticed(), told), run.now, quiet, staff.sessions)
    run.outcome.problems += changes.problems
    run.outcome.held += [
        f"{ref}: a change is announced at {utc_line(at)}, unless staff change more"
        for ref, at in changes.waiting.items()
    ]
    run.outcome.done += [
        f"{ref}: change {one.sequence} taken up" for ref, one in changes.revise.items() if one.sequence
    ]
    too_late = [one for one in reading.confirmed if one.ref not in revisions and one.starts <= run.now]
    run.outcome.skipped["the session is in the past"] += len(too_late)
    if run.live:
        memory.follow(changes)
    return {**revisions, **{ref: (*revisions.get(ref, ()), one) for ref, one in changes.revise.items()}}


async def announce(run: Run, reading: SessionsReading, book: GuestBook, more: Sequence[Letter] = ()) -> None:
    """Invite, tell what has changed, send again what staff asked for, and ``more`` letters along with it."""
    ledger = run.services.ledger
    revisions, effects = ledger.sessions.revisions(), by_ref(ledger.effects())
    waits = unsettled(reading, revisions, run.now)
    plan = decide_announcements(revisions, waits, book, effects, run.now, run.services.settings.programme.hours)
    settled = {ref: history for ref, history in revisions.items() if ref not in waits}
    again = still_asked_for(settled, ledger.asked_for.wordings(), book, effects, run.now)
    await send_all(run, replace(plan, send=(*plan.send, *again)), more)


async def remind(run: Run, reading: SessionsReading, book: GuestBook) -> None:
    """Remind people of the sessions that are near."""
    programme, revisions = run.services.settings.programme, run.services.ledger.sessions.revisions()
    effects = by_ref(run.services.ledger.effects())
    switched_on = [MailKind(kind) for kind in REMINDERS if getattr(programme.reminders, kind.removeprefix("reminder_"))]
    waits = unsettled(reading, revisions, run.now)
    await send_all(
        run,
        decide_reminders(revisions, waits, book, effects, run.now, kinds=switched_on, hours=programme.hours),
    )


async def send_all(run: Run, plan: MailPlan, more: Sequence[Letter] = ()) -> None:
    """Carry out a plan of mails about sessions, and send ``more`` letters along with it."""
    run.outcome.skipped += plan.skipped
    run.outcome.held += plan.held
    await deliver(run, [*letters(run, plan.send), *more])


def letters(run: Run, mails: Sequence[SessionMail]) -> list[Letter]:
    """Mails that are still to be written."""
    return [_letter(run, mail) for mail in mails]


def _letter(run: Run, mail: SessionMail) -> Letter:
    compose = partial(
        compose_reminder if mail.kind in REMINDERS else _with_calendar(mail),
        run.services.letters,
        run.services.settings.programme.sender,
        kind=mail.kind,
        key=mail.key,
        to=mail.to,
        language=mail.language,
        session=mail.session,
        zone=mail.zone,
        meeting_link=mail.meeting_link,
        made_at=run.now,
    )
    return Letter(
        key=mail.key,
        ref=mail.session.ref,
        words=mail.words,
        to=mail.to,
        compose=compose,
        about=About(
            mail.session.ref,
            mail.session,
            mail.zone,
            mail.meeting_link,
            sequence=mail.sequence,
            typed=(Untrusted(mail.preface, LONGEST_NOTE).plain,) if mail.preface and not mail.to.wants_little else (),
            hidden=mail.hidden,
        ),
        priority=mail.priority,
        since=mail.since,
        not_before=mail.not_before,
        expires_at=mail.expires_at,
        copy=partial(_copy, run, mail, mail.copy_of) if mail.copy_of else None,
    )


def _copy(run: Run, mail: SessionMail, original: str) -> Mail | None:
    """The mail as its reader has it; None where no copy is kept. Raises Fault."""
    services = run.services
    if (raw := services.mail.copy(original, services.ledger.effect(original))) is None:
        return None
    envelope = Envelope(mail.kind, mail.key, mail.to, mail.language, mail.session.ref, run.now)
    return copied(raw, original, services.settings.programme.sender, envelope)


def _with_calendar(mail: SessionMail) -> Callable[..., Mail]:
    return partial(compose_invitation, sequence=mail.sequence, resent=mail.resent, preface=mail.preface, was=mail.was)
