"""What changed in Drive and how late Drive notices; what it says of itself; comments."""

import pytest

from tests.sandbox.drive_builders import SHEET, as_, drive, make, owner, refused, seen

REGISTER = "sandbox-register"


def token(place):
    return drive(place).changes().getStartPageToken().execute()["startPageToken"]


def changed(place, since, **options):
    return drive(place).changes().list(pageToken=since, **options).execute()


def write(place):
    place.book().worksheet("Sessions").update([["K7P2QX"]], "A2")


def test_a_change_made_in_sheets_is_listed_once_with_its_file(place):
    since = token(place)
    assert changed(place, since) == {"kind": "drive#changeList", "changes": [], "newStartPageToken": since}
    write(place)
    write(place)
    answer = changed(place, since)
    (change,) = answer["changes"]
    assert (change["fileId"], change["removed"]) == (REGISTER, False)
    assert change["file"] == {"kind": "drive#file", "id": REGISTER, "name": "CoLab register", "mimeType": SHEET}
    assert changed(place, answer["newStartPageToken"])["changes"] == []


def test_what_was_deleted_or_withdrawn_is_listed_as_removed(place):
    gone = make(place, "Gone")
    since = token(place)
    drive(place).files().delete(fileId=gone).execute()
    place.control(f"files/{REGISTER}", {"withdraw": owner(place)})
    found = changed(place, since)["changes"]
    assert [(one["fileId"], one["removed"]) for one in found] == [(gone, True), (REGISTER, True)]
    assert changed(place, since, includeRemoved=False)["changes"] == []


def test_changes_of_files_of_others_are_not_told(shared, place_at):
    since = token(shared)
    make(as_(shared, place_at, "ben@example.com"), "Ben's")
    assert changed(shared, since)["changes"] == []


def test_changes_come_in_pages(place):
    since = token(place)
    names = [make(place, f"File {number}") for number in range(5)]
    first = changed(place, since, pageSize=2)
    assert "newStartPageToken" not in first
    second = changed(place, first["nextPageToken"], pageSize=2)
    third = changed(place, second["nextPageToken"], pageSize=2)
    assert [one["fileId"] for page in (first, second, third) for one in page["changes"]] == names
    assert third["newStartPageToken"] == token(place)


@pytest.mark.parametrize("wrong", ["", "x"])
def test_a_wrong_token_is_refused(shared, wrong):
    assert shared.ask("GET", f"/drive/v3/changes?pageToken={wrong}").status_code == 400


def test_drive_notices_a_change_as_late_as_the_settings_say(place):
    place.control("settings", {"drive_lag_seconds": 600})
    place.control("clock", {"now": "2024-03-01T10:00:00Z"})
    before, since = seen(place, REGISTER, "modifiedTime"), token(place)
    write(place)
    place.control("clock", {"now": "2024-03-01T10:09:00Z"})
    write(place)
    assert (seen(place, REGISTER, "modifiedTime"), changed(place, since)["changes"]) == (before, [])
    place.control("clock", {"now": "2024-03-01T10:11:00Z"})
    assert seen(place, REGISTER, "modifiedTime")["modifiedTime"].startswith("2024-03-01T10:00:0")
    place.control("clock", {"now": "2024-03-01T10:20:00Z"})
    assert seen(place, REGISTER, "modifiedTime")["modifiedTime"].startswith("2024-03-01T10:09:0")
    assert len(changed(place, since)["changes"]) == 1


def test_the_version_grows_with_every_change(place):
    before = int(seen(place, REGISTER, "version")["version"])
    write(place)
    assert int(seen(place, REGISTER, "version")["version"]) > before


def test_drive_says_who_asks_and_how_full_it_is(shared):
    with refused() as refusal:
        drive(shared).about().get().execute()
    assert (refusal.status, refusal.location) == (400, "fields")
    about = drive(shared).about().get(fields="user,storageQuota,exportFormats").execute()
    assert about["user"]["emailAddress"] == owner(shared)
    assert int(about["storageQuota"]["limit"]) > int(about["storageQuota"]["usage"])
    assert "text/csv" in about["exportFormats"][SHEET]
    assert drive(shared).drives().list().execute()["drives"] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "changes/watch"),
        ("POST", "files/sandbox-register/watch"),
        ("GET", "files/sandbox-register/revisions"),
        ("GET", "files/sandbox-register/listLabels"),
        ("GET", "apps"),
        ("POST", "drives"),
    ],
)
def test_what_is_not_modelled_is_never_a_quiet_success(shared, method, path):
    assert shared.ask(method, f"/drive/v3/{path}", json={} if method == "POST" else None).status_code == 501


def test_comments_are_kept_and_those_of_others_stay(shared, place_at):
    comments = drive(shared).comments()
    book = make(shared, "Commented")
    with refused() as refusal:
        comments.list(fileId=book).execute()
    assert (refusal.status, refusal.location) == (400, "fields")
    made = comments.create(fileId=book, body={"content": "<b>Look</b>"}, fields="*").execute()
    assert made["htmlContent"] == "&lt;b&gt;Look&lt;/b&gt;"
    shared.control(f"files/{book}", {"grant": "ben@example.com", "role": "commenter"})
    ben = drive(as_(shared, place_at, "ben@example.com")).comments()
    with refused() as refusal:
        ben.delete(fileId=book, commentId=made["id"]).execute()
    assert refusal.status == 403
    mine = ben.create(fileId=book, body={"content": "Mine"}, fields="id").execute()["id"]
    comments.update(fileId=book, commentId=made["id"], body={"content": "Changed"}, fields="id").execute()
    assert [one["content"] for one in listed(comments, book)] == ["Mine", "Changed"]
    ben.delete(fileId=book, commentId=mine).execute()
    assert [one["content"] for one in listed(comments, book)] == ["Changed"]
    assert listed(comments, book, includeDeleted=True)[0]["deleted"]


def listed(comments, book, **options):
    return comments.list(fileId=book, fields="comments(content,deleted)", **options).execute()["comments"]
