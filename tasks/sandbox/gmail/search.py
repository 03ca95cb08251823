"""``q``: words and quoted phrases in subject and text, and a few operators; any other operator is 501."""

import re
from collections.abc import Callable

from tasks.sandbox.failures import not_modelled
from tasks.sandbox.gmail.parts import decode, header, recipients, text_of
from tasks.sandbox.shapes import Json

TERM = re.compile(r'(-?)(?:([A-Za-z0-9_]+):)?(?:"([^"]*)"|(\S+))')
PLACES = {"sent": "SENT", "draft": "DRAFT", "drafts": "DRAFT", "inbox": "INBOX"}


def found_by(query: str, message: Json) -> bool:
    """Whether every term of the query finds the message."""
    return all(_finds(match, message) for match in TERM.finditer(query))


def _finds(match: re.Match[str], message: Json) -> bool:
    operator = (match[2] or "").casefold()
    value = match[3] if match[3] is not None else match[4]
    if operator and operator not in OPERATORS:
        raise not_modelled(f"the search operator {operator}:")
    return OPERATORS[operator](value, message) != bool(match[1])


def _text(value: str, message: Json) -> bool:
    """Whole words in sequence, in any case of letters."""
    words = re.findall(r"\w+", value.casefold())
    text = " " + " ".join(re.findall(r"\w+", text_of(decode(message["raw"])).casefold())) + " "
    return f" {' '.join(words)} " in text


def _in(value: str, message: Json) -> bool:
    if value.casefold() == "anywhere":
        return True
    if value.casefold() not in PLACES:
        raise not_modelled(f"the search in:{value}")
    return PLACES[value.casefold()] in message["labelIds"]


def _message_id(value: str, message: Json) -> bool:
    return header(decode(message["raw"]), "Message-ID").strip("<> ") == value.strip("<> ")


def _subject(value: str, message: Json) -> bool:
    return value.casefold() in header(decode(message["raw"]), "Subject").casefold()


def _to(value: str, message: Json) -> bool:
    return any(value.casefold() in address.casefold() for address in recipients(decode(message["raw"])))


OPERATORS: dict[str, Callable[[str, Json], bool]] = {
    "": _text,
    "in": _in,
    "rfc822msgid": _message_id,
    "subject": _subject,
    "to": _to,
}
