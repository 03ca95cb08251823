"""What left the office, for tests, rehearsals and the pages that count it."""

from datetime import UTC, datetime

from tasks.sandbox.gmail.addresses import recipients
from tasks.sandbox.gmail.headers import header
from tasks.sandbox.gmail.mailboxes import Mailbox, office
from tasks.sandbox.shapes import Json
from tasks.sandbox.world import World


def sent_mails(world: World) -> list[Json]:
    """Every mail that left, in order: what a test or a person wants to know of it."""
    ours = office(world)
    return [_mail(ours, one) for one in reversed(ours.all()) if "SENT" in one["labelIds"]]


def sent_count(world: World) -> int:
    """How many mails left."""
    return sum("SENT" in one["labelIds"] for one in office(world).all())


def sent_at(message: Json) -> datetime:
    """The instant of a message."""
    return datetime.fromtimestamp(int(message["internalDate"]) // 1000, UTC)


def _mail(mailbox: Mailbox, message: Json) -> Json:
    data = mailbox.data(message["id"])
    return {
        "id": message["id"],
        "threadId": message["threadId"],
        "to": header(data, "To"),
        "recipients": recipients(data),
        "subject": header(data, "Subject"),
        "date": sent_at(message).isoformat(),
        "raw": data.decode("utf-8", "replace"),
    }
