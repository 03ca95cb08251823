"""One fault: which requests it is meant for, which of them it strikes, and with what."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

from tasks.sandbox.failures import invalid
from tasks.sandbox.faults.people import check_action
from tasks.sandbox.shapes import Json

Work = Literal["no", "first", "waits", "late"]
"""Whether the asked work is done: not at all, before the answer, after the waiting, or after the answer was lost."""

EFFECTS: Mapping[str, Work] = {
    "status": "no",
    "status-after": "first",
    "drop-before": "no",
    "drop-after": "first",
    "drop-late": "late",
    "half-body": "first",
    "truncated": "first",
    "wrong-type": "first",
    "slow": "first",
    "slow-before": "waits",
    "person": "first",
}
SECONDS = {"slow": 5.0, "slow-before": 5.0, "drop-late": 180.0}
BODIES = ("json", "html", "text")
MOMENTS = ("before", "after")
LONGEST_WAIT = 600
"""Seconds for which an answer may be held back."""
LONGEST_WHILE = 31 * 24 * 3600
"""Seconds of the sandbox's clock for which a fault may last, or after which lost work may be done."""


@dataclass(frozen=True)
class Request:
    """A request as a fault looks at it; ``path`` is decoded, ``operation`` the method's id in discovery."""

    method: str
    path: str
    api: str
    operation: str


@dataclass(frozen=True)
class Fault:
    """Strikes from the ``nth`` matching request on: ``times`` requests (0: all), or all within ``for_seconds``.

    ``method`` may be several ("POST|PATCH"), ``path`` is a regular expression on the decoded path, ``operation`` the
    end of an id in discovery ("drafts.send", "sheets.spreadsheets.get"). ``seconds`` are real ones by which the answer
    is late; with drop-late they are the sandbox's, after which the work is done. ``for_seconds`` are the sandbox's too
    and begin with the first strike. ``moment`` and ``action`` belong to the effect "person".
    """

    method: str = ""
    path: str = ""
    api: str = ""
    operation: str = ""
    nth: int = 1
    times: int = 1
    for_seconds: float = 0.0
    effect: str = "status"
    status: int = 503
    reason: str = ""
    body: str = "json"
    retry_after: int = 0
    seconds: float = 0.0
    moment: str = "after"
    action: Json = field(default_factory=dict)
    name: str = ""

    def matches(self, request: Request) -> bool:
        """Whether this request counts."""
        return (
            (not self.method or request.method in self.method.split("|"))
            and self.api in {"", request.api}
            and (not self.operation or f".{request.api}.{request.operation}".endswith(f".{self.operation}"))
            and re.search(self.path, request.path) is not None
        )

    @property
    def work(self) -> Work:
        """Whether and when the asked work is done."""
        return EFFECTS[self.effect]

    @property
    def drops(self) -> bool:
        """The connection is closed without an answer."""
        return self.effect.startswith("drop")

    @property
    def is_person(self) -> bool:
        """Google answers as ever; only somebody else does something too."""
        return self.effect == "person"

    def described(self) -> Json:
        """Its JSON."""
        return asdict(self)


def parse_fault(wanted: object) -> Fault:
    """A fault from its JSON; 400 with a sentence for one that could not strike as it is meant."""
    if not isinstance(wanted, dict):
        raise invalid(f"A fault is a JSON object, not {wanted!r}.")
    known = {one.name: one for one in fields(Fault)}
    if unknown := sorted(set(wanted) - set(known)):
        raise invalid(f"A fault has no {', '.join(unknown)}; it may have {', '.join(known)}.")
    given: dict[str, Any] = {name: _typed(name, value) for name, value in wanted.items()}
    given.setdefault("times", 0 if given.get("for_seconds") else 1)
    given.setdefault("seconds", SECONDS.get(given.get("effect", ""), 0.0))
    fault = Fault(**given | {"method": given.get("method", "").upper()})
    if fault.effect not in EFFECTS:
        raise invalid(f"effect must be one of {', '.join(EFFECTS)}, not {fault.effect!r}.")
    for holds, sentence in _rules(fault):
        if not holds:
            raise invalid(sentence)
    if fault.is_person:
        check_action(fault.action)
    return fault


def _typed(name: str, value: object) -> object:
    kind = type(getattr(Fault(), name))
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        words = {str: "a text", int: "a whole number", float: "a number", dict: "a JSON object"}
        raise invalid(f"{name} must be {words[kind]}, not {value!r}.")
    return value


def _rules(fault: Fault) -> list[tuple[bool, str]]:
    longest = LONGEST_WHILE if fault.work == "late" else LONGEST_WAIT
    return [
        (fault.body in BODIES, f"body must be one of {', '.join(BODIES)}, not {fault.body!r}."),
        (fault.moment in MOMENTS, f"moment must be before or after, not {fault.moment!r}."),
        (fault.nth >= 1, "nth must be a number from 1."),
        (fault.times >= 0, "times must be a number from 0 (0 strikes every request)."),
        (0 <= fault.for_seconds <= LONGEST_WHILE, f"for_seconds must be from 0 to {LONGEST_WHILE}."),
        (fault.retry_after >= 0, "retry_after must not be negative."),
        (400 <= fault.status <= 599, f"status must be an error from 400 to 599, not {fault.status}."),  # noqa: PLR2004 (HTTP)
        (0 <= fault.seconds <= longest, f"seconds must be from 0 to {longest}."),
        (fault.is_person or not fault.action, "an action needs the effect person."),
        (_is_pattern(fault.path), f"path is not a regular expression: {fault.path!r}."),
    ]


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
