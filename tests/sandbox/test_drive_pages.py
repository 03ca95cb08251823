"""The Drive pages as forms and links: what staff do there, the pipeline's clients see."""

import re

import pytest

from tests.sandbox.drive_builders import FOLDER, drive, found, make, owner, recordings, seen, session

REGISTER = "sandbox-register"
PAGE = f"/drive/files/{REGISTER}"
HOSTILE = "<script>alert(1)</script> \"' {{ 7 * 7 }}"


def act(place, do, path=PAGE, **facts):
    return place.ask("POST", path, data={"do": do, **facts})


def record(place, event, state="FILE_GENERATED", minutes="88"):
    return place.ask("POST", "/drive/recordings", data={"event": event, "minutes": minutes, "state": state})


@pytest.mark.parametrize("path", ["/drive", "/drive/trash", "/drive/recordings", "/drive?q=archive", PAGE])
def test_every_page_is_there_in_three_languages(shared, path):
    pages = [shared.ask("GET", path, headers={"Accept-Language": code}) for code in ("en", "es", "fr")]
    assert [page.status_code for page in pages] == [200] * 3
    assert len({page.text for page in pages}) == 3


@pytest.mark.parametrize(
    ("method", "path", "data", "status"),
    [
        ("GET", "/drive/files/none", None, 404),
        ("GET", "/drive/folders/none", None, 404),
        ("GET", f"/drive/folders/{REGISTER}", None, 404),
        ("GET", f"{PAGE}/download", None, 400),
        ("POST", PAGE, {"do": "explode"}, 400),
        ("POST", PAGE, {"do": "share", "address": "nobody", "role": "writer"}, 400),
        ("POST", PAGE, {"do": "share", "address": "a@example.org", "role": "king"}, 400),
        ("POST", PAGE, {"do": "rename", "name": " "}, 400),
        ("POST", PAGE, {"do": "move", "folder": "none"}, 404),
        ("POST", PAGE, {"do": "delete"}, 400),
        ("POST", "/drive/folders", {"name": ""}, 400),
        ("POST", "/drive/recordings", {"event": "none", "minutes": "5"}, 404),
        ("POST", "/drive/recordings/state", {"recording": "none"}, 404),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(shared, method, path, data, status):
    answer = shared.ask(method, path, data=data)
    assert answer.status_code == status
    assert "That cannot be done" in answer.text
    assert seen(shared, REGISTER, "name,trashed") == {"name": "CoLab register", "trashed": False}


@pytest.mark.parametrize("minutes", ["", "0", "481", "many", "-5", "1.5"])
def test_minutes_must_be_a_number_that_meet_would_record(shared, minutes):
    event, code = session(shared, f"Wrong minutes {minutes}")
    answer = record(shared, event, minutes=minutes)
    assert (answer.status_code, "Minutes must be a whole number" in answer.text) == (400, True)
    assert recordings(shared, code) == []


def test_hostile_names_stay_text(place):
    folder = make(place, HOSTILE, FOLDER)
    file = make(place, HOSTILE, "text/html", parents=[folder])
    event, _ = session(place, HOSTILE)
    record(place, event)
    place.control(f"files/{file}", {"grant": "x@example.org"})
    for path in (
        "/drive",
        f"/drive/folders/{folder}",
        f"/drive/files/{file}",
        "/drive/recordings",
        f"/drive?q={HOSTILE}",
    ):
        text = place.ask("GET", path).text
        assert "<script>alert" not in text
        assert "{{ 7 * 7 }}" in text
    download = place.ask("GET", f"/drive/files/{file}/download")
    assert download.headers["content-disposition"].startswith("attachment")
    assert download.headers["content-type"] == "application/octet-stream"


def test_a_file_is_thrown_away_restored_and_deleted_for_good(place):
    act(place, "trash")
    assert "CoLab register" in place.ask("GET", "/drive/trash").text
    assert seen(place, REGISTER, "trashed") == {"trashed": True}
    act(place, "restore")
    assert seen(place, REGISTER, "trashed") == {"trashed": False}
    act(place, "trash")
    act(place, "delete")
    assert place.ask("GET", f"/v4/spreadsheets/{REGISTER}").status_code == 404


def test_a_file_is_shared_by_mail_and_withdrawn(place):
    act(place, "share", address="ana@example.org", role="reader", tell="yes")
    act(place, "share", address="ben@example.com", role="writer")
    assert [one["to"] for one in place.control("notifications")] == [["ana@example.org"]]
    shared_with = [
        (one["emailAddress"], one["role"]) for one in seen(place, REGISTER, "permissions")["permissions"][1:]
    ]
    assert shared_with == [("ana@example.org", "reader"), ("ben@example.com", "writer")]
    (ana, _) = re.findall(r'name="permission" value="(\d+)"', place.ask("GET", PAGE).text)
    act(place, "stop_sharing", permission=ana)
    assert [one["role"] for one in seen(place, REGISTER, "permissions")["permissions"]] == ["owner", "writer"]


def test_the_pipeline_is_shut_out_and_let_in_again(place):
    act(place, "shut_out")
    assert place.ask("GET", f"/v4/spreadsheets/{REGISTER}").status_code == 403
    assert f"{owner(place, 'sandbox-archive')} has no access" in place.ask("GET", PAGE).text
    act(place, "let_in")
    assert place.ask("GET", f"/v4/spreadsheets/{REGISTER}").status_code == 200


def test_a_file_is_renamed_and_moved_into_a_new_folder(place):
    made = place.ask("POST", "/drive/folders", data={"name": "2024", "parent": ""})
    folder = made.url.rpartition("/")[2]
    act(place, "rename", name="Register 2024")
    act(place, "move", folder=folder)
    assert found(place, f"'{folder}' in parents") == ["Register 2024"]
    assert place.book().title == "Register 2024"
    text = place.ask("GET", f"/drive/folders/{folder}").text
    assert "Register 2024" in text
    act(place, "move", folder="")
    assert found(place, f"'{folder}' in parents") == []


def test_files_are_found_by_what_is_in_them(shared):
    shared.gspread().create("Needle book").sheet1.update([["haystackword"]])
    assert "Needle book" in shared.ask("GET", "/drive?q=haystackword").text
    assert "Needle book" not in shared.ask("GET", "/drive?q=nothinglikeit").text


def test_a_recording_appears_for_a_session_and_moves_on(place):
    event, code = session(
        place, attendees=[{"email": "ana@example.org", "displayName": "Ana", "responseStatus": "accepted"}]
    )
    text = record(place, event, "STARTED").text
    assert "being recorded" in text
    assert "Ana" in text
    (recording,) = recordings(place, code)
    assert (recording["state"], recording["startTime"]) == ("STARTED", "2024-02-14T14:00:00.000Z")
    for state in ("ENDED", "FILE_GENERATED"):
        place.ask("POST", "/drive/recordings/state", data={"recording": recording["name"], "state": state})
        assert recordings(place, code)[0]["state"] == state
    file_id = recordings(place, code)[0]["driveDestination"]["file"]
    assert "88 min" in place.ask("GET", f"/drive/files/{file_id}").text
    place.ask("POST", "/drive/recordings/state", data={"recording": recording["name"], "do": "again"})
    assert len(recordings(place, code)) == 2
    assert found(place, "mimeType = 'video/mp4'", orderBy="name") == [
        "A session (2) - Recording.mp4",
        "A session - Recording.mp4",
    ]


def test_the_recording_of_a_coming_session_waits_for_the_clock(place):
    event, code = session(place, day="2024-03-05")
    place.control("settings", {"recording_file_delay_minutes": 10})
    record(place, event, "")
    assert recordings(place, code) == []
    for now, state in (("14:30", "STARTED"), ("15:29", "ENDED"), ("15:39", "FILE_GENERATED")):
        place.control("clock", {"now": f"2024-03-05T{now}:00Z"})
        assert recordings(place, code)[0]["state"] == state


def test_a_recording_without_its_file_or_forgotten_by_meet_is_said_so(place):
    event, code = session(place)
    record(place, event)
    drive(place).files().delete(fileId=recordings(place, code)[0]["driveDestination"]["file"]).execute()
    assert "deleted from Drive" in place.ask("GET", "/drive/recordings").text
    place.control("clock", {"now": "2024-04-01T00:00:00Z"})
    assert "has forgotten this call" in place.ask("GET", "/drive/recordings").text


def test_the_old_address_of_the_recordings_still_leads_there(shared):
    assert shared.ask("GET", "/recordings").url.endswith("/drive/recordings")
