"""The one road to Google: requests with timeouts, counted, and led to the sandbox where one is used."""

import json
from collections import Counter
from typing import Any, NoReturn
from urllib.parse import urlsplit, urlunsplit

import httplib2
import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import RefreshError, TransportError
from google.auth.transport.requests import AuthorizedSession
from googleapiclient.discovery import Resource, build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.errors import HttpError

from tasks.adapters.redacted import redacted
from tasks.domain.faults import AlreadyThere, Fault, NotFound, Refused, Rejected, TryLater, Unclear

CONNECT_SECONDS = 5
RATE_REASONS = {"rateLimitExceeded", "userRateLimitExceeded"}
HOSTS = {
    "sheets.googleapis.com": "sheets",
    "gmail.googleapis.com": "gmail",
    "meet.googleapis.com": "meet",
    "forms.googleapis.com": "forms",
}
PATHS = {"calendar": "calendar", "drive": "drive", "upload": "upload"}
NO_ANSWER = (requests.RequestException, RefreshError, TransportError, json.JSONDecodeError, UnicodeDecodeError)


class GoogleSession(AuthorizedSession):  # type: ignore[misc] # google-auth publishes no types for it
    """An AuthorizedSession that always has a timeout, never retries a lost answer, and counts by API and method."""

    def __init__(self, credentials: Credentials, *, timeout: float, sandbox_url: str = "") -> None:
        super().__init__(credentials)
        self.counts: dict[str, Counter[str]] = {}
        self._wait = (CONNECT_SECONDS, timeout)
        self._sandbox_url = sandbox_url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401
        """Send once; the address keeps its path and changes its host where a sandbox is used."""
        self.counts.setdefault(_api(url), Counter())[method.upper()] += 1
        if self._sandbox_url:
            parts = urlsplit(url)
            base = urlsplit(self._sandbox_url)
            url = urlunsplit((base.scheme, base.netloc, parts.path, parts.query, ""))
        answer: requests.Response = super().request(method, url, *args, **{**kwargs, "timeout": self._wait})
        return answer

    def requests_made(self) -> dict[str, dict[str, int]]:
        """How many requests went to which API, by HTTP method."""
        return {api: dict(counts) for api, counts in sorted(self.counts.items())}


class RequestsHttp:
    """Carries google-api-python-client over requests: httplib2 may send a POST twice when a connection drops."""

    def __init__(self, session: GoogleSession) -> None:
        self._session = session

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: dict[str, str] | None = None,
        redirections: int = 0,  # noqa: ARG002
        connection_type: object = None,  # noqa: ARG002
    ) -> tuple[httplib2.Response, bytes]:
        """Send once and answer in httplib2's shape."""
        answer = self._session.request(method, uri, data=body, headers=headers, allow_redirects=False)
        fields = {name.lower(): value for name, value in answer.headers.items()}
        return httplib2.Response({**fields, "status": str(answer.status_code)}), answer.content


def google_service(session: GoogleSession, api: str, version: str) -> Resource:
    """A client built from the discovery document that ships with the library: no request is made."""
    return build_from_document(json.loads(get_static_doc(api, version)), http=RequestsHttp(session))


def ask(request: Any, what: str) -> dict[str, Any]:  # noqa: ANN401 (google-api-python-client has no types)
    """Execute a prepared request exactly once. Raises Fault."""
    try:
        answer = request.execute(num_retries=0)
    except HttpError as error:
        raise fault_of(error.status_code, error.content, what) from None
    except NO_ANSWER as error:
        raise_for_connection(error, what)
    if not isinstance(answer, dict):  # the library hands on what it cannot read
        raise Unclear(f"{what}: no answer that can be read")
    return answer


def fault_of(status: int, body: bytes | str, what: str) -> Fault:
    """Class an error answer of Google by what may be done next. ``what`` says what was being done, without names."""
    reason, message = _explanation(body)
    sentence = f"{what}: Google answered {status}{f' ({message})' if message else ''}"
    if status == requests.codes.too_many_requests or (status == requests.codes.forbidden and reason in RATE_REASONS):
        return TryLater(sentence)
    if status == requests.codes.bad_request:
        return Rejected(sentence)
    if status in {requests.codes.not_found, requests.codes.gone}:
        return NotFound(sentence)
    if status == requests.codes.conflict:
        return AlreadyThere(sentence)
    if status == requests.codes.request_timeout or status >= requests.codes.server_error:
        return Unclear(sentence)
    return Refused(sentence)


def raise_for_connection(error: Exception, what: str) -> NoReturn:
    """Turn a failure below HTTP into a fault: no answer is unclear, no log-in is a refusal."""
    if isinstance(error, RefreshError) and error.retryable:
        raise TryLater(f"{what}: Google's log-in does not answer") from None
    if isinstance(error, RefreshError):
        raise Refused(f"{what}: Google no longer accepts our log-in; it must be renewed") from None
    raise Unclear(f"{what}: no answer ({type(error).__name__})") from None


def _explanation(body: bytes | str) -> tuple[str, str]:
    try:
        error = json.loads(body)["error"]
        reason = (error.get("errors") or [{}])[0].get("reason", "")
        return reason, redacted(str(error.get("message", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return "", ""


def _api(url: str) -> str:
    parts = urlsplit(url)
    return HOSTS.get(parts.hostname or "") or PATHS.get(parts.path.split("/")[1], "other")
