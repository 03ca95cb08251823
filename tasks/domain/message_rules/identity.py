"""I1-I6: who writes, what the mail is known by, and how machines may answer it."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from tasks.domain.message_rules.expected import Expected, Finding, Rule
from tasks.domain.message_rules.header_text import HeaderError, mailbox
from tasks.domain.message_rules.seen import Seen

DATE = re.compile(
    r"[A-Z][a-z]{2}, (?P<day>\d{2}) (?P<month>[A-Z][a-z]{2}) (?P<year>\d{4}) (?P<time>\d{2}:\d{2}:\d{2}) \+0000"
)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
OLDEST = timedelta(minutes=10)
NOBODY_READS = re.compile(r"(?:no|not|ne|non?)[._-]?(?:reply|responder|repondre|respondre)|do[._-]?not", re.IGNORECASE)
SUPPRESSED = {"DR", "RN", "NRN", "OOF", "AutoReply"}
ONE_CLICK = "List-Unsubscribe=One-Click"  # RFC 8058 section 3.1


def identity(seen: Seen, expected: Expected) -> Iterator[Finding]:
    """I1-I6."""
    message, house = seen.message, expected.house
    yield from _mailbox(seen, "From", (house.sender.name, house.sender.address))
    yield from _mailbox(seen, "Reply-To", ("", house.sender.reply_to))
    if NOBODY_READS.match(house.sender.reply_to.partition("@")[0]):
        yield Finding(Rule.I1, "Reply-To is a mailbox that nobody reads")
    if house.sender.address.rpartition("@")[2] != house.sender.domain:
        yield Finding(Rule.I1, "From is not at the domain of the Message-ID")
    form = re.compile(rf"<[a-z]{{3}}\.[0-9a-f]{{32}}\.\d+@{re.escape(house.sender.domain)}>")
    if not form.fullmatch(message.value("message-id")):
        yield Finding(Rule.I2, "the Message-ID has another form than ours")
    if message.value("message-id") != expected.message_id:
        yield Finding(Rule.I2, "the Message-ID is not the one that was noted")
    for name, right in (("References", expected.references), ("In-Reply-To", expected.in_reply_to)):
        if message.values(name.lower()) != ([right] if right else []):
            yield Finding(Rule.I3, f"{name} is not what was expected")
    yield from _date(message.value("date"), expected.now)
    if message.value("auto-submitted") != expected.auto_submitted:
        yield Finding(Rule.I5, f"Auto-Submitted is not {expected.auto_submitted}")
    for value in message.values("x-auto-response-suppress"):
        if not set(value.replace(" ", "").split(",")) <= SUPPRESSED:
            yield Finding(Rule.I5, "X-Auto-Response-Suppress would suppress more than answers by machines")
    yield from _unsubscribe(seen, expected)


def _mailbox(seen: Seen, header: str, expected: tuple[str, str]) -> Iterator[Finding]:
    try:
        if mailbox(seen.message.value(header.lower())) != expected:
            yield Finding(Rule.I1, f"{header} is not the one of the settings")
    except HeaderError as error:
        yield Finding(Rule.I1, f"{header}: {error}")


def _date(value: str, now: datetime) -> Iterator[Finding]:
    date = _instant(value)
    if date is None:
        yield Finding(Rule.I4, "Date is not a date in +0000")
        return
    if not value.startswith(DAYS[date.weekday()]):
        yield Finding(Rule.I4, "Date names another day of the week")
    if abs(date - now) > OLDEST:
        yield Finding(Rule.I4, "Date is more than ten minutes away from now")


def _instant(value: str) -> datetime | None:
    found = DATE.fullmatch(value)
    if found is None or found["month"] not in MONTHS:
        return None
    month = 1 + MONTHS.index(found["month"])
    try:
        return datetime.fromisoformat(f"{found['year']}-{month:02}-{found['day']}T{found['time']}+00:00")
    except ValueError:
        return None


def _unsubscribe(seen: Seen, expected: Expected) -> Iterator[Finding]:
    values = seen.message.values("list-unsubscribe")
    clicks = seen.message.values("list-unsubscribe-post")
    if not expected.listed:
        if values or clicks:
            yield Finding(Rule.I6, "List-Unsubscribe stands in a mail that nobody can unsubscribe from")
        return
    sender, word = expected.house.sender, expected.token
    by_mail = f"<mailto:{sender.address}?subject=unsubscribe%20{word}>"
    by_click = [f"<{sender.unsubscribe.replace('{token}', word)}>"] if sender.unsubscribe else []
    ways = values[0].split(", ") if len(values) == 1 else []
    if by_mail not in ways:
        yield Finding(Rule.I6, "List-Unsubscribe does not lead to our mailbox with this mail's code")
        return
    if ways != [*by_click, by_mail]:
        yield Finding(Rule.I6, "List-Unsubscribe leads to a place that is not ours")
    if clicks != ([ONE_CLICK] if by_click else []):
        yield Finding(Rule.I6, "List-Unsubscribe-Post does not go with List-Unsubscribe")
