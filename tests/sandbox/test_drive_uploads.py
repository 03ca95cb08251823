"""Uploads of all kinds, downloads in parts, and tables that become spreadsheets."""

import io

import pytest
from googleapiclient.http import MediaIoBaseDownload, MediaIoBaseUpload
from openpyxl import Workbook

from tests.sandbox.drive_builders import SHEET, XLSX, drive, make, refused, seen

HOSTILE = b"--boundary\r\n\r\n\x00\xff--==\r\n\r\n"
CHUNK = 256 * 1024


def media(content, mime="application/octet-stream", **options):
    return MediaIoBaseUpload(io.BytesIO(content), mime, **options)


@pytest.mark.parametrize("resumable", [False, True], ids=["multipart", "resumable"])
@pytest.mark.parametrize("content", [b"plain", HOSTILE, b"\r\n"])
def test_bytes_arrive_as_they_were_sent(shared, resumable, content):
    body = {"name": "letter.bin", "description": "ñ"}
    made = drive(shared).files().create(body=body, media_body=media(content, resumable=resumable), fields="*").execute()
    assert (made["name"], made["description"], made["size"]) == ("letter.bin", "ñ", str(len(content)))
    assert drive(shared).files().get_media(fileId=made["id"]).execute() == content


def test_nothing_at_all_can_be_uploaded(shared):
    made = (
        drive(shared)
        .files()
        .create(body={"name": "empty.txt"}, media_body=media(b"", "text/plain"), fields="*")
        .execute()
    )
    assert (made["size"], made["mimeType"]) == ("0", "text/plain")
    assert drive(shared).files().get_media(fileId=made["id"]).execute() == b""


def test_bytes_alone_get_a_name_from_nobody(shared):
    answer = shared.ask(
        "POST",
        "/upload/drive/v3/files?uploadType=media",
        data=b"x",
        headers={"Content-Type": "text/plain; charset=UTF-8"},
    )
    assert (answer.json()["name"], answer.json()["mimeType"]) == ("Untitled", "text/plain")


def test_an_upload_in_parts_leads_to_our_own_address_and_can_be_asked_about(shared):
    headers = {"X-Upload-Content-Type": "text/plain"}
    path = "/upload/drive/v3/files?uploadType=resumable"
    begun = shared.ask("POST", path, json={"name": "parts.txt"}, headers=headers)
    place = begun.headers["location"]
    assert place.startswith(shared.base_url + "/upload/drive/v3/files?")
    content = bytes(CHUNK) + b"end"

    def put(data, place_in_it):
        return shared.session.put(place, data=data, headers={"Content-Range": place_in_it}, timeout=10)

    assert (put(b"", f"bytes */{len(content)}").status_code, "range" in put(b"", "bytes */*").headers) == (308, False)
    assert put(b"abc", f"bytes 0-2/{len(content)}").status_code == 400
    half = put(content[:CHUNK], f"bytes 0-{CHUNK - 1}/{len(content)}")
    assert (half.status_code, half.headers["range"]) == (308, f"bytes=0-{CHUNK - 1}")
    assert put(b"end", f"bytes {CHUNK + 1}-{CHUNK + 3}/{len(content) + 1}").status_code == 400
    done = put(b"end", f"bytes {CHUNK}-{len(content) - 1}/{len(content)}")
    assert drive(shared).files().get_media(fileId=done.json()["id"]).execute() == content
    assert put(b"end", f"bytes {CHUNK}-{len(content) - 1}/{len(content)}").status_code == 404


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("?uploadType=strange", {}),
        ("", {}),
        ("?uploadType=multipart", {"headers": {"Content-Type": "multipart/related"}}),
        ("?uploadType=multipart", {"headers": {"Content-Type": "multipart/related; boundary=b"}, "data": b"nothing"}),
        (
            "?uploadType=multipart",
            {"headers": {"Content-Type": "multipart/related; boundary=b"}, "data": b"--b\n\n[]\n--b\n\nx\n--b--"},
        ),
    ],
)
def test_a_broken_upload_is_refused(shared, path, options):
    assert shared.ask("POST", "/upload/drive/v3/files" + path, **options).status_code == 400


