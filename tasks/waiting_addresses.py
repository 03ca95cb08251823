"""What waits because of the address that it goes to, told in *Needs attention*."""

from collections import Counter
from collections.abc import Mapping

from tasks.chapter import Run
from tasks.domain.models import Problem, Severity
from tasks.domain.rations import turns
from tasks.domain.sentences import say
from tasks.domain.staff_answers import ADDRESSES_HELD, Answer
from tasks.domain.suppression import too_many
from tasks.mail import MAIL, answer_column


def address_waits(run: Run) -> list[Problem]:
    """Acknowledgements that wait for their turn, and addresses that nobody has given up yet."""
    return [*_rationed(run), *_given_up(run)]


def _rationed(run: Run) -> list[Problem]:
    """Acknowledgements to addresses that have got as many as they may."""
    rations, limits = run.services.ledger.rations, run.limits
    if not (waiting := rations.waiting()):
        return []
    turn = turns(waiting, rations.got(run.now), limits, run.now)
    late = [moment for moment in turn.values() if moment > run.now]
    if not late:
        return []
    what = say(
        "mail-ration",
        count=len(late),
        day=limits.acknowledgements_a_day,
        week=limits.acknowledgements_a_week,
        when=f"{max(late):%Y-%m-%d %H:%M} UTC",
    )
    todo = (say("mail-ration-todo"),)
    return [Problem("mail-ration", MAIL, "acknowledgement", (what,), todo, severity=Severity.notice)]


def _given_up(run: Run) -> list[Problem]:
    """So many addresses at once that mail came back from that staff look first."""
    held = run.services.ledger.suppressions.held()
    limit = run.services.settings.programme.brakes.hold_suppressions_above
    if not too_many(held, limit):
        return []
    yes, no = say(Answer.go_on), say(Answer.works_again)
    todo = say("addresses-held-todo", go_on=yes, works=no, column=answer_column(run))
    return [
        Problem(
            ADDRESSES_HELD,
            MAIL,
            one.name,
            (say("addresses-held", count=one.count, limit=limit, statuses=_numbers(one.statuses)),),
            (todo,),
        )
        for one in held
    ]


def _numbers(statuses: Mapping[str, int]) -> str:
    """``5.1.1: 34, 5.2.1: 3``, in every language."""
    return ", ".join(f"{status}: {count}" for status, count in Counter(statuses).most_common())
