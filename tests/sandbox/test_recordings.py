"""A recording appears in Meet and in Drive, as the archive flow looks for it; spaces and who was there."""

import pytest

from tests.sandbox.drive_builders import as_, drive, found, refused, seen

CODE = "abc-defg-hij"
BEGAN = "2024-02-15T14:00:00Z"
MEET = ["https://www.googleapis.com/auth/meetings.space.readonly"]


def record(place, code=CODE, started=BEGAN, **options):
    return place.control("recordings", {"meeting_code": code, "started": started, "minutes": 88, **options})


def meet(place):
    return place.service("meet", "v2")


def calls(place, asked=""):
    return meet(place).conferenceRecords().list(filter=asked).execute().get("conferenceRecords", [])


def at(place, now):
    place.control("clock", {"now": now})


def test_a_recording_is_found_by_its_meeting_code(place):
    record(place, name="Session.mp4")
    record(place, started="2024-02-15T16:00:00Z")
    record(place, code="xyz-xyzx-xyz")
    query = f'space.meeting_code = "{CODE}"'
    records = calls(place, query)
    assert [one["startTime"] for one in records] == ["2024-02-15T16:00:00.000Z", "2024-02-15T14:00:00.000Z"]
    name = records[1]["name"]
    resources = meet(place).conferenceRecords()
    assert resources.get(name=name).execute() == records[1]
    (recording,) = resources.recordings().list(parent=name).execute()["recordings"]
    assert recording["state"] == "FILE_GENERATED"
    assert resources.recordings().get(name=recording["name"]).execute() == recording
    file = seen(place, recording["driveDestination"]["file"], "id,name,mimeType,size,videoMediaMetadata,webViewLink")
    assert (file["name"], file["mimeType"]) == ("Session.mp4", "video/mp4")
    assert file["videoMediaMetadata"]["durationMillis"] == str(88 * 60_000)
    assert file["webViewLink"] == recording["driveDestination"]["exportUri"]


def test_a_recording_lies_in_meets_folder_and_can_be_downloaded(place):
    file_id = record(place, minutes=0.01)["recording"]["driveDestination"]["file"]
    (folder,) = seen(place, file_id, "parents")["parents"]
    assert seen(place, folder, "name") == {"name": "Google Meet"}
    whole = drive(place).files().get_media(fileId=file_id).execute()
    assert (len(whole), whole[4:8]) == (int(seen(place, file_id, "size")["size"]), b"ftyp")
    part = place.ask("GET", f"/drive/v3/files/{file_id}?alt=media", headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")


@pytest.mark.parametrize("state", ["STARTED", "ENDED"])
def test_a_recording_may_have_no_file_yet(place, state):
    made = record(place, state=state)["recording"]
    assert made["state"] == state
    assert ("driveDestination" in made, "endTime" in made) == (False, state == "ENDED")
    assert found(place, "mimeType = 'video/mp4'") == []


def test_a_recording_stays_where_it_is_until_it_is_moved_on(place):
    made = record(place, state="STARTED")
    path, name = f"recordings/{made['recording']['name']}", made["conferenceRecord"]["name"]
    at(place, "2024-02-16T14:00:00Z")
    assert calls(place)[0].get("endTime") is None
    for state, files in (("ENDED", 0), ("FILE_GENERATED", 1), ("ENDED", 0)):
        assert place.control(path, {"state": state})["state"] == state
        assert len(found(place, "mimeType = 'video/mp4'")) == files
        assert (
            meet(place).conferenceRecords().recordings().list(parent=name).execute()["recordings"][0]["state"] == state
        )


def test_the_clock_alone_brings_a_recording_to_its_end(place):
    at(place, "2024-02-15T13:00:00Z")
    record(place, file_after_minutes=30)
    assert calls(place) == []
    steps = [
        ("2024-02-15T14:30:00Z", "STARTED", 0),
        ("2024-02-15T15:29:00Z", "ENDED", 0),
        ("2024-02-15T15:59:00Z", "FILE_GENERATED", 1),
        ("2024-02-15T14:30:00Z", "STARTED", 0),
    ]
    for now, state, files in steps:
        at(place, now)
        (held,) = calls(place)
        (recording,) = meet(place).conferenceRecords().recordings().list(parent=held["name"]).execute()["recordings"]
        assert (recording["state"], len(found(place, "mimeType = 'video/mp4'"))) == (state, files)
        assert ("endTime" in held) == (state != "STARTED")


def test_a_new_file_is_a_change_only_when_it_appears(place):
    at(place, "2024-02-15T13:00:00Z")
    since = drive(place).changes().getStartPageToken().execute()["startPageToken"]
    record(place, file_after_minutes=30)
    assert all(one["file"]["mimeType"] != "video/mp4" for one in changes(place, since))
    at(place, "2024-02-15T16:00:00Z")
    assert [one["file"]["mimeType"] for one in changes(place, since)].count("video/mp4") == 1


def changes(place, since):
    return drive(place).changes().list(pageToken=since).execute()["changes"]


def test_drive_knows_the_length_of_a_video_only_later(place):
    place.control("settings", {"video_metadata_delay_minutes": 20})
    at(place, "2024-02-15T16:00:00Z")
    file_id = record(place)["recording"]["driveDestination"]["file"]
    assert seen(place, file_id, "videoMediaMetadata") == {}
    at(place, "2024-02-15T16:21:00Z")
    assert seen(place, file_id, "videoMediaMetadata")["videoMediaMetadata"]["durationMillis"] == str(88 * 60_000)


def test_one_call_may_be_recorded_twice(place):
    name = record(place)["conferenceRecord"]["name"]
    record(place, started="2024-02-15T15:40:00Z", minutes=10, conference=name)
    (held,) = calls(place)
    assert held["endTime"] == "2024-02-15T15:50:00.000Z"
    listed = meet(place).conferenceRecords().recordings().list(parent=name).execute()["recordings"]
    assert [one["startTime"][11:16] for one in listed] == ["14:00", "15:40"]
    assert len({one["driveDestination"]["file"] for one in listed}) == 2


def test_a_recordings_name_outlives_its_file(place):
    recording = record(place)["recording"]
    drive(place).files().delete(fileId=recording["driveDestination"]["file"]).execute()
    assert meet(place).conferenceRecords().recordings().get(name=recording["name"]).execute() == recording


def test_records_are_gone_after_thirty_days(place):
    made = record(place)["conferenceRecord"]
    at(place, "2024-03-16T15:27:00Z")
    assert len(calls(place)) == 1
    at(place, "2024-03-16T15:29:00Z")
    assert meet(place).conferenceRecords().list().execute() == {}
    with refused() as refusal:
        meet(place).conferenceRecords().get(name=made["name"]).execute()
    assert refusal.status == 404


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ('start_time >= "2024-02-15T15:00:00Z"', 1),
        ('start_time>="2024-02-15T14:00:00.000Z" AND start_time<="2024-02-15T14:00:00Z"', 1),
        ('end_time < "2024-02-15T15:29:00Z"', 1),
        ("end_time IS NULL", 1),
        (f'space.meeting_code = "{CODE}" and end_time IS NULL', 1),
        ('space.name = "spaces/nothing"', 0),
        ("", 2),
    ],
)
def test_calls_are_filtered(filtered, asked, number):
    assert len(calls(filtered, asked)) == number


