"""Files of Drive: made, read, changed, copied, thrown away, exported; with the real client."""

import io

import pytest
from openpyxl import load_workbook

from tests.sandbox.drive_builders import FOLDER, SHEET, XLSX, drive, found, make, refused, seen


def test_a_file_that_is_not_there_is_named(shared):
    with refused() as refusal:
        seen(shared, "nothing")
    assert (refusal.status, refusal.reason, refusal.location) == (404, "notFound", "fileId")
    assert refusal.message == "File not found: nothing."


def test_without_fields_a_file_has_four_of_them(shared):
    file = drive(shared).files().get(fileId="sandbox-register").execute()
    assert file == {"kind": "drive#file", "id": "sandbox-register", "name": "CoLab register", "mimeType": SHEET}


def test_every_field_of_a_file_can_be_asked_for(shared):
    file = seen(shared, make(shared, "All of it", "text/plain", description="D", starred=True))
    assert (file["trashed"], file["ownedByMe"], file["starred"], file["shared"]) == (False, True, True, False)
    assert file["owners"][0]["emailAddress"] == file["permissions"][0]["emailAddress"]
    assert file["capabilities"]["canEdit"]
    assert int(file["version"]) > 0


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"ownedByMe": True}, 403, "fieldNotWritable"),
        ({"parents": ["a", "b"]}, 400, "invalid"),
        ({"parents": ["nothing"]}, 404, "notFound"),
        ({"parents": ["sandbox-register"]}, 403, "parentNotAFolder"),
        ({"mimeType": "application/vnd.google-apps.document"}, 501, "notImplemented"),
    ],
)
def test_a_file_that_cannot_be_made_is_refused(shared, body, status, reason):
    with refused() as refusal:
        drive(shared).files().create(body={"name": "Wrong", **body}).execute()
    assert (refusal.status, refusal.reason) == (status, reason)
    assert found(shared, "name = 'Wrong'") == []


def test_a_given_id_is_used_once(shared):
    files = drive(shared).files()
    given = files.generateIds(count=2).execute()["ids"]
    assert len(set(given)) == 2
    assert files.create(body={"id": given[0], "name": "First"}).execute()["id"] == given[0]
    with refused() as refusal:
        files.create(body={"id": given[0], "name": "Second"}).execute()
    assert (refusal.status, refusal.reason) == (409, "fileIdInUse")


def test_a_spreadsheet_made_in_drive_is_there_in_sheets_at_once_and_gone_when_deleted(shared):
    client = shared.gspread()
    book = client.create("Mine")
    assert client.open("Mine").sheet1.title == "Sheet1"
    answer = shared.ask("DELETE", f"/drive/v3/files/{book.id}")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0], answer.content) == (
        204,
        "text/html",
        b"",
    )
    assert shared.ask("GET", f"/v4/spreadsheets/{book.id}").status_code == 404
    assert shared.ask("GET", f"/drive/v3/files/{book.id}").status_code == 404


def test_a_spreadsheet_is_renamed_from_both_sides(shared):
    book = shared.gspread().create("One")
    drive(shared).files().update(fileId=book.id, body={"name": "Two"}).execute()
    assert shared.gspread().open_by_key(book.id).title == "Two"
    book.update_title("Three")
    assert seen(shared, book.id, "name") == {"name": "Three"}


def test_metadata_is_merged_and_null_removes(shared):
    file = make(shared, "Notes", "text/plain", appProperties={"a": "1", "b": "2"}, description="Old")
    files = drive(shared).files()
    files.update(fileId=file, body={"appProperties": {"a": None, "c": "3"}, "description": "New"}).execute()
    assert seen(shared, file, "appProperties,description") == {
        "appProperties": {"b": "2", "c": "3"},
        "description": "New",
    }


