"""What waits for a person or for the provider, told in *Needs attention*."""

from datetime import timedelta

from tasks.chapter import Run
from tasks.domain.brakes import Brake, Hold
from tasks.domain.budgets import expected_end
from tasks.domain.message_rules import Rule
from tasks.domain.models import Problem, Severity
from tasks.domain.sentences import Day, Phrase, Tongue, say
from tasks.domain.staff_answers import HELD, Answer
from tasks.mail import MAIL, answer_column, provider
from tasks.waiting_addresses import address_waits

WHY = {
    Brake.many: "held-many",
    Brake.old: "held-old",
    Brake.rate: "held-rate",
    Brake.failures: "held-failures",
}
KINDS = {
    "acknowledgement": "mails-acknowledgement",
    "welcome": "mails-welcome",
    "accepted": "mails-accepted",
    "declined": "mails-declined",
    "missing_answer": "mails-missing_answer",
    "schedule_proposal": "mails-schedule_proposal",
    "digest": "mails-digest",
    "invitation": "mails-invitation",
    "resend": "mails-resend",
    "rescheduled": "mails-rescheduled",
    "cancelled": "mails-cancelled",
    "removed": "mails-removed",
    "reminder_week": "mails-reminder",
    "reminder_day": "mails-reminder",
    "reminder_hour": "mails-reminder",
    "recording_review": "mails-review",
}
TOLD_AFTER = timedelta(hours=1)  # a queue that is through sooner is not worth a line


def waiting_problems(run: Run) -> list[Problem]:
    """Mails that wait for a person to let them go on, and a queue that will take long."""
    held = [_held(run, hold) for hold in run.services.ledger.outbox.holds()]
    return [*held, *_queue(run), *address_waits(run)]


def _held(run: Run, hold: Hold) -> Problem:
    if hold.brake is Brake.rules:
        return _broken(run, hold)
    brakes = run.services.settings.programme.brakes
    limits = {
        Brake.many: brakes.hold_above,
        Brake.old: brakes.hold_older_than_days,
        Brake.rate: brakes.hold_above_an_hour,
        Brake.failures: brakes.failures_in_a_row,
    }
    what = say(
        WHY[hold.brake],
        limit=limits[hold.brake],
        people=hold.people,
        mails=_mails(hold),
        day=Day(hold.oldest.month, hold.oldest.day),
    )
    return Problem(
        HELD, MAIL, hold.held_by, (what,), (say("held-todo", answer=say(Answer.go_on), column=answer_column(run)),)
    )


def _broken(run: Run, hold: Hold) -> Problem:
    """A rule is broken: that is told with the rule, and no answer sends such a mail."""
    _, rules, kind, code = hold.held_by.split(":")
    what = say(
        "held-rules",
        mails=_mails(hold),
        language=Tongue(code),
        people=hold.people,
        rules=tuple(say(Rule[name]) for name in rules.split("+")),
        detail=hold.detail,
    )
    todo = say("held-rules-todo", file=f"{kind}/{code}.md", answer=say(Answer.go_on), column=answer_column(run))
    return Problem(HELD, MAIL, hold.held_by, (what,), (todo,))


def _mails(hold: Hold) -> tuple[Phrase, ...]:
    return tuple(say("mails-of", count=count, kind=say(KINDS[kind])) for kind, count in hold.kinds.items())


def _queue(run: Run) -> list[Problem]:
    waiting = run.services.ledger.outbox.waiting()
    programme = run.services.settings.programme
    every = timedelta(minutes=programme.cadence.invitations)
    traffic = run.services.ledger.outbox.traffic(provider(run), run.now)
    end = expected_end(waiting, programme.budget(provider(run)), traffic, every, run.now) if waiting else run.now
    if end - run.now < TOLD_AFTER:
        return []
    what = say("mail-queue", count=len(waiting), end=f"{end:%Y-%m-%d %H:%M} UTC")
    return [Problem("mail-queue", MAIL, provider(run), (what,), (say("mail-queue-todo"),), severity=Severity.notice)]
