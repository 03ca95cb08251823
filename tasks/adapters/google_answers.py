"""Google's answers that are not the one hoped for, classed by what may be done next."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn

import requests
from google.auth.exceptions import RefreshError, TransportError

from tasks.adapters.redacted import redacted
from tasks.domain.faults import AlreadyThere, Fault, NotFound, Refused, Rejected, TryLater, Unclear

RATE_REASONS = {"rateLimitExceeded", "userRateLimitExceeded"}  # pass within seconds or minutes
QUOTA_REASONS = {"quotaExceeded", "dailyLimitExceeded", "sharingRateLimitExceeded"}  # last for hours
RETRY_AFTER = re.compile(r"Retry after (\d{4}-\S+Z)")
NO_ANSWER = (requests.RequestException, RefreshError, TransportError, json.JSONDecodeError, UnicodeDecodeError)


def fault_of(status: int, body: bytes | str, what: str, headers: Mapping[str, str] | None = None) -> Fault:
    """Class an error answer of Google. ``what`` says what was being done, without names; header names are small."""
    reason, message = _explanation(body)
    sentence = f"{what}: Google answered {status}{f' ({redacted(message)})' if message else ''}"
    if _passes(status, reason) or (status == requests.codes.forbidden and reason in QUOTA_REASONS):
        return TryLater(sentence, retry_at(body, headers or {}))
    if status == requests.codes.bad_request:
        return Rejected(sentence)
    if status in {requests.codes.not_found, requests.codes.gone}:
        return NotFound(sentence)
    if status == requests.codes.conflict:
        return AlreadyThere(sentence)
    if status == requests.codes.request_timeout or status >= requests.codes.server_error:
        return Unclear(sentence)
    return Refused(sentence)


def passes(status: int, body: bytes) -> bool:
    """Whether this is a refusal that surely did nothing and may be over soon."""
    return status in {requests.codes.forbidden, requests.codes.too_many_requests} and _passes(
        status, _explanation(body)[0]
    )


def retry_at(body: bytes | str, headers: Mapping[str, str]) -> datetime | None:
    """When Google wants to be asked again: Gmail says so in words alone, others in a header (an HTTP date)."""
    try:
        if found := RETRY_AFTER.search(_explanation(body)[1]):
            return datetime.fromisoformat(found[1]).astimezone(UTC)
        return parsedate_to_datetime(headers["retry-after"]).astimezone(UTC)
    except (KeyError, ValueError, TypeError):
        return None


def raise_for_connection(error: Exception, what: str) -> NoReturn:
    """Turn a failure below HTTP into a fault: no answer is unclear, no log-in is a refusal."""
    if isinstance(error, RefreshError) and error.retryable:
        raise TryLater(f"{what}: Google's log-in does not answer") from None
    if isinstance(error, RefreshError):
        raise Refused(f"{what}: Google no longer accepts our log-in; it must be renewed") from None
    raise Unclear(f"{what}: no answer ({type(error).__name__})") from None


def _passes(status: int, reason: str) -> bool:
    return status == requests.codes.too_many_requests or (status == requests.codes.forbidden and reason in RATE_REASONS)


def _explanation(body: bytes | str) -> tuple[str, str]:
    try:
        error = json.loads(body)["error"]
        return (error.get("errors") or [{}])[0].get("reason", ""), str(error.get("message", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return "", ""
