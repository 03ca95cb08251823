"""New mail by the Gmail API: the history since a point, and of each mail first only what it is made of."""

import base64
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any

from tasks.adapters.gmail import US
from tasks.adapters.google_session import GoogleSession, ask, google_service
from tasks.adapters.inbox import Page
from tasks.domain.faults import NotFound
from tasks.domain.incoming.arrivals import HEADERS, Arrival

AT_ONCE = 100
LOOKING = "looking for new mail"
TYPES = "mimeType,parts(mimeType,parts(mimeType,parts(mimeType,parts(mimeType))))"
OUTSIDE = f"id,sizeEstimate,payload(headers,{TYPES})"
"""What is asked of every new mail: no word that a person wrote in it."""
NOT_ARRIVED = {"SENT", "DRAFT", "CHAT"}


class GmailInbox:
    """An Inbox. A point is a ``historyId``."""

    name = "gmail"

    def __init__(self, session: GoogleSession) -> None:
        self._session = session

    @cached_property
    def _users(self) -> Any:  # noqa: ANN401 (google-api-python-client has no types)
        return google_service(self._session, "gmail", "v1").users()

    @cached_property
    def _history(self) -> Any:  # noqa: ANN401 (the same)
        return self._users.history()

    @cached_property
    def _messages(self) -> Any:  # noqa: ANN401 (the same)
        return self._users.messages()

    def new(self, point: str, since: datetime) -> Page:
        """Gmail keeps its history for about a week."""
        if point:
            try:
                return self._since(point)
            except NotFound:
                pass
        newest = ask(self._users.getProfile(userId=US), LOOKING)["historyId"]
        ids = list(self._arrived(since))
        return Page([*filter(None, map(self._outside, reversed(ids)))], str(newest))

    def _since(self, point: str) -> Page:
        asked = {"userId": US, "startHistoryId": point, "historyTypes": "messageAdded", "maxResults": AT_ONCE}
        page = ask(self._history.list(**asked), LOOKING)
        records = page.get("history", [])
        added = [one["message"] for record in records for one in record.get("messagesAdded", [])]
        ids = [one["id"] for one in added if not NOT_ARRIVED & set(one.get("labelIds", []))]
        more = "nextPageToken" in page
        after = records[-1]["id"] if more else page.get("historyId", point)
        return Page([*filter(None, map(self._outside, dict.fromkeys(ids)))], str(after), more)

    def _arrived(self, since: datetime) -> Iterator[str]:
        asked: dict[str, Any] = {
            "userId": US,
            "q": f"-in:sent -in:drafts after:{int(since.timestamp())}",
            "includeSpamTrash": True,
            "maxResults": 5 * AT_ONCE,
        }
        while True:
            page = ask(self._messages.list(**asked), LOOKING)
            yield from (str(one["id"]) for one in page.get("messages", []))
            if not (token := page.get("nextPageToken")):
                return
            asked["pageToken"] = token

    def _outside(self, message_id: str) -> Arrival | None:
        request = self._messages.get(userId=US, id=message_id, format="full", fields=OUTSIDE)
        try:
            found = ask(request, "looking at a new mail")
        except NotFound:  # somebody was quicker
            return None
        payload = found.get("payload", {})
        headers = {str(one["name"]).casefold(): str(one["value"]) for one in payload.get("headers", [])}
        known = {name: headers[name.casefold()] for name in HEADERS if name.casefold() in headers}
        return Arrival(message_id, int(found.get("sizeEstimate", 0)), frozenset(_types(payload)), known)

    def read(self, arrival: Arrival) -> bytes:
        """The whole mail, which stays as unread as it was."""
        request = self._messages.get(userId=US, id=arrival.id, format="raw", fields="raw")
        return base64.urlsafe_b64decode(ask(request, "reading a new mail")["raw"])

    def provider_id(self, message_id: str) -> str:
        """Gmail may have sent our mail under a Message-ID of its own."""
        request = self._messages.list(userId=US, q=f"in:sent rfc822msgid:{message_id.strip('<>')}")
        found = ask(request, "looking into Sent").get("messages", [])
        return str(found[0]["id"]) if found else ""

    def close(self) -> None:
        """Nothing of its own is open."""


def _types(part: dict[str, Any]) -> Iterator[str]:
    yield str(part.get("mimeType", "")).lower()
    for inside in part.get("parts", []):
        yield from _types(inside)
