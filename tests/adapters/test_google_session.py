"""The one road to Google, against a real server: what is sent once, and what an answer allows to do next."""

import re

import pytest
import requests
from google.oauth2.credentials import Credentials

from tasks.adapters.gcalendar import Calendar, CalendarEvent
from tasks.adapters.gmail import Gmail
from tasks.adapters.google_answers import fault_of
from tasks.adapters.google_session import GoogleSession
from tasks.adapters.sheets import Sheets
from tasks.domain.faults import AlreadyThere, NotFound, Refused, Rejected, TryLater, Unclear
from tasks.domain.models import CellError, Workbook
from tests.adapters.google_builders import TOKEN, WAIT, Reply, error_body, serving, session_to

HTML = b"<html><body>The server had a bad day. rima@example.org</body></html>"
ADDRESS = "rima.khoury@abaad.example.org"


@pytest.fixture
def google():
    with serving() as google:
        yield google


@pytest.fixture
def session(google):
    with session_to(google) as session:
        yield session


def fault(google, session, *replies, call=None):
    """What our client raises when Google answers so."""
    google.replies[:] = replies
    with pytest.raises(Exception, match=r".") as raised:
        (call or (lambda: Gmail(session).send_draft("d-1")))()
    return raised.value


CALLS = {
    "a mail": lambda session: Gmail(session).send_draft("d-1"),
    "an append": lambda session: Sheets(session).write(Workbook("register", "id", "UTC", {}), (), ()),
    "a reading": lambda session: Sheets(session).read("register", "id"),
}


# ------------------------------------------------------------------------------------------------ sent once
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize(
    "reply",
    [
        Reply(drop=True),
        Reply(half=True),
        Reply(body=b'{"id": "m-'),
        Reply(body=b""),
        Reply(body=HTML, kind="text/html"),
        Reply(body=b"\xff\xfe\x00"),
        Reply(body=[]),
        Reply(500, error_body(500)),
        Reply(502, HTML, "text/html"),
        Reply(503, b""),
        Reply(408, error_body(408)),
    ],
    ids=[
        "dropped",
        "half a body",
        "half a text",
        "nothing",
        "a page",
        "bytes",
        "a list",
        "500",
        "a 502 page",
        "503",
        "408",
    ],
)
def test_an_answer_that_nobody_can_read_is_unclear_and_nothing_is_sent_again(google, session, call, reply):
    found = fault(google, session, reply, call=lambda: call(session))

    assert type(found) is Unclear
    assert len(google.arrived) == 1


def test_a_post_over_a_connection_that_was_used_before_is_sent_once_too(google, session):
    gmail = Gmail(session)
    assert gmail.is_draft("d-1")

    found = fault(google, session, Reply(drop=True), call=lambda: gmail.send_draft("d-1"))

    assert type(found) is Unclear
    assert [method for method, _, _ in google.arrived] == ["GET", "POST"]


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_an_answer_that_comes_too_late_is_unclear(google, call):
    with session_to(google, timeout=WAIT) as hasty:
        found = fault(google, hasty, Reply(late=True), call=lambda: call(hasty))

    assert (type(found), len(google.arrived)) == (Unclear, 1)
    assert "ReadTimeout" in found.reason


def test_a_server_that_is_not_there_is_unclear():
    with serving() as gone:
        pass
    with session_to(gone) as session, pytest.raises(Unclear, match="sending a draft: no answer"):
        Gmail(session).send_draft("d-1")


# ------------------------------------------------------------------------------------------------ classes of answers
CLASSES = [
    (400, "badRequest", Rejected),
    (401, "authError", Refused),
    (403, "forbidden", Refused),
    (403, "", Refused),
    (403, "rateLimitExceeded", TryLater),
    (403, "userRateLimitExceeded", TryLater),
    (403, "quotaExceeded", TryLater),
    (403, "dailyLimitExceeded", TryLater),
    (404, "notFound", NotFound),
    (408, "", Unclear),
    (409, "duplicate", AlreadyThere),
    (410, "deleted", NotFound),
    (412, "conditionNotMet", Refused),
    (429, "", TryLater),
    (429, "rateLimitExceeded", TryLater),
    (500, "backendError", Unclear),
    (501, "", Unclear),
    (503, "backendError", Unclear),
    (504, "", Unclear),
]


@pytest.mark.parametrize(("status", "reason", "kind"), CLASSES)
@pytest.mark.parametrize("body", ["json", "html", "empty", "list"])
def test_an_error_is_classed_by_what_may_be_done_next(status, reason, kind, body):
    content = {"html": HTML, "empty": b"", "list": b"[]", "json": Reply(body=error_body(status, reason)).content}[body]
    if body != "json" and reason.endswith("Exceeded") and status == 403:
        kind = Refused  # a reason that cannot be read

    found = fault_of(status, content, "sending a draft")

    assert type(found) is kind
    assert found.reason.startswith(f"sending a draft: Google answered {status}")


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize(("status", "reason", "kind"), [one for one in CLASSES if one[0] != 401])
def test_both_libraries_hand_on_the_class(google, session, call, status, reason, kind):
    found = fault(google, session, Reply(status, error_body(status, reason)), call=lambda: call(session))

    assert (type(found), len(google.arrived)) == (kind, 1)


@pytest.mark.parametrize("body", [{"error": "invalid"}, {"error": {}}, {"error": None}, [], "text", None])
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_an_error_in_a_shape_that_nobody_announced_is_classed_all_the_same(google, session, call, body):
    assert type(fault(google, session, Reply(400, body), call=lambda: call(session))) in {Rejected, Unclear}


