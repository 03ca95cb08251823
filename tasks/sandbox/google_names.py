"""Names that Google's refusals use for services and projects."""

from collections.abc import Mapping

PROJECT = "123456789012"
"""The number of the invented project that every client belongs to."""
ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"
SERVICES: Mapping[str, str] = {"calendar": "calendar-json.googleapis.com"}


def service(api: str) -> str:
    """The name under which Google counts and bills an API."""
    return SERVICES.get(api, f"{api}.googleapis.com")
