"""Options that several `colab` commands share."""

from datetime import UTC, datetime
from typing import Annotated

import typer

Live = Annotated[bool, typer.Option("--live", help="Really do it: write, create, send.")]


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
