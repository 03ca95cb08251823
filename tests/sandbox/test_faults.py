"""Every fault, as an unmodified client of Google meets it, and what is left of the work afterwards."""

import json
import threading
import time
from dataclasses import dataclass

import google_auth_httplib2
import gspread
import pytest
import requests
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import AuthorizedSession
from google.oauth2 import credentials as oauth2
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.errors import HttpError

SHEETS_SCOPE = "https://www.googleapis.com/auth/spreadsheets"
REGISTER = "/v4/spreadsheets/sandbox-register"
EVENTS = "/calendar/v3/calendars/primary/events"
WHEN = {"start": {"dateTime": "2024-05-06T14:00:00Z"}, "end": {"dateTime": "2024-05-06T15:00:00Z"}}
SOON = 0.3
LATER = 0.8


@dataclass
class Client:
    """A write with a real client, and how much of it Google holds."""

    place: object
    api: str
    raw_mail: object

    def write(self):
        match self.api:
            case "sheets":
                body = {"values": [["x"]]}
                return self.book.values_append("Members!A1", {"valueInputOption": "RAW"}, body)
            case "gmail":
                body = {"raw": self.raw_mail()}
                return self.place.service("gmail", "v1").users().messages().send(userId="me", body=body).execute()
            case "calendar":
                events = self.place.service("calendar", "v3").events()
                return events.insert(calendarId="primary", body=WHEN).execute()
            case "drive":
                return self.place.service("drive", "v3").files().create(body={"name": "new"}).execute()

    def count(self):
        match self.api:
            case "sheets":
                return len(self.book.values_get("Members!A:A")["values"])
            case "gmail":
                return len(self.place.control("mailbox"))
            case "calendar":
                return len(self.place.service("calendar", "v3").events().list(calendarId="primary").execute()["items"])
            case "drive":
                query = "name = 'new'"
                return len(self.place.service("drive", "v3").files().list(q=query).execute().get("files", []))

    @property
    def book(self):
        return gspread.Spreadsheet(self.place.gspread().http_client, {"id": "sandbox-register"})


@pytest.fixture
def client(shared, raw_mail):
    def make(api):
        return Client(shared, api, raw_mail)

    return make


@pytest.fixture(autouse=True)
def a_well_google(shared):
    shared.control("requests", method="DELETE")
    yield
    shared.control("faults", method="DELETE")


def struck(place):
    return [(line["status"], line["fault"], line["done"]) for line in log_of(place) if line["fault"]]


def log_of(place):
    return place.control("requests")["log"]


def plan(place, **fault):
    return place.control("faults", fault)


def first_cells(place, tab="Members"):
    return [row[0] for row in place.book().worksheet(tab).get_all_values()]


# ------------------------------------------------------------------------------------- an error instead of the work
@pytest.mark.parametrize(
    ("api", "status", "reason", "words"),
    [
        ("gmail", 429, "rateLimitExceeded", "Rate Limit Exceeded"),
        ("gmail", 403, "rateLimitExceeded", "Rate Limit Exceeded"),
        ("gmail", 403, "userRateLimitExceeded", "User-rate limit exceeded.  Retry after 2024-02-16T08:1"),
        ("calendar", 403, "userRateLimitExceeded", "User Rate Limit Exceeded"),
        ("calendar", 403, "quotaExceeded", "Calendar usage limits exceeded."),
        ("drive", 403, "dailyLimitExceeded", "Daily Limit Exceeded"),
        ("calendar", 403, "accessNotConfigured", "Google Calendar API has not been used in project 123456789012"),
        ("drive", 403, "insufficientPermissions", "Request had insufficient authentication scopes."),
        ("calendar", 403, "forbiddenForServiceAccounts", "Service accounts cannot invite attendees"),
        ("drive", 500, "backendError", "Internal error encountered."),
        ("gmail", 503, "backendError", "The service is currently unavailable."),
    ],
)
def test_the_older_apis_refuse_with_a_reason_and_nothing_is_done(shared, client, api, status, reason, words):
    one = client(api)
    before = one.count()
    plan(shared, api=api, method="POST", status=status, reason=reason)
    with pytest.raises(HttpError) as caught:
        one.write()
    assert caught.value.status_code == status
    assert json.loads(caught.value.content)["error"]["errors"][0]["reason"] == reason
    assert caught.value.reason.startswith(words)
    assert one.count() == before
    assert struck(shared) == [(status, "status", False)]


