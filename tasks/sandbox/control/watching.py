"""The control path of what can be watched: the clock, the requests, the quotas.

| path | what it does |
|---|---|
| ``GET /control/clock`` | ``now``, ``frozen``, and ``data``, the folder |
| ``POST /control/clock`` | ``now`` (an instant, or null for real time), ``advance`` (seconds or "PT1H"), ``frozen`` |
| ``GET /control/requests`` | totals and the newest 5000 lines; ``?api= &status= (404, 4xx) &since= &fault=1 &text=`` |
| ``DELETE /control/requests`` | start counting at zero |
| ``GET /control/quota`` | each limit with what this minute of the sandbox's clock used of it |
| ``POST /control/quota`` | ``{"limits": {"sheets.read.user": 5}}``; null gives one back to Google |
| ``DELETE /control/quota`` | Google's own limits again, and nothing used |

Quotas are always counted; what exceeds them is refused while the setting ``enforce_quota`` is on.
"""

from tasks.sandbox.clock import parse_duration, parse_instant, rfc3339
from tasks.sandbox.control.journal import Filter
from tasks.sandbox.control.spoken import spoken
from tasks.sandbox.failures import invalid
from tasks.sandbox.shapes import Json
from tasks.sandbox.switches import switch
from tasks.sandbox.wire import Answer, Call, Operation, answer

CLOCK_SAYS = 'Say {"now": "2024-02-16T08:00:00Z"}, {"now": null}, {"advance": "PT1H"} or {"frozen": true}.'


def _clock(call: Call) -> Answer:
    clock = call.world.clock
    if call.method == "POST":
        _set_clock(call, call.json())
    return answer({"now": rfc3339(clock.now()), "frozen": clock.stands, "data": str(call.world.store.folder)})


def _set_clock(call: Call, wanted: Json) -> None:
    """In this order: set, moved on, stopped or started."""
    clock, known = call.world.clock, {"now", "advance", "frozen"}
    if not wanted or set(wanted) - known or type(wanted.get("frozen", True)) is not bool:
        raise invalid(CLOCK_SAYS)
    if "now" in wanted:
        instant = None if wanted["now"] is None else parse_instant(str(wanted["now"]))
        clock.set(instant, still=wanted.get("frozen", False))
    if "advance" in wanted:
        clock.advance(parse_duration(wanted["advance"]))
    if "frozen" in wanted:
        clock.stand(still=wanted["frozen"])


def _requests(call: Call) -> Answer:
    journal = call.world.journal
    if call.method == "DELETE":
        journal.clear()
    wanted = Filter(
        call.one("api"), call.one("status"), call.number("since", 0), fault=call.flag("fault"), text=call.one("text")
    )
    return answer(journal.report(wanted))


def _quota(call: Call) -> Answer:
    world = call.world
    if call.method == "POST":
        world.quota.change(call.json().get("limits"))
    if call.method == "DELETE":
        world.quota.change(dict.fromkeys(world.quota.changed))
        world.quota.clear()
    limits = world.quota.report(world.clock.now())
    enforced = switch(world.store, "enforce_quota")
    return answer({"enforced": enforced, "minute_ends": world.quota.ends(), "limits": limits})


OPERATIONS: list[Operation] = [
    *spoken("GET POST", "clock", _clock),
    *spoken("GET DELETE", "requests", _requests),
    *spoken("GET POST DELETE", "quota", _quota),
]
