"""Who calls: tokens from the real google-auth, what each may do, and Google's refusals word for word."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta

import gspread
import pytest
import requests
from google.auth import jwt
from google.auth.crypt import RSASigner
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2 import credentials as oauth2
from google.oauth2 import service_account

from config.settings import Settings
from tasks.adapters.google_login import log_in, scopes
from tasks.adapters.google_session import GoogleSession, ask, google_service

AUTH = "https://www.googleapis.com/auth/"
SHEETS, DRIVE_READ = AUTH + "spreadsheets", AUTH + "drive.readonly"
CALENDAR, EVENTS_READ = AUTH + "calendar.events", AUTH + "calendar.events.readonly"
MAIL, SEND, METADATA = "https://mail.google.com/", AUTH + "gmail.send", AUTH + "gmail.metadata"
EVERYTHING = [SHEETS, CALENDAR, MAIL, AUTH + "drive", AUTH + "meetings.space.readonly"]
BOOK = "/v4/spreadsheets/sandbox-register"
EVENTS = "/calendar/v3/calendars/primary/events"
MESSAGES = "/gmail/v1/users/me/messages"
A_PATH = {
    "sheets": BOOK,
    "drive": "/drive/v3/files",
    "calendar": EVENTS,
    "gmail": MESSAGES,
    "meet": "/v2/conferenceRecords",
    "forms": "/v1/forms/none",
}
WITH_ERRORS = {"drive", "calendar", "gmail"}
WHEN = {"start": {"dateTime": "2024-05-06T14:00:00Z"}, "end": {"dateTime": "2024-05-06T15:00:00Z"}}
GUEST = {"attendees": [{"email": "ana@example.org"}]}
MEETING = {"conferenceData": {"createRequest": {"requestId": "r"}}}
SHORT_LIVED = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
    " Check your iat and exp values in the JWT claim."
)


@pytest.fixture(scope="module")
def robot(shared):
    """A service account that may act for others with these scopes, and its key file."""
    return shared.control("accounts", {"kind": "service_account", "name": "pipeline", "delegation": EVERYTHING})


@pytest.fixture
def owner(shared):
    return shared.ask("GET", "/gmail/v1/users/me/profile").json()["emailAddress"]


def credentials(key, *scopes, subject=None):
    found = service_account.Credentials.from_service_account_info(key, scopes=list(scopes))
    return found.with_subject(subject) if subject else found


def a_user(place, address, *scopes):
    """A person who consented, and real credentials that can refresh themselves."""
    made = place.control("accounts", {"kind": "user", "address": address, "scopes": list(scopes)})["key"]
    names = ("refresh_token", "token_uri", "client_id", "client_secret")
    return oauth2.Credentials(None, scopes=list(scopes), **{name: made[name] for name in names})


def a_token(place, *scopes, **more):
    return place.control("tokens", {"scopes": list(scopes), **more})["token"]


def asked_with(place, token, method, path, **options):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.request(method, place.base_url + path, headers=headers, timeout=10, **options)


def refused_with(answer):
    return answer.status_code, answer.json()["error"]["message"]


# -------------------------------------------------------------------------------- who has no good token
@pytest.mark.parametrize("api", A_PATH)
@pytest.mark.parametrize(
    ("token", "short", "reason"),
    [("", "Login Required.", "required"), ("ya29.nobody", "Invalid Credentials", "authError")],
    ids=["none", "unknown"],
)
def test_without_a_good_token_every_api_answers_401_in_its_own_shape(shared, api, token, short, reason):
    answer = asked_with(shared, token, "GET", A_PATH[api])
    error = answer.json()["error"]

    assert (answer.status_code, error["code"], error["status"]) == (401, 401, "UNAUTHENTICATED")
    assert "Expected OAuth 2 access token, login cookie or other valid authentication credential." in error["message"]
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="https://accounts.google.com/"')
    assert ("invalid_token" in answer.headers["WWW-Authenticate"]) == bool(token)
    entry = {"message": short, "domain": "global", "reason": reason, "location": "Authorization"}
    assert error.get("errors") == ([{**entry, "locationType": "header"}] if api in WITH_ERRORS else None)


def test_a_token_lives_for_an_hour_of_the_sandboxs_clock(place):
    token = a_token(place, SHEETS)
    began = datetime.fromisoformat(place.control("clock")["now"])

    place.control("clock", {"now": (began + timedelta(minutes=59)).isoformat()})
    assert asked_with(place, token, "GET", BOOK).status_code == 200
    place.control("clock", {"now": (began + timedelta(minutes=61)).isoformat()})
    assert asked_with(place, token, "GET", BOOK).status_code == 401


def test_a_revoked_token_is_refused_and_can_be_revoked_only_once(shared):
    token = a_token(shared, SHEETS)
    revoked = [shared.ask("POST", "/revoke", data={"token": token}) for _ in range(2)]

    assert [one.status_code for one in revoked] == [200, 400]
    assert revoked[1].json() == {"error": "invalid_token", "error_description": "Token expired or revoked"}
    assert asked_with(shared, token, "GET", BOOK).status_code == 401


# -------------------------------------------------------------------------------- what the scopes do not allow
@pytest.mark.parametrize("api", A_PATH)
def test_a_token_without_a_scope_of_the_method_is_refused_in_the_shape_of_the_api(shared, api):
    answer = asked_with(shared, a_token(shared, SEND), "GET", A_PATH[api])
    error = answer.json()["error"]

    assert (answer.status_code, error["message"]) == (403, "Request had insufficient authentication scopes.")
    assert error["status"] == "PERMISSION_DENIED"
    (detail,) = error["details"]
    assert (detail["reason"], detail["domain"]) == ("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "googleapis.com")
    assert detail["metadata"]["service"].endswith(".googleapis.com")
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
    entry = {"message": "Insufficient Permission", "domain": "global", "reason": "insufficientPermissions"}
    assert error.get("errors") == ([entry] if api in WITH_ERRORS else None)


@pytest.mark.parametrize(
    ("scope", "method", "path", "allowed"),
    [
        (DRIVE_READ, "GET", BOOK, True),
        (DRIVE_READ, "POST", f"{BOOK}:batchUpdate", False),
        (AUTH + "spreadsheets.readonly", "POST", f"{BOOK}/values:batchGetByDataFilter", False),
        (SEND, "POST", f"{MESSAGES}/send", True),
        (SEND, "GET", "/gmail/v1/users/me/profile", False),
        (SEND, "POST", "/gmail/v1/users/me/drafts", False),
        (SEND, "GET", "/gmail/v1/users/me/labels", False),
        (AUTH + "gmail.compose", "GET", "/gmail/v1/users/me/drafts", True),
        (EVENTS_READ, "GET", EVENTS, True),
        (EVENTS_READ, "POST", EVENTS, False),
        (AUTH + "drive.meet.readonly", "GET", "/drive/v3/files", True),
        (AUTH + "drive.file", "GET", "/v2/conferenceRecords", False),
    ],
)
def test_a_scope_opens_the_methods_that_discovery_names_and_no_other(shared, scope, method, path, allowed):
    answer = asked_with(shared, a_token(shared, scope), method, path, json={} if method == "POST" else None)

    assert (answer.status_code != 403) == allowed, answer.text


def test_the_metadata_scope_narrows_a_token_whatever_else_it_has(shared, raw_mail):
    made = shared.ask("POST", f"{MESSAGES}/send", json={"raw": raw_mail()}).json()
    token = a_token(shared, METADATA, MAIL)
    one = f"{MESSAGES}/{made['id']}"

    assert refused_with(asked_with(shared, token, "GET", MESSAGES, params={"q": "in:sent"})) == (
        403,
        "Metadata scope does not support 'q' parameter",
    )
    for how in ("full", "raw"):
        words = f"Metadata scope doesn't allow format {how.upper()}"
        assert refused_with(asked_with(shared, token, "GET", one, params={"format": how})) == (403, words)
    assert asked_with(shared, token, "GET", one, params={"format": "metadata"}).status_code == 200
    assert asked_with(shared, token, "GET", MESSAGES).status_code == 200


# -------------------------------------------------------------------------------- service accounts, for themselves
@pytest.mark.parametrize(
    ("method", "path", "body", "status", "reason", "words"),
    [
        ("GET", MESSAGES, None, 400, "failedPrecondition", "Precondition check failed."),
        ("POST", EVENTS, WHEN | GUEST, 403, "forbiddenForServiceAccounts", "Service accounts cannot invite attendees"),
        ("PATCH", f"{EVENTS}/abcde", GUEST, 403, "forbiddenForServiceAccounts", "Service accounts cannot invite"),
        ("POST", f"{EVENTS}?conferenceDataVersion=1", WHEN | MEETING, 400, "invalid", "Invalid conference type value."),
        ("POST", EVENTS, WHEN, 501, "notImplemented", "The sandbox does not model the calendar of robot@"),
        ("POST", "/drive/v3/files", {"name": "x"}, 403, "storageQuotaExceeded", "Service Accounts do not have storage"),
        ("POST", "/v4/spreadsheets", {}, 403, None, "The caller does not have permission"),
    ],
)
def test_a_plain_service_account_has_no_mailbox_no_guests_no_meetings_and_no_storage(
    shared, method, path, body, status, reason, words
):
    token = a_token(shared, *EVERYTHING, kind="service_account", address="robot@colab-sandbox.iam.gserviceaccount.com")
    answer = asked_with(shared, token, method, path, json=body)
    error = answer.json()["error"]

    assert (answer.status_code, error["message"][: len(words)]) == (status, words)
    assert error.get("errors", [{}])[0].get("reason") == reason


def test_a_plain_service_account_reads_and_writes_a_sheet_that_is_shared_with_it(shared, robot):
    session = AuthorizedSession(credentials(robot["key"], SHEETS))
    url = f"{shared.base_url}{BOOK}/values/Sessions!A9"

    assert session.put(f"{url}?valueInputOption=RAW", json={"values": [["hello"]]}).status_code == 200
    assert session.get(url).json()["values"] == [["hello"]]


# -------------------------------------------------------------------------------- the token endpoint says no
def assertion(key, **changes):
    """A signed JWT as google-auth makes it, with claims changed or (None) left out."""
    now = int(datetime.now(UTC).timestamp())
    claims = {"iss": key["client_email"], "scope": SHEETS, "aud": key["token_uri"], "iat": now, "exp": now + 3600}
    wanted = {name: value for name, value in (claims | changes).items() if value is not None}
    return jwt.encode(RSASigner.from_service_account_info(key), wanted).decode()


def granted(place, grant, **form):
    answer = requests.post(f"{place.base_url}/token", data={"grant_type": grant, **form}, timeout=10)
    body = answer.json()
    return answer.status_code, body.get("error"), body.get("error_description")


JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"


def hours(number):
    return int((datetime.now(UTC) + timedelta(hours=number)).timestamp())


@pytest.mark.parametrize(
    ("changes", "status", "error", "description"),
    [
        ({"iss": "nobody@example.org"}, 400, "invalid_grant", "Invalid grant: account not found"),
        ({"aud": "https://example.org/token"}, 400, "invalid_grant", "Invalid JWT: Failed audience check."),
        ({"iat": hours(2), "exp": hours(3)}, 400, "invalid_grant", SHORT_LIVED),
        ({"iat": hours(-3), "exp": hours(-2)}, 400, "invalid_grant", SHORT_LIVED),
        ({"exp": hours(5)}, 400, "invalid_grant", SHORT_LIVED),
        ({"exp": None}, 400, "invalid_grant", SHORT_LIVED),
        ({"scope": ""}, 400, "invalid_scope", "Invalid OAuth scope or ID token audience provided."),
        ({"sub": "nobody@example.org"}, 400, "invalid_grant", "Invalid email or User ID"),
        ({"scope": SEND, "sub": "x"}, 401, "unauthorized_client", "Client is unauthorized to retrieve access tokens"),
    ],
    ids=["account", "audience", "early", "late", "long", "endless", "no scope", "subject", "delegation"],
)
def test_an_assertion_that_google_would_refuse_is_refused_in_its_words(
    shared, robot, changes, status, error, description
):
    found = granted(shared, JWT_BEARER, assertion=assertion(robot["key"], **changes))

    assert (*found[:2], found[2][: len(description)]) == (status, error, description)


@pytest.mark.parametrize("junk", ["", "x", "a.b.c", "e30.e30.e30", "é.é.é", "bnVsbA.bnVsbA.bnVsbA"])
def test_an_assertion_that_is_none_is_refused(shared, junk):
    assert granted(shared, JWT_BEARER, assertion=junk) == (400, "invalid_grant", "Invalid JWT.")


@pytest.mark.parametrize(
    ("grant", "error"), [("", "invalid_request"), ("password", "unsupported_grant_type")], ids=["none", "unknown"]
)
def test_a_grant_that_is_not_spoken_is_refused(shared, grant, error):
    assert granted(shared, grant)[:2] == (400, error)


def test_a_key_that_was_replaced_and_a_key_of_another_account_are_refused(shared):
    old = shared.control("accounts", {"kind": "service_account", "name": "replaced"})["key"]
    new = shared.control(f"accounts/{old['client_email']}/keys", {})["key"]
    mixed = {**new, "private_key": old["private_key"]}

    wrong = (400, "invalid_grant", "Invalid JWT Signature.")
    assert granted(shared, JWT_BEARER, assertion=assertion(old)) == wrong
    assert granted(shared, JWT_BEARER, assertion=assertion(mixed)) == wrong
    assert granted(shared, JWT_BEARER, assertion=assertion(new))[0] == 200


def test_a_client_whose_clock_is_not_googles_is_refused(place):
    """Usually the sandbox's clock is set for the story alone; a setting makes it that of the token endpoint too."""
    key = place.control("accounts", {"kind": "service_account"})["key"]
    place.control("clock", {"now": "2030-01-01T00:00:00Z"})

    credentials(key, SHEETS).refresh(Request())
    place.control("settings", {"logins_follow_clock": True})
    with pytest.raises(RefreshError, match="reasonable timeframe"):
        credentials(key, SHEETS).refresh(Request())


