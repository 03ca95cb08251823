"""Recorded traffic of the real Google: 124 scenarios of the gspread project, under the licence beside them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

FOLDER = Path(__file__).parent / "recordings"


@dataclass(frozen=True)
class Exchange:
    """One request and Google's answer; ``position`` counts from 1 and is the line in the file."""

    recording: str
    position: int
    method: str
    uri: str
    body: str | None
    status: int
    content_type: str
    answer: str

    @property
    def path(self) -> str:
        """The encoded path with its query."""
        address = urlsplit(self.uri)
        return address.path + (f"?{address.query}" if address.query else "")

    @property
    def makes_a_file(self) -> bool:
        """``files.create`` or ``files.copy``: Google chose an id."""
        path = urlsplit(self.uri).path
        return self.method == "POST" and (path == "/drive/v3/files" or path.endswith("/copy"))


def recordings() -> Iterator[list[Exchange]]:
    """The exchanges of one file after the other."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        yield [_exchange(path.stem, number, json.loads(line)) for number, line in enumerate(lines, 1)]


def runs(exchanges: list[Exchange]) -> list[list[Exchange]]:
    """A file holds several runs of its scenario; one ends when all the files that it made are deleted."""
    found: list[list[Exchange]] = [[]]
    alive: set[str] = set()
    for exchange in exchanges:
        if exchange.makes_a_file:
            if not alive and found[-1]:
                found.append([])
            alive.add(json.loads(exchange.answer)["id"])
        if exchange.method == "DELETE":
            alive.discard(urlsplit(exchange.uri).path.rpartition("/")[2])
        found[-1].append(exchange)
    return found


def _exchange(recording: str, position: int, line: dict) -> Exchange:
    return Exchange(
        recording,
        position,
        line["method"],
        line["uri"],
        line["body"],
        line["status"],
        line["content_type"] or "",
        line["response"] or "",
    )
