"""What all of Google's APIs have in common: bodies, long reads, lists in pages, content types, masks."""

import pytest

from tests.sandbox.conftest import Starter, place_of

BOOK = "/v4/spreadsheets/sandbox-register"
WRITES = [
    ("POST", f"{BOOK}:batchUpdate"),
    ("PUT", f"{BOOK}/values/Z1?valueInputOption=RAW"),
    ("POST", "/drive/v3/files"),
    ("POST", "/calendar/v3/calendars/primary/events"),
    ("POST", "/gmail/v1/users/me/drafts"),
    ("POST", "/v1/forms"),
    ("POST", "/v2/spaces"),
]
WHEN = {"start": {"date": "2024-02-16"}, "end": {"date": "2024-02-17"}}
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module", params=[True, False], ids=["strict", "loose"])
def either(request, tmp_path_factory):
    """One sandbox with strict checks, one without."""
    with Starter(tmp_path_factory.mktemp("protocol")).running(samples=True, strict=request.param) as facts:
        place = place_of(facts)
        with place.session:
            yield place


# --------------------------------------------------------------------------------------------------- bodies
@pytest.mark.parametrize(
    "body",
    [b'{"name":"\\ud800"}', b'{"\\udc00":1}', b'{"name":"\xed\xa0\x80"}', b"\xff", b'"text"', b"[]", b"{", b"NaN"],
    ids=ascii,
)
@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_body_that_is_no_json_object_is_refused_as_google_does(either, method, path, body):
    answer = either.ask(method, path, data=body, headers=JSON)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (400, 400)
    assert error["message"].startswith("Invalid JSON payload received")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", f"{BOOK}/values/A900?valueInputOption=RAW", {"values": [["x"]], "majorDimension": None}),
        ("POST", "/drive/v3/files", {"name": "x", "description": None}),
        ("POST", "/calendar/v3/calendars/primary/events", {**WHEN, "location": None}),
        ("POST", "/v1/forms", {"info": {"title": "x", "documentTitle": None}}),
    ],
)
def test_null_in_a_body_means_unset(either, method, path, body):
    assert either.ask(method, path, json=body).status_code == 200


# --------------------------------------------------------------------------------------------------- long reads
@pytest.mark.parametrize("sent", ["ranges=Submissions!A1&majorDimension=COLUMNS", b"\xff\xfe=1"])
def test_a_read_too_long_for_its_address_comes_as_a_post(either, sent):
    headers = {"X-HTTP-Method-Override": "GET", "Content-Type": "application/x-www-form-urlencoded"}
    answer = either.ask("POST", f"{BOOK}/values:batchGet", data=sent, headers=headers)
    assert answer.status_code == (200 if isinstance(sent, str) else 400)


def test_googles_own_client_sends_a_long_read_as_a_post_and_reads_all_of_it(shared):
    values = shared.service("sheets", "v4").spreadsheets().values()
    wanted = [f"Submissions!A{row}:B{row}" for row in range(1, 120)]
    found = values.batchGet(spreadsheetId="sandbox-register", ranges=wanted).execute()
    assert len(found["valueRanges"]) == len(wanted)
    assert shared.control("requests")["log"][-1]["method"] == "GET"


# --------------------------------------------------------------------------------------------------- parameters
@pytest.mark.parametrize("path", [BOOK + "/", f"{BOOK}/values/A1:B2", f"{BOOK}/values/A1%3AB2?majorDimension=ROWS"])
@pytest.mark.parametrize("alt", ["", "json"])
def test_a_path_is_read_however_it_is_written(either, path, alt):
    assert either.ask("GET", path, params={"alt": alt} if alt else None).status_code == 200


@pytest.mark.parametrize("colon", [":batchUpdate", "/:batchUpdate"])
def test_some_clients_write_a_slash_before_the_verb(either, colon):
    asked = {"requests": [{"findReplace": {"find": "nowhere", "replacement": "x", "allSheets": True}}]}
    assert either.ask("POST", BOOK + colon, json=asked).status_code == 200


@pytest.mark.parametrize("flag", ["true", "True", "TRUE", "1"])
def test_truth_is_spelt_in_many_ways(either, flag):
    found = either.ask("GET", BOOK, params={"includeGridData": flag, "ranges": "Submissions!A1"}).json()
    assert "data" in found["sheets"][0]


@pytest.mark.parametrize(
    "mask",
    [
        "sheets/properties/gridProperties/rowCount",
        "sheets.properties.gridProperties.rowCount",
        "sheets(properties(gridProperties(rowCount)))",
        "sheets/properties(gridProperties.rowCount)",
    ],
)
def test_a_mask_may_use_either_separator(either, mask):
    found = either.ask("GET", BOOK, params={"fields": mask}).json()
    assert found["sheets"][0] == {"properties": {"gridProperties": {"rowCount": 1000}}}