def test_a_deleted_account_loses_its_tokens_and_gets_no_more(shared):
    key = shared.control("accounts", {"kind": "service_account", "name": "deleted"})["key"]
    known = credentials(key, SHEETS)
    known.refresh(Request())
    shared.control(f"accounts/{key['client_email']}", method="DELETE")

    assert asked_with(shared, known.token, "GET", BOOK).status_code == 401
    with pytest.raises(RefreshError, match="account not found"):
        known.refresh(Request())


def test_a_deleted_person_is_nobody_any_more_and_may_come_back(shared, robot):
    known = a_user(shared, "fay@example.org", SHEETS)
    known.refresh(Request())
    shared.control("accounts/fay@example.org", method="DELETE")

    assert asked_with(shared, known.token, "GET", BOOK).status_code == 401
    with pytest.raises(RefreshError, match="Account has been deleted"):
        known.refresh(Request())
    with pytest.raises(RefreshError, match="Invalid email or User ID"):
        credentials(robot["key"], SHEETS, subject="fay@example.org").refresh(Request())
    a_user(shared, "fay@example.org", SHEETS).refresh(Request())
    credentials(robot["key"], SHEETS, subject="Fay@Example.org").refresh(Request())


def test_a_fault_at_the_token_endpoint_has_the_endpoints_shape(place):
    known = a_user(place, "gil@example.org", SHEETS)
    place.control("faults", {"path": "^/token", "effect": "status", "status": 400, "reason": "invalid_grant"})

    with pytest.raises(RefreshError) as refused:
        known.refresh(Request())
    assert refused.value.args[1]["error"] == "invalid_grant"
    known.refresh(Request())


