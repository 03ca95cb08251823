"""The answers of an SMTP server, classed by what may be done next."""

import re

from tasks.adapters.redacted import redacted
from tasks.domain.faults import Deferred, Fault, Refused, Rejected, TryLater

CLOSING = 421
LOG_IN_FIRST = {530, 535, 538}
DAILY_LIMITS = {"5.4.5", "5.1.90"}  # Gmail and Exchange Online say so with a code that means for ever
ENHANCED = re.compile(r"\d\.\d{1,3}\.\d{1,3}")


def accepted(code: int) -> bool:
    """Whether the server did what it was asked."""
    return 200 <= code < 300  # noqa: PLR2004 (SMTP)


def refused(code: int) -> bool:
    """Whether the server surely did nothing."""
    return 400 <= code < 600  # noqa: PLR2004 (SMTP)


def fault_of(code: int, text: bytes | str, what: str, *, one_mail: bool) -> Fault:
    """The fault for a refusal (RFC 5321, 4.2.1). ``one_mail``: it is about this address or mail, not about us."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    sentence = f"{what}: the mail server answered {code} ({redacted(words)})"
    status = ENHANCED.search(words)
    if code == CLOSING or (status and status[0] in DAILY_LIMITS):
        return TryLater(sentence)
    if code in LOG_IN_FIRST:
        return Refused(sentence)
    if code < 500:  # noqa: PLR2004 (SMTP)
        return Deferred(sentence) if one_mail else TryLater(sentence)
    return Rejected(sentence) if one_mail else Refused(sentence)
