"""How much Google lets a project and a user ask in a minute, and what a request costs.

Sources: google-apis.md 1.1 (Sheets), 1.9 (Forms), 4.4 and 4.6 (Calendar), 5.1 (Gmail), 7 (Meet); Google's pages on the
usage limits of Forms (writes), Drive, and Gmail (units of each method). Gmail's limit of a user is that of projects
first used from May 2026.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Limit(NamedTuple):
    """What is counted, under Google's name for it, and how much of it a minute has."""

    metric: str
    project: int
    user: int


LIMITS: Mapping[str, Limit] = {
    "sheets.read": Limit("Read requests", 300, 60),
    "sheets.write": Limit("Write requests", 300, 60),
    "forms.read": Limit("Read requests", 975, 390),
    "forms.list": Limit("Expensive read requests", 450, 180),
    "forms.write": Limit("Write requests", 375, 150),
    "calendar.queries": Limit("Queries", 10_000, 600),
    "gmail.queries": Limit("Queries", 1_200_000, 6_000),
    "drive.queries": Limit("Queries", 12_000, 12_000),
    "meet.read": Limit("Read requests", 6_000, 600),
    "meet.write": Limit("Write requests", 1_000, 100),
    "meet.create": Limit("Create requests", 100, 10),
}
SCOPES = ("user", "project")
BUCKETS: Mapping[str, int] = {
    f"{name}.{scope}": getattr(limit, scope) for name, limit in LIMITS.items() for scope in SCOPES
}
READING_POSTS = (
    "spreadsheets.getByDataFilter",
    "spreadsheets.values.batchGetByDataFilter",
    "spreadsheets.developerMetadata.search",
)
GMAIL_UNITS: Mapping[str, int] = {
    "drafts.create": 10,
    "drafts.delete": 10,
    "drafts.send": 100,
    "drafts.update": 15,
    "getProfile": 1,
    "history.list": 2,
    "labels.get": 1,
    "labels.list": 1,
    "messages.batchDelete": 50,
    "messages.batchModify": 50,
    "messages.delete": 10,
    "messages.import": 25,
    "messages.insert": 25,
    "messages.send": 100,
    "settings.sendAs.get": 1,
    "settings.sendAs.list": 1,
    "stop": 50,
    "threads.delete": 20,
    "threads.get": 10,
    "threads.list": 10,
    "threads.modify": 10,
    "threads.trash": 10,
    "threads.untrash": 10,
    "watch": 100,
}
GMAIL_USUAL = 5
PATCH_UNITS = 3
"""Of a Calendar event."""


def cost(api: str, method: str, operation: str) -> tuple[str, int]:
    """What a request is counted as and how many units it takes; ``("", 0)`` where nothing is counted."""
    if api == "gmail":
        return "gmail.queries", GMAIL_UNITS.get(operation.removeprefix("users."), GMAIL_USUAL)
    if api == "calendar":
        return "calendar.queries", PATCH_UNITS if operation == "events.patch" else 1
    kind = _kind(api, method, operation)
    return (kind, 1) if kind in LIMITS else ("", 0)


def _kind(api: str, method: str, operation: str) -> str:
    if api == "drive":
        return "drive.queries"
    if (api, operation) == ("forms", "forms.responses.list"):
        return "forms.list"
    if (api, operation) == ("meet", "spaces.create"):
        return "meet.create"
    return f"{api}.read" if method == "GET" or operation in READING_POSTS else f"{api}.write"
