"""What reached people, by the records of those who took it: how two such records differ, in words."""

import email
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.policy import default

from flows.torture.people import People, Row
from flows.torture.post_office import Post

TABS = (("register", "Submissions"), ("register", "Sessions"), ("register", "Members"), ("archive", "Recordings"))
HOUR = re.compile(r"\b\d\d:\d\d\b")


@dataclass(frozen=True)
class Record:
    """Mails by recipient and subject, events, drafts that wait, and the rows of each tab in any order.

    ``shared`` is who may see which file, and what Google itself mailed.
    """

    mails: Counter[str]
    events: Counter[str]
    drafts: int
    rows: Mapping[str, Counter[str]]
    shared: Counter[str] = field(default_factory=Counter)


def record(people: People, post: Post) -> Record:
    """As it stands now."""
    return Record(
        Counter(f"“{_subject(raw)}” to {to}" for to, raw in arrived(people, post)),
        Counter(f"event {one['id'][:8]} ({one['status']})" for one in people.events()),
        people.drafts(),
        {tab: Counter(map(_told, people.table(role, tab))) for role, tab in TABS},
        Counter([*_readers(people), *(f"mail of Google's: {one['action']}" for one in people.notices())]),
    )


def arrived(people: People, post: Post) -> list[tuple[str, bytes]]:
    """Every mail that left, by whichever way: to whom it went, and its bytes."""
    by_gmail = [(", ".join(mail["recipients"]), mail["raw"].encode()) for mail in people.mails()]
    return [*by_gmail, *post.mails]


def prints(raw: bytes, word: str) -> bool:
    """Whether a word is printed in this mail."""
    parts = email.message_from_bytes(raw).walk()
    return any(word.encode() in bytes(part.get_payload(decode=True) or b"") for part in parts)


def differences(expected: Record, found: Record) -> list[str]:
    """What was lost and what was done twice; nothing for the same record."""
    lines = _counted("", expected.mails, found.mails) + _counted("", expected.events, found.events)
    lines += _counted("", expected.shared, found.shared)
    for tab, rows in expected.rows.items():
        lines += _counted(f"{tab}: ", rows, found.rows[tab])
    if expected.drafts != found.drafts:
        lines.append(f"{found.drafts} drafts wait instead of {expected.drafts}")
    return lines


def _readers(people: People) -> Iterator[str]:
    for file in people.files():
        for one in file["permissions"]:
            if one["role"] != "owner":
                yield f"{one.get('emailAddress', one['type'])} as {one['role']} of {file['mimeType']}"


def _subject(raw: bytes) -> str:
    return str(email.message_from_bytes(raw, policy=default)["Subject"])


def _counted(where: str, expected: Counter[str], found: Counter[str]) -> list[str]:
    return [
        f"{where}{what}: {found[what]} instead of {expected[what]}"
        for what in sorted({*expected, *found})
        if expected[what] != found[what]
    ]


def _told(row: Row) -> str:
    """When something was done within a day is no matter of what was done."""
    cells = {**row, "State": HOUR.sub("…", row.get("State", ""))}
    return " · ".join(f"{header} {cell}" for header, cell in sorted(cells.items()))
