"""What can go wrong: a sandbox that cannot start, and the refusals of Google with their bodies."""

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
DOMAINS = {"quotaExceeded": "usageLimits", "rateLimitExceeded": "usageLimits", "userRateLimitExceeded": "usageLimits"}
WITH_ERRORS = {"calendar", "drive", "gmail"}
WITHOUT_STATUS = {"calendar", "drive"}


class SandboxError(Exception):
    """The sandbox cannot do what it was started for; the message is one sentence a person can act on."""


class GoogleError(Exception):
    """A refusal as Google words it; the body depends on the API that refuses."""

    def __init__(self, code: int, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.reason = reason or REASONS.get(code, "invalid")

    def body(self, api: str) -> Json:
        """The error object, with ``errors`` or ``status`` where this API has them."""
        error: Json = {"code": self.code, "message": self.message}
        if api in WITH_ERRORS:
            domain = DOMAINS.get(self.reason, "global")
            error["errors"] = [{"domain": domain, "reason": self.reason, "message": self.message}]
        if api not in WITHOUT_STATUS:
            error["status"] = STATUS_NAMES.get(self.code, "UNKNOWN")
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