@pytest.mark.parametrize(
    ("status", "reason", "name", "detail"),
    [
        (429, "", "RESOURCE_EXHAUSTED", None),
        (429, "rateLimitExceeded", "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED"),
        (403, "accessNotConfigured", "PERMISSION_DENIED", "SERVICE_DISABLED"),
        (403, "insufficientPermissions", "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
        (403, "", "PERMISSION_DENIED", None),
        (500, "", "INTERNAL", None),
        (503, "", "UNAVAILABLE", None),
    ],
)
def test_sheets_refuses_with_a_status_name_and_nothing_is_done(shared, client, status, reason, name, detail):
    one = client("sheets")
    before = one.count()
    plan(shared, operation="values.append", status=status, reason=reason)
    with pytest.raises(gspread.exceptions.APIError) as caught:
        one.write()
    assert caught.value.code == caught.value.response.status_code == status
    assert caught.value.error["status"] == name
    assert [one["reason"] for one in caught.value.error.get("details", [])] == ([detail] if detail else [])
    assert one.count() == before


@pytest.mark.parametrize(("status", "body"), [(429, "text"), (502, "html"), (503, "html"), (504, "html")])
def test_what_is_no_json_has_no_code_for_gspread(shared, client, status, body):
    plan(shared, operation="values.append", status=status, body=body)
    with pytest.raises(gspread.exceptions.APIError) as caught:
        client("sheets").write()
    assert (caught.value.code, caught.value.response.status_code) == (-1, status)
    assert caught.value.response.headers["content-type"].startswith({"text": "text/plain", "html": "text/html"}[body])


def test_a_wait_is_named_in_a_header_where_it_is_asked_for(shared):
    plan(shared, status=503, retry_after=30)
    assert shared.ask("GET", REGISTER).headers["retry-after"] == "30"
    plan(shared, status=503)
    assert "retry-after" not in shared.ask("GET", REGISTER).headers


@pytest.mark.parametrize("api", ["sheets", "gmail", "calendar", "drive"])
def test_an_error_after_the_work_leaves_it_done(shared, client, api):
    one = client(api)
    before = one.count()
    plan(shared, api=api, method="POST", effect="status-after", status=500)
    with pytest.raises((HttpError, gspread.exceptions.APIError)):
        one.write()
    assert one.count() == before + 1
    assert struck(shared) == [(500, "status-after", True)]


# -------------------------------------------------------------------------------------- no answer, or half of one
@pytest.mark.parametrize("api", ["sheets", "gmail", "calendar", "drive"])
@pytest.mark.parametrize(("effect", "more"), [("drop-before", 0), ("drop-after", 1)])
def test_a_closed_connection_does_not_tell_whether_the_work_was_done(shared, client, api, effect, more):
    one = client(api)
    before = one.count()
    plan(shared, api=api, method="POST", effect=effect)
    with pytest.raises(requests.ConnectionError):
        one.write()
    assert one.count() == before + more
    assert struck(shared) == [(0, effect, bool(more))]


def test_the_library_of_google_sends_a_lost_post_again_and_the_log_shows_it(shared, client):
    one = client("calendar")
    before = one.count()
    shared.control("requests", method="DELETE")
    plan(shared, operation="events.insert", effect="drop-after")
    document = json.loads(get_static_doc("calendar", "v3"))
    document["rootUrl"] = shared.base_url + "/"
    login = oauth2.Credentials(shared.facts["access_token"])
    http = google_auth_httplib2.AuthorizedHttp(login)
    service = build_from_document(document, http=http)
    assert service.events().insert(calendarId="primary", body=WHEN).execute(num_retries=0)["status"] == "confirmed"
    http.http.close()
    assert [(line["status"], line["name"]) for line in log_of(shared)] == [(0, "events.insert"), (200, "events.insert")]
    assert one.count() == before + 2


def test_half_a_body_breaks_off_although_the_work_was_done(shared, client):
    one = client("sheets")
    before = one.count()
    plan(shared, operation="values.append", effect="half-body")
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        one.write()
    assert one.count() == before + 1
    assert struck(shared) == [(200, "half-body", True)]


def test_truncated_json_cannot_be_read_by_gspread_although_the_work_was_done(shared, client):
    one = client("sheets")
    before = one.count()
    plan(shared, api="sheets", method="POST", effect="truncated")
    with pytest.raises(requests.exceptions.JSONDecodeError):
        one.write()
    assert one.count() == before + 1


@pytest.mark.parametrize("api", ["gmail", "calendar", "drive"])
def test_truncated_json_is_handed_on_as_text_by_the_library_of_google(shared, client, api):
    one = client(api)
    before = one.count()
    plan(shared, api=api, method="POST", effect="truncated")
    assert isinstance(one.write(), str)
    assert one.count() == before + 1


def test_a_wrong_content_type_is_what_the_client_sees(shared):
    plan(shared, effect="wrong-type")
    answer = shared.ask("GET", REGISTER)
    assert answer.headers["content-type"] == "text/html; charset=UTF-8"
    assert answer.json()["spreadsheetId"] == "sandbox-register"


@pytest.mark.parametrize("api", ["sheets", "gmail"])
def test_work_may_be_done_long_after_its_answer_was_lost(shared, client, api):
    one = client(api)
    before = one.count()
    plan(shared, api=api, method="POST", effect="drop-late")
    with pytest.raises(requests.ConnectionError):
        one.write()
    (late,) = shared.control("faults")
    assert late["effect"] == "drop-late"
    shared.control("clock", {"advance": 170})
    assert one.count() == before
    assert struck(shared) == [(0, "drop-late", False)]
    shared.control("clock", {"advance": "PT11S"})
    assert one.count() == before + 1
    assert struck(shared) == [(0, "drop-late", True)]
    assert shared.control("faults") == []


# ----------------------------------------------------------------------------------------------------- late answers
def impatient(place):
    return requests.post(
        f"{place.base_url}{REGISTER}/values/Members!A1:append",
        params={"valueInputOption": "RAW"},
        json={"values": [["slow"]]},
        headers=dict(place.session.headers),
        timeout=SOON,
    )


def test_a_slow_answer_outlives_the_clients_patience_but_the_work_is_done_and_others_do_not_wait(shared, client):
    before = client("sheets").count()
    plan(shared, operation="values.append", effect="slow", seconds=LATER)
    with pytest.raises(requests.ReadTimeout):
        impatient(shared)
    assert client("sheets").count() == before + 1
    assert struck(shared) == [(None, "slow", True)]
    time.sleep(LATER - SOON)
    (line,) = [line for line in log_of(shared) if line["fault"]]
    assert line["status"] == 200
    assert line["ms"] >= 1000 * LATER


def test_slow_work_is_done_although_nobody_waits_for_it_any_more(shared, client):
    before = client("sheets").count()
    plan(shared, operation="values.append", effect="slow-before", seconds=LATER)
    with pytest.raises(requests.ReadTimeout):
        impatient(shared)
    assert client("sheets").count() == before
    time.sleep(LATER - SOON)
    assert client("sheets").count() == before + 1


def test_a_slow_answer_arrives_in_the_end(shared):
    plan(shared, effect="slow", seconds=SOON)
    began = time.monotonic()
    assert shared.ask("GET", REGISTER).status_code == 200
    assert time.monotonic() - began >= SOON


def test_an_error_and_a_closed_connection_can_be_late_too(shared):
    began = time.monotonic()
    plan(shared, status=504, body="html", seconds=SOON)
    assert shared.ask("GET", REGISTER).status_code == 504
    plan(shared, effect="drop-before", seconds=SOON)
    with pytest.raises(requests.ConnectionError):
        shared.ask("GET", REGISTER)
    assert time.monotonic() - began >= 2 * SOON


# --------------------------------------------------------------------------------------------------------- the log-in
@pytest.fixture
def person(shared, request):
    """Credentials of a person who consented; they refresh themselves."""
    wanted = {"kind": "user", "address": f"{request.node.name}@example.org", "scopes": [SHEETS_SCOPE]}
    key = shared.control("accounts", wanted)["key"]
    names = ("refresh_token", "token_uri", "client_id", "client_secret")
    with AuthorizedSession(oauth2.Credentials(None, **{name: key[name] for name in names})) as session:
        session.get(f"{shared.base_url}{REGISTER}")
        shared.control("requests", method="DELETE")
        yield session


def test_a_token_that_is_refused_once_is_renewed_once(shared, person):
    plan(shared, path=REGISTER, status=401)
    assert person.get(f"{shared.base_url}{REGISTER}").status_code == 200
    assert [(line["api"], line["status"]) for line in log_of(shared)] == [
        ("sheets", 401),
        ("auth", 200),
        ("sheets", 200),
    ]


def test_a_token_that_is_refused_for_good_is_refused_for_good(shared):
    plan(shared, api="sheets", status=401, times=0)
    answer = shared.ask("GET", REGISTER)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    with pytest.raises(gspread.exceptions.APIError, match="invalid authentication credentials"):
        shared.book()


def test_a_log_in_that_was_revoked_cannot_be_renewed(shared, person):
    plan(shared, path=REGISTER, status=401)
    plan(shared, path="^/token$", status=400)
    with pytest.raises(RefreshError, match=r"invalid_grant: Token has been expired or revoked\."):
        person.get(f"{shared.base_url}{REGISTER}")


# ------------------------------------------------------------------------------------------------- which, and how often
def statuses(place, *paths):
    return [place.ask("GET", path).status_code for path in paths]


def test_the_nth_of_the_matching_requests_is_struck_and_as_many_as_asked(shared):
    plan(shared, path="register$", nth=2, times=2)
    assert statuses(shared, REGISTER, EVENTS, REGISTER, EVENTS, REGISTER, REGISTER) == [200, 200, 503, 200, 503, 200]


@pytest.mark.parametrize(
    ("selector", "hit"),
    [
        ({"method": "get"}, True),
        ({"method": "POST"}, False),
        ({"method": "POST|GET"}, True),
        ({"api": "calendar"}, True),
        ({"api": "sheets"}, False),
        ({"operation": "events.list"}, True),
        ({"operation": "calendar.events.list"}, True),
        ({"operation": "vents.list"}, False),
        ({"path": "/calendars/primary/"}, True),
        ({"path": "^/events"}, False),
    ],
)
def test_a_request_is_chosen_by_method_api_operation_and_path(shared, selector, hit):
    plan(shared, **selector)
    assert statuses(shared, EVENTS) == [503 if hit else 200]


def test_a_path_is_matched_as_people_read_it(shared):
    plan(shared, path="values/Needs attention!A1:B2")
    assert statuses(shared, f"{REGISTER}/values/Needs%20attention!A1%3AB2") == [503]


def test_google_is_down_for_a_while_of_the_sandboxes_time_from_the_first_strike_on(shared):
    plan(shared, for_seconds=120)
    shared.control("clock", {"advance": 300})
    assert statuses(shared, REGISTER, EVENTS) == [503, 503]
    shared.control("clock", {"advance": 100})
    assert statuses(shared, EVENTS) == [503]
    shared.control("clock", {"advance": 21})
    assert statuses(shared, REGISTER) == [200]
    assert shared.control("faults") == []


def test_two_faults_strike_one_request_after_the_other(shared):
    plan(shared, status=500)
    plan(shared, status=502)
    assert statuses(shared, REGISTER, REGISTER, REGISTER) == [500, 502, 200]


def test_the_steps_of_a_script_wait_for_each_other(shared, client):
    steps = [
        {"method": "GET", "path": "archive$", "nth": 2, "status": 500},
        {"api": "sheets", "method": "POST", "effect": "drop-after"},
        {"api": "calendar", "status": 502},
    ]
    shared.control("faults", {"script": steps})
    one = client("sheets")
    before = one.count()
    one.write()
    archive = REGISTER.replace("register", "archive")
    assert statuses(shared, EVENTS, archive, archive, EVENTS) == [200, 200, 500, 200]
    with pytest.raises(requests.ConnectionError):
        one.write()
    assert statuses(shared, EVENTS, EVENTS) == [502, 200]
    assert one.count() == before + 2


def the_same_day(place, seed):
    place.control("faults", {"seed": seed, "chance": 0.4, "effects": ["status", {"status": 429}], "times": 20})
    found = statuses(place, *[REGISTER, EVENTS] * 15)
    place.control("faults", method="DELETE")
    return found


def test_chance_is_the_same_for_the_same_seed_and_another_for_another(shared):
    first = the_same_day(shared, 7)
    assert set(first) == {200, 429, 503}
    assert the_same_day(shared, 7) == first
    assert the_same_day(shared, 8) != first


def test_chance_ends_when_its_strikes_are_used_up(shared):
    shared.control("faults", {"seed": 1, "chance": 1, "effects": ["status"], "times": 2})
    assert statuses(shared, REGISTER, REGISTER, REGISTER) == [503, 503, 200]


def test_parallel_requests_are_struck_exactly_as_often_as_asked(shared):
    plan(shared, times=5)
    found = []
    threads = [threading.Thread(target=lambda: found.extend(_asked_alone(shared))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [200] * 7 + [503] * 5


def together(place, how_many, ask):
    """What that many clients, each with a connection of its own, are answered at the same time."""
    found, headers = [], dict(place.session.headers)
    threads = [threading.Thread(target=lambda: found.append(ask(headers))) for _ in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_equal_batches_at_once_one_wins_because_both_claim_the_same_marker(place):
    there = {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}}
    marker = {"metadataId": 77, "metadataKey": "once", "visibility": "DOCUMENT", "location": there}
    batch = [
        {"insertDimension": {"range": there["dimensionRange"]}},
        {"createDeveloperMetadata": {"developerMetadata": marker}},
    ]
    new = place.gspread().create("Twins")
    url = f"{place.base_url}/v4/spreadsheets/{new.id}:batchUpdate"

    def ask(headers):
        return requests.post(url, json={"requests": batch}, headers=headers, timeout=10).status_code

    assert sorted(together(place, 4, ask)) == [200, 400, 400, 400]
    assert new.sheet1.row_count == 1001


def test_no_row_is_lost_when_many_append_at_once(place):
    new = place.gspread().create("Many")
    url = f"{place.base_url}/v4/spreadsheets/{new.id}/values/A1:append?valueInputOption=RAW"

    def ask(headers):
        return requests.post(url, json={"values": [["x"]]}, headers=headers, timeout=10).status_code

    assert together(place, 8, ask) == [200] * 8
    assert new.sheet1.get_all_values() == [["x"]] * 8


def _asked_alone(place):
    headers = dict(place.session.headers)
    return [requests.get(place.base_url + EVENTS, headers=headers, timeout=10).status_code for _ in range(3)]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"effect": "explode"}, "effect must be one of status, status-after, drop-before"),
        ({"colour": "red"}, "A fault has no colour; it may have method, path"),
        ({"path": "("}, "path is not a regular expression"),
        ({"nth": 0}, "nth must be a number from 1"),
        ({"nth": "2"}, "nth must be a whole number, not '2'"),
        ({"times": -1}, "times must be a number from 0"),
        ({"times": True}, "times must be a whole number, not True"),
        ({"status": 200}, "status must be an error from 400 to 599"),
        ({"seconds": 3600, "effect": "slow"}, "seconds must be from 0 to 600"),
        ({"seconds": -1}, "seconds must be from 0"),
        ({"seconds": 10**9, "effect": "drop-late"}, "seconds must be from 0 to 2678400"),
        ({"for_seconds": 10**9}, "for_seconds must be from 0 to 2678400"),
        ({"body": "xml"}, "body must be one of json, html, text"),
        ({"action": {"do": "sort"}}, "an action needs the effect person"),
        ({"effect": "person"}, "action.do must be one of sort, insert_row"),
        ({"effect": "person", "action": {"do": "sort", "book": "register"}}, "must say tab, column"),
        ({"effect": "person", "action": {"do": "trash_file", "file": 3}}, "file must be of type str"),
        ({"effect": "person", "action": {"do": "trash_file", "file": "x", "now": 1}}, "has no now"),
        ({"effect": "person", "moment": "while", "action": {"do": "delete_draft"}}, "moment must be before or after"),
        ({"script": []}, "at least one step"),
        ({"script": [{"effect": "explode"}]}, "effect must be one of"),
        ({"seed": "x", "chance": 1}, "seed must be a whole number"),
        ({"seed": 1}, "chance must be a number from 0 to 1"),
        ({"seed": 1, "chance": 2}, "chance must be a number from 0 to 1"),
        ({"seed": 1, "chance": 1, "effects": []}, "effects must be a list"),
        ({"seed": 1, "chance": 1, "effects": [{"nth": 2}]}, "the plan does"),
        ([{"status": 500}, {"status": 2}], "status must be an error"),
        ("down", "A fault is a JSON object"),
    ],
)
def test_what_is_no_fault_is_refused_in_a_sentence_and_plans_nothing(shared, wrong, sentence):
    answer = shared.ask("POST", "/control/faults", json=wrong)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]["message"]
    assert shared.control("faults") == []


