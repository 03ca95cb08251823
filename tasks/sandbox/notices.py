"""Mails that Drive and Calendar would have sent themselves, noted so that tests and people can count them."""

from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World

KIND = "notification"


def note(world: World, mail: Json) -> None:
    """One mail that was not sent; it gets a number and the time."""
    number = world.store.next_number(KIND)
    world.store.put(KIND, str(number), {"n": number, **mail, "at": world.clock.text()})


def notices(world: World) -> list[Json]:
    """Every such mail, the oldest first."""
    return world.store.all(KIND)
