"""What staff answer in *Needs attention*: whether something that waits for them goes on, or what became of a mail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tasks.domain.cells import excerpt
from tasks.domain.folding import fold
from tasks.domain.models import Problem, Tab
from tasks.domain.programme import Columns
from tasks.domain.sentences import AnyOf, say
from tasks.domain.submissions import Attention
from tasks.domain.table import Row, read_table
from tasks.domain.words import Words

HELD, UNCERTAIN, EVENT_DELETED = "mail-held", "mail-uncertain", "event-deleted"
ADDRESS_DEAD, UNSUBSCRIBED, ADDRESSES_HELD = "address-dead", "unsubscribed", "addresses-held"


class Answer(StrEnum):
    """What staff can say, by the name of its phrase."""

    go_on = "answer-go-on"
    was_sent = "answer-was-sent"
    send_again = "answer-send-again"
    make_again = "answer-make-again"
    works_again = "answer-works-again"
    wanted_again = "answer-wanted-again"


FITTING: Mapping[str, tuple[Answer, ...]] = {
    HELD: (Answer.go_on,),
    UNCERTAIN: (Answer.was_sent, Answer.send_again),
    EVENT_DELETED: (Answer.make_again,),
    ADDRESS_DEAD: (Answer.works_again,),
    UNSUBSCRIBED: (Answer.wanted_again,),
    ADDRESSES_HELD: (Answer.go_on, Answer.works_again),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """``said`` are problems with their answers; cells that say nothing we know are problems themselves."""

    said: tuple[tuple[Problem, Answer], ...]
    problems: tuple[Problem, ...] = ()


def read_answers(
    tab: Tab, columns: Columns, sheet: str, open_items: Iterable[Attention], words: Iterable[Words]
) -> Answered:
    """Read the Answer column of the lines that are not solved. ``words`` are all languages an answer may be in.

    A tick means yes where only one answer is possible.
    """
    meant = {fold(one.attention[answer]): answer for one in words for answer in Answer}
    asked = {item.identity: item.problem for item in open_items if item.problem.code in FITTING}
    said, problems = [], []
    for row in read_table(tab, columns.columns).rows:
        problem = asked.get(row.text("key").strip())
        if problem is None or "answer" not in row.cells or not row.has("answer"):
            continue
        if (answer := _answer(row, FITTING[problem.code], meant)) is None:
            problems.append(_unknown(row, problem, columns, sheet))
        else:
            said.append((problem, answer))
    return Answered(tuple(said), tuple(problems))


def _answer(row: Row, fitting: tuple[Answer, ...], meant: Mapping[str, Answer]) -> Answer | None:
    if row.cells["answer"] is True and len(fitting) == 1:
        return fitting[0]
    answer = meant.get(fold(row.text("answer")).rstrip(" .!"))
    return answer if answer in fitting else None


def _unknown(row: Row, asked: Problem, columns: Columns, sheet: str) -> Problem:
    what = say("no-answer", text=excerpt(row.text("answer")), row=row.number)
    todo = say("no-answer-todo", answers=AnyOf(tuple(say(one) for one in FITTING[asked.code])), row=row.number)
    return Problem("no-answer", sheet, asked.key, (what,), (todo,), row.number, columns.columns["answer"])
