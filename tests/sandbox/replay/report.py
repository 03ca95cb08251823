"""The classes of all exchanges as a table, and every difference in the form of an entry of ``allowed.toml``."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tests.sandbox.replay.replaying import CLASSES, Outcome

ALLOWED = Path(__file__).parent / "allowed.toml"


class Entry(NamedTuple):
    """A difference at its place; the values are JSON text, ``status`` and ``text`` differences are bare."""

    recording: str
    position: int
    path: str
    google: str
    ours: str


def entries(outcomes: Iterable[Outcome]) -> list[Entry]:
    """Everything that differs."""
    return [
        Entry(outcome.exchange.recording, outcome.exchange.position, one.path, one.google, one.ours)
        for outcome in outcomes
        for one in outcome.differences
    ]


def allowed() -> dict[Entry, str]:
    """The differences that are accepted on purpose, with their reasons."""
    found = tomllib.loads(ALLOWED.read_text(encoding="utf-8"))["difference"]
    return {Entry(*(one[name] for name in Entry._fields)): one["reason"] for one in found}


def listing(outcomes: Iterable[Outcome]) -> str:
    """The differences that are not accepted."""
    known = allowed()
    return "\n".join(_toml(entry) for entry in entries(outcomes) if entry not in known)


def table(outcomes: list[Outcome]) -> str:
    """How many exchanges of an endpoint fall into which class, as a Markdown table."""
    counts = Counter((one.endpoint, one.same) for one in outcomes)
    names = sorted({one.endpoint for one in outcomes})
    lines = [["endpoint", "exchanges", *CLASSES]]
    for name in names:
        row = [counts[name, same] for same in CLASSES]
        lines.append([name, sum(row), *row])
    total = [sum(row[at] for row in lines[1:]) for at in range(1, len(lines[0]))]
    lines.append(["all", *total])
    rows = ["| " + " | ".join(str(part or "") for part in line) + " |" for line in lines]
    return "\n".join([rows[0], "|---" + "|---:" * (len(lines[0]) - 1) + "|", *rows[1:]])


def _toml(entry: Entry) -> str:
    lines = [f"{name} = {json.dumps(part, ensure_ascii=False)}" for name, part in entry._asdict().items()]
    return "\n".join(["[[difference]]", *lines, 'reason = ""', ""])
