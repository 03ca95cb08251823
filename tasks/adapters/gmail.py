"""Mail leaves as a Gmail draft that is then sent: the only send of Gmail whose fate can be looked up afterwards."""

import base64

from tasks.adapters.google_session import GoogleSession, ask, google_service
from tasks.domain.faults import NotFound

US = "me"


class Gmail:
    """Drafts and sent mail of the sending mailbox. Every method raises Fault."""

    def __init__(self, session: GoogleSession) -> None:
        users = google_service(session, "gmail", "v1").users()
        self._drafts = users.drafts()
        self._messages = users.messages()

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

    def send_draft(self, draft_id: str) -> str:
        """Send the draft; answers the id of the sent message."""
        return str(ask(self._drafts.send(userId=US, body={"id": draft_id}), "sending a draft")["id"])

    def find_sent(self, token: str) -> str | None:
        """The id of a sent message that holds this word. A message may become findable only after a while."""
        found = ask(self._messages.list(userId=US, q=f'in:sent "{token}"'), "looking into Sent").get("messages", [])
        return str(found[0]["id"]) if found else None


def _body(raw: bytes) -> dict[str, dict[str, str]]:
    return {"message": {"raw": base64.urlsafe_b64encode(raw).decode()}}
