"""Who may do what with which file: permissions, withdrawn access, files of others; Sheets agrees with Drive."""

import gspread
import pytest

from tests.sandbox.drive_builders import FOLDER, as_, drive, found, make, owner, refused, seen

ANA, BEN = "ana@example.org", "ben@example.com"
REGISTER = "sandbox-register"
SHEETS_SAYS = {"error": {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"}}


def share(place, file, role, address=ANA, **options):
    body = {"type": "user", "role": role, "emailAddress": address}
    return drive(place).permissions().create(fileId=file, body=body, **options).execute()["id"]


def read(place, file):
    return place.ask("GET", f"/v4/spreadsheets/{file}/values/A1").status_code


def write(place, file):
    path = f"/v4/spreadsheets/{file}/values/A1?valueInputOption=RAW"
    return place.ask("PUT", path, json={"values": [["x"]]}).status_code


def test_a_withdrawn_permission_is_seen_by_sheets_and_by_drive(place):
    place.control(f"files/{REGISTER}", {"withdraw": owner(place)})
    refusals = [
        place.ask("GET", f"/v4/spreadsheets/{REGISTER}"),
        place.ask("GET", f"/v4/spreadsheets/{REGISTER}/values/Sessions"),
        place.ask("POST", f"/v4/spreadsheets/{REGISTER}:batchUpdate", json={"requests": []}),
    ]
    assert [(one.status_code, one.json()) for one in refusals] == [(403, SHEETS_SAYS)] * 3
    with pytest.raises(PermissionError) as caught:
        place.book()
    assert isinstance(caught.value.__cause__, gspread.exceptions.APIError)
    with refused() as refusal:
        seen(place, REGISTER)
    assert (refusal.status, refusal.reason) == (404, "notFound")
    assert "CoLab register" not in found(place, "")
    assert place.ask("GET", "/v4/spreadsheets/sandbox-archive").status_code == 200


def test_access_that_was_given_back_works_again(place):
    office = owner(place)
    place.control(f"files/{REGISTER}", {"withdraw": office})
    place.control(f"files/{REGISTER}", {"grant": office, "role": "reader"})
    assert (read(place, REGISTER), write(place, REGISTER)) == (200, 403)
    place.control(f"files/{REGISTER}", {"grant": office})
    assert write(place, REGISTER) == 200
    with refused() as refusal:
        drive(place).files().delete(fileId=REGISTER).execute()
    assert (refusal.status, refusal.reason) == (403, "insufficientFilePermissions")


def test_a_private_spreadsheet_of_somebody_else_is_refused_and_an_unknown_one_not_found(shared):
    private = shared.control("files", {"name": "Private", "owner": BEN})["id"]
    assert shared.ask("GET", f"/v4/spreadsheets/{private}").json() == SHEETS_SAYS
    assert shared.ask("GET", "/v4/spreadsheets/nothing").status_code == 404


@pytest.mark.parametrize(
    ("role", "reads", "writes", "deletes"),
    [("reader", 200, 403, 403), ("commenter", 200, 403, 403), ("writer", 200, 200, 403), ("none", 403, 403, 404)],
)
def test_a_role_is_what_sheets_and_drive_go_by(shared, place_at, role, reads, writes, deletes):
    book = make(shared, f"For a {role}")
    if role != "none":
        share(shared, book, role)
    ana = as_(shared, place_at, ANA)
    assert (read(ana, book), write(ana, book)) == (reads, writes)
    assert ana.ask("DELETE", f"/drive/v3/files/{book}").status_code == deletes
    renamed = ana.ask("PATCH", f"/drive/v3/files/{book}", json={"name": "New"}).status_code
    assert renamed == {"writer": 200, "none": 404}.get(role, 403)


def test_every_caller_may_use_the_spreadsheets_of_a_new_sandbox_until_that_is_withdrawn(place, place_at):
    robot = as_(place, place_at, "robot@project.example", "service_account")
    assert (read(robot, REGISTER), write(robot, REGISTER)) == (200, 200)
    assert "CoLab register" in found(robot, "sharedWithMe = true")
    place.control(f"files/{REGISTER}", {"withdraw": "robot@project.example"})
    assert (read(robot, REGISTER), read(place, REGISTER)) == (403, 200)


def test_a_copy_to_another_spreadsheet_needs_both(shared, place_at):
    mine, theirs = make(shared, "Mine"), make(shared, "Not theirs")
    share(shared, mine, "writer")
    ana = as_(shared, place_at, ANA)
    path = f"/v4/spreadsheets/{mine}/sheets/0:copyTo"
    assert ana.ask("POST", path, json={"destinationSpreadsheetId": theirs}).status_code == 403


def test_what_lies_in_a_shared_folder_is_shared(shared, place_at):
    folder = make(shared, "Team", FOLDER)
    book = make(shared, "In the team folder", parents=[folder])
    share(shared, folder, "writer", sendNotificationEmail=False)
    ana = as_(shared, place_at, ANA)
    assert (write(ana, book), seen(ana, book, "parents")) == (200, {"parents": [folder]})


def test_a_link_lets_everybody_in_but_into_no_list(shared, place_at):
    book = make(shared, "By link")
    body = {"type": "anyone", "role": "reader"}
    assert drive(shared).permissions().create(fileId=book, body=body).execute()["id"] == "anyoneWithLink"
    assert read(as_(shared, place_at, BEN), book) == 200
    drive(shared).permissions().delete(fileId=book, permissionId="anyoneWithLink").execute()
    assert read(as_(shared, place_at, BEN), book) == 403


def test_a_domain_is_let_in(shared, place_at):
    book = make(shared, "For a domain")
    body = {"type": "domain", "role": "writer", "domain": "example.com"}
    drive(shared).permissions().create(fileId=book, body=body).execute()
    assert [read(as_(shared, place_at, who), book) for who in (ANA, BEN)] == [403, 200]


def test_a_permission_ends_at_its_time(place, place_at):
    book = make(place, "Until noon")
    body = {"type": "user", "role": "reader", "emailAddress": ANA, "expirationTime": "2024-02-16T12:00:00Z"}
    drive(place).permissions().create(fileId=book, body=body).execute()
    assert read(as_(place, place_at, ANA), book) == 200
    place.control("clock", {"now": "2024-02-16T12:00:01Z"})
    assert read(as_(place, place_at, ANA), book) == 403


def test_permissions_are_listed_changed_and_removed(shared):
    book = make(shared, "Shared")
    one = share(shared, book, "reader", sendNotificationEmail=False)
    permissions = drive(shared).permissions()
    permissions.update(fileId=book, permissionId=one, body={"role": "writer"}).execute()
    assert permissions.get(fileId=book, permissionId=one).execute() == {
        "kind": "drive#permission",
        "id": one,
        "type": "user",
        "role": "writer",
    }
    listed = permissions.list(fileId=book, fields="permissions(emailAddress,role)").execute()["permissions"]
    assert listed == [{"emailAddress": owner(shared), "role": "owner"}, {"emailAddress": ANA, "role": "writer"}]
    permissions.delete(fileId=book, permissionId=one).execute()
    assert len(permissions.list(fileId=book).execute()["permissions"]) == 1
    with refused() as refusal:
        permissions.get(fileId=book, permissionId=one).execute()
    assert (refusal.status, refusal.location) == (404, "permissionId")


def test_nobody_without_a_google_account_is_let_in_in_silence(shared):
    book = make(shared, "For nobody")
    shared.control("strangers", {"address": ANA})
    with refused() as refusal:
        share(shared, book, "reader", address=ANA.upper(), sendNotificationEmail=False)
    assert (refusal.status, refusal.reason) == (400, "invalidSharingRequest")
    assert len(drive(shared).permissions().list(fileId=book).execute()["permissions"]) == 1
    share(shared, book, "reader", sendNotificationEmail=True)
    shared.control("strangers", {"address": ANA, "account": True})
    share(shared, make(shared, "For Ana"), "reader", sendNotificationEmail=False)


def test_a_file_is_handed_over_only_on_purpose(shared, place_at):
    book = make(shared, "Handed over")
    with refused() as refusal:
        share(shared, book, "owner")
    assert (refusal.status, refusal.location) == (403, "transferOwnership")
    body = {"type": "anyone", "role": "owner"}
    with refused() as refusal:
        drive(shared).permissions().create(fileId=book, body=body, transferOwnership=True).execute()
    assert (refusal.status, refusal.location) == (400, "permission.type")
    share(shared, book, "owner", transferOwnership=True)
    assert seen(shared, book, "ownedByMe,owners(emailAddress)") == {
        "ownedByMe": False,
        "owners": [{"emailAddress": ANA}],
    }
    assert write(shared, book) == 200
    assert as_(shared, place_at, ANA).ask("DELETE", f"/drive/v3/files/{book}").status_code == 204


@pytest.mark.parametrize(
    ("body", "status", "location"),
    [
        ({"role": "reader"}, 400, "permission.type"),
        ({"type": "user", "role": "reader"}, 400, "permission.emailAddress"),
        ({"type": "user", "role": "reader", "emailAddress": "nobody"}, 400, "permission.emailAddress"),
        ({"type": "user", "role": "king", "emailAddress": ANA}, 400, "permission.role"),
        ({"type": "domain", "role": "reader"}, 400, "permission.domain"),
        ({"type": "user", "role": "organizer", "emailAddress": ANA}, 501, ""),
        (
            {"type": "user", "role": "reader", "emailAddress": ANA, "expirationTime": "2001-01-01T00:00:00Z"},
            400,
            "permission.expirationTime",
        ),
    ],
)
def test_a_wrong_permission_is_refused(shared, body, status, location):
    with refused() as refusal:
        drive(shared).permissions().create(fileId=make(shared, "Wrong"), body=body).execute()
    assert (refusal.status, refusal.location) == (status, location)


@pytest.mark.parametrize(("options", "mails"), [({}, 1), ({"sendNotificationEmail": False}, 0)])
def test_sharing_mails_unless_told_not_to(place, options, mails):
    book = make(place, "Told")
    share(place, book, "reader", **options)
    told = place.control("notifications")
    assert [(one["api"], one["action"], one["to"], one["summary"]) for one in told] == [
        ("drive", "share", [ANA], "Told")
    ] * mails


@pytest.mark.parametrize("by", ["sheets", "drive"])
def test_a_new_spreadsheet_belongs_to_whoever_made_it(shared, place_at, by):
    ben = as_(shared, place_at, BEN)
    book = make(ben, "Ben's") if by == "drive" else ben.ask("POST", "/v4/spreadsheets", json={}).json()["spreadsheetId"]
    assert (write(ben, book), read(shared, book)) == (200, 403)


@pytest.mark.parametrize(
    ("method", "name", "body", "status"),
    [
        ("POST", "files/nothing", {"trashed": True}, 404),
        ("POST", "files/sandbox-register", {}, 400),
        ("POST", "files/sandbox-register", {"colour": "red"}, 400),
        ("POST", "files/sandbox-register", {"grant": ANA, "role": "king"}, 400),
    ],
)
def test_a_wrong_control_path_is_refused(shared, method, name, body, status):
    assert shared.ask(method, f"/control/{name}", json=body).status_code == status


def test_the_control_path_throws_away_restores_and_deletes(place):
    place.control(f"files/{REGISTER}", {"trashed": True})
    assert seen(place, REGISTER, "trashed") == {"trashed": True}
    place.control(f"files/{REGISTER}", {"trashed": False})
    assert seen(place, REGISTER, "trashed") == {"trashed": False}
    place.control(f"files/{REGISTER}", method="DELETE")
    assert place.ask("GET", f"/v4/spreadsheets/{REGISTER}").status_code == 404
