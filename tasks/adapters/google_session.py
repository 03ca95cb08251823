"""The one road to Google: requests with timeouts, counted, and led to the sandbox where one is used."""

import json
from collections import Counter
from datetime import timedelta
from email.utils import format_datetime
from itertools import count
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httplib2
import requests
from google.auth.credentials import Credentials
from google.auth.transport.requests import AuthorizedSession
from googleapiclient.discovery import Resource, build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.errors import HttpError

from tasks.adapters.google_answers import NO_ANSWER, fault_of, passes, raise_for_connection, retry_at
from tasks.adapters.patience import Patience
from tasks.domain.faults import Unclear

CONNECT_SECONDS = 5
HOSTS = {
    "sheets.googleapis.com": "sheets",
    "gmail.googleapis.com": "gmail",
    "meet.googleapis.com": "meet",
    "forms.googleapis.com": "forms",
}
PATHS = {"calendar": "calendar", "drive": "drive", "upload": "upload"}


class GoogleSession(AuthorizedSession):  # type: ignore[misc] # google-auth publishes no types for it
    """An AuthorizedSession that always has a timeout, never retries a lost answer, and counts by API and method.

    A refusal that surely did nothing is repeated as long as the run's ``patience`` lasts.
    """

    def __init__(
        self, credentials: Credentials, *, timeout: float, sandbox_url: str = "", patience: Patience | None = None
    ) -> None:
        super().__init__(credentials)
        self.counts: dict[str, Counter[str]] = {}
        self._wait = (CONNECT_SECONDS, timeout)
        self._sandbox_url = sandbox_url
        self._patience = patience or Patience()

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401
        """Send once, and again only after a refusal that may be over soon."""
        for refusals in count():
            answer = self._send(method, url, *args, **kwargs)
            if not passes(answer.status_code, answer.content):
                break
            self._date(answer)
            if not self._patience.wait(_api(url), refusals, retry_at(answer.content, answer.headers)):
                break
        return answer

    def _send(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401
        """The address keeps its path and changes its host where a sandbox is used."""
        self.counts.setdefault(_api(url), Counter())[method.upper()] += 1
        if self._sandbox_url:
            parts = urlsplit(url)
            base = urlsplit(self._sandbox_url)
            url = urlunsplit((base.scheme, base.netloc, parts.path, parts.query, ""))
        answer: requests.Response = super().request(method, url, *args, **{**kwargs, "timeout": self._wait})
        return answer

    def _date(self, answer: requests.Response) -> None:
        """A Retry-After in seconds becomes the instant that it means (RFC 9110, 10.2.3)."""
        if (seconds := answer.headers.get("Retry-After", "")).isdigit():
            instant = self._patience.now() + timedelta(seconds=int(seconds))
            answer.headers["Retry-After"] = format_datetime(instant, usegmt=True)

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
    """A client built from the discovery document that ships with the library: no request is made; it takes its time."""
    return build_from_document(json.loads(get_static_doc(api, version)), http=RequestsHttp(session))


def ask(request: Any, what: str) -> dict[str, Any]:  # noqa: ANN401 (google-api-python-client has no types)
    """Execute a prepared request exactly once. Raises Fault."""
    answer = _executed(request, what)
    if not isinstance(answer, dict):  # the library hands on what it cannot read
        raise Unclear(f"{what}: no answer that can be read")
    return answer


def demand(request: Any, what: str) -> None:  # noqa: ANN401 (google-api-python-client has no types)
    """Execute exactly once a prepared request whose answer is empty, such as a removal. Raises Fault."""
    _executed(request, what)


def _executed(request: Any, what: str) -> Any:  # noqa: ANN401 (google-api-python-client has no types)
    try:
        return request.execute(num_retries=0)
    except HttpError as error:
        raise fault_of(error.status_code, error.content, what, error.resp) from None
    except NO_ANSWER as error:
        raise_for_connection(error, what)


def _api(url: str) -> str:
    parts = urlsplit(url)
    return HOSTS.get(parts.hostname or "") or PATHS.get(parts.path.split("/")[1], "other")