def test_delegation_is_withdrawn_for_the_scopes_that_are_no_longer_granted(shared, owner):
    made = shared.control("accounts", {"kind": "service_account", "name": "delegate", "delegation": [SHEETS, SEND]})
    known = credentials(made["key"], SHEETS, SEND, subject=owner)
    known.refresh(Request())
    shared.control(f"accounts/{made['account']['address']}", {"delegation": [SHEETS]}, method="PATCH")

    with pytest.raises(RefreshError, match="unauthorized_client"):
        known.refresh(Request())
    credentials(made["key"], SHEETS, subject=owner).refresh(Request())


@pytest.mark.parametrize(
    ("changes", "status", "error", "description"),
    [
        ({"client_id": "nobody"}, 401, "invalid_client", "The OAuth client was not found."),
        ({"client_secret": "wrong"}, 401, "invalid_client", "Unauthorized"),
        ({"refresh_token": "wrong"}, 400, "invalid_grant", "Token has been expired or revoked."),
        ({"scope": f"{SHEETS} {MAIL}"}, 400, "invalid_scope", "Bad Request"),
    ],
    ids=["client", "secret", "token", "scope"],
)
def test_a_refresh_that_google_would_refuse_is_refused_in_its_words(shared, changes, status, error, description):
    address = f"{error}-{status}-{len(description)}@example.org"
    key = shared.control("accounts", {"kind": "user", "address": address, "scopes": [SHEETS]})["key"]
    form = {name: key[name] for name in ("client_id", "client_secret", "refresh_token")}

    assert granted(shared, "refresh_token", **(form | changes)) == (status, error, description)


