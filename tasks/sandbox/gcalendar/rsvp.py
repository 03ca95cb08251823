"""A guest's answer, given on the guest's own copy of the event."""

from tasks.sandbox.failures import invalid, not_found
from tasks.sandbox.gcalendar.events import RESPONSES
from tasks.sandbox.gcalendar.notices import tell
from tasks.sandbox.gcalendar.storage import keep
from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World


def answer_invitation(world: World, event: Json, address: str, status: str) -> Json:
    """The stored event with the answer of the guest with this address; the organizer would be told by mail.

    404 when nobody with this address is invited, 400 for a status that is none of ``RESPONSES``.
    """
    if status not in RESPONSES:
        raise invalid(f"Invalid attendee response status: {status}")
    guests = event.get("attendees", [])
    invited = {guest["email"].casefold() for guest in guests}
    if address.casefold() not in invited:
        raise not_found(f"{address} is not invited.")
    answered = [
        {**guest, "responseStatus": status} if guest["email"].casefold() == address.casefold() else guest
        for guest in guests
    ]
    kept = keep(world, event.get("_calendar", world.owner), {**event, "attendees": answered})
    tell(world, kept, "answer", [world.owner], "all")
    return kept