def test_a_fault_that_is_not_even_json_is_refused(shared):
    assert shared.ask("POST", "/control/faults", data="{").status_code == 400


def test_faults_do_not_outlive_the_process(starter, place_at):
    with starter.running() as facts:
        place = place_at(facts)
        with place.session:
            plan(place, times=0)
    with starter.running() as facts:
        place = place_at(facts)
        with place.session:
            assert place.control("faults") == []
            assert statuses(place, REGISTER) == [200]


# -------------------------------------------------------------------------------- somebody acts between two requests
TYPED = f"{REGISTER}/values/Members!A2?valueInputOption=RAW"
MEMBERS = {"book": "register", "tab": "Members"}


def between(place, action, moment="after", **selector):
    return plan(place, effect="person", action=action, moment=moment, **selector)


@pytest.mark.parametrize(
    ("action", "seen"),
    [
        ({"do": "sort", **MEMBERS, "column": "A", "descending": True}, lambda old: [old[0], *sorted(old[1:])[::-1]]),
        ({"do": "insert_row", **MEMBERS, "row": 3}, lambda old: [*old[:2], "", *old[2:]]),
        ({"do": "delete_row", **MEMBERS, "row": 3}, lambda old: [*old[:2], *old[3:]]),
        ({"do": "edit_cell", **MEMBERS, "cell": "A2", "value": "Zoë"}, lambda old: [old[0], "Zoë", *old[2:]]),
        ({"do": "rename_header", **MEMBERS, "header": "Name", "to": "Who"}, lambda old: ["Who", *old[1:]]),
        (
            {"do": "request", "method": "PUT", "path": TYPED, "body": {"values": [["Any"]]}},
            lambda old: [old[0], "Any", *old[2:]],
        ),
    ],
    ids=lambda value: value["do"] if isinstance(value, dict) else "",
)
def test_staff_change_a_tab_right_after_it_was_read(place, action, seen):
    tab = place.book().worksheet("Members")
    before = tab.col_values(1)
    between(place, action, method="GET", path="/values/")
    assert tab.col_values(1) == before
    assert tab.col_values(1) == seen(before)
    assert struck(place) == [(200, "person", True)]


