"""One run of a flow: its clock, its services, the lease that keeps live runs apart, and what it reports."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

from prefect import State, get_run_logger
from prefect.context import FlowRunContext
from prefect.states import Cancelled, Completed, Failed

from config.settings import load_settings
from tasks.domain.addresses import is_listed
from tasks.domain.models import Person
from tasks.domain.outcome import Outcome
from tasks.domain.programme import Limits
from tasks.ledger.stops import LedgerStops
from tasks.services import Services, clock, services

_collected: ContextVar[list[Outcome] | None] = ContextVar("collected", default=None)


@dataclass(frozen=True, slots=True)
class Run:
    """What a flow works with. ``now`` is UTC and stands still; outside of ``live`` nothing may be done."""

    services: Services
    outcome: Outcome
    now: datetime
    live: bool

    @property
    def limits(self) -> Limits:
        """The programme's brakes and sizes."""
        return self.services.settings.programme.limits

    def reaches(self, somebody: Person) -> bool:
        """Whether the mode lets anything be done to this person: ``allowlist`` only to whom the programme lists."""
        settings = self.services.settings
        return settings.mode != "allowlist" or is_listed(somebody, settings.programme.allowlist)


def missed_turn(flow: str) -> State | None:
    """The end of a run that the timetable meant for more than two intervals ago: the turns since then do its work.

    After an outage a scheduler starts all missed runs at once. A run that a person asked for is never too late.
    Raises SettingsError.
    """
    context = FlowRunContext.get()
    turn = context.flow_run if context else None
    if turn is None or not turn.auto_scheduled or turn.expected_start_time is None:
        return None
    every: float = getattr(load_settings().programme.cadence, flow)
    late = (datetime.now(UTC) - turn.expected_start_time).total_seconds() / 60
    if late <= 2 * every:
        return None
    return Cancelled(message=f"{late:.0f} minutes late: left to the turns that come after it")


@asynccontextmanager
async def chapter(flow: str, *, now: datetime | None, live: bool) -> AsyncIterator[Run]:
    """Open a run. Live runs on one ledger wait for each other. Raises SettingsError, LedgerStops."""
    with services() as outside:
        before = outside.google.requests_made()
        outcome = Outcome(flow, live)
        run = Run(outside, outcome, (now or clock(outside.settings)).astimezone(UTC), live)
        if (sink := _collected.get()) is not None:
            sink.append(outcome)
        try:
            with outside.ledger.lease.held(flow) if live else nullcontext():
                yield run
        except LedgerStops as stop:
            outcome.failed.append(str(stop))
            raise
        finally:
            outcome.requests = _difference(outside.google.requests_made(), before)


@contextmanager
def collecting() -> Iterator[list[Outcome]]:
    """Collect the outcomes of the runs inside, for whoever reports them."""
    outcomes: list[Outcome] = []
    token = _collected.set(outcomes)
    try:
        yield outcomes
    finally:
        _collected.reset(token)


def conclude(outcome: Outcome) -> State:
    """Red if anything failed. What the Prefect page shows holds counts, refs and rows only."""
    if FlowRunContext.get() is not None:
        for line in outcome.lines():
            get_run_logger().info(line)
    if outcome.red:
        return Failed(message=outcome.sentence())
    if not outcome.done:
        return Completed(name="Nothing to do", message=outcome.sentence())
    return Completed(message=outcome.sentence())


def _difference(after: dict[str, dict[str, int]], before: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    made: dict[str, dict[str, int]] = {}
    for api, counts in after.items():
        for method, count in counts.items():
            if more := count - before.get(api, {}).get(method, 0):
                made.setdefault(api, {})[method] = more
    return made