def test_a_refresh_token_that_the_user_revoked_is_dead_and_so_is_what_came_of_it(shared):
    known = a_user(shared, "bea@example.org", SHEETS)
    known.refresh(Request())
    assert shared.ask("POST", "/revoke", data={"token": known.refresh_token}).status_code == 200

    assert asked_with(shared, known.token, "GET", BOOK).status_code == 401
    with pytest.raises(RefreshError, match=r"invalid_grant: Token has been expired or revoked\."):
        known.refresh(Request())


# -------------------------------------------------------------------------------- the real clients log in
def test_a_delegated_service_account_sends_mail_and_invites_as_the_owner(shared, robot, owner, raw_mail):
    session = AuthorizedSession(credentials(robot["key"], MAIL, CALENDAR, subject=owner))
    sent = session.post(f"{shared.base_url}{MESSAGES}/send", json={"raw": raw_mail(subject="Delegated")})
    made = session.post(f"{shared.base_url}{EVENTS}?sendUpdates=all", json=WHEN | GUEST)

    assert (sent.status_code, made.status_code) == (200, 200)
    assert made.json()["organizer"]["email"] == owner
    assert shared.control("mailbox")[-1]["subject"] == "Delegated"


def test_the_real_session_refreshes_itself_after_a_401(place):
    key = place.control("accounts", {"kind": "service_account"})["key"]
    users = a_user(place, "carla@example.org", SHEETS)
    for known in (credentials(key, SHEETS), users):
        session = AuthorizedSession(known)
        assert session.get(place.base_url + BOOK).status_code == 200
        place.control("tokens", method="DELETE")
        place.control("requests", method="DELETE")
        assert session.get(place.base_url + BOOK).status_code == 200
        log = place.control("requests")["log"]
        assert [(one["name"], one["status"]) for one in log] == [
            ("spreadsheets.get", 401),
            ("token", 200),
            ("spreadsheets.get", 200),
        ]