def test_new_bytes_make_a_new_revision(shared):
    files = drive(shared).files()
    file = files.create(body={"name": "a.txt"}, media_body=media(b"one", "text/plain"), fields="*").execute()
    changed = files.update(fileId=file["id"], media_body=media(b"three", "text/plain"), fields="*").execute()
    assert files.get_media(fileId=file["id"]).execute() == b"three"
    assert (changed["size"], changed["name"]) == ("5", "a.txt")
    for name in ("md5Checksum", "headRevisionId", "version"):
        assert changed[name] != file[name]


def test_a_file_is_downloaded_in_parts(shared):
    content = bytes(range(256)) * 40
    file = drive(shared).files().create(body={"name": "b"}, media_body=media(content)).execute()["id"]
    into = io.BytesIO()
    download = MediaIoBaseDownload(into, drive(shared).files().get_media(fileId=file), chunksize=3000)
    while not download.next_chunk()[1]:
        pass
    assert into.getvalue() == content


@pytest.mark.parametrize(
    ("asked", "status", "part", "place"),
    [
        ("bytes=2-4", 206, b"cde", "bytes 2-4/10"),
        ("bytes=8-99", 206, b"ij", "bytes 8-9/10"),
        ("bytes=7-", 206, b"hij", "bytes 7-9/10"),
        ("bytes=-2", 206, b"ij", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("lines=1-2", 200, b"abcdefghij", None),
    ],
)
def test_a_range_is_answered_as_http_has_it(shared, asked, status, part, place):
    file = drive(shared).files().create(body={"name": "r"}, media_body=media(b"abcdefghij")).execute()["id"]
    answer = shared.ask("GET", f"/drive/v3/files/{file}?alt=media", headers={"Range": asked})
    assert (answer.status_code, answer.content, answer.headers.get("content-range")) == (status, part, place)


TABLE = 'Name,Day,Number\r\nAna,2024-02-16,"1,234.5"\r\n,,=1+1\r\n'


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_table_becomes_a_spreadsheet(shared, bom):
    body = {"name": "Imported", "mimeType": SHEET}
    made = drive(shared).files().create(body=body, media_body=media(bom + TABLE.encode(), "text/csv")).execute()
    (tab,) = shared.gspread().open_by_key(made["id"]).worksheets()
    assert (tab.title, tab.id != 0) == ("Imported", True)
    assert tab.get_all_values() == [["Name", "Day", "Number"], ["Ana", "2024-02-16", "1,234.50"], ["", "", "2"]]


def test_a_workbook_becomes_a_spreadsheet(shared):
    workbook = Workbook()
    workbook.active.title = "First"
    workbook.active.append(["Ana", 3, True, "=1+1"])
    workbook.create_sheet("Second").append(["x"])
    kept = io.BytesIO()
    workbook.save(kept)
    body = {"name": "From Excel", "mimeType": SHEET}
    made = drive(shared).files().create(body=body, media_body=media(kept.getvalue(), XLSX)).execute()
    first, second = shared.gspread().open_by_key(made["id"]).worksheets()
    assert (first.title, first.row_values(1), second.acell("A1").value) == ("First", ["Ana", "3", "TRUE", "2"], "x")


@pytest.mark.parametrize("mime", ["image/png", XLSX])
def test_what_is_no_table_does_not_become_a_spreadsheet(shared, mime):
    with refused() as refusal:
        drive(shared).files().create(
            body={"name": "Bad", "mimeType": SHEET}, media_body=media(b"\x89PNG", mime)
        ).execute()
    assert (refusal.status, refusal.reason) == (400, "badRequest")


def test_gspread_imports_a_table_into_a_spreadsheet(shared):
    client = shared.gspread()
    book = client.create("Target")
    book.add_worksheet("Gone afterwards", 2, 2)
    client.import_csv(book.id, "a,b\n1,2")
    (tab,) = client.open_by_key(book.id).worksheets()
    assert (tab.title, tab.get_all_values(), tab.row_count) == ("Target", [["a", "b"], ["1", "2"]], 1000)


def test_the_old_api_is_spoken_for_that_alone(shared):
    file = make(shared, "Old")
    for path in (f"/upload/drive/v2/files/{file}?uploadType=media", f"/upload/drive/v2/files/{file}?convert=true"):
        assert shared.ask("PUT", path, data="a").status_code == 501
    assert shared.ask("GET", f"/drive/v2/files/{file}").status_code == 501
    assert seen(shared, file, "name") == {"name": "Old"}
