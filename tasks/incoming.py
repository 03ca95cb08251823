"""The mailbox is read: what is new since the last time, each mail once. Letters from people are left to people."""

from datetime import timedelta

from tasks.adapters.inbox import Inbox, Page
from tasks.chapter import Run
from tasks.domain.faults import Fault
from tasks.domain.suppression import too_many
from tasks.hearing import Hearing
from tasks.steps import step

LOOK_BACK = timedelta(days=30)  # where nobody knows how far the mailbox was read


async def hear_incoming(run: Run) -> None:
    """Read what is new since the last time, each mail once; the ledger remembers how far that was."""
    inbox = run.services.inbox
    if inbox is None:
        run.outcome.held.append("mail that arrives is read by people: COLAB_IMAP_HOST names no mailbox")
        return
    ledger, hearing = run.services.ledger, Hearing(run, inbox)
    point, more = ledger.mailroom.point(inbox.name), True
    try:
        while more:
            page = await look_for_mail(run, inbox, point)
            for arrival in page.arrivals:
                await hearing.hear(arrival)
            point, more = page.point, page.more
            if run.live:
                ledger.mailroom.move_on(inbox.name, point)
    except Fault as fault:
        run.outcome.failed.append(f"{fault.reason}; the next run reads on")
        return
    give_up(run, 0 if run.live else hearing.given_up)


def give_up(run: Run, rehearsed: int) -> None:
    """Give up the addresses that mail came back from; unusually many wait, together, for the word of staff.

    What a run that died has left counts with those of this one; a rehearsal has kept none.
    """
    suppressions, limit = (
        run.services.ledger.suppressions,
        run.services.settings.programme.brakes.hold_suppressions_above,
    )
    held = suppressions.held()
    if too_many(held, limit - rehearsed):
        count = rehearsed + sum(one.count for one in held)
        run.outcome.held.append(f"{count} addresses that mail came back from wait for a person")
    elif run.live:
        for one in held:
            suppressions.decide(one.name)


@step("look for new mail")
async def look_for_mail(run: Run, inbox: Inbox, point: str) -> Page:
    """What is new after a point. Raises Fault."""
    page = inbox.new(point, run.now - LOOK_BACK)
    run.outcome.read["mails"] = run.outcome.read.get("mails", 0) + len(page.arrivals)
    return page