def test_a_log_in_that_is_no_longer_accepted_is_a_refusal(google, session):
    found = fault(google, session, Reply(401, error_body(401)))

    assert type(found) is Refused
    assert found.reason == "sending a draft: Google no longer accepts our log-in; it must be renewed"


def test_a_token_that_cannot_be_renewed_is_a_refusal_before_anything_is_sent(google):
    credentials = Credentials(None, "r", token_uri=f"{google.url}/token", client_id="c", client_secret=TOKEN)
    with session_to(google, credentials=credentials) as session:
        found = fault(google, session, Reply(400, {"error": "invalid_grant", "error_description": ADDRESS}))

    assert (type(found), [path for _, path, _ in google.arrived]) == (Refused, ["/token"])
    assert ADDRESS not in found.reason


@pytest.mark.parametrize(
    "message",
    [f"Invalid To header: {ADDRESS}", f"<{ADDRESS}> and eva@example.org", f"user={ADDRESS};", f"x {ADDRESS.upper()} y"],
)
def test_addresses_in_what_google_says_are_masked(google, session, message):
    found = fault(google, session, Reply(400, error_body(400, message=message)))

    assert "@" not in found.reason
    assert "…" in found.reason


def test_what_google_says_is_cut_to_a_readable_length():
    assert len(fault_of(400, Reply(body=error_body(400, message="x" * 5000)).content, "doing").reason) < 250


# ------------------------------------------------------------------------------------------------ counting, leading
ADDRESSES = {
    "https://sheets.googleapis.com/v4/spreadsheets/x?fields=a": "sheets",
    "https://gmail.googleapis.com/gmail/v1/users/me/drafts": "gmail",
    "https://meet.googleapis.com/v2/conferenceRecords": "meet",
    "https://www.googleapis.com/calendar/v3/calendars/primary/events": "calendar",
    "https://www.googleapis.com/drive/v3/files/x": "drive",
    "https://www.googleapis.com/upload/drive/v3/files": "upload",
    "https://forms.googleapis.com/v1/forms/x": "forms",
    "https://people.googleapis.com/v1/people/me": "other",
}


def test_requests_are_counted_by_api_and_method(google, session):
    for url in ADDRESSES:
        session.get(url)
    session.post("https://gmail.googleapis.com/gmail/v1/users/me/drafts", json={})
    session.request("get", "https://gmail.googleapis.com/gmail/v1/users/me/drafts")

    assert session.requests_made() == {
        **{api: {"GET": 1} for api in sorted(ADDRESSES.values())},
        "gmail": {"GET": 2, "POST": 1},
    }
    assert len(google.arrived) == len(ADDRESSES) + 2


@pytest.mark.parametrize("url", ADDRESSES)
def test_with_a_sandbox_an_address_keeps_its_path_and_query_and_changes_its_host(google, session, url):
    session.get(url)

    assert google.arrived == [("GET", re.sub("^https://[^/]*", "", url), b"")]


def test_with_a_sandbox_nothing_leaves_this_machine(google, session):
    session.get("https://example.invalid/elsewhere?x=1")

    assert google.arrived == [("GET", "/elsewhere?x=1", b"")]


def test_without_a_sandbox_an_address_is_left_as_it_is(google):
    session = GoogleSession(Credentials(token=TOKEN), timeout=5)

    session.get(f"{google.url}/gmail/v1/users/me/drafts")

    assert google.arrived == [("GET", "/gmail/v1/users/me/drafts", b"")]
    session.close()


@pytest.mark.parametrize("how", [{}, {"timeout": None}, {"timeout": 999}])
def test_every_request_has_a_timeout_whatever_was_asked_for(google, how):
    with session_to(google, timeout=WAIT) as hasty:
        google.replies.append(Reply(late=True))

        with pytest.raises(requests.ReadTimeout):
            hasty.get("https://gmail.googleapis.com/", **how)


# ------------------------------------------------------------------------------------------------ translations
def test_a_spreadsheet_is_read_in_one_request_with_every_kind_of_cell(google, session):
    cells = [
        {"effectiveValue": {"stringValue": "=1+1"}},
        {"effectiveValue": {"numberValue": 45320.5}},
        {"effectiveValue": {"boolValue": False}},
        {"effectiveValue": {"errorValue": {"type": "REF"}}},
        {},
    ]
    note = {"metadataId": 7, "metadataValue": "v"}
    tab = {
        "properties": {"title": "T"},
        "data": [{"rowData": [{"values": cells}, {}]}],
        "developerMetadata": [{"metadataId": 8}],
    }
    chart = {"properties": {"title": "A chart", "sheetId": 5}}
    answer = {"properties": {"timeZone": "Africa/Nairobi"}, "developerMetadata": [note], "sheets": [tab, chart]}
    google.replies.append(Reply(body=answer))

    book = Sheets(session).read("register", "id")

    assert book.tabs["T"].rows == (("=1+1", 45320.5, False, CellError("#REF"), ""), ())
    assert (book.tabs["T"].sheet_id, book.tabs["A chart"].rows) == (0, ())
    assert (book.time_zone, book.markers, len(google.arrived)) == ("Africa/Nairobi", {7: "v", 8: ""}, 1)


def test_an_event_that_was_never_made_is_none_and_a_pending_link_is_empty(google, session):
    calendar = Calendar(session, "primary")
    google.replies += [Reply(404, error_body(404)), Reply(body={"id": "e"})]

    assert calendar.find("e") is None
    assert calendar.find("e") == CalendarEvent("e", "confirmed", "", "")
