"""Mail leaves as a Gmail draft that is then sent: the only send of Gmail whose fate can be looked up afterwards."""

import base64
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from googleapiclient.discovery import Resource

from tasks.adapters.google_session import GoogleSession, ask, demand, google_service
from tasks.domain.faults import NotFound

US = "me"
HEADERS = ["To", "References", "Subject", "In-Reply-To"]


@dataclass(frozen=True, slots=True)
class SentMail:
    """A message in Sent; ``to``, ``references``, ``subject`` and ``in_reply_to`` are its headers."""

    message_id: str
    sent_at: datetime
    to: str
    references: str
    subject: str
    in_reply_to: str = ""


class Gmail:
    """Drafts and sent mail of the sending mailbox. Every method raises Fault."""

    def __init__(self, session: GoogleSession) -> None:
        self._session = session

    @cached_property
    def _users(self) -> Resource:
        return google_service(self._session, "gmail", "v1").users()

    @cached_property
    def _drafts(self) -> Resource:
        return self._users.drafts()

    @cached_property
    def _messages(self) -> Resource:
        return self._users.messages()

    def create_draft(self, raw: bytes) -> str:
        """Put an RFC 5322 message among the drafts; answers the draft's id."""
        return str(ask(self._drafts.create(userId=US, body=_body(raw)), "creating a draft")["id"])

    def rewrite_draft(self, draft_id: str, raw: bytes) -> str:
        """Put what is to be sent now into a draft that an earlier attempt left; answers the draft's id."""
        request = self._drafts.update(userId=US, id=draft_id, body=_body(raw))
        return str(ask(request, "rewriting a draft")["id"])

    def find_draft(self, token: str) -> str | None:
        """The id of a draft that holds this word: left by an earlier attempt whose answer was lost."""
        found = ask(self._drafts.list(userId=US, q=f'"{token}"'), "looking for a draft").get("drafts", [])
        return str(found[0]["id"]) if found else None

    def is_draft(self, draft_id: str) -> bool:
        """Whether the draft still waits; a draft that is gone was sent, or deleted by a person."""
        try:
            ask(self._drafts.get(userId=US, id=draft_id, format="minimal"), "looking at a draft")
        except NotFound:
            return False
        return True

    def drafts_with(self, tokens: Collection[str]) -> list[str]:
        """The ids of the drafts that hold one of these words, ours or not."""
        words = " ".join(f'"{token}"' for token in tokens)
        found = ask(self._drafts.list(userId=US, q=f"{{{words}}}"), "looking for drafts")
        return [str(draft["id"]) for draft in found.get("drafts", [])]

    def is_made_by_machine(self, draft_id: str) -> bool:
        """Whether the draft says so (RFC 3834): a person's own may quote a mail of ours with its word."""
        found = ask(self._drafts.get(userId=US, id=draft_id, format="metadata"), "looking at a draft")
        names = {one["name"].lower() for one in found["message"]["payload"].get("headers", [])}
        return "auto-submitted" in names

    def delete_draft(self, draft_id: str) -> None:
        """Delete it for good."""
        demand(self._drafts.delete(userId=US, id=draft_id), "deleting a draft")

    def send_draft(self, draft_id: str) -> str:
        """Send the draft; answers the id of the sent message."""
        return str(ask(self._drafts.send(userId=US, body={"id": draft_id}), "sending a draft")["id"])

    def find_sent(self, token: str) -> str | None:
        """The id of a sent message that holds this word. A message may become findable only after a while."""
        found = ask(self._messages.list(userId=US, q=f'in:sent "{token}"'), "looking into Sent").get("messages", [])
        return str(found[0]["id"]) if found else None

    def sent_about(self, word: str) -> list[SentMail]:
        """Every sent message that holds this word, oldest first."""
        return self._all(f'in:sent "{word}"')

    def raw(self, message_id: str) -> bytes:
        """A message as it was sent (RFC 5322)."""
        request = self._messages.get(userId=US, id=message_id, format="raw")
        return base64.urlsafe_b64decode(ask(request, "reading a sent mail")["raw"])

    def sent_to(self, address: str) -> list[SentMail]:
        """Every message that was sent to this address, oldest first."""
        return self._all(f"in:sent to:{address}")

    def throw_away(self, message_id: str) -> None:
        """Move a message to the trash, which Gmail empties after 30 days."""
        ask(self._messages.trash(userId=US, id=message_id), "taking a mail out of Sent")

    def _all(self, query: str) -> list[SentMail]:
        asked: dict[str, str] = {"userId": US, "q": query}
        found: list[str] = []
        while True:
            page = ask(self._messages.list(**asked), "looking into Sent")
            found += [message["id"] for message in page.get("messages", [])]
            if not (token := page.get("nextPageToken")):
                break
            asked["pageToken"] = token
        return sorted((self._describe(message_id) for message_id in found), key=lambda mail: mail.sent_at)

    def _describe(self, message_id: str) -> SentMail:
        request = self._messages.get(userId=US, id=message_id, format="metadata", metadataHeaders=HEADERS)
        found = ask(request, "looking at a sent mail")
        headers = {one["name"].lower(): one["value"] for one in found["payload"].get("headers", [])}
        sent_at = datetime.fromtimestamp(int(found["internalDate"]) / 1000, tz=UTC)
        return SentMail(message_id, sent_at, *(headers.get(name.lower(), "") for name in HEADERS))


def _body(raw: bytes) -> dict[str, dict[str, str]]:
    return {"message": {"raw": base64.urlsafe_b64encode(raw).decode()}}