def test_staff_change_a_tab_right_before_it_is_read(place):
    between(place, {"do": "move_column", **MEMBERS, "column": "B", "to": "A"}, "before", operation="values.get")
    assert place.book().worksheet("Members").row_values(1)[:2] == ["E-mail", "Name"]


def test_staff_rename_a_tab_between_two_requests_of_gspread(place):
    tab = place.book().worksheet("Members")
    between(place, {"do": "rename_tab", **MEMBERS, "to": "People"}, method="GET", path="/values/")
    assert tab.acell("A1").value == "Name"
    with pytest.raises(gspread.exceptions.APIError, match="Unable to parse range"):
        tab.acell("A1")


def test_any_batch_of_sheets_can_be_somebodys_doing(place):
    wanted = [{"addSheet": {"properties": {"title": "Mine"}}}, {"deleteSheet": {"sheetId": 987654}}]
    between(place, {"do": "batch", "book": "register", "requests": wanted[:1]}, path="register$")
    place.ask("GET", REGISTER)
    assert "Mine" in [tab.title for tab in place.book().worksheets()]


def test_somebody_acts_even_where_the_answer_is_lost(place):
    plan(place, effect="drop-after", path="register$")
    between(place, {"do": "edit_cell", **MEMBERS, "cell": "A2", "value": "Zoë"}, path="register$")
    with pytest.raises(requests.ConnectionError):
        place.ask("GET", REGISTER)
    assert first_cells(place)[1] == "Zoë"
    assert struck(place) == [(0, "drop-after, person", True)]