def test_a_user_may_take_fewer_scopes_than_were_granted(shared):
    known = a_user(shared, "dana@example.org", SHEETS, CALENDAR)
    key = {name: getattr(known, name) for name in ("client_id", "client_secret", "refresh_token")}
    answer = requests.post(
        f"{shared.base_url}/token", data={"grant_type": "refresh_token", "scope": SHEETS, **key}, timeout=10
    ).json()

    assert (answer["token_type"], answer["expires_in"], answer["scope"]) == ("Bearer", 3599, SHEETS)
    assert asked_with(shared, answer["access_token"], "GET", EVENTS).status_code == 403


def test_another_persons_mailbox_and_calendar_are_not_quietly_the_owners(shared, owner, raw_mail):
    shared.ask("POST", f"{MESSAGES}/send", json={"raw": raw_mail()})
    token = a_token(shared, *EVERYTHING, address="eva@example.org")

    assert "messages" not in asked_with(shared, token, "GET", MESSAGES).json()
    assert asked_with(shared, token, "GET", f"/gmail/v1/users/{owner}/messages").status_code == 403
    assert asked_with(shared, token, "GET", EVENTS).status_code == 501
    assert asked_with(shared, token, "GET", EVENTS.replace("primary", owner)).status_code == 200
    assert asked_with(shared, token, "GET", BOOK).status_code == 200


