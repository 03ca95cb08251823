"""Messages as the API writes them."""

import html

from tasks.sandbox.failures import invalid
from tasks.sandbox.gmail.mailboxes import Mailbox
from tasks.sandbox.gmail.parts import encode, headers, parsed, payload
from tasks.sandbox.shapes import Json

FORMATS = ("minimal", "metadata", "full", "raw")


def brief(message: Json) -> Json:
    """What sends and changes answer."""
    return {name: message[name] for name in ("id", "threadId", "labelIds")}


def listed_as(message: Json) -> Json:
    """What lists answer."""
    return {name: message[name] for name in ("id", "threadId")}


def shown(mailbox: Mailbox, message: Json, how: str, names: list[str]) -> Json:
    """A message in one of the four formats; ``names`` are the fields that ``metadata`` is cut to."""
    if how not in FORMATS:
        raise invalid(f"Invalid value at 'format' (type.googleapis.com/google.api.Enum), \"{how}\"", "invalidArgument")
    data = mailbox.data(message["id"])
    body = {name: value for name, value in message.items() if name != "noted"}
    body["snippet"] = snippet(message)
    if how == "raw":
        return body | {"raw": encode(data)}
    if how == "full":
        return body | {"payload": payload(message["id"], parsed(data))}
    if how == "metadata":
        wanted = {name.casefold() for name in names}
        kept = [one for one in headers(parsed(data)) if not wanted or one["name"].casefold() in wanted]
        return body | {"payload": {"mimeType": parsed(data).get_content_type(), "headers": kept}}
    return body


def snippet(message: Json) -> str:
    """The beginning of the text, escaped as the API does."""
    return html.escape(message["noted"]["snippet"]).replace("&#x27;", "&#39;")
