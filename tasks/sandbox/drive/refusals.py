"""How Drive refuses: the usual error with the place of the mistake where Drive names one."""

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.shapes import Json

USAGE = {"storageQuotaExceeded"}


class DriveError(GoogleError):
    """A refusal that says which parameter is wrong."""

    def __init__(self, code: int, message: str, reason: str, location: str = "") -> None:
        super().__init__(code, message, reason)
        self.location = location

    def body(self, api: str) -> Json:
        """The error object; ``errors[0]`` holds ``location`` and ``locationType``."""
        body = super().body(api)
        first = body["error"]["errors"][0] if "errors" in body["error"] else {}
        if self.reason in USAGE:
            first["domain"] = "usageLimits"
        if self.location:
            first |= {"locationType": "parameter", "location": self.location}
        return body


def bad(message: str, reason: str = "invalid", location: str = "") -> DriveError:
    """400."""
    return DriveError(400, message, reason, location)


def forbidden(message: str, reason: str, location: str = "") -> DriveError:
    """403."""
    return DriveError(403, message, reason, location)


def no_file(file_id: str) -> DriveError:
    """404, also for a file that the caller may not know of."""
    return DriveError(404, f"File not found: {file_id}.", "notFound", "fileId")


def fields_required() -> DriveError:
    """400 of the methods that answer nothing without ``fields``."""
    return bad("The 'fields' parameter is required for this method.", "required", "fields")