@pytest.fixture(scope="module")
def filtered(shared):
    """One call that is over and one that goes on."""
    record(shared)
    record(shared, started="2024-02-16T07:50:00Z", state="STARTED")
    return shared


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("nonsense", 400),
        ('space.meeting_code > "a"', 400),
        ('colour = "red"', 400),
        ('start_time > "soon"', 400),
        ("space.name IS NULL", 400),
        (f'space.meeting_code = "{CODE}" OR end_time IS NULL', 501),
    ],
)
def test_a_wrong_filter_is_refused(filtered, asked, status):
    with refused() as refusal:
        calls(filtered, asked)
    assert refusal.status == status


def test_calls_come_in_pages(filtered):
    resources = meet(filtered).conferenceRecords()
    first = resources.list(pageSize=1).execute()
    second = resources.list(pageSize=1, pageToken=first["nextPageToken"]).execute()
    assert ("nextPageToken" in second, second["conferenceRecords"] != first["conferenceRecords"]) == (False, True)
    for wrong in (
        {"pageToken": "x"},
        {"pageSize": -1},
        {"pageSize": 1, "filter": "end_time IS NULL", "pageToken": first["nextPageToken"]},
    ):
        with refused() as refusal:
            resources.list(**wrong).execute()
        assert refusal.status == 400


def test_participants_have_names_and_no_addresses(place):
    people = ["Ana", {"name": "+1 ***-***-99", "kind": "phoneUser", "sessions": [[5, 10], [20, 30]]}]
    name = record(place, participants=people)["conferenceRecord"]["name"]
    resource = meet(place).conferenceRecords().participants()
    listed = resource.list(parent=name).execute()["participants"]
    assert "@" not in str(listed)
    kinds = [next(kind for kind in one if kind.endswith("User")) for one in listed]
    assert kinds == ["phoneUser", "signedinUser", "anonymousUser"]
    assert (listed[0]["earliestStartTime"][11:16], listed[0]["latestEndTime"][11:16]) == ("14:05", "14:30")
    assert resource.get(name=listed[0]["name"]).execute() == listed[0]
    sessions = resource.participantSessions().list(parent=listed[0]["name"]).execute()["participantSessions"]
    assert [one["startTime"][11:16] for one in sessions] == ["14:20", "14:05"]
    assert resource.participantSessions().get(name=sessions[0]["name"]).execute() == sessions[0]
    assert resource.list(parent=name, filter="latest_end_time IS NULL").execute() == {}


