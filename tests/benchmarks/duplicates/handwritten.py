"""Proposals as people write them, their translations, and sessions that only look like them; see handwritten.txt."""

from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("handwritten.txt")


@dataclass(frozen=True, slots=True)
class Told:
    """A title and a summary in one language."""

    language: str
    title: str
    summary: str


def handwritten():
    """A proposal, its translation, and another one that looks like it; as many times as somebody wrote them down."""
    blocks = [block for block in FILE.read_text(encoding="utf-8").split("\n\n") if not block.startswith("#")]
    return [tuple(_told(line) for line in block.strip().splitlines()) for block in blocks]


def _told(line):
    return Told(*(piece.strip() for piece in line.removeprefix("- ").split(" | ")))
