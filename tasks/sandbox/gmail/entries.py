"""What is noted of a mail when it is filed, so that lists and searches need not read it again."""

import re

from tasks.sandbox.gmail.addresses import RECIPIENTS
from tasks.sandbox.gmail.headers import fields, header, values
from tasks.sandbox.gmail.invitations import invitation_in
from tasks.sandbox.gmail.parts import Part, html_text_of, leaves, parsed, text_of
from tasks.sandbox.shapes import Json

LONGEST = 100_000
SNIPPET = 200
ANSWERED = re.compile(r"^\s*((re|fwd?|rv|tr|aw)\s*:\s*)+", re.IGNORECASE)
MESSAGE_ID = re.compile(r"<[^<>\s]+>")


def noted(data: bytes) -> Json:
    """Sender, people, words, names of files, ids that a conversation hangs together by, the event it brings."""
    parts = list(leaves(parsed(data)))
    said = text_of(parts)
    return {
        "from": header(data, "From"),
        **{name.lower(): ", ".join(value for value in _all(data, name)) for name in RECIPIENTS},
        "subject": header(data, "Subject"),
        "message_id": header(data, "Message-ID").strip("<> "),
        "ids": conversation(data),
        "text": f"{said}\n{html_text_of(parts)}"[:LONGEST],
        "snippet": " ".join(said.split())[:SNIPPET],
        "files": [part.filename for part in parts if part.filename],
        "list": header(data, "List-ID"),
        "invitation": _invitation(parts),
    }


def conversation(data: bytes) -> list[str]:
    """Message-ID, In-Reply-To and References."""
    wanted = {"message-id", "in-reply-to", "references"}
    found = (MESSAGE_ID.findall(value) for name, value in fields(data) if name.casefold() in wanted)
    return list(dict.fromkeys(one for ids in found for one in ids))


def plain_subject(subject: str) -> str:
    """A subject without what replies put before it: mails of one conversation have the same."""
    return " ".join(ANSWERED.sub("", subject).split()).casefold()


def _all(data: bytes, name: str) -> list[str]:
    return [header(f"{name}: {value}\n\n".encode(), name) for value in values(data, name)]


def _invitation(parts: list[Part]) -> Json | None:
    found = invitation_in(parts)
    if found is None or not found.uid:
        return None
    return {"uid": found.uid, "method": found.method, "sequence": found.sequence, "stamp": found.stamp}
