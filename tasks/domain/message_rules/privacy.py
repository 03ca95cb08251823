"""P1-P5: nobody learns who else is written to, or over a shoulder what it is about."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from tasks.domain.folding import fold
from tasks.domain.message_rules.expected import Expected, Finding, Rule
from tasks.domain.message_rules.header_text import HeaderError, mailbox
from tasks.domain.message_rules.ical_lines import CalendarError
from tasks.domain.message_rules.seen import Seen

ALLOWED = frozenset(
    {
        *("from", "to", "reply-to", "subject", "date", "message-id", "references", "in-reply-to"),
        *("mime-version", "content-type", "content-transfer-encoding", "content-language"),
        *("auto-submitted", "x-auto-response-suppress", "list-unsubscribe", "list-unsubscribe-post"),
    }
)
ALLOWED_IN_PARTS = frozenset({"content-type", "content-transfer-encoding", "content-disposition"})
BEFORE = re.compile(r"[\w.+'%&=-]+(?= ?$)")
BEHIND = re.compile(r" ?([\w-]+(?:\.\s?[\w-]+)+)")
READ = {"SUMMARY", "DESCRIPTION", "LOCATION"}
WINDOW = 64, 255  # the longest parts of an address, RFC 5321 section 4.5.3.1
TOP_LEVEL = re.compile(r"[^\W\d_]{2,}|xn--[\w-]+")
TRACKING = re.compile(
    r"utm_\w+|[a-z]{1,6}clid|mc_[a-z]id|_hs\w+|mkt_tok|vero_\w+|(?:e?mail|user|recipient|contact|member|person)(?:_?id)?"
)


def privacy(seen: Seen, expected: Expected) -> Iterator[Finding]:
    """P1-P5."""
    yield from _recipient(seen, expected)
    yield from _addresses(seen, expected)
    yield from _sensitive(seen, expected)
    yield from _hidden(seen, expected)
    yield from _headers(seen)
    for url in sorted(seen.links | seen.urls_of_text):
        yield from _tracking(url, expected)


def _recipient(seen: Seen, expected: Expected) -> Iterator[Finding]:
    try:
        _, address = mailbox(seen.message.value("to"))
    except HeaderError as error:
        yield Finding(Rule.P1, f"To: {error}")
        return
    if address != expected.recipient:
        yield Finding(Rule.P1, "To is not the person for whom the mail was written")


def _addresses(seen: Seen, expected: Expected) -> Iterator[Finding]:
    sender = expected.house.sender
    ours = {one.lower() for one in (expected.recipient, sender.address, sender.reply_to)}
    ours |= {expected.event.uid.lower()} if expected.event else set()
    for local, domain in _around_ats(seen.everything.replace("%40", "@")):
        for whole, address in _readings(local, domain):
            if address in ours:
                break
            if whole and TOP_LEVEL.fullmatch(address.rpartition(".")[2]):
                yield Finding(Rule.P1, "there is an address that is neither the reader's nor ours")
                break
            if address in expected.house.others:
                yield Finding(Rule.P1, "there is the address of another person whom we know")
                break


def _around_ats(text: str) -> Iterator[tuple[str, str]]:
    at = text.find("@")
    while at >= 0:
        local = BEFORE.search(text[max(0, at - WINDOW[0]) : at])
        domain = BEHIND.match(text, at + 1, at + WINDOW[1])
        if local and domain:
            yield local[0], domain[1]
        at = text.find("@", at + 1)


def _readings(local: str, domain: str) -> Iterator[tuple[bool, str]]:
    """The addresses that may be meant, longest first, and whether each stands there without a space in it."""
    local = re.split(r"[%&=]", local)[-1]
    labels = domain.lower().split(".")
    for count in range(len(labels), 1, -1):
        some = ".".join(labels[:count])
        yield not re.search(r"\s", some), f"{local.lower()}@{''.join(some.split())}"


def _sensitive(seen: Seen, expected: Expected) -> Iterator[Finding]:
    files = [value for part in seen.leaves for value in part.values("content-disposition")]
    visible = {"Subject": seen.header("subject"), "From": seen.header("from"), "a file name": " ".join(files)}
    visible |= {"the title of the page": " ".join(seen.titles), "the preheader": seen.page.hidden}
    try:
        events = seen.components if seen.calendar else ()
    except CalendarError:  # C2 says so
        events = ()
    for event in events:
        for name in ("SUMMARY", "DESCRIPTION", "CATEGORIES", "COMMENT"):
            visible[f"{name} of {event.name}"] = " ".join(one.text for one in event.all(name))
    for where, text in visible.items():
        if expected.house.sensitive.first(text):
            yield Finding(Rule.P2, f"{where} holds a sensitive word")


def _hidden(seen: Seen, expected: Expected) -> Iterator[Finding]:
    """Title and names, where the session or the reader keeps them out of mails; as whole words, however written."""
    if not expected.hidden:
        return
    excused = fold(" ".join((expected.house.own.get((expected.kind, expected.language), ""), *expected.said)))
    shown = fold(" ".join(_shown(seen)))
    for text in expected.hidden:
        words = re.compile(rf"(?<!\w){re.escape(fold(text))}(?!\w)")
        if fold(text) and words.search(shown) and not words.search(excused):
            yield Finding(Rule.P4, "it shows a title or a name that is not to be seen")
            return


def _shown(seen: Seen) -> Iterator[str]:
    """What a person may read of it, addresses left out."""
    yield from (seen.header("subject"), seen.line_of_text, seen.page.text, seen.page.hidden, *seen.titles)
    try:
        yield mailbox(seen.message.value("to"))[0]
        for one in seen.components if seen.calendar else ():
            yield from (line.text for line in one.properties if line.name in READ)
            yield from (line.parameters.get("CN", "") for line in one.properties)
    except (HeaderError, CalendarError):  # P1 and C2 say so
        return


def _headers(seen: Seen) -> Iterator[Finding]:
    for name, _ in seen.message.headers:
        if name.lower() not in ALLOWED:
            yield Finding(Rule.P3, f"there is a header {name[:40]}")
    for part in seen.message.parts:
        for inner in (part, *part.parts):
            for name, _ in inner.headers:
                if name.lower() not in ALLOWED_IN_PARTS:
                    yield Finding(Rule.P3, f"a part has a header {name[:40]}")


def _tracking(url: str, expected: Expected) -> Iterator[Finding]:
    link = urlsplit(url)
    names = [name.lower() for name, _ in parse_qsl(link.query, keep_blank_values=True)]
    if any(TRACKING.fullmatch(name) for name in names):
        yield Finding(Rule.P5, "a link says who follows it or where it was found")
    elif (link.query or link.fragment) and url not in expected.links:
        yield Finding(Rule.P5, f"a link to {(link.hostname or '')[:60]} has a query that nobody expects")
