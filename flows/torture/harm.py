"""What can be done to one run of a chapter, enumerated: each step at which it is killed, each reply that is lost."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from flows.torture.place import Place
from flows.torture.post_office import END_OF_DATA, nothing
from flows.torture.stage import Scene, Stage
from flows.torture.walker import Order
from flows.torture.worker import Died, Worker
from tasks.ledger.disk import Disk

LATE, TOO_LATE = 180, 420
"""Seconds after which work is done whose answer was lost: before the next run looks for it, and after."""


class Harm(Protocol):
    """Something bad that happens once during a run."""

    @property
    def words(self) -> str:
        """What it is."""

    def happen(self, place: Place, order: Order) -> bool:
        """Let the run take place with it; answers whether it struck. Raises Died."""


@dataclass(frozen=True)
class Killed:
    """The worker is killed at its step with this number."""

    number: int
    step: str

    @property
    def words(self) -> str:
        """Where."""
        return f"killed at step {self.number}, {self.step}"

    def happen(self, place: Place, order: Order) -> bool:  # noqa: ARG002 (it needs nothing of the place)
        """Run until then."""
        with Worker(order.dying_at(self.number)) as worker:
            worker.begin()
            return worker.end() is None


@dataclass(frozen=True)
class PowerCut:
    """The machine loses its power at a step, and with it what is not on disk of the ledger, which is a file."""

    number: int
    step: str

    @property
    def words(self) -> str:
        """Where."""
        return f"power cut at step {self.number}, {self.step}"

    def happen(self, place: Place, order: Order) -> bool:
        """Run until then."""
        with TemporaryDirectory(prefix="colab-disk-") as folder:
            disk = Disk(place.given["ledger_url"], Path(folder))
            disk.keep()
            with Worker(replace(order, dies_at=self.number, disk=folder)) as worker:
                worker.begin()
                struck = worker.end() is None
            disk.power_cut()
        return struck


@dataclass(frozen=True)
class LostReply:
    """A request of Google's loses its answer; the work is done before that, never, or ``seconds`` later."""

    number: int
    effect: str
    request: str
    seconds: float = 0

    @property
    def words(self) -> str:
        """Which."""
        late = f" by {self.seconds:.0f} s" if self.seconds else ""
        return f"{self.effect}{late} of request {self.number}, {self.request}"

    def happen(self, place: Place, order: Order) -> bool:
        """Run to the end."""
        place.people.ask(
            "POST", "/control/faults", {"nth": self.number, "effect": self.effect, "seconds": self.seconds}
        )
        with Worker(order) as worker:
            worker.begin()
            worker.end()
        return not any("nth" in fault for fault in place.people.ask("GET", "/control/faults"))


@dataclass(frozen=True)
class LostMailReply:
    """The mail server hangs up instead of giving a reply; ``kills``: the worker is killed at that moment."""

    number: int
    reply: str
    keeps: bool = True
    kills: bool = False

    @property
    def words(self) -> str:
        """Which."""
        what = "killed at" if self.kills else "lost:"
        kept = "" if self.keeps else ", the mail not taken"
        return f"{what} reply {self.number} of the mail server, {self.reply!r}{kept}"

    def happen(self, place: Place, order: Order) -> bool:
        """Run until then, or to the end."""
        with Worker(order) as worker:
            strike = worker.kill if self.kills else nothing
            place.post.expect(self.number, keeps=self.keeps, strike=strike)
            worker.begin()
            worker.end()
        return len(place.post.replies) >= self.number


def harms(stage: Stage, scene: Scene) -> Iterator[Harm]:
    """Everything that can be done to this chapter once, found by a run to which nothing is done."""
    with stage.opened(scene) as place, Worker(order_of(place, scene)) as worker:
        worker.begin()
        walked = worker.end()
        replies = list(place.post.replies)
    if walked is None or walked.failed:
        raise Died(f"{scene.chapter.name} without any harm: {walked}")
    yield from (Killed(number, step) for number, step in enumerate(walked.steps, start=1))
    if place.may_lose_commits:
        yield from (PowerCut(number, step) for number, step in enumerate(walked.steps, start=1))
    requests = [step.removeprefix("before ") for step in walked.steps if step.startswith("before ") and "/" in step]
    for number, request in enumerate(requests, start=1):
        yield LostReply(number, "drop-after", request)
        yield LostReply(number, "drop-before", request)
        if not request.startswith("GET "):
            yield from (LostReply(number, "drop-late", request, seconds) for seconds in (LATE, TOO_LATE))
    for number, reply in enumerate(replies, start=1):
        for kills in (True, False):
            yield LostMailReply(number, reply, kills=kills)
            if END_OF_DATA in reply:
                yield LostMailReply(number, reply, keeps=False, kills=kills)


def try_out(stage: Stage, scene: Scene, harm: Harm) -> list[str]:
    """Play a chapter with a harm, go on quietly, and say what is wrong in the end; nothing if all is well."""
    with stage.opened(scene) as place:
        try:
            if not harm.happen(place, order_of(place, scene)):
                return ["it did not strike"]
        except Died as died:
            return [str(died)]
        place.post.expect()
        flow, now = scene.chapter.flow, scene.chapter.now
        wrong = place.run_until_quiet(flow, now, scene.parameters)
        if isinstance(harm, LostReply) and harm.seconds:  # the work may have been done only after the last run
            wrong += place.run_until_quiet(flow, now + timedelta(seconds=harm.seconds), scene.parameters)
        return [*wrong, *place.wrong_at(scene.ends)]


def order_of(place: Place, scene: Scene) -> Order:
    """The run of a chapter."""
    return Order(place.given, scene.chapter.flow, scene.chapter.now, scene.parameters)
