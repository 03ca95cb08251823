"""The mails that Calendar itself would send (``sendUpdates``): noted, so that tests and people can count them."""

from collections.abc import Sequence

from tasks.sandbox.failures import invalid
from tasks.sandbox.notices import note
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Call
from tasks.sandbox.world import World

MODES = {"", "all", "externalOnly", "none"}


def check_updates(call: Call) -> None:
    """400 for a mode that Calendar does not know."""
    if call.one("sendUpdates") not in MODES:
        raise invalid(f"Invalid value for: {call.one('sendUpdates')} is not a valid value")


def notify_guests(call: Call, event: Json, action: str) -> None:
    """Whom Google would have mailed about an insert, update or cancel."""
    mode = call.one("sendUpdates") or ("all" if call.flag("sendNotifications") else "none")
    guests = [guest["email"] for guest in event.get("attendees", []) if not guest.get("self")]
    if mode != "none" and guests:
        tell(call.world, event, action, guests, mode)


def tell(world: World, event: Json, action: str, to: Sequence[str], mode: str) -> None:
    """Note a mail about an event instead of sending it."""
    about = {"event": event["id"], "summary": event.get("summary", ""), "to": list(to)}
    note(world, {"action": action, "sendUpdates": mode, **about})
