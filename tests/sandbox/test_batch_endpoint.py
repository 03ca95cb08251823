"""Batches: many requests in one body, as google-api-python-client sends them, each through the same door."""

import json

import pytest
import requests
from googleapiclient.errors import HttpError

BOOK = "/v4/spreadsheets/sandbox-register"
EVENTS = "/calendar/v3/calendars/primary/events"
FILES = "/drive/v3/files"


def collecting(service):
    """A batch of the real client that keeps what its parts come to."""
    found = []
    batch = service.new_batch_http_request(callback=lambda number, answer, error: found.append((number, answer, error)))
    return batch, found


def event(number):
    day = {"start": {"date": f"2024-05-{number:02}"}, "end": {"date": f"2024-05-{number + 1:02}"}}
    return {"id": f"batch{number}", "summary": f"Event {number}", **day}


def written(*wanted, content_type="application/http"):
    """A body as another client would write it, with CRLF and without the finesse."""
    head = f"--b\r\nContent-Type: {content_type}\r\n"
    parts = [f"{head}Content-ID: <p{number}>\r\n\r\n{one}" for number, one in enumerate(wanted)]
    return "\r\n".join([*parts, "--b--\r\n"]).encode()


def sent(place, path, body, content_type="multipart/mixed; boundary=b"):
    return place.ask("POST", path, data=body, headers={"Content-Type": content_type})


# -------------------------------------------------------------------------------- what is no batch
@pytest.mark.parametrize(
    ("path", "body", "content_type"),
    [
        ("/batch", b"", "multipart/mixed; boundary=b"),
        ("/batch", b"{}", "application/json"),
        ("/batch", written("GET /drive/v3/files HTTP/1.1\r\n\r\n", content_type="text/plain"), None),
        ("/batch", written("\r\n"), None),
        ("/batch/calendar/v3", written("GET /drive/v3/files HTTP/1.1\r\n\r\n"), None),
        ("/batch", written("GET /drive/v3/files\r\n\r\n", f"GET {EVENTS}\r\n\r\n"), None),
        ("/batch", written("POST /batch HTTP/1.1\r\n\r\n"), None),
        ("/batch", written("GET /control/mailbox HTTP/1.1\r\n\r\n"), None),
        ("/batch/gmail/v1", written(*["GET /gmail/v1/users/me/profile\r\n\r\n"] * 101), None),
    ],
    ids=["empty", "json", "no requests", "no request line", "another api", "two apis", "a batch", "no api", "too many"],
)
def test_what_is_no_batch_is_refused_whole(shared, path, body, content_type):
    answer = sent(shared, path, body, content_type or "multipart/mixed; boundary=b")

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 400), answer.text


def test_drive_refuses_only_the_parts_beyond_its_limit(shared):
    answer = sent(shared, "/batch/drive/v3", written(*[f"GET {FILES}?pageSize=1\r\n\r\n"] * 102)).text

    assert answer.count("HTTP/1.1 200 OK") == 100
    assert answer.count("HTTP/1.1 403 Forbidden") == 2
    assert "Exceeds allowed inner batch requests soft limit." in answer


def test_a_part_without_a_token_of_its_own_or_of_the_whole_is_refused_alone(shared):
    bad = f"GET {FILES} HTTP/1.1\r\nAuthorization: Bearer wrong\r\n\r\n"
    answer = sent(shared, "/batch/drive/v3", written(bad, f"GET {FILES} HTTP/1.1\r\n\r\n")).text

    assert answer.index("HTTP/1.1 401") < answer.index("HTTP/1.1 200")


# -------------------------------------------------------------------------------- the real client
def test_the_parts_are_done_in_order_and_answered_by_their_ids(shared):
    service = shared.service("calendar", "v3")
    batch, found = collecting(service)
    for number in range(1, 9):
        batch.add(service.events().insert(calendarId="primary", body=event(number)))
    batch.add(service.events().get(calendarId="primary", eventId="batch8"), request_id="read ✓ back")
    batch.execute()

    assert [answer["id"] for _, answer, _ in found] == [*(f"batch{number}" for number in range(1, 9)), "batch8"]
    assert found[-1][0] == "read ✓ back"
    assert [error for *_, error in found] == [None] * 9


def test_one_part_that_fails_does_not_touch_the_others(shared):
    service = shared.service("calendar", "v3")
    batch, found = collecting(service)
    for wanted in ({**event(11), "summary": "Café ☕"}, {"id": "BAD"}, event(11), event(12)):
        batch.add(service.events().insert(calendarId="primary", body=wanted))
    batch.execute()

    assert [error.status_code if error else 200 for *_, error in found] == [200, 400, 409, 200]
    assert isinstance(found[2][2], HttpError)
    assert service.events().get(calendarId="primary", eventId="batch11").execute()["summary"] == "Café ☕"


@pytest.mark.parametrize(
    ("api", "version", "request_of"),
    [
        ("sheets", "v4", lambda service: service.spreadsheets().get(spreadsheetId="sandbox-register")),
        ("gmail", "v1", lambda service: service.users().getProfile(userId="me")),
        ("drive", "v3", lambda service: service.files().list(pageSize=1)),
        ("meet", "v2", lambda service: service.conferenceRecords().list()),
    ],
)
def test_every_api_takes_batches_on_the_path_of_its_discovery_document(shared, api, version, request_of):
    service = shared.service(api, version)
    batch, found = collecting(service)
    batch.add(request_of(service))
    batch.add(request_of(service))
    batch.execute()

    assert [error for *_, error in found] == [None, None]


def test_answers_without_a_body_come_through(shared):
    service = shared.service("calendar", "v3")
    service.events().insert(calendarId="primary", body=event(20)).execute()
    batch, found = collecting(service)
    batch.add(service.events().delete(calendarId="primary", eventId="batch20"))
    batch.execute()

    assert found == [("1", "", None)]


# -------------------------------------------------------------------------------- the same door
def test_every_part_is_logged_and_faults_strike_single_parts(place):
    service = place.service("drive", "v3")
    place.control("faults", {"method": "GET", "path": "^/drive/", "nth": 2, "effect": "drop-before"})
    batch, found = collecting(service)
    for _ in range(3):
        batch.add(service.files().list())
    place.control("requests", method="DELETE")
    batch.execute()
    log = place.control("requests")["log"]

    assert [error.status_code if error else 200 for *_, error in found] == [200, 503, 200]
    assert [(one["name"], one["status"]) for one in log] == [
        ("batch", 200),
        ("files.list", 200),
        ("files.list", 0),
        ("files.list", 200),
    ]


def test_the_answer_can_be_lost_after_every_part_was_done(place):
    place.control("faults", {"path": "^/batch", "effect": "drop-after"})
    body = json.dumps(event(2))
    part = f"POST {EVENTS} HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"

    with pytest.raises(requests.ConnectionError):
        sent(place, "/batch/calendar/v3", written(part))
    assert place.ask("GET", f"{EVENTS}/batch2").json()["summary"] == "Event 2"
