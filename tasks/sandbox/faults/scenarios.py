"""Ready-made misfortunes for people, by name; what they mean and what to expect stands in the words of the page."""

from config.sandbox import spreadsheet_id
from tasks.domain.programme import Programme
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.shapes import Json

MINUTES, HOURS = 60, 3600
WRITES = "POST|PUT|PATCH|DELETE"
APPEND = {"api": "sheets", "operation": "spreadsheets.batchUpdate"}
SENDING = {"api": "gmail", "operation": "drafts.send"}
SOME = 0.1
"""The chance with which the random scenario strikes."""


def scenarios(programme: Programme) -> dict[str, Json]:
    """Name and plan, in the order in which people choose."""
    return {**_google_is_ill(), **_answers_are_lost(), **_staff_act(programme), **_doors_are_shut(programme)}


def scenario(programme: Programme, name: str) -> Json:
    """One plan; 404."""
    found = scenarios(programme).get(name)
    if found is None:
        raise GoogleError(404, f"There is no scenario {name!r}; there are {', '.join(scenarios(programme))}.")
    return {**found, "name": name}


def _google_is_ill() -> dict[str, Json]:
    return {
        "down": {"status": 503, "body": "html", "for_seconds": 2 * MINUTES},
        "slow": {"effect": "slow", "seconds": 8, "for_seconds": 5 * MINUTES},
        "sheets_quota": {"api": "sheets", "status": 429, "reason": "rateLimitExceeded", "for_seconds": 1 * MINUTES},
        "gmail_rate": {
            "api": "gmail",
            "status": 403,
            "reason": "userRateLimitExceeded",
            "for_seconds": 15 * MINUTES,
        },
        "calendar_limit": {
            "api": "calendar",
            "method": WRITES,
            "status": 403,
            "reason": "quotaExceeded",
            "for_seconds": 4 * HOURS,
        },
        "half_answer": {"effect": "half-body", "method": "GET"},
        "random": {"seed": 1, "chance": SOME, "times": 20},
    }


def _answers_are_lost() -> dict[str, Json]:
    return {
        "mail_answer_lost": {**SENDING, "effect": "drop-after"},
        "mail_not_sent": {**SENDING, "effect": "drop-before"},
        "row_answer_lost": {**APPEND, "effect": "drop-after"},
        "row_late": {**APPEND, "effect": "drop-late", "seconds": 3 * MINUTES},
        "event_answer_lost": {"api": "calendar", "operation": "events.insert", "effect": "drop-after"},
    }


def _staff_act(programme: Programme) -> dict[str, Json]:
    register = programme.register_.spreadsheet
    submissions = {"book": register, "tab": programme.register_.submissions.tab}
    sessions = {"book": register, "tab": programme.register_.sessions.tab}
    status = programme.register_.sessions.columns["status"]
    read = {"effect": "person", "method": "GET", "path": f"/{spreadsheet_id(register)}"}
    return {
        "sorted": {**read, "action": {"do": "sort", **submissions, "column": "H"}},
        "row_inserted": {**read, "action": {"do": "insert_row", **submissions, "row": 2}},
        "column_moved": {**read, "action": {"do": "move_column", **submissions, "column": "H", "to": "B"}},
        "header_renamed": {**read, "action": {"do": "rename_header", **sessions, "header": status, "to": f"{status}?"}},
        "draft_deleted": {
            "effect": "person",
            "api": "gmail",
            "operation": "drafts.create",
            "action": {"do": "delete_draft"},
        },
    }


def _doors_are_shut(programme: Programme) -> dict[str, Json]:
    register = programme.register_.spreadsheet
    next_one = {"effect": "person", "moment": "before"}
    return {
        "login_expired": {"status": 401, "times": 0},
        "withdrawn": {**next_one, "action": {"do": "withdraw", "file": register}},
        "trashed": {**next_one, "action": {"do": "trash_file", "file": register}},
    }
