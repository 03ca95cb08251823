"""Addresses that take no mail, and the report that Gmail's mailer-daemon sends back (RFC 3464)."""

from datetime import datetime
from email.utils import format_datetime
from typing import NamedTuple

from tasks.sandbox.gmail.headers import header
from tasks.sandbox.world import World

DEAD_DOMAIN = "bounce.example"
DAEMON = "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"


class Reason(NamedTuple):
    """Why a server refuses an address: enhanced status code, its answer, and what people read."""

    status: str
    answer: str
    title: str
    words: str


REASONS = {
    "unknown": Reason(
        "5.1.1",
        "550-5.1.1 The email account that you tried to reach does not exist.",
        "Address not found",
        "Your message wasn't delivered to {address} because the address couldn't be found, "
        "or is unable to receive mail.",
    ),
    "full": Reason(
        "5.2.2",
        "552-5.2.2 The email account that you tried to reach is over quota.",
        "Recipient inbox full",
        "Your message couldn't be delivered to {address}. Their inbox is full, "
        "or it's getting too much mail right now.",
    ),
}


def dead(world: World) -> dict[str, str]:
    """Addresses that were made dead, with the reason."""
    return {str(address): str(reason) for address, reason in world.store.fact("dead_addresses", {}).items()}


def set_dead(world: World, address: str, reason: str) -> None:
    """Let mail to an address come back from now on; with no reason, let it arrive again."""
    kept = {known: why for known, why in dead(world).items() if known != address.casefold()}
    world.store.set_fact("dead_addresses", kept | ({address.casefold(): reason} if reason else {}))


def reason_against(world: World, address: str) -> str:
    """Why mail to this address comes back; ``""`` when it arrives. Nobody is at ``bounce.example``."""
    folded = address.casefold()
    return dead(world).get(folded) or ("unknown" if folded.rpartition("@")[2] == DEAD_DOMAIN else "")


def report(data: bytes, sender: str, address: str, reason: str, now: datetime, token: str) -> bytes:
    """The mail that tells the sender, with the original attached; ``token`` makes its ids its own."""
    why, original, edge = REASONS[reason], header(data, "Message-ID"), f"000000000000{token[:16]}"
    inner, domain = f"{edge}-words", address.rpartition("@")[2]
    words = why.words.format(address=address)
    head = f"""\
Return-Path: <>
Delivered-To: {sender}
From: {DAEMON}
To: {sender}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {original}
In-Reply-To: {original}
X-Failed-Recipients: {address}
Message-ID: <{token}@mx.google.com>
Date: {format_datetime(now)}
MIME-Version: 1.0
Content-Type: multipart/report; boundary="{edge}"; report-type=delivery-status

--{edge}
Content-Type: multipart/alternative; boundary="{inner}"

--{inner}
Content-Type: text/plain; charset="UTF-8"

** {why.title} **

{words}

The response was:

{why.answer}

--{inner}
Content-Type: text/html; charset="UTF-8"

<h2>{why.title}</h2><p>{words}</p><p>The response was:</p><p><code>{why.answer}</code></p>

--{inner}--

--{edge}
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; {sender}
Arrival-Date: {format_datetime(now)}
X-Original-Message-ID: {original}

Final-Recipient: rfc822; {address}
Action: failed
Status: {why.status}
Remote-MTA: dns; {domain}
Diagnostic-Code: smtp; {why.answer}
Last-Attempt-Date: {format_datetime(now)}

--{edge}
Content-Type: message/rfc822

"""
    return head.replace("\n", "\r\n").encode() + data + f"\r\n--{edge}--\r\n".encode()
