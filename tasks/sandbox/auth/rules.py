"""What a token may not do although its scopes suffice: service accounts on their own, and Gmail's metadata scope."""

from urllib.parse import unquote

from tasks.sandbox.auth.callers import Caller
from tasks.sandbox.auth.tokens import METADATA
from tasks.sandbox.discovery.documents import Method
from tasks.sandbox.failures import GoogleError, not_modelled
from tasks.sandbox.wire import Call

INVITING = {"events.insert", "events.patch", "events.update"}
NOBODYS = {"colors.get", "freebusy.query"}
OWNING = {"files.create", "files.copy"}
LISTS, GETS = {"users.messages.list", "users.threads.list"}, {"users.messages.get", "users.threads.get"}
FEW = {"minimal", "metadata"}
DENIED = "The caller does not have permission"
NO_STORAGE = (
    "Service Accounts do not have storage quota. Leverage shared drives"
    " (https://developers.google.com/workspace/drive/api/guides/about-shareddrives),"
    " or use OAuth delegation (http://support.google.com/a/answer/7281227) instead."
)


def check_rules(call: Call, caller: Caller, method: Method | None) -> None:
    """400, 403 or 501 for what this caller cannot do with this method."""
    if method is None:
        return
    if not caller.is_a_person:
        _check_service_account(call, method)
    if method.api == "calendar" and caller.address != call.world.owner:
        _check_calendar(call, caller, method)
    if method.api == "gmail" and METADATA in caller.scopes:
        _check_metadata_scope(call, method)


def _check_service_account(call: Call, method: Method) -> None:
    """Reported in google-apis.md, sections 4.3, 5.5 and 6: it has no mailbox, no guests, no meetings, no storage."""
    if method.api == "gmail":
        raise GoogleError(400, "Precondition check failed.", "failedPrecondition", status="FAILED_PRECONDITION")
    if method.api == "drive" and method.id in OWNING:
        raise GoogleError(403, NO_STORAGE, "storageQuotaExceeded")
    if method.api == "sheets" and method.id == "spreadsheets.create":
        raise GoogleError(403, DENIED)
    if method.api == "calendar" and method.id in INVITING:
        wanted = call.json()
        if wanted.get("attendees"):
            message = "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority."
            raise GoogleError(403, message, "forbiddenForServiceAccounts")
        meeting = wanted.get("conferenceData")
        if isinstance(meeting, dict) and "createRequest" in meeting and call.one("conferenceDataVersion") == "1":
            raise GoogleError(400, "Invalid conference type value.", "invalid")


def _check_calendar(call: Call, caller: Caller, method: Method) -> None:
    """There is one person's calendar, the owner's, which everybody may use by its name as if it were shared."""
    if method.id not in NOBODYS and call.world.owner not in unquote(call.path).split("/"):
        raise not_modelled(f"the calendar of {caller.address}")


def _check_metadata_scope(call: Call, method: Method) -> None:
    """Whatever other scopes there are (googleapis/google-api-python-client#582)."""
    if method.id in LISTS and "q" in call.query:
        raise GoogleError(403, "Metadata scope does not support 'q' parameter", "forbidden")
    if method.id in GETS and (how := call.one("format", "full").lower()) not in FEW:
        raise GoogleError(403, f"Metadata scope doesn't allow format {how.upper()}", "forbidden")


def _names(call: Call, calendar: str) -> bool:
    return f"/calendars/{calendar}" in call.path
