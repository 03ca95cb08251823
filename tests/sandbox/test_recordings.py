"""A recording appears in Meet and in Drive, as the archive flow looks for it."""

import pytest
from googleapiclient.errors import HttpError

SHEET = "application/vnd.google-apps.spreadsheet"


def record(place, code="abc-defg-hij", started="2024-02-15T14:00:00Z", **options):
    return place.control("recordings", {"meeting_code": code, "started": started, "minutes": 88, **options})


def test_a_recording_is_found_by_its_meeting_code(place):
    record(place, name="Session.mp4")
    record(place, started="2024-02-15T16:00:00Z")
    record(place, code="xyz-xyzx-xyz")
    meet = place.service("meet", "v2")
    query = 'space.meeting_code = "abc-defg-hij"'
    records = meet.conferenceRecords().list(filter=query).execute()["conferenceRecords"]
    assert [one["startTime"] for one in records] == ["2024-02-15T16:00:00.000Z", "2024-02-15T14:00:00.000Z"]
    later = f'{query} AND start_time >= "2024-02-15T15:00:00Z"'
    assert len(meet.conferenceRecords().list(filter=later).execute()["conferenceRecords"]) == 1
    name = records[1]["name"]
    assert meet.conferenceRecords().get(name=name).execute() == records[1]
    found = meet.conferenceRecords().recordings().list(parent=name).execute()["recordings"][0]
    assert found["state"] == "FILE_GENERATED"
    assert meet.conferenceRecords().recordings().get(name=found["name"]).execute() == found
    file_id = found["driveDestination"]["file"]
    mask = "id,name,mimeType,size,videoMediaMetadata(durationMillis),webViewLink"
    file = place.service("drive", "v3").files().get(fileId=file_id, fields=mask, supportsAllDrives=True).execute()
    assert (file["name"], file["mimeType"]) == ("Session.mp4", "video/mp4")
    assert file["videoMediaMetadata"] == {"durationMillis": str(88 * 60_000)}
    assert file["webViewLink"] == found["driveDestination"]["exportUri"]


@pytest.mark.parametrize("state", ["STARTED", "ENDED"])
def test_a_recording_may_have_no_file_yet(place, state):
    made = record(place, state=state)["recording"]
    assert made["state"] == state
    assert "driveDestination" not in made
    assert place.service("drive", "v3").files().list(q="mimeType = 'video/mp4'").execute()["files"] == []


def test_records_are_gone_after_thirty_days(place):
    record(place)
    records = place.service("meet", "v2").conferenceRecords()
    assert len(records.list().execute()["conferenceRecords"]) == 1
    place.control("clock", {"now": "2024-03-20T00:00:00Z"})
    assert records.list().execute() == {}


def test_the_space_of_an_events_meeting_is_known(place):
    body = {
        "start": {"dateTime": "2024-05-06T14:00:00Z"},
        "end": {"dateTime": "2024-05-06T15:00:00Z"},
        "conferenceData": {"createRequest": {"requestId": "x"}},
    }
    events = place.service("calendar", "v3").events()
    code = events.insert(calendarId="primary", body=body, conferenceDataVersion=1).execute()["conferenceData"][
        "conferenceId"
    ]
    space = place.service("meet", "v2").spaces().get(name=f"spaces/{code}").execute()
    assert space["meetingCode"] == code
    with pytest.raises(HttpError, match="404"):
        place.service("meet", "v2").spaces().get(name="spaces/nothing").execute()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (f'mimeType="{SHEET}" and name = "CoLab register"', ["CoLab register"]),
        (f"mimeType='{SHEET}' and name contains 'archive' and trashed = false", ["CoLab archive"]),
        ("'root' in parents and name = 'it\\'s'", ["it's"]),
        ("(name = 'CoLab register' or name = 'CoLab archive') and not name contains 'reg'", ["CoLab archive"]),
        ("modifiedTime > '2030-01-01T00:00:00Z'", []),
    ],
)
def test_files_are_searched(place, query, names):
    files = place.service("drive", "v3").files()
    files.create(body={"name": "it's"}).execute()
    found = files.list(q=query, fields="files(name)").execute()["files"]
    assert [file["name"] for file in found] == names


def test_what_the_search_does_not_know_is_refused(place):
    for query, status in (("name = 'a", 400), ("name = ", 400), ("fullText contains 'x'", 501)):
        with pytest.raises(HttpError) as caught:
            place.service("drive", "v3").files().list(q=query).execute()
        assert caught.value.status_code == status


def test_files_are_made_listed_and_deleted(place):
    client = place.gspread()
    book = client.create("Mine")
    files = place.service("drive", "v3").files()
    assert files.get(fileId=book.id).execute()["mimeType"] == SHEET
    assert files.list(q="name = 'Mine'").execute()["files"][0]["id"] == book.id
    permissions = place.service("drive", "v3").permissions().list(fileId=book.id).execute()["permissions"]
    assert permissions[0]["role"] == "owner"
    client.del_spreadsheet(book.id)
    with pytest.raises(HttpError, match="404"):
        files.get(fileId=book.id).execute()
