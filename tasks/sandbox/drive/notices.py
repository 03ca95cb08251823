"""Mails that Drive would have sent; they stand in one list with Calendar's."""

from collections.abc import Sequence

from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World


def tell(world: World, action: str, file: Json, to: Sequence[str], *, by: str, text: str = "") -> None:
    """Note a mail about a file instead of sending it."""
    number = world.store.next_number("notification")
    body = {
        "n": number,
        "api": "drive",
        "action": action,
        "file": file["id"],
        "summary": file["name"],
        "text": text,
        "by": by,
        "to": list(to),
        "at": world.clock.text(),
    }
    world.store.put("notification", str(number), body)
