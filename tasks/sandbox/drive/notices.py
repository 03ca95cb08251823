"""Mails that Drive would have sent about a file."""

from collections.abc import Sequence

from tasks.sandbox.notices import note
from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World


def tell(world: World, action: str, file: Json, to: Sequence[str], *, by: str, text: str = "") -> None:
    """Note a mail about a file instead of sending it."""
    about = {"file": file["id"], "summary": file["name"], "text": text, "by": by, "to": list(to)}
    note(world, {"api": "drive", "action": action, **about})
