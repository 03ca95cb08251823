"""The quotas per minute: what counts, when Google would refuse, and how a client sees it."""

import json

import gspread
import pytest
import requests
from googleapiclient.errors import HttpError

REGISTER = "/v4/spreadsheets/sandbox-register"
VALUES = f"{REGISTER}/values/Sessions!A2"
MESSAGES = "/gmail/v1/users/me/messages"
EVENTS = "/calendar/v3/calendars/primary/events"
WHEN = {"start": {"dateTime": "2024-05-06T14:00:00Z"}, "end": {"dateTime": "2024-05-06T15:00:00Z"}}


@pytest.fixture(autouse=True)
def a_new_minute(shared):
    """Time stands still, so that no minute ends in the middle of a test."""
    shared.control("quota", method="DELETE")
    shared.control("clock", {"now": "2024-02-16T08:00:10Z", "frozen": True})
    yield
    shared.control("settings", {"enforce_quota": False})


def enforce(place, **limits):
    place.control("settings", {"enforce_quota": True})
    place.control("quota", {"limits": {name.replace("_", "."): limit for name, limit in limits.items()}})


def used(place):
    return {one["name"]: one["used"] for one in place.control("quota")["limits"] if one["used"]}


def read(place):
    return place.ask("GET", VALUES).status_code


def write(place):
    return place.ask("PUT", f"{VALUES}?valueInputOption=RAW", json={"values": [["x"]]}).status_code


# ------------------------------------------------------------------------------------------------------ refusals
def test_the_sixty_first_read_of_a_minute_is_refused_as_sheets_refuses_it(shared):
    enforce(shared)
    book = shared.book()
    assert [read(shared) for _ in range(59)] == [200] * 59
    with pytest.raises(gspread.exceptions.APIError) as caught:
        book.values_get("Sessions!A2")
    assert caught.value.code == 429
    error = caught.value.error
    assert error["status"] == "RESOURCE_EXHAUSTED"
    assert error["message"] == (
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service"
        " 'sheets.googleapis.com' for consumer 'project_number:123456789012'."
    )
    info = error["details"][0]
    assert (info["reason"], info["metadata"]["quota_limit_value"]) == ("RATE_LIMIT_EXCEEDED", "60")
    assert info["metadata"]["quota_limit"] == "ReadRequestsPerMinutePerUser"
    assert write(shared) == 200


@pytest.mark.parametrize(
    ("limit", "method", "path", "body", "reason"),
    [
        ("gmail_queries_user", "POST", f"{MESSAGES}/send", None, "rateLimitExceeded"),
        ("calendar_queries_user", "POST", EVENTS, WHEN, "rateLimitExceeded"),
        ("drive_queries_user", "POST", "/drive/v3/files", {"name": "x"}, "userRateLimitExceeded"),
        ("drive_queries_project", "POST", "/drive/v3/files", {"name": "x"}, "rateLimitExceeded"),
    ],
)
def test_the_older_apis_refuse_with_403_and_a_reason(shared, raw_mail, limit, method, path, body, reason):
    enforce(shared, **{limit: 0})
    answer = shared.ask(method, path, json=body or {"raw": raw_mail()})
    assert answer.status_code == 403
    error = answer.json()["error"]["errors"][0]
    assert (error["domain"], error["reason"]) == ("usageLimits", reason)
    assert error["message"].startswith("Quota exceeded for quota metric 'Queries' and limit 'Queries per minute")
    assert shared.control("mailbox") == []


def test_a_refused_request_does_nothing_and_costs_nothing(shared):
    enforce(shared, sheets_write_user=1)
    assert [write(shared), write(shared), write(shared)] == [200, 429, 429]
    assert used(shared)["sheets.write.user"] == 1
    (line,) = [one for one in shared.control("quota")["limits"] if one["name"] == "sheets.write.user"]
    assert (line["limit"], line["googles"], line["peak"], line["refused"]) == (1, 60, 1, 2)


def test_a_quota_runs_out_and_is_there_again_in_the_next_minute(shared):
    enforce(shared, sheets_read_user=2)
    assert [read(shared) for _ in range(3)] == [200, 200, 429]
    shared.control("clock", {"advance": 49})
    assert read(shared) == 429
    shared.control("clock", {"advance": 1})
    assert [read(shared) for _ in range(3)] == [200, 200, 429]


def test_sixty_mails_fit_in_a_minute(shared, raw_mail):
    enforce(shared, gmail_queries_user=250)
    drafts = shared.service("gmail", "v1").users().drafts()
    made = drafts.create(userId="me", body={"message": {"raw": raw_mail()}}).execute()
    drafts.send(userId="me", body={"id": made["id"]}).execute()
    assert used(shared)["gmail.queries.user"] == 110
    send = shared.service("gmail", "v1").users().messages().send(userId="me", body={"raw": raw_mail()})
    send.execute()
    with pytest.raises(HttpError, match="Queries per minute per user"):
        send.execute()
    assert used(shared)["gmail.queries.user"] == 210


