"""What waits for a person or for the provider, told in *Needs attention*."""

from datetime import timedelta

from tasks.chapter import Run
from tasks.domain.brakes import Brake, Hold
from tasks.domain.budgets import expected_end
from tasks.domain.models import Problem, Severity
from tasks.domain.sentences import Day, say
from tasks.domain.staff_answers import HELD, Answer
from tasks.mail import MAIL, answer_column, provider

WHY = {
    Brake.many: "held-many",
    Brake.old: "held-old",
    Brake.rate: "held-rate",
    Brake.failures: "held-failures",
}
KINDS = {"acknowledgement": "mails-acknowledgement", "invitation": "mails-invitation", "resend": "mails-resend"}
TOLD_AFTER = timedelta(hours=1)  # a queue that is through sooner is not worth a line


def waiting_problems(run: Run) -> list[Problem]:
    """Mails that wait for a person to let them go on, and a queue that will take long."""
    held = [_held(run, hold) for hold in run.services.ledger.outbox.holds()]
    return [*held, *_queue(run)]


def _held(run: Run, hold: Hold) -> Problem:
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
        mails=tuple(say("mails-of", count=count, kind=say(KINDS[kind])) for kind, count in hold.kinds.items()),
        day=Day(hold.oldest.month, hold.oldest.day),
    )
    return Problem(
        HELD, MAIL, hold.held_by, (what,), (say("held-todo", answer=say(Answer.go_on), column=answer_column(run)),)
    )


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
