"""Shows an outcome to a person at a terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tasks.domain.outcome import Outcome
from tasks.domain.words import Words

LINES_SHOWN = 40


def print_outcome(outcome: Outcome, words: Words, console: Console, *, problems: bool = True) -> None:
    """What was read, done, skipped and why, what needs attention, and how many requests it took."""
    verb = "done" if outcome.live else "would be done (rehearsal)"
    console.print(f"[bold]{outcome.flow}[/bold] · {len(outcome.done)} {verb}")
    _lines(console, "dim", [f"read {count}: {what}" for what, count in outcome.read.items()])
    _lines(console, "bold", outcome.first_sights)
    _lines(console, "green" if outcome.live else "cyan", outcome.done)
    _lines(console, "dim", [f"skipped {count}: {reason}" for reason, count in sorted(outcome.skipped.items()) if count])
    _lines(console, "yellow", [f"held: {line}" for line in outcome.held])
    _lines(console, "red", [f"failed: {line}" for line in outcome.failed])
    if outcome.problems and not problems:
        _lines(console, "yellow", [f"still {len(outcome.problems)} lines in Needs attention"])
    elif outcome.problems:
        console.print(_problems(outcome, words))
    console.print(f"requests: {requests_in_words(outcome)}", style="dim")


def requests_in_words(outcome: Outcome) -> str:
    """``sheets 4 GET, 1 POST · gmail 48 POST``."""
    parts = [
        f"{api} {', '.join(f'{count} {method}' for method, count in counts.items())}"
        for api, counts in outcome.requests.items()
    ]
    return " · ".join(parts) or "none"


def _lines(console: Console, style: str, lines: list[str]) -> None:
    for line in lines[:LINES_SHOWN]:
        console.print(f"  {escape(line)}", style=style, highlight=False)
    if (more := len(lines) - LINES_SHOWN) > 0:
        console.print(f"  … and {more} more", style=style, highlight=False)


def _problems(outcome: Outcome, words: Words) -> Table:
    table = Table(title="Needs attention", title_justify="left", expand=True)
    for header in ("Sheet", "Row", "What is wrong", "What to do"):
        table.add_column(header, overflow="fold")
    for problem in outcome.problems:
        row = str(problem.row or "")
        told = [words.sentences(problem.what), words.sentences(problem.todo)]
        table.add_row(escape(problem.sheet), row, *map(escape, told))
    return table