def test_null_removes_a_description_and_a_time_can_be_set(shared):
    book = make(shared, "Dated", description="Old")
    body = {"description": None, "modifiedTime": "2020-02-03T04:05:06Z"}
    drive(shared).files().update(fileId=book, body=body).execute()
    assert seen(shared, book, "description,modifiedTime") == {"modifiedTime": "2020-02-03T04:05:06.000Z"}


def test_a_folder_is_not_moved_into_itself(shared):
    outer = make(shared, "Outer", FOLDER)
    inner = make(shared, "Inner", FOLDER, parents=[outer])
    with refused() as refusal:
        drive(shared).files().update(fileId=outer, addParents=inner, removeParents="root").execute()
    assert refusal.status == 403
    assert found(shared, f"'{outer}' in parents") == ["Inner"]


def test_folders_hold_files_and_files_move_between_them(shared):
    one, other = (make(shared, name, FOLDER) for name in ("One folder", "Other folder"))
    file = make(shared, "Inside", "text/plain", parents=[one])
    files = drive(shared).files()
    assert found(shared, f"'{one}' in parents") == ["Inside"]
    with refused() as refusal:
        files.update(fileId=file, addParents=other).execute()
    assert (refusal.status, refusal.reason) == (403, "cannotAddParent")
    with refused() as refusal:
        files.update(fileId=file, body={"parents": [other]}).execute()
    assert refusal.reason == "fieldNotWritable"
    files.update(fileId=file, addParents=other, removeParents=one).execute()
    assert (found(shared, f"'{one}' in parents"), found(shared, f"'{other}' in parents")) == ([], ["Inside"])
    files.delete(fileId=other).execute()
    assert shared.ask("GET", f"/drive/v3/files/{file}").status_code == 404


def test_my_drive_is_a_folder_called_root(shared):
    root = drive(shared).files().get(fileId="root").execute()
    assert (root["name"], root["mimeType"]) == ("My Drive", FOLDER)
    assert seen(shared, "sandbox-register", "parents") == {"parents": [root["id"]]}
    assert "CoLab register" in found(shared, f"'{root['id']}' in parents")


def test_what_is_in_the_trash_can_be_read_written_and_taken_back(place):
    files = drive(place).files()
    files.update(fileId="sandbox-register", body={"trashed": True}).execute()
    assert seen(place, "sandbox-register", "trashed,explicitlyTrashed") == {"trashed": True, "explicitlyTrashed": True}
    assert "CoLab register" not in found(place, "trashed = false")
    place.book().worksheet("Sessions").update([["K7P2QX"]], "A2")
    assert place.book().worksheet("Sessions").acell("A2").value == "K7P2QX"
    files.update(fileId="sandbox-register", body={"trashed": False}).execute()
    assert "CoLab register" in found(place, "trashed = false")


def test_a_folder_takes_its_files_to_the_trash_and_emptying_it_deletes_them(place):
    folder = make(place, "Old", FOLDER)
    file = make(place, "Older", parents=[folder])
    files = drive(place).files()
    files.update(fileId=folder, body={"trashed": True}).execute()
    assert seen(place, file, "trashed,explicitlyTrashed") == {"trashed": True, "explicitlyTrashed": False}
    files.emptyTrash().execute()
    for gone in (folder, file):
        assert place.ask("GET", f"/drive/v3/files/{gone}").status_code == 404
    assert "CoLab register" in found(place, "")


@pytest.mark.parametrize(("name", "copied"), [(None, "Copy of Source"), ("Other", "Other")])
def test_a_spreadsheet_is_copied_with_all_that_is_in_it(shared, name, copied):
    source = shared.gspread().create("Source")
    source.sheet1.update([["a", 1], ["b", 2]])
    source.sheet1.freeze(rows=1)
    source.add_worksheet("More", 5, 5).update([["c"]])
    made = drive(shared).files().copy(fileId=source.id, body={"name": name, "mimeType": SHEET}).execute()
    assert made["name"] == copied
    copy = shared.gspread().open_by_key(made["id"])
    assert (copy.title, [tab.title for tab in copy.worksheets()]) == (copied, ["Sheet1", "More"])
    assert (copy.sheet1.get_all_values(), copy.sheet1.frozen_row_count) == ([["a", "1"], ["b", "2"]], 1)
    copy.sheet1.update([["changed"]])
    assert source.sheet1.acell("A1").value == "a"


