"""What staff answer in *Needs attention* is done."""

from tasks.chapter import Run
from tasks.domain.calendar_events import next_event_id
from tasks.domain.display import find_tab
from tasks.domain.effects import EffectState
from tasks.domain.models import Problem
from tasks.domain.staff_answers import ADDRESSES_HELD, Answer, read_answers
from tasks.staff import Staff


def hear_answers(run: Run, staff: Staff) -> None:
    """Let go on what staff let go on, and settle mails whose fate they know; write again where they say so."""
    columns = staff.register.needs_attention
    tab, _ = find_tab(staff.book, columns)
    if tab is None:
        return
    standing = [item for item in run.services.ledger.attention() if item.solved_at is None]
    answered = read_answers(tab, columns, staff.name(columns), standing, run.services.settings.every_words)
    run.outcome.problems += answered.problems
    for problem, answer in answered.said:
        if run.live and _done(run, problem, answer):
            run.outcome.done.append(f"{problem.code}: staff said {answer.removeprefix('answer-')}")


def _done(run: Run, problem: Problem, answer: Answer) -> bool:
    ledger = run.services.ledger
    if problem.code == ADDRESSES_HELD:
        return ledger.suppressions.decide(problem.subject, run.now if answer is Answer.works_again else None) > 0
    match answer:
        case Answer.go_on:
            return ledger.outbox.release(problem.subject, run.now) > 0
        case Answer.was_sent:
            return ledger.settle(problem.subject, EffectState.uncertain, EffectState.sent, run.now)
        case Answer.make_again:
            again = {"provider_id": next_event_id(ledger.effect(problem.subject))}
            return ledger.settle(problem.subject, EffectState.uncertain, EffectState.ready, run.now, **again)
        case Answer.works_again | Answer.wanted_again:
            return ledger.suppressions.lift(problem.subject, run.now)
        case Answer.send_again:
            return ledger.settle(problem.subject, EffectState.uncertain, EffectState.ready, run.now, provider_id="")
