"""What the tests of Drive share: files, callers, refusals."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from googleapiclient.errors import HttpError

SHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SCOPES = ["https://www.googleapis.com/auth/drive", "https://www.googleapis.com/auth/spreadsheets"]


def drive(place):
    return place.service("drive", "v3")


def make(place, name, mime=SHEET, **more):
    """A file's id."""
    return drive(place).files().create(body={"name": name, "mimeType": mime, **more}).execute()["id"]


def seen(place, file_id, fields="*"):
    return drive(place).files().get(fileId=file_id, fields=fields).execute()


def found(place, query, **options):
    """The names that a query finds."""
    answer = drive(place).files().list(q=query, fields="files(name)", **options).execute()
    return [file["name"] for file in answer["files"]]


def owner(place, file_id="sandbox-register"):
    return seen(place, file_id, "owners(emailAddress)")["owners"][0]["emailAddress"]


def as_(place, place_at, address, kind="user", scopes=SCOPES):
    """The same sandbox as somebody else sees it."""
    token = place.control("tokens", {"address": address, "kind": kind, "scopes": list(scopes)})["token"]
    return place_at(place.facts | {"access_token": token})


def session(place, title="A session", day="2024-02-14", **more):
    """An event with a meeting link; its id and its meeting code."""
    event = {
        "summary": title,
        "start": {"dateTime": f"{day}T14:00:00Z"},
        "end": {"dateTime": f"{day}T15:30:00Z"},
        "conferenceData": {"createRequest": {"requestId": title}},
        **more,
    }
    events = place.service("calendar", "v3").events()
    made = events.insert(calendarId="primary", body=event, conferenceDataVersion=1).execute()
    return made["id"], made["conferenceData"]["conferenceId"]


def recordings(place, code):
    meet = place.service("meet", "v2").conferenceRecords()
    calls = meet.list(filter=f'space.meeting_code = "{code}"').execute().get("conferenceRecords", [])
    return [
        one for call in calls for one in meet.recordings().list(parent=call["name"]).execute().get("recordings", [])
    ]


@contextmanager
def refused():
    """``status``, ``reason``, ``location`` and ``message`` of the refusal inside the block."""
    facts = SimpleNamespace()
    with pytest.raises(HttpError) as caught:
        yield facts
    error = caught.value
    first = error.error_details[0] if isinstance(error.error_details, list) and error.error_details else {}
    facts.status, facts.message = error.status_code, error.reason
    facts.reason, facts.location = first.get("reason", ""), first.get("location", "")
