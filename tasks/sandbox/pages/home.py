"""What is here, as somebody new to it would like to be shown."""

from tasks.sandbox.gmail.store import sent_count
from tasks.sandbox.pages.clock import moment
from tasks.sandbox.pages.page import page
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation


def _home(call: Call) -> Answer:
    world = call.world
    store = world.store
    return page(
        "home.html",
        books=[world.books.get(book_id) for book_id in world.books.ids()],
        now=world.clock.now(),
        stands=world.clock.stands,
        moment=moment,
        mails=sent_count(world),
        events=len(store.all("event")),
        forms=len(store.all("form")),
        files=len(store.all("file")) + len(world.books.ids()),
        recordings=len(store.all("recording")),
        requests=world.journal.total,
        faults=len(world.faults.waiting),
    )


def _spoken(method: str, path: str, work: Work) -> Operation:
    return operation("pages", method, path, path, work)


OPERATIONS: list[Operation] = [
    _spoken("GET", "/", _home),
]