def test_drive_overlooks_a_parameter_that_a_method_does_not_have(either):
    asked = {"includeItemsFromAllDrives": "True", "supportsAllDrives": "True", "fields": "id"}
    assert either.ask("GET", "/drive/v3/files/sandbox-register", params=asked).json() == {"id": "sandbox-register"}


# --------------------------------------------------------------------------------------------------- lists in pages
LISTS = {
    "/drive/v3/files": "files",
    "/drive/v3/changes?pageToken=1": "changes",
    "/drive/v3/files/{file}/permissions": "permissions",
    "/drive/v3/files/{file}/comments?fields=*": "comments",
    "/calendar/v3/calendars/primary/events": "items",
    "/calendar/v3/users/me/calendarList": "items",
    "/calendar/v3/users/me/settings": "items",
    "/calendar/v3/calendars/primary/acl": "items",
    "/gmail/v1/users/me/messages": "messages",
    "/gmail/v1/users/me/threads": "threads",
    "/gmail/v1/users/me/drafts": "drafts",
    "/gmail/v1/users/me/history?startHistoryId={history}": "history",
    "/v1/forms/sandbox-form-en/responses": "responses",
    "/v2/conferenceRecords": "conferenceRecords",
}


@pytest.fixture(scope="module")
def paged(tmp_path_factory, raw_mail):
    """A sandbox in which every list has at least two entries, and pages of one."""
    with Starter(tmp_path_factory.mktemp("pages")).running(samples=True) as facts:
        place = place_of(facts)
        with place.session:
            yield place, filled(place, raw_mail)


def filled(place, raw_mail):
    began = place.control("clock")["now"]
    history = place.ask("GET", "/gmail/v1/users/me/profile").json()["historyId"]
    file = place.ask("POST", "/drive/v3/files", json={"name": "Paged"}).json()["id"]
    for name in ("ana", "ben"):
        person = {"role": "reader", "type": "user", "emailAddress": f"{name}@example.org"}
        place.ask("POST", f"/drive/v3/files/{file}/permissions?sendNotificationEmail=false", json=person)
        place.ask("POST", f"/drive/v3/files/{file}/comments?fields=id", json={"content": name})
        place.ask("POST", "/calendar/v3/calendars", json={"summary": name})
        place.ask("POST", "/calendar/v3/calendars/primary/events", json=WHEN)
        rule = {"role": "reader", "scope": {"type": "user", "value": f"{name}@example.org"}}
        place.ask("POST", "/calendar/v3/calendars/primary/acl", json=rule)
        place.ask("POST", "/gmail/v1/users/me/messages/send", json={"raw": raw_mail(subject=name)})
        place.ask("POST", "/gmail/v1/users/me/drafts", json={"message": {"raw": raw_mail(subject=name)}})
        place.control("recordings", {"meeting_code": f"{name}-{name}a-{name}", "started": began})
    return {"file": file, "history": history}


def read_to_the_end(place, path, name):
    pages, token, params = [], None, {}
    while token is not None or not pages:
        answer = place.ask("GET", path, params=params)
        assert answer.status_code == 200, answer.text
        pages.append(answer.json().get(name, []))
        token = answer.json().get("nextPageToken")
        params = {"pageToken": token}
        assert len(pages) < 100
    return pages


@pytest.mark.parametrize(("path", "name"), LISTS.items(), ids=list(LISTS))
def test_every_list_may_come_in_short_pages_with_an_empty_one_first(paged, path, name):
    place, known = paged
    path = path.format(**known)
    [whole] = read_to_the_end(place, path, name)
    place.control("settings", {"short_pages": 1, "empty_first_page": True})
    try:
        pages = read_to_the_end(place, path, name)
    finally:
        place.control("settings", {"short_pages": 0, "empty_first_page": False})
    assert [len(page) for page in pages] == [0] + [1] * len(whole)
    assert [one for page in pages for one in page] == whole
    assert len(whole) > 1


# --------------------------------------------------------------------------------------------------- content types
@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", BOOK, "application/json; charset=UTF-8"),
        ("GET", "/drive/v3/files/sandbox-register/export?mimeType=text/csv", "text/csv"),
        ("DELETE", "/drive/v3/files/{file}", "text/html"),
    ],
)
def test_content_types_are_googles_to_the_letter(shared, method, path, kind):
    file = shared.ask("POST", "/drive/v3/files", json={"name": "x"}).json()["id"]
    assert shared.ask(method, path.format(file=file)).headers["content-type"] == kind
