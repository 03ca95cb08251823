"""W1-W5: what every machine on the way demands."""

from collections import Counter
from collections.abc import Iterator

from tasks.domain.message_rules.expected import Expected, Finding, Rule
from tasks.domain.message_rules.header_text import HeaderError, decoded
from tasks.domain.message_rules.seen import Seen

LONGEST_LINE = 998  # RFC 5322 section 2.1.1
LONGEST_SUBJECT = 78
LARGEST_MAIL, LARGEST_PAGE = 100_000, 90_000
ONCE = (
    *("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version"),
    *("Auto-Submitted", "Content-Language", "Content-Type"),
)
NEVER_ENCODED = (
    *("Message-ID", "References", "In-Reply-To", "Date", "MIME-Version", "Auto-Submitted"),
    *("List-Unsubscribe", "List-Unsubscribe-Post", "Content-Type", "Content-Language"),
)


def bytes_as_sent(raw: bytes) -> Iterator[Finding]:
    """W1 and W5, which need no reading."""
    bare = raw.replace(b"\r\n", b"")
    if b"\n" in bare or b"\r" in bare or not raw.endswith(b"\r\n"):
        yield Finding(Rule.W1, "a line does not end with CR and LF")
    if not raw.isascii():
        yield Finding(Rule.W1, "a byte has more than 7 bits")
    if b"\0" in raw:
        yield Finding(Rule.W1, "there is a NUL")
    if max(map(len, raw.split(b"\r\n"))) > LONGEST_LINE:
        yield Finding(Rule.W1, f"a line has more than {LONGEST_LINE} characters")
    if len(raw) > LARGEST_MAIL:
        yield Finding(Rule.W5, f"the mail has {len(raw)} bytes")


def wire(seen: Seen, expected: Expected) -> Iterator[Finding]:
    """W2-W5."""
    counts = Counter(name.lower() for name, _ in seen.message.headers)
    for name in ONCE:
        if counts[name.lower()] != 1:
            yield Finding(Rule.W2, f"{name} stands there {counts[name.lower()]} times")
    for part in (seen.message, *seen.leaves):
        for name, value in part.headers:
            yield from _encoding(name, value)
    subject = seen.header("subject")
    if subject != expected.subject:
        yield Finding(Rule.W4, "Subject is not the one that was decided")
    if not 1 <= len(subject) <= LONGEST_SUBJECT:
        yield Finding(Rule.W4, f"Subject has {len(subject)} characters")
    if len(seen.html.encode()) > LARGEST_PAGE:
        yield Finding(Rule.W5, f"the HTML has {len(seen.html.encode())} bytes")


def _encoding(name: str, value: str) -> Iterator[Finding]:
    if "=?" not in value:
        return
    if name.lower() in {one.lower() for one in NEVER_ENCODED}:
        yield Finding(Rule.W3, f"{name} holds an encoded word")
    try:
        decoded(value)
    except HeaderError as error:
        yield Finding(Rule.W3, f"{name}: {error}")
