"""A whole live run of a flow, whose process may be killed at any of its steps."""

import asyncio
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import inf
from pathlib import Path
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter

from config.settings import Settings
from flows.all_flows import FLOWS
from tasks.chapter import collecting
from tasks.domain.outcome import Outcome
from tasks.domain.pace import Pace
from tasks.ledger.commits import Watcher, nothing, watch_commits
from tasks.ledger.disk import Disk
from tasks.ledger.stops import LedgerStops
from tasks.services import Services, open_services, using


@dataclass(frozen=True)
class Order:
    """What a worker does; ``dies_at`` is the number of the step at which it is killed, 0 for none.

    ``disk`` is a folder for what a power cut would leave of a ledger in a file, ``""`` if the power stays.
    """

    settings: Mapping[str, Any]
    flow: str
    now: datetime
    parameters: Mapping[str, str] = field(default_factory=dict)
    dies_at: int = 0
    disk: str = ""

    def dying_at(self, step: int) -> Self:
        """The same, killed there."""
        return replace(self, dies_at=step)


class Steps:
    """Counts the steps of this process, and ends it at one of them as a machine ends that loses its power."""

    def __init__(self, dies_at: int) -> None:
        self.reached: list[str] = []
        self._dies_at = dies_at

    def reach(self, what: str) -> None:
        """One step further."""
        self.reached.append(what)
        if len(self.reached) == self._dies_at:
            os.kill(os.getpid(), signal.SIGKILL)


class Mortal(HTTPAdapter):
    """Carries requests to the sandbox; each is two steps, before it is sent and after its answer has come."""

    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self._steps = steps

    def send(self, request: requests.PreparedRequest, *args: Any, **how: Any) -> requests.Response:  # noqa: ANN401
        """What the sandbox is asked as a sandbox is nothing that Google has."""
        url = request.url or ""
        what = f"{request.method} {request.path_url.partition('?')[0]}"
        if "/control/" in url:
            return super().send(request, *args, **how)
        self._steps.reach(f"before {what}")
        answer = super().send(request, *args, **how)
        self._steps.reach(f"after {what}")
        return answer


@dataclass(frozen=True)
class Walked:
    """The steps that a worker took, and what failed."""

    steps: list[str]
    failed: list[str]


def walk(order: Order) -> Walked:
    """Run a flow live."""
    steps = Steps(order.dies_at)
    disk = Disk(order.settings["ledger_url"], Path(order.disk)).keep if order.disk else nothing
    watch_commits(Watcher(lambda: steps.reach("before a commit"), lambda: steps.reach("after a commit"), disk))
    with made(Settings(_env_file=None, **order.settings)) as services, using(services):
        services.google.mount("http://", Mortal(steps))
        outcome = run(order)
    return Walked(steps.reached, outcome.failed)


WIDE = Pace(first=50, seconds=inf)
"""All mails of a run are claimed together, so that every run without harm takes the same steps."""


@contextmanager
def made(settings: Settings) -> Iterator[Services]:
    """The services of a run, without the encoder: it takes seconds to load, and no effect depends on it."""
    with open_services(settings) as services:
        yield replace(services, vectors=None, pace=WIDE)


def run(order: Order) -> Outcome:
    """Run a flow live in this process."""
    with collecting() as outcomes, suppress(LedgerStops):
        asyncio.run(FLOWS[order.flow].fn(now=order.now, live=True, **order.parameters))
    return outcomes[0]
