"""One sandbox, one ledger and one mail server, with everybody who acts on them and judges them."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from config.settings import Settings
from flows.torture.people import People
from flows.torture.post_office import Post
from flows.torture.record import Record, arrived, differences, prints, record
from flows.torture.walker import Order, made, run
from tasks.domain.effects import EffectState
from tasks.domain.mail_identity import token
from tasks.domain.outcome import Outcome
from tasks.domain.staff_answers import HELD, UNCERTAIN
from tasks.domain.submissions import Attention
from tasks.services import Services, using

FIVE_MINUTES = timedelta(minutes=5)
PATIENCE = 8
"""Quiet runs after which nothing may be left to do."""


@dataclass
class Place:
    """One sandbox, one ledger, one mail server, and everybody who acts on them."""

    given: dict[str, Any]
    post: Post
    answered: int = 0
    people: People = field(init=False)
    _made: Services | None = None
    _open: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.people = People(self.settings)

    @cached_property
    def settings(self) -> Settings:
        """As a worker has them."""
        return Settings(_env_file=None, **self.given)

    @property
    def services(self) -> Services:
        """Those of the quiet runs and of whoever judges, made when they are first needed: after the harm."""
        if self._made is None:
            self._made = self._open.enter_context(made(self.settings))
        return self._made

    def rest(self) -> None:
        """Let go of the ledger and the mail server until the next quiet run."""
        self._made = None
        self._open.close()

    def close(self) -> None:
        """Everybody goes home."""
        self.rest()
        self.people.close()

    @property
    def may_lose_commits(self) -> bool:
        """Whether not every commit is on disk before it returns: where mails are claimed together in a file."""
        return self.settings.mail_transport == "smtp" and self.given["ledger_url"].startswith("sqlite:")

    def run(self, flow: str, now: datetime, parameters: Mapping[str, str]) -> Outcome:
        """A quiet run in this process."""
        self.people.set_clock(now)
        with using(self.services):
            return run(Order(self.given, flow, now, parameters))

    def run_until_quiet(self, flow: str, now: datetime, parameters: Mapping[str, str]) -> list[str]:
        """Run again and again, with people who answer what is asked, until nothing is left; says what is wrong."""
        wrong: list[str] = []
        for turn in range(1, PATIENCE + 1):
            outcome = self.run(flow, now + turn * FIVE_MINUTES, parameters)
            wrong += [f"a quiet run failed: {line}" for line in outcome.failed]
            if not self.answer_questions() and not outcome.done:
                return wrong
        return [*wrong, f"after {PATIENCE} quiet runs there is still something to do"]

    def answer_questions(self) -> bool:
        """What stands open in *Needs attention* is answered as a person would who looks at what arrived."""
        asked = [item for item in self._open_items() if item.problem.code in {UNCERTAIN, HELD}]
        for item in asked:
            self.people.type("register", "Needs attention", {"Key": item.identity}, {"Answer": self._answer(item)})
        self.answered += len(asked)
        return bool(asked)

    def wrong_at(self, end: Record) -> list[str]:
        """What is not as it should be in the end: lost, done twice, or neither settled nor told."""
        effects = self.services.ledger.effects().items()
        stuck = [f"{key} is {one.state}" for key, one in effects if one.state is not EffectState.sent]
        told = [f"Needs attention still says {item.problem.code}" for item in self._open_items()]
        return [*differences(end, record(self.people, self.post)), *stuck, *told]

    def _answer(self, item: Attention) -> str:
        if item.problem.code == HELD:
            return "Go on"
        code = token(item.problem.subject)
        sent = any(prints(raw, code) for _, raw in arrived(self.people, self.post))
        return "It was sent" if sent else "Send it again"

    def _open_items(self) -> list[Attention]:
        return [item for item in self.services.ledger.attention() if item.solved_at is None]
