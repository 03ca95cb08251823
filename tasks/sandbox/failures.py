"""What can go wrong: a sandbox that cannot start, and the refusals of Google with their bodies."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from tasks.sandbox.shapes import Json

STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    412: "FAILED_PRECONDITION",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
REASONS = {
    400: "invalid",
    401: "authError",
    403: "forbidden",
    404: "notFound",
    409: "duplicate",
    410: "deleted",
    412: "conditionNotMet",
    429: "rateLimitExceeded",
    500: "backendError",
    501: "notImplemented",
    503: "backendError",
}
USAGE = ("quotaExceeded", "rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded", "accessNotConfigured")
DOMAINS = {**dict.fromkeys(USAGE, "usageLimits"), "forbiddenForServiceAccounts": "calendar"}
WITH_ERRORS = {"calendar", "drive", "gmail"}
WITHOUT_STATUS = {"calendar", "drive"}
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class SandboxError(Exception):
    """The sandbox cannot do what it was started for; the message is one sentence a person can act on."""


class GoogleError(Exception):
    """A refusal as Google words it; the body depends on the API that refuses.

    ``details`` are google.rpc objects; ``entry`` is what the single entry of ``errors`` says more or otherwise.
    """

    def __init__(
        self,
        code: int,
        message: str,
        reason: str = "",
        *,
        details: Sequence[Json] = (),
        headers: Mapping[str, str] = NO_HEADERS,
        entry: Json | None = None,
        status: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.reason = reason or REASONS.get(code, "invalid")
        self.details = list(details)
        self.headers = headers
        self.entry = entry or {}
        self.status = status or STATUS_NAMES.get(code, "UNKNOWN")

    def body(self, api: str) -> Json:
        """The error object, with ``errors`` or ``status`` where this API has them."""
        if api == "auth":
            return {"error": self.reason, "error_description": self.message}
        error: Json = {"code": self.code, "message": self.message}
        if api in WITH_ERRORS:
            domain = DOMAINS.get(self.reason, "global")
            error["errors"] = [{"domain": domain, "reason": self.reason, "message": self.message, **self.entry}]
        if api not in WITHOUT_STATUS or self.details or self.entry:
            error["status"] = self.status
            if self.details:
                error["details"] = self.details
        return {"error": error}


def invalid(message: str, reason: str = "") -> GoogleError:
    """400."""
    return GoogleError(400, message, reason)


def not_found(message: str = "Requested entity was not found.") -> GoogleError:
    """404."""
    return GoogleError(404, message)


def not_modelled(what: str) -> GoogleError:
    """501: real Google may do this, the sandbox does not; never a quiet success."""
    return GoogleError(501, f"The sandbox does not model {what}.")
