"""The cells that Forms writes for a response: text word for word, dates and the time stamp as serial numbers."""

from collections.abc import Callable
from datetime import date, datetime

from tasks.domain.serials import to_serial, zone_info
from tasks.sandbox.forms.answers import Reply, cell_text
from tasks.sandbox.forms.documents import Form, Response
from tasks.sandbox.forms.questions import Question
from tasks.sandbox.forms.response_sheet import EMAIL, STAMP
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.cells import EMPTY, Cell
from tasks.sandbox.sheets.typed import day_serial, typed
from tasks.sandbox.switches import switch
from tasks.sandbox.world import World

ToCell = Callable[[Question, Reply], Cell]


def row_cells(one: Form, sent: Response, to_cell: ToCell) -> dict[str, Cell]:
    """A response by the keys of its columns."""
    answers = {q.question_id: to_cell(q, sent.replies.get(q.question_id, Reply())) for q in one.questions}
    return {STAMP: Cell(sent.stamp, kind="DATE_TIME"), EMAIL: Cell(sent.email or None), **answers}


def cell_maker(world: World, book: Book) -> ToCell:
    """All is text, word for word, except a date; numbers too are text unless the setting says otherwise."""
    with_word = bool(switch(world.store, "form_other_has_word"))
    numbers = bool(switch(world.store, "form_numbers_become_numbers"))

    def to_cell(question: Question, reply: Reply) -> Cell:
        text = cell_text(question, reply, with_word=with_word)
        if text and question.kind == "date":
            return Cell(day_serial(date.fromisoformat(text)), kind="DATE")
        if numbers and question.kind == "short":
            number = typed(text, EMPTY, book.locale)
            if isinstance(number.value, int | float) and not isinstance(number.value, bool) and not number.kind:
                return Cell(number.value)
        return Cell(text or None)

    return to_cell


def stamp(world: World, book: Book) -> float:
    """Now on the spreadsheet's wall clock; a zone that is not known counts as UTC."""
    now = world.clock.now()
    fine = bool(switch(world.store, "form_stamps_have_milliseconds"))
    zone = str(book.properties["timeZone"])
    return to_serial(_cut(now, fine=fine), zone if zone_info(zone) else "UTC")


def _cut(now: datetime, *, fine: bool) -> datetime:
    return now.replace(microsecond=now.microsecond // 1000 * 1000 if fine else 0)
