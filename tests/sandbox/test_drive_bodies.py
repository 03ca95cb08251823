"""Whatever stands in a body or a query, Drive and Meet answer in Google's shape, without the strict checks too."""

import pytest

from tests.sandbox.conftest import Starter, place_of
from tests.sandbox.drive_builders import FOLDER, make

VALUES = [None, 0, True, "", "x", "9" * 400, "é\0", [], ["a"], [1], {}, {"a": 1}, {"a": None}, 3.5]
FILE = "name mimeType id parents createdTime modifiedTime description starred properties trashed contentHints"
GRANT = "type role emailAddress domain expirationTime allowFileDiscovery"
RECORDING = "meeting_code started minutes name state participants conference file_after_minutes"
QUERIES = {
    "/drive/v3/files": "q orderBy pageSize pageToken fields spaces corpora driveId",
    "/drive/v3/changes": "pageToken pageSize fields includeRemoved",
    "/drive/v3/files/generateIds": "count space",
    "/drive/v3/files/sandbox-archive/export": "mimeType",
    "/v2/conferenceRecords": "filter pageSize pageToken fields",
}
TEXTS = ["", "x", "-1", "0", "(", "'", "not", "name = 'a' and", "a'b", "é\0", "end_time IS NULL", "9" * 400]


@pytest.fixture(scope="module")
def loose(tmp_path_factory):
    """One sandbox without strict checks."""
    with Starter(tmp_path_factory.mktemp("loose")).running(strict=False) as facts:
        place = place_of(facts)
        with place.session:
            yield place


def bodies(fields):
    return [{field: value} for field in fields.split() for value in VALUES]


def failures(place, method, path, wanted):
    statuses = {place.ask(method, path, **options).status_code for options in wanted}
    return statuses & {500, 502, 503}


@pytest.mark.parametrize(
    ("method", "path", "fields", "more"),
    [
        ("POST", "/drive/v3/files", FILE, {}),
        ("PATCH", "/drive/v3/files/{file}", FILE, {}),
        ("POST", "/drive/v3/files/{file}/copy", FILE, {}),
        ("PATCH", "/drive/v3/files/sandbox-archive", FILE, {}),
        ("POST", "/drive/v3/files/{file}/permissions", GRANT, {"type": "user", "role": "reader"}),
        ("POST", "/drive/v3/files/{file}/permissions?transferOwnership=true", GRANT, {"role": "owner"}),
        ("POST", "/drive/v3/files/{file}/comments?fields=*", "content anchor quotedFileContent", {}),
        ("POST", "/v2/spaces", "config", {}),
        ("POST", "/control/recordings", RECORDING, {"meeting_code": "abc-defg-hij", "started": "2024-02-15T14:00:00Z"}),
        ("POST", "/control/files/{file}", "trashed grant role owner", {}),
    ],
)
def test_no_body_makes_it_fail(loose, method, path, fields, more):
    target = path.format(file=make(loose, "Target", FOLDER if "copy" in path else "text/plain"))
    assert failures(loose, method, target, [{"json": {**more, **body}} for body in bodies(fields)]) == set()


@pytest.mark.parametrize("path", QUERIES)
def test_no_query_makes_it_fail(loose, path):
    wanted = [{"params": {name: text}} for name in QUERIES[path].split() for text in TEXTS]
    assert failures(loose, "GET", path, wanted) == set()


@pytest.mark.parametrize("data", [b"", b"\0\xff", b"--b\n\n{}\n--b\n\nx\n--b--", b"--b\r\n\r\n[]\r\n--b--", b'a,"b\n1'])
@pytest.mark.parametrize("kind", ["text/csv", "multipart/related; boundary=b", "image/png"])
def test_no_upload_makes_it_fail(loose, kind, data):
    file = make(loose, "Target", "text/plain")
    targets = [("POST", "/upload/drive/v3/files"), ("PATCH", f"/upload/drive/v3/files/{file}")]
    targets += [("PATCH", "/upload/drive/v3/files/sandbox-archive"), ("PUT", "/upload/drive/v2/files/sandbox-archive")]
    for method, path in targets:
        wanted = [
            {"params": {"uploadType": upload, "convert": "true"}, "data": data, "headers": {"Content-Type": kind}}
            for upload in ("media", "multipart", "resumable")
        ]
        assert failures(loose, method, path, wanted) == set()
