"""Options that several `colab` commands share."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.launch import refuse

Live = Annotated[bool, typer.Option("--live", help="Really do it: write, create, send.")]


def not_both(*, live: bool, rehearse: bool) -> None:
    """Whoever asks for both does not get the one that sends. Raises typer.Exit."""
    if live and rehearse:
        refuse("--live sends and --rehearse does not; choose one of them")


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is not an instant such as 2024-02-16T08:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


Now = Annotated[
    datetime | None,
    typer.Option(
        parser=_instant,
        help="The clock of the run, such as 2024-02-16T08:00Z; without a zone it is UTC.",
        metavar="INSTANT",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the outcome as one JSON object.")]