def test_each_person_has_a_limit_and_the_project_another(shared):
    wanted = {"address": "other@example.org", "scopes": ["https://www.googleapis.com/auth/drive"]}
    other = {"Authorization": f"Bearer {shared.control('tokens', wanted)['token']}"}
    enforce(shared, drive_queries_user=2, drive_queries_project=3)
    mine = [shared.ask("GET", "/drive/v3/files") for _ in range(3)]
    theirs = [requests.get(f"{shared.base_url}/drive/v3/files", headers=other, timeout=10) for _ in range(2)]
    assert [answer.status_code for answer in mine + theirs] == [200, 200, 403, 200, 403]
    assert "limit 'Queries per minute per user'" in mine[-1].text
    assert "limit 'Queries per minute' of" in theirs[-1].text


# ------------------------------------------------------------------------------------------------------ counting
@pytest.mark.parametrize(
    ("method", "path", "body", "bucket", "units"),
    [
        ("GET", REGISTER, None, "sheets.read", 1),
        ("POST", f"{REGISTER}/values:batchGetByDataFilter", {"dataFilters": [{"a1Range": "A1"}]}, "sheets.read", 1),
        ("POST", f"{REGISTER}/developerMetadata:search", {"dataFilters": []}, "sheets.read", 1),
        ("POST", f"{VALUES}:clear", {}, "sheets.write", 1),
        ("GET", EVENTS, None, "calendar.queries", 1),
        ("PATCH", f"{EVENTS}/none", {}, "calendar.queries", 3),
        ("GET", MESSAGES, None, "gmail.queries", 5),
        ("GET", "/gmail/v1/users/me/profile", None, "gmail.queries", 1),
        ("GET", "/drive/v3/files", None, "drive.queries", 1),
        ("GET", "/v2/conferenceRecords", None, "meet.read", 1),
        ("GET", "/v1/forms/none/responses", None, "forms.list", 1),
        ("GET", "/v1/forms/none", None, "forms.read", 1),
    ],
)
def test_a_request_costs_what_google_counts_for_it(shared, method, path, body, bucket, units):
    shared.ask(method, path, json=body)
    assert used(shared) == {f"{bucket}.user": units, f"{bucket}.project": units}


def test_what_was_struck_or_not_admitted_costs_nothing(shared):
    shared.control("faults", {"status": 503})
    assert read(shared) == 503
    assert requests.get(shared.base_url + VALUES, timeout=10).status_code == 401
    assert used(shared) == {}


def test_requests_are_counted_where_no_limit_holds_and_the_busiest_minute_is_kept(shared):
    assert [read(shared) for _ in range(61)] == [200] * 61
    shared.control("clock", {"advance": 60})
    read(shared)
    report = shared.control("quota")
    assert report["enforced"] is False
    assert report["minute_ends"] == "2024-02-16T08:02:00.000Z"
    (line,) = [one for one in report["limits"] if one["name"] == "sheets.read.user"]
    assert (line["used"], line["peak"]) == (1, 61)


# ------------------------------------------------------------------------------------------------------- settings
@pytest.mark.parametrize(
    "wrong",
    [{"sheets.read": 5}, {"sheets.read.user": -1}, {"sheets.read.user": "5"}, {"sheets.read.user": True}, None, [1]],
)
def test_what_is_no_limit_is_refused(shared, wrong):
    assert shared.ask("POST", "/control/quota", json={"limits": wrong}).status_code == 400


def test_a_changed_limit_survives_a_restart_and_can_be_given_back(starter, place_at):
    with starter.running() as facts:
        place = place_at(facts)
        with place.session:
            enforce(place, sheets_read_user=0)
    with starter.running() as facts:
        place = place_at(facts)
        with place.session:
            assert read(place) == 429
            place.control("quota", {"limits": {"sheets.read.user": None}})
            assert read(place) == 200


def test_a_person_changes_a_limit_on_the_page_of_the_log(shared):
    shared.ask("POST", "/log/quota", data={"enforce": "yes"})
    shared.ask("POST", "/log/quota", data={"bucket": "sheets.read.user", "limit": "1"})
    assert [read(shared), read(shared)] == [200, 429]
    text = shared.ask("GET", "/log").text
    assert "Sheets: reads per person" in text
    assert shared.ask("POST", "/log/quota", data={"bucket": "sheets.read.user", "limit": "few"}).status_code == 400
    assert shared.ask("POST", "/log/quota", data={"bucket": "none", "limit": "1"}).status_code == 400
    shared.ask("POST", "/log/quota", data={"bucket": "sheets.read.user", "limit": ""})
    assert read(shared) == 200
    assert json.loads(shared.ask("GET", "/control/quota").text)["enforced"] is True
