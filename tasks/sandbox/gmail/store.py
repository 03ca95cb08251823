"""Messages and drafts as they are kept, and the resources made of them."""

import hashlib
from datetime import UTC, datetime

from tasks.sandbox.failures import GoogleError, invalid, not_found, not_modelled
from tasks.sandbox.gmail.parts import (
    decode,
    encode,
    header,
    headers,
    parsed,
    payload,
    recipients,
    text_of,
    with_message_id,
)
from tasks.sandbox.shapes import Json
from tasks.sandbox.switches import switch
from tasks.sandbox.wire import Call
from tasks.sandbox.world import World

SNIPPET = 200
FORMATS = {"minimal", "metadata", "full", "raw"}


def mailbox(call: Call) -> World:
    """The one mailbox there is, under either of its names; 403 for another."""
    if call.parts["user"] not in {"me", call.world.owner}:
        raise GoogleError(403, f"Delegation denied for {call.parts['user']}")
    return call.world


def raw_of(call: Call, message: Json) -> bytes:
    """The mail's bytes, whichever way they were sent."""
    if call.one("uploadType", "media") != "media":
        raise not_modelled(f"an upload of the type {call.one('uploadType')}")
    content_type = call.headers.get("content-type", "")
    if content_type.startswith("message/rfc822"):
        return decode(encode(call.body))
    return decode(message.get("raw"))


def new_message(world: World, data: bytes, labels: list[str], thread: str = "") -> Json:
    """A message with the next id; its thread is its own unless named."""
    number = world.store.next_number("message")
    message_id = hashlib.sha256(f"message {number}".encode()).hexdigest()[:16]
    message = {
        "id": message_id,
        "threadId": thread or message_id,
        "labelIds": labels,
        "historyId": str(1000 + number),
        "internalDate": str(int(world.clock.now().timestamp() * 1000)),
        "raw": encode(data),
    }
    world.store.put("message", message_id, message)
    return message


def send(world: World, data: bytes, thread: str = "") -> Json:
    """File a mail as sent, under a Message-ID of Google's; 400 without a recipient."""
    if not recipients(data):
        raise invalid("Recipient address required", "invalidArgument")
    if switch(world.store, "rewrite_message_id"):
        number = world.store.fact("number:message", 0) + 1
        token = hashlib.sha256(f"message-id {number}".encode()).hexdigest()[:40]
        data = with_message_id(data, f"<CA+{token}@mail.gmail.com>")
    return new_message(world, data, ["SENT"], thread)


def message(world: World, message_id: str) -> Json:
    """A message; 404."""
    found = world.store.get("message", message_id)
    if found is None:
        raise not_found()
    return found


def brief(found: Json) -> Json:
    """What lists and sends answer."""
    return {name: found[name] for name in ("id", "threadId", "labelIds")}


def shown(found: Json, how: str, wanted_headers: list[str]) -> Json:
    """A message in one of the four formats."""
    if how not in FORMATS:
        raise invalid(f"Invalid value at 'format', \"{how}\"", "invalidArgument")
    data = decode(found["raw"])
    snippet = " ".join(text_of(data).split()[:40])[:SNIPPET]
    body = {name: value for name, value in found.items() if name != "raw"}
    body |= {"snippet": snippet, "sizeEstimate": len(data)}
    if how == "raw":
        return body | {"raw": found["raw"]}
    if how == "full":
        return body | {"payload": payload(parsed(data))}
    if how == "metadata":
        names = {name.casefold() for name in wanted_headers}
        kept = [one for one in headers(parsed(data)) if not names or one["name"].casefold() in names]
        return body | {"payload": {"mimeType": parsed(data).get_content_type(), "headers": kept}}
    return body


def sent_mails(world: World) -> list[Json]:
    """Every mail that left, in order: what a test or a person wants to know of it."""
    return [_mail(found) for found in world.store.all("message") if "SENT" in found["labelIds"]]


def searchable(world: World, found: Json) -> bool:
    """Gmail's index is late by as much as the settings say."""
    age = world.clock.now().timestamp() - int(found["internalDate"]) / 1000
    return age >= switch(world.store, "sent_search_delay_seconds") or "SENT" not in found["labelIds"]


def sent_at(found: Json) -> str:
    """The instant of a message, in UTC."""
    seconds = int(found["internalDate"]) // 1000
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _mail(found: Json) -> Json:
    data = decode(found["raw"])
    return {
        "id": found["id"],
        "threadId": found["threadId"],
        "to": header(data, "To"),
        "recipients": recipients(data),
        "subject": header(data, "Subject"),
        "date": sent_at(found),
        "raw": data.decode("utf-8", "replace"),
    }
