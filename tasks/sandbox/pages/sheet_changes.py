"""What a person changes in a spreadsheet: guarded by its rules, carried out as the API would, kept for undo."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from config.sandbox import spreadsheet_id
from tasks.sandbox.pages.page import PageError, form, form_lists, to
from tasks.sandbox.pages.sheet_filter import SORTING, filter_plan
from tasks.sandbox.pages.sheet_lines import LINES
from tasks.sandbox.pages.sheet_plan import Plan, column_of
from tasks.sandbox.pages.sheet_restore import restore
from tasks.sandbox.pages.sheet_tabs import TABS
from tasks.sandbox.pages.sheet_undo import Step, past
from tasks.sandbox.sheets.batch import perform
from tasks.sandbox.sheets.book import Book
from tasks.sandbox.sheets.conditions import Judge
from tasks.sandbox.sheets.now import today
from tasks.sandbox.sheets.ranges import Area
from tasks.sandbox.sheets.rules import Protection, protection
from tasks.sandbox.sheets.tabs import Tab
from tasks.sandbox.wire import Answer, Call
from tasks.sandbox.world import World

PLANNERS = {**LINES, **SORTING, **TABS}


@dataclass(frozen=True)
class Done:
    """What was done, as a phrase, and where to look now."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    at: str = ""
    tab: int | None = None
    moves: bool = False


def tab_of(call: Call, book: Book) -> Tab:
    """The tab that the path names; PageError for none."""
    sheet = call.parts["sheet"]
    found = [tab for tab in book.tabs if str(tab.sheet_id) == sheet]
    if not found:
        raise PageError("sheet.no_tab", 404)
    return found[0]


def address(call: Call, sheet: object = None, **query: object) -> str:
    """The page of a tab, this one unless another is named."""
    path = f"/sheets/{quote(call.parts['book'], safe='')}/{call.parts['sheet'] if sheet is None else sheet}"
    given = {name: value for name, value in query.items() if value not in {None, ""}}
    return path + (f"?{urlencode(given)}" if given else "")


def form_code(world: World, book: Book, tab: Tab) -> str:
    """The form whose answers arrive in this tab, ``""`` for any other tab."""
    forms = world.programme.forms.items()
    codes = (code for code, one in forms if (spreadsheet_id(one.spreadsheet), one.tab) == (book.book_id, tab.title))
    return next(codes, "")


def judge(call: Call, book: Book) -> Judge:
    """The rules' eye on a spreadsheet, today in its time zone."""
    return Judge(book, today(book, call.world.clock.now()))


def guard(call: Call, book: Book, tab: Tab, touched: Sequence[Area]) -> None:
    """PageError where a protected range stands in the way; one that only warns lets pass who confirms."""
    found = protection(book, tab, touched)
    if found is Protection.BARS:
        raise PageError("sheet.protected", 403)
    if found is Protection.ASKS and not form(call).get("confirm"):
        raise PageError("sheet.protected_asks", 409, again=form_lists(call))


def changed(call: Call, work: Callable[[Book, Tab], Done]) -> Answer:
    """Do the work on a draft, keep the step for undo, and look at the result."""
    book_id = call.parts["book"]
    before = call.world.books.get(book_id)
    with call.world.changing(book_id) as draft:
        done = work(draft, tab_of(call, draft))
    past(call.world.books, book_id).add(Step(done.key, done.facts, before, draft, done.moves))
    sheet = None if done.tab is None else draft.tabs[min(done.tab, len(draft.tabs) - 1)].sheet_id
    return to(address(call, sheet, at=done.at, said="done"))


def planned(call: Call) -> Answer:
    """One of the changes that the menus offer (``do``)."""
    given = form(call)
    planner = PLANNERS.get(given.get("do", ""))
    if planner is None:
        raise PageError("sheet.no_change")
    return changed(call, lambda book, tab: _carried_out(call, book, tab, planner(book, tab, given), given))


def filtered(call: Call) -> Answer:
    """The filter of one column, as its page was filled in."""

    def work(book: Book, tab: Tab) -> Done:
        plan = filter_plan(book, tab, column_of(tab, call.parts["column"]), form_lists(call))
        return _carried_out(call, book, tab, plan, {})

    return changed(call, work)


def _carried_out(call: Call, book: Book, tab: Tab, plan: Plan, given: Mapping[str, str]) -> Done:
    guard(call, book, tab, plan.touched)
    perform(book, plan.requests)
    return Done(plan.key, plan.facts, plan.at or given.get("at", ""), plan.tab, plan.moves)


def undone(call: Call) -> Answer:
    """Take back the last change of a person."""
    steps = past(call.world.books, call.parts["book"])
    if not steps.done:
        raise PageError("sheet.undo_nothing", 409)
    return _turned(call, steps.done.pop(), steps.undone, "undone")


def redone(call: Call) -> Answer:
    """Do again what was taken back."""
    steps = past(call.world.books, call.parts["book"])
    if not steps.undone:
        raise PageError("sheet.undo_nothing", 409)
    return _turned(call, steps.undone.pop(), steps.done, "redone")


def _turned(call: Call, step: Step, others: deque[Step], said: str) -> Answer:
    with call.world.changing(call.parts["book"]) as draft:
        kept = restore(draft, step)
    others.append(step.turned(draft))
    shown = {str(tab.sheet_id) for tab in draft.tabs}
    sheet = call.parts["sheet"] if call.parts["sheet"] in shown else draft.tabs[0].sheet_id
    return to(address(call, sheet, at=form(call).get("at", ""), said=said, kept=kept or ""))