def test_a_draft_is_deleted_before_it_can_be_sent(place, raw_mail):
    drafts = place.service("gmail", "v1").users().drafts()
    between(place, {"do": "delete_draft"}, operation="drafts.create")
    made = drafts.create(userId="me", body={"message": {"raw": raw_mail()}}).execute()
    with pytest.raises(HttpError) as caught:
        drafts.send(userId="me", body={"id": made["id"]}).execute()
    assert caught.value.status_code == 404
    assert place.control("mailbox") == []


def test_access_is_withdrawn_between_two_requests(place):
    between(place, {"do": "withdraw", "file": "register"}, path="register$")
    client = place.gspread()
    client.open_by_key("sandbox-register")
    with pytest.raises(PermissionError):
        client.open_by_key("sandbox-register")
    assert place.book("archive").title == "CoLab archive"


def test_a_spreadsheet_is_trashed_between_two_requests(place):
    between(place, {"do": "trash_file", "file": "register"}, path="register$")
    place.ask("GET", REGISTER)
    file = place.service("drive", "v3").files().get(fileId="sandbox-register", fields="trashed").execute()
    assert file == {"trashed": True}


def test_time_passes_between_two_requests(place):
    between(place, {"do": "advance", "seconds": 3600}, path="register$")
    place.ask("GET", REGISTER)
    assert place.control("clock")["now"].startswith("2024-02-16T09:00:0")


def test_what_nobody_could_do_does_not_go_unnoticed(place):
    between(place, {"do": "sort", "book": "register", "tab": "Nowhere", "column": "A"}, "before", path="register$")
    answer = place.ask("GET", REGISTER)
    assert answer.status_code == 500
    assert "could not sort: register has no tab 'Nowhere'." in answer.json()["error"]["message"]


# --------------------------------------------------------------------------------------------------- ready-made ones
def test_every_ready_made_misfortune_can_be_planned_and_taken_back(shared):
    names = list(shared.control("scenarios"))
    assert len(names) >= 15
    for name in names:
        assert [one["name"] for one in shared.control("scenarios", {"name": name})] == [name]
        assert shared.control("faults", method="DELETE") == []
    assert shared.ask("POST", "/control/scenarios", json={"name": "war"}).status_code == 404


def test_a_ready_made_misfortune_happens(shared):
    shared.control("scenarios", {"name": "down"})
    assert statuses(shared, REGISTER, EVENTS) == [503, 503]
    shared.control("clock", {"advance": "PT2M"})
    assert statuses(shared, REGISTER, EVENTS) == [200, 200]