def test_the_pipeline_logs_in_with_a_delegated_key_of_the_sandbox(shared, owner, raw_mail, tmp_path):
    wanted = {"kind": "service_account", "name": "flows-at-work", "delegation": scopes(Settings(_env_file=None))}
    path = tmp_path / "key.json"
    path.write_text(json.dumps(shared.control("accounts", wanted)["key"]), encoding="utf-8")
    settings = Settings(_env_file=None, google_service_account_file=path, google_delegated_user=owner)

    with GoogleSession(log_in(settings), timeout=10, sandbox_url=shared.base_url) as session:
        gmail = google_service(session, "gmail", "v1").users()
        draft = ask(gmail.drafts().create(userId="me", body={"message": {"raw": raw_mail()}}), "keeping a draft")
        book = gspread.Client(auth=session.credentials, session=session).open_by_key("sandbox-register")
        events = ask(google_service(session, "calendar", "v3").events().list(calendarId="primary"), "looking")

    assert draft["message"]["labelIds"] == ["DRAFT"]
    assert book.worksheets()
    assert events["kind"] == "calendar#events"


# -------------------------------------------------------------------------------- what is kept
def test_accounts_survive_a_restart_and_no_private_key_is_kept(starter, place_at):
    with starter.running() as facts, place_at(facts).session:
        place = place_at(facts)
        key = place.control("accounts", {"kind": "service_account"})["key"]
        kept = place.control("accounts")
    with starter.running() as facts:
        again = place_at(facts)
        credentials({**key, "token_uri": f"{again.base_url}/token"}, SHEETS).refresh(Request())
        assert again.control("accounts") == kept
    bodies = sqlite3.connect(starter.data / "sandbox.sqlite").execute("SELECT body FROM documents").fetchall()
    assert not [body for (body,) in bodies if "PRIVATE" in body]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "accounts", {}, 400),
        ("POST", "accounts", {"kind": "service_account", "name": "A!"}, 400),
        ("POST", "accounts", {"kind": "service_account", "delegation": "all"}, 400),
        ("POST", "accounts", {"kind": "user", "address": "nobody"}, 400),
        ("PATCH", "accounts/nobody@example.org", {"delegation": []}, 404),
        ("DELETE", "accounts/nobody@example.org", None, 404),
        ("DELETE", "tokens/none", None, 404),
        ("POST", "tokens", {"kind": "king"}, 400),
    ],
)
def test_the_control_path_says_what_is_wrong(shared, method, path, body, status):
    answer = shared.ask(method, f"/control/{path}", json=body)

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, status)


def test_two_accounts_of_one_name_are_refused(shared):
    wanted = {"kind": "service_account", "name": "the-same"}

    assert [shared.ask("POST", "/control/accounts", json=wanted).status_code for _ in range(2)] == [200, 409]


def test_the_token_that_every_sandbox_knows_never_ends(place):
    place.control("tokens", method="DELETE")
    place.control("clock", {"now": "2035-01-01T00:00:00Z"})

    assert place.ask("GET", BOOK).status_code == 200
