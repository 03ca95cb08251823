"""A mail leaves: what Gmail makes of it, the copies that arrive, and what comes back."""

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tasks.sandbox.clock import rfc3339
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.gmail.addresses import check_recipients, from_one_of, recipients
from tasks.sandbox.gmail.bounces import reason_against, report
from tasks.sandbox.gmail.headers import values, with_first, with_last, without
from tasks.sandbox.gmail.mailboxes import Mailbox, mailbox_at
from tasks.sandbox.shapes import Json
from tasks.sandbox.switches import switch

ARRIVED = ["UNREAD", "INBOX"]
DAY = 24 * 3600


def send_by_api(mailbox: Mailbox, data: bytes, thread: str = "") -> Json:
    """Send as the API does: under a sender and a Message-ID that Gmail allows, within the day's limit."""
    check_recipients(data)
    _spend(mailbox)
    name = mailbox.world.programme.sender.name if mailbox.is_office else ""
    data = from_one_of(data, mailbox.addresses, name, mailbox.address)
    if switch(mailbox.world.store, "rewrite_message_id"):
        data = without(data, "Message-ID")
    return send(mailbox, data, thread)


def send(mailbox: Mailbox, data: bytes, thread: str = "") -> Json:
    """File a mail among the sent ones and let it arrive wherever it goes; what has no Message-ID or Date gets one."""
    world = mailbox.world
    token = hashlib.sha256(f"message-id {world.store.next_number('message-id')}".encode()).hexdigest()[:40]
    if not values(data, "Message-ID"):
        data = with_last(data, "Message-ID", f"<CA+{token}@mail.gmail.com>")
    if not values(data, "Date"):
        data = with_last(data, "Date", format_datetime(world.clock.now()))
    everyone = recipients(data)
    ours = any(mailbox_at(world, address) == mailbox for address in everyone)
    sent = mailbox.file(data, [*ARRIVED, "SENT"] if ours else ["SENT"], thread)
    for at, address in enumerate(everyone):
        if reason := reason_against(world, address):
            answer = report(data, mailbox.address, address, reason, world.clock.now(), f"{token}{at}")
            mailbox.file(answer, list(ARRIVED), sent["threadId"])
        elif mailbox_at(world, address) != mailbox:
            deliver(mailbox_at(world, address), data, mailbox.address, address)
    return sent


def deliver(mailbox: Mailbox, data: bytes, sender: str, address: str) -> Json:
    """The copy that one recipient gets: nobody learns who was in Bcc."""
    envelope = (("Delivered-To", address), ("Return-Path", f"<{sender}>"))
    return mailbox.file(with_first(without(data, "Bcc"), *envelope), list(ARRIVED))


def _spend(mailbox: Mailbox) -> None:
    """Count one more mail; 429 when the day's are used up, counted over the last 24 hours."""
    store, name, now = mailbox.world.store, f"sent_at:{mailbox.address}", mailbox.world.clock.now()
    until, since = now.timestamp(), now.timestamp() - DAY
    counted = [at for at in store.fact(name, []) if since < at <= until]
    if len(counted) >= switch(store, "daily_sending_limit"):
        free = datetime.fromtimestamp(min(counted, default=until), UTC) + timedelta(days=1)
        message = f"User-rate limit exceeded.  Retry after {rfc3339(free)} (Mail sending)"
        raise GoogleError(429, message, "rateLimitExceeded")
    store.set_fact(name, [*counted, until])