def test_only_the_organiser_sees_a_call(filtered, place_at):
    name = calls(filtered)[0]["name"]
    ben = as_(filtered, place_at, "ben@example.com", scopes=MEET)
    assert calls(ben) == []
    with refused() as refusal:
        meet(ben).conferenceRecords().get(name=name).execute()
    assert refusal.status == 403


def test_there_are_no_transcripts_and_notes_are_not_modelled(filtered):
    name = calls(filtered)[0]["name"]
    resource = meet(filtered).conferenceRecords()
    assert resource.transcripts().list(parent=name).execute() == {}
    with refused() as refusal:
        resource.transcripts().get(name=f"{name}/transcripts/t").execute()
    assert refusal.status == 404
    with refused() as refusal:
        resource.smartNotes().list(parent=name).execute()
    assert refusal.status == 501


def test_the_space_of_an_events_meeting_is_known(place):
    body = {
        "start": {"dateTime": "2024-05-06T14:00:00Z"},
        "end": {"dateTime": "2024-05-06T15:00:00Z"},
        "conferenceData": {"createRequest": {"requestId": "x"}},
    }
    events = place.service("calendar", "v3").events()
    made = events.insert(calendarId="primary", body=body, conferenceDataVersion=1).execute()
    code = made["conferenceData"]["conferenceId"]
    space = meet(place).spaces().get(name=f"spaces/{code}").execute()
    assert space["meetingCode"] == code
    assert meet(place).spaces().get(name=space["name"]).execute() == space
    with refused() as refusal:
        meet(place).spaces().get(name="spaces/nothing").execute()
    assert refusal.status == 404


def test_a_space_is_made_and_changed_by_its_mask(shared):
    spaces = meet(shared).spaces()
    space = spaces.create(body={"config": {"accessType": "OPEN"}}).execute()
    recording = {"recordingConfig": {"autoRecordingGeneration": "ON"}}
    body = {"config": {"artifactConfig": recording, "accessType": "RESTRICTED"}}
    mask = "config.artifactConfig.recordingConfig.autoRecordingGeneration"
    changed = spaces.patch(name=space["name"], body=body, updateMask=mask).execute()
    assert changed["config"] == {"accessType": "OPEN", "entryPointAccess": "ALL", "artifactConfig": recording}
    changed = spaces.patch(name=space["name"], body=body).execute()
    assert changed["config"]["accessType"] == "RESTRICTED"
    wrong = shared.ask("PATCH", f"/v2/{space['name']}?updateMask=meetingCode", json={})
    assert wrong.status_code == 400
    assert spaces.get(name=space["name"]).execute() == changed


def test_ending_a_call_ends_its_recording(place):
    at(place, "2024-02-15T14:30:00Z")
    record(place, file_after_minutes=30)
    spaces = meet(place).spaces()
    (held,) = calls(place)
    space = spaces.get(name=held["space"]).execute()
    assert space["activeConference"] == {"conferenceRecord": held["name"]}
    assert spaces.endActiveConference(name=space["name"], body={}).execute() == {}
    assert "activeConference" not in spaces.get(name=space["name"]).execute()
    assert calls(place)[0]["endTime"].startswith("2024-02-15T14:30:0")
    at(place, "2024-02-15T15:01:00Z")
    (file,) = (
        drive(place).files().list(q="mimeType = 'video/mp4'", fields="files(videoMediaMetadata)").execute()["files"]
    )
    assert int(file["videoMediaMetadata"]["durationMillis"]) // 60_000 == 30
    assert spaces.endActiveConference(name=space["name"], body={}).execute() == {}


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"meeting_code": ""}, 400),
        ({"started": "soon"}, 400),
        ({"state": "LOST"}, 400),
        ({"minutes": "many"}, 400),
        ({"participants": [3]}, 400),
        ({"participants": "Ana"}, 400),
        ({"participants": [{"name": "Ana", "sessions": [[30, 10]]}]}, 400),
        ({"conference": "conferenceRecords/none"}, 404),
    ],
)
def test_a_recording_that_cannot_be_is_refused(shared, wrong, status):
    body = {"meeting_code": CODE, "started": BEGAN, **wrong}
    assert shared.ask("POST", "/control/recordings", json=body).status_code == status
