"""The words and shapes with which Google refuses, by status, reason and API.

Sources: google-apis.md (4.6, 5.2, 8) and public reports of each message; a text that nobody reported is Google's
general one for the status.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from tasks.sandbox.auth.doors import unknown_token
from tasks.sandbox.clock import rfc3339
from tasks.sandbox.failures import WITH_ERRORS, GoogleError
from tasks.sandbox.faults.fault import Fault
from tasks.sandbox.google_names import ERROR_INFO, PROJECT, service
from tasks.sandbox.shapes import Json
from tasks.sandbox.store import compact
from tasks.sandbox.wire import Answer

RETRY_AFTER = timedelta(minutes=15)
"""What Gmail names as the end of a user's rate limit."""

OF_STATUS: Mapping[int, str] = {
    400: "Request contains an invalid argument.",
    401: "Request had invalid authentication credentials.",
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    409: "Requested entity already exists",
    410: "Resource has been deleted",
    412: "Precondition Failed",
    429: "Resource has been exhausted (e.g. check quota).",
    500: "Internal error encountered.",
    502: "Bad Gateway",
    503: "The service is currently unavailable.",
    504: "Deadline expired before operation could complete.",
}
OF_REASON: Mapping[str, str] = {
    "rateLimitExceeded": "Rate Limit Exceeded",
    "userRateLimitExceeded": "User Rate Limit Exceeded",
    "quotaExceeded": "Quota exceeded.",
    "dailyLimitExceeded": "Daily Limit Exceeded",
    "accessNotConfigured": "{name} API has not been used in project {project} before or it is disabled. Enable it by"
    " visiting https://console.developers.google.com/apis/api/{service}/overview?project={project} then retry. If you"
    " enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.",
    "insufficientPermissions": "Request had insufficient authentication scopes.",
    "forbiddenForServiceAccounts": "Service accounts cannot invite attendees without Domain-Wide Delegation of"
    " Authority.",
}
OF_BOTH: Mapping[tuple[str, str], str] = {
    ("gmail", "userRateLimitExceeded"): "User-rate limit exceeded.  Retry after {later}",
    ("calendar", "quotaExceeded"): "Calendar usage limits exceeded.",
}
ERROR_INFOS: Mapping[str, str] = {
    "accessNotConfigured": "SERVICE_DISABLED",
    "insufficientPermissions": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
    "rateLimitExceeded": "RATE_LIMIT_EXCEEDED",
}
ENTRIES: Mapping[str, Json] = {
    "accessNotConfigured": {"extendedHelp": "https://console.developers.google.com"},
    "insufficientPermissions": {"message": "Insufficient Permission"},
}
TOKEN_ERRORS: Mapping[int, tuple[str, str]] = {
    400: ("invalid_grant", "Token has been expired or revoked."),
    401: ("invalid_client", "The OAuth client was not found."),
    403: ("access_denied", "Account restricted."),
    429: ("rate_limit_exceeded", "Rate limit exceeded."),
}
HTML = (
    '<!DOCTYPE html>\n<html lang="en">\n<head><title>Error {status} ({words})</title></head>\n'
    "<body><p><b>{status}.</b> {words}.</p></body>\n</html>\n"
)
SHORT: Mapping[int, str] = {
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Server Error",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


def refused(error: GoogleError, api: str) -> Answer:
    """A refusal in the shape of the API."""
    return Answer(compact(error.body(api)).encode(), error.code, headers=error.headers)


def refusal(fault: Fault, api: str, now: datetime) -> Answer:
    """What is answered instead of the work's own answer, or after it."""
    headers = {"retry-after": str(fault.retry_after)} if fault.retry_after else {}
    words = SHORT.get(fault.status, "Error")
    if fault.body == "html":
        page = HTML.format(status=fault.status, words=words)
        return Answer(page.encode(), fault.status, "text/html; charset=UTF-8", headers)
    if fault.body == "text":
        return Answer(f"{words}\n".encode(), fault.status, "text/plain; charset=utf-8", headers)
    error = _token_error(fault) if api == "auth" else _google_error(fault.status, fault.reason, api, now)
    plain = refused(error, api)
    return replace(plain, headers={**plain.headers, **headers})


def _google_error(status: int, reason: str, api: str, now: datetime) -> GoogleError:
    """The error with the API's own words for this reason."""
    if status == 401 and not reason:  # noqa: PLR2004 (HTTP)
        return unknown_token()
    text = OF_BOTH.get((api, reason)) or OF_REASON.get(reason) or OF_STATUS.get(status, "Error")
    facts = {
        "name": "Gmail" if api == "gmail" else f"Google {api.title()}",
        "project": PROJECT,
        "service": service(api),
    }
    message = text.format(later=rfc3339(now + RETRY_AFTER), **facts)
    return GoogleError(status, message, reason, details=_details(reason, api), entry=ENTRIES.get(reason))


def _details(reason: str, api: str) -> list[Json]:
    """The older APIs name a rate in ``errors`` alone (mxngls/gmail-cleaner#5)."""
    if reason not in ERROR_INFOS or (api in WITH_ERRORS and reason == "rateLimitExceeded"):
        return []
    metadata = {"service": service(api), "consumer": f"projects/{PROJECT}"}
    info = {"@type": ERROR_INFO, "reason": ERROR_INFOS[reason], "domain": "googleapis.com", "metadata": metadata}
    return [info]


def _token_error(fault: Fault) -> GoogleError:
    error, description = TOKEN_ERRORS.get(fault.status, ("server_error", "Internal error."))
    return GoogleError(fault.status, description, fault.reason or error)
