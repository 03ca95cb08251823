"""Who may see a file in Google Drive. Google mails nobody about it: whoever is let in hears of it from us."""

from functools import cached_property
from typing import Any

from googleapiclient.discovery import Resource

from tasks.adapters.google_session import GoogleSession, ask, google_service
from tasks.domain.faults import NotFound, Refused, Rejected
from tasks.domain.sharing import GONE, MAY_NOT, NOT_LET_IN

READER = {"type": "user", "role": "reader"}
SHOWN = "nextPageToken,permissions(id,emailAddress,role)"
PAGE = 100


class FileAccess:
    """Permissions of single files. Every method raises Fault; what Google refuses is Rejected, with one of our reasons.

    Needs the scope ``drive``: ``drive.file`` knows only files that our own program made, and Meet makes recordings.
    """

    def __init__(self, session: GoogleSession) -> None:
        self._session = session

    @cached_property
    def _permissions(self) -> Resource:
        return google_service(self._session, "drive", "v3").permissions()

    def readers(self, file_id: str) -> dict[str, str]:
        """The permission's id of each address that may see the file, in whatever role."""
        found: dict[str, str] = {}
        token = None
        while True:
            request = self._permissions.list(
                fileId=file_id, fields=SHOWN, pageSize=PAGE, pageToken=token, supportsAllDrives=True
            )
            page = _allowed(request, "looking who may see a recording")
            people = (one for one in page.get("permissions", []) if "emailAddress" in one)
            found |= {one["emailAddress"]: one["id"] for one in people}
            if not (token := page.get("nextPageToken")):
                return found

    def let_read(self, file_id: str, address: str) -> str:
        """Let one person read the file; answers the permission's id. A person has one permission on a file."""
        request = self._permissions.create(
            fileId=file_id,
            body={**READER, "emailAddress": address},
            fields="id",
            sendNotificationEmail=False,
            supportsAllDrives=True,
        )
        identity: str = _allowed(request, "sharing a recording")["id"]
        return identity


def _allowed(request: Any, what: str) -> dict[str, Any]:  # noqa: ANN401 (google-api-python-client has no types)
    try:
        return ask(request, what)
    except NotFound:
        raise Rejected(GONE) from None
    except Rejected:  # nobody has an account under the address, or the organisation shares with nobody like that
        raise Rejected(NOT_LET_IN) from None
    except Refused:
        raise Rejected(MAY_NOT) from None