def test_a_copy_outlives_a_restart_and_its_source(starter, place_at):
    with starter.running() as facts:
        place = place_at(facts)
        source = place.gspread().create("Source")
        source.sheet1.update([["kept"]])
        copy = drive(place).files().copy(fileId=source.id, body={}).execute()["id"]
        drive(place).files().delete(fileId=source.id).execute()
    with starter.running() as facts:
        assert place_at(facts).gspread().open_by_key(copy).sheet1.acell("A1").value == "kept"


def test_a_folder_cannot_be_copied(shared):
    with refused() as refusal:
        drive(shared).files().copy(fileId=make(shared, "Folder", FOLDER), body={}).execute()
    assert (refusal.status, refusal.reason) == (403, "cannotCopyFile")


CELLS = [["a,b", 'say "x"', ""], ["", "line\nbreak", ""], ["=1+1", "1/2/2024", "é"]]


def exported(shared, mime):
    book = shared.gspread().create("Export")
    book.sheet1.update(CELLS, raw=False)
    book.add_worksheet("Second", 3, 3).update([["=cmd"]], raw=True)
    return drive(shared).files().export(fileId=book.id, mimeType=mime).execute()


@pytest.mark.parametrize(
    ("mime", "text"),
    [
        ("text/csv", '"a,b","say ""x""",\r\n,"line\nbreak",\r\n2,1/2/2024,é'),
        ("text/tab-separated-values", 'a,b\tsay "x"\t\r\n\tline break\t\r\n2\t1/2/2024\té'),
    ],
)
def test_the_first_tab_is_exported_as_it_is_shown(shared, mime, text):
    assert exported(shared, mime).decode() == text


def test_all_tabs_are_exported_to_excel_and_text_stays_text(shared):
    workbook = load_workbook(io.BytesIO(exported(shared, XLSX)))
    assert workbook.sheetnames == ["Sheet1", "Second"]
    assert (workbook["Sheet1"]["A3"].value, workbook["Sheet1"]["A1"].value) == ("=1+1", "a,b")
    assert (workbook["Second"]["A1"].value, workbook["Second"]["A1"].data_type) == ("=cmd", "s")
    assert workbook["Sheet1"]["B3"].is_date


@pytest.mark.parametrize(
    ("mime", "status", "reason"),
    [("application/pdf", 501, "notImplemented"), ("image/png", 400, "badRequest"), ("", 400, "badRequest")],
)
def test_what_cannot_be_exported_is_refused(shared, mime, status, reason):
    answer = shared.ask("GET", f"/drive/v3/files/sandbox-register/export?mimeType={mime}")
    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (status, reason)


def test_only_spreadsheets_are_exported_and_only_others_downloaded(shared):
    file = make(shared, "plain.txt", "text/plain")
    with refused() as refusal:
        drive(shared).files().export(fileId=file, mimeType="text/csv").execute()
    assert (refusal.status, refusal.reason) == (403, "fileNotExportable")
    with refused() as refusal:
        drive(shared).files().get_media(fileId="sandbox-register").execute()
    assert (refusal.status, refusal.reason, refusal.location) == (403, "fileNotDownloadable", "alt")


@pytest.mark.parametrize(
    "body",
    [
        {"name": 5},
        {"parents": "root"},
        {"parents": [1]},
        {"starred": "yes"},
        {"properties": {"a": 1}},
        {"createdTime": []},
        {"modifiedTime": "soon"},
    ],
)
def test_a_value_of_a_wrong_kind_is_refused_without_the_strict_check_too(starter, place_at, body):
    with starter.running(strict=False) as facts:
        answer = place_at(facts).ask("POST", "/drive/v3/files", json=body)
    assert answer.status_code == 400
