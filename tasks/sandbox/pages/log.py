"""The page of the request log: what was asked, what was answered, and how much of each quota was used."""

from tasks.sandbox.control.journal import Entry, Filter
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.pages.page import PageError, form, page, to
from tasks.sandbox.quota.limits import BUCKETS
from tasks.sandbox.shapes import Json
from tasks.sandbox.switches import set_switches, switch
from tasks.sandbox.wire import Answer, Call, Operation, operation

SHOWN_LINES = 200
STATUSES = ("2xx", "4xx", "5xx", "0")
FILTERS = ("api", "status", "fault", "text")


def _log(call: Call) -> Answer:
    journal = call.world.journal
    wanted = Filter(
        call.one("api"),
        call.one("status"),
        fault=call.flag("fault"),
        text=call.one("text"),
        before=call.number("before", 0),
    )
    found = journal.newest(wanted)
    lines = [entry for entry, _ in zip(found, range(SHOWN_LINES), strict=False)]
    return page(
        "log.html",
        wanted=wanted,
        total=journal.total,
        counts=sorted(journal.counts.items()),
        statuses=STATUSES,
        lines=lines,
        tone=_tone,
        older=lines[-1].n if next(found, None) else 0,
        query={name: call.one(name) for name in FILTERS if call.one(name)},
        enforced=switch(call.world.store, "enforce_quota"),
        limits=_limits(call),
        buckets=list(BUCKETS),
    )


def _tone(entry: Entry) -> str:
    """The class of the chip that shows a status."""
    if entry.status is None:
        return "info"
    return "good" if 0 < entry.status < 400 else "bad"  # noqa: PLR2004 (HTTP)


def _limits(call: Call) -> list[Json]:
    """Those of which something was used or which were changed."""
    report = call.world.quota.report(call.world.clock.now())
    return [one for one in report if one["peak"] or one["refused"] or one["limit"] != one["googles"]]


def _change_quota(call: Call) -> Answer:
    wanted = form(call)
    if "enforce" in wanted:
        set_switches(call.world.store, {"enforce_quota": wanted["enforce"] == "yes"})
        return to("/log#quota")
    limit = wanted.get("limit", "").strip()
    if limit and not limit.isdecimal():
        raise PageError("log.not_a_limit", limit=limit)
    try:
        call.world.quota.change({wanted.get("bucket", ""): int(limit) if limit else None})
    except GoogleError:
        raise PageError("log.not_a_limit", limit=limit) from None
    return to("/log#quota")


def _clear(call: Call) -> Answer:
    call.world.journal.clear()
    return to("/log")


OPERATIONS: list[Operation] = [
    operation("pages", "GET", "/log", "log", _log),
    operation("pages", "POST", "/log/clear", "log clear", _clear),
    operation("pages", "POST", "/log/quota", "log quota", _change_quota),
]
