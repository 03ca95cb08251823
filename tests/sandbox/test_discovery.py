"""What Google's discovery documents say is kept: by real answers of Google, by ours, and by what clients send."""

import json
import re
from collections import Counter
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import gspread
import pytest
from jsonschema_rs import Draft202012Validator

from tasks.sandbox.discovery.checks import check_answer, check_request, validator
from tasks.sandbox.discovery.contract import Contract
from tasks.sandbox.discovery.conversion import definitions
from tasks.sandbox.discovery.documents import FILES, documents, method_of
from tasks.sandbox.failures import GoogleError
from tasks.sandbox.google_paths import OPERATIONS, api_of
from tasks.sandbox.wire import Answer, Call, tidy

RECORDINGS = Path(__file__).parent / "replay" / "recordings"
CATCH, EACH = 0.99, 12
HOLE = re.compile(r"\(\?P<\w+>[^()]*\)")
BOOK = "/v4/spreadsheets/sandbox-register"
RANGE = f"{BOOK}/values/Sessions!A2"
EVENTS = "/calendar/v3/calendars/primary/events"


def recorded():
    """Every exchange with Google: who recorded it, what was asked, what came back."""
    for path in sorted(RECORDINGS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.stem, json.loads(line)


def call_of(contract, exchange):
    """A recorded request as the sandbox would see it."""
    address = urlsplit(exchange["uri"])
    query = parse_qs(address.query, keep_blank_values=True)
    body = (exchange["body"] or "").encode()
    world = SimpleNamespace(contract=contract)
    headers = {"content-type": "application/json"} if body else {}
    return Call(world, exchange["method"], "http://127.0.0.1", query, headers, body, path=tidy(address.path))


def judged(exchange, text):
    """What strict mode says of an answer."""
    contract = Contract(strict=True)
    call = call_of(contract, exchange)
    api = api_of(call.path)
    try:
        check_answer(call, api, method_of(api, call.method, call.path), Answer(text.encode()))
    except GoogleError:
        assert contract.violations
        return False
    return True


JSON_ANSWERS = [
    (name, one)
    for name, one in recorded()
    if one["status"] == 200 and (one["content_type"] or "").startswith("application/json")
]


def mutations(value, change):
    """The value once for each of its fields, that field changed."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield change(value, name)
            yield from ({**value, name: one} for one in mutations(inner, change))
    if isinstance(value, list):
        for place, inner in enumerate(value):
            yield from ([*value[:place], one, *value[place + 1 :]] for one in mutations(inner, change))


def renamed(value, name):
    return {f"{one}X" if one == name else one: inner for one, inner in value.items()}


def retyped(value, name):
    """A field with a value of another type."""
    wrong = {"wrong": True} if not isinstance(value[name], dict) else "wrong"
    return {**value, name: wrong}


# -------------------------------------------------------------------------------- real answers are no false alarm
def test_every_recorded_answer_of_google_is_valid_in_strict_mode():
    wrong = [(name, one["method"], one["uri"]) for name, one in JSON_ANSWERS if not judged(one, one["response"])]

    assert len(JSON_ANSWERS) > 1800
    assert wrong == []


@pytest.mark.parametrize("change", [renamed, retyped])
def test_a_field_of_a_real_answer_that_is_renamed_or_of_another_type_is_caught(change):
    caught = Counter()
    seen = set()
    for _, one in JSON_ANSWERS[::4]:
        for mutant in islice(mutations(json.loads(one["response"]), change), EACH):
            text = json.dumps(mutant)
            if (key := text[:300]) not in seen:
                seen.add(key)
                caught[not judged(one, text)] += 1

    assert caught.total() > 1000
    assert caught[True] / caught.total() >= CATCH, caught


# -------------------------------------------------------------------------------- requests, in Google's words
def message_of(answer):
    return answer.status_code, answer.json()["error"]["message"]


def unknown(name, at="", why="Cannot find field."):
    return f'Invalid JSON payload received. Unknown name "{name}"{at and f" at {at!r}"}: {why}'


TYPE = "type.googleapis.com/google.apps.sheets.v4"
REPEAT = {"repeatCell": {"cell": {"userEnteredFormat": {"bold": True}}}}


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        (f"{BOOK}:batchUpdate", {"reqests": []}, unknown("reqests")),
        (f"{BOOK}:batchUpdate", {"requests": [{"DeleteRange": {}}]}, unknown("DeleteRange", "requests[0]")),
        (
            f"{BOOK}:batchUpdate",
            {"requests": [{"addSheet": {}}, REPEAT]},
            unknown("bold", "requests[1].repeat_cell.cell.user_entered_format"),
        ),
        (f"{RANGE}:append?valueInputOption=RAW", {"valueInputOption": "RAW"}, unknown("valueInputOption", "data")),
        (
            f"{BOOK}:batchUpdate",
            {"requests": [{"addSheet": {"properties": "x"}}]},
            f"Invalid value at 'requests[0].add_sheet.properties' ({TYPE}.SheetProperties), \"x\"",
        ),
        (
            f"{BOOK}:batchUpdate",
            {"requests": [{"addSheet": {"properties": {"index": "one"}}}]},
            "Invalid value at 'requests[0].add_sheet.properties.index' (TYPE_INT32), \"one\"",
        ),
        (
            f"{BOOK}:batchUpdate",
            {"requests": [{"addSheet": [1]}]},
            unknown("addSheet", "requests[0]", "Proto field is not repeating, cannot start list."),
        ),
        (
            f"{BOOK}:batchUpdate",
            {"requests": [{"addSheet": {"properties": {"title": {}}}}]},
            unknown("title", "requests[0].add_sheet.properties", "Starting an object on a scalar field."),
        ),
        (
            f"{BOOK}:batchUpdate",
            {"requests": [{"addSheet": {"properties": {"sheetType": "CIRCLE"}}}]},
            f"Invalid value at 'requests[0].add_sheet.properties.sheet_type' ({TYPE}.SheetType), \"CIRCLE\"",
        ),
        ("/gmail/v1/users/me/messages/send", {"Raw": "x"}, unknown("Raw", "message")),
        ("/gmail/v1/users/me/drafts", {"message": {"Raw": "x"}}, unknown("Raw", "draft.message")),
        ("/v2/spaces", {"konfig": {}}, unknown("konfig", "space")),
        ("/v1/forms", {"titel": "x"}, unknown("titel", "form")),
    ],
)
def test_a_body_that_does_not_fit_its_message_is_refused_as_google_words_it(shared, path, body, message):
    answer = shared.ask("POST", path, json=body)

    assert message_of(answer) == (400, message)
    (detail,) = answer.json()["error"]["details"]
    assert detail["@type"] == "type.googleapis.com/google.rpc.BadRequest"
    assert [one["description"] for one in detail["fieldViolations"]] == [message]


def test_a_recorded_refusal_comes_out_word_for_word(shared):
    ((_, real),) = [(name, one) for name, one in recorded() if one["status"] == 400 and '"X"' in one["body"]]
    answer = shared.ask("PUT", f"{RANGE}?valueInputOption=RAW", data=real["body"])

    assert (answer.status_code, answer.json()) == (400, json.loads(real["response"]))


def test_every_breach_is_named_at_once(shared):
    body = {"requests": [{"addSheet": {"colour": 1, "color": 2}}], "also": 1}
    answer = shared.ask("POST", f"{BOOK}:batchUpdate?colour=red", json=body)
    (detail,) = answer.json()["error"]["details"]

    assert len(detail["fieldViolations"]) == 4
    assert answer.json()["error"]["message"].count("\n") == 3


@pytest.mark.parametrize("path", [BOOK, RANGE, "/gmail/v1/users/me/messages", "/v2/conferenceRecords"])
def test_a_parameter_that_is_not_declared_is_refused(shared, path):
    answer = shared.ask("GET", path, params={"colour": "red"})

    why = "Cannot bind query parameter. Field 'colour' could not be found in request message."
    assert message_of(answer) == (400, f'Invalid JSON payload received. Unknown name "colour": {why}')


def test_the_real_clients_show_the_refusal(shared):
    book = shared.book()
    with pytest.raises(gspread.exceptions.APIError, match=r'Unknown name "nonsense" at \'requests\[0\]\''):
        book.batch_update({"requests": [{"nonsense": {}}]})
    with pytest.raises(gspread.exceptions.APIError, match="Cannot bind query parameter"):
        book.values_get("Sessions!A1", params={"colour": "red"})


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("PUT", f"{RANGE}?valueInputOption=RAW", {"json": {"values": [["x", None]], "majorDimension": None}}),
        ("GET", "/drive/v3/files/sandbox-register?includeItemsFromAllDrives=True", {}),
        ("GET", f"{BOOK}?alt=json&prettyPrint=false&key=k&quotaUser=u&fields=spreadsheetId&$.xgafv=2", {}),
        ("POST", EVENTS, {"json": {"start": {"date": "2024-05-01"}, "end": {"date": "2024-05-02"}, "location": None}}),
        (
            "POST",
            EVENTS,
            {
                "json": {
                    "start": {"dateTime": "2024-05-01T10:00:00", "timeZone": "Europe/Madrid"},
                    "end": {"dateTime": "2024-05-01T11:00:00", "timeZone": "Europe/Madrid"},
                }
            },
        ),
    ],
    ids=["null is unset", "tolerated parameter", "parameters of every method", "null in calendar", "local time"],
)
def test_what_google_takes_beyond_its_documents_is_taken(shared, method, path, options):
    assert shared.ask(method, path, **options).status_code == 200


# -------------------------------------------------------------------------------- strict, and not
LENIENT = [
    ("POST", EVENTS, {"start": {"date": "2024-05-01"}, "end": {"date": "2024-05-02"}, "colour": "red"}),
    ("GET", f"{EVENTS}?colour=red", None),
    ("GET", f"{EVENTS}?orderBy=size", None),
    ("GET", f"{EVENTS}?maxResults=many", None),
    ("GET", "/drive/v3/files?corpora=user&colour=red", None),
]


@pytest.mark.parametrize(("method", "path", "body"), LENIENT)
def test_strict_mode_holds_calendar_and_drive_to_their_documents_too(shared, method, path, body):
    answer = shared.ask(method, path, json=body)

    assert answer.status_code == 400
    assert answer.json()["error"]["errors"][0]["reason"] == "badRequest"


def test_a_parameter_that_must_be_there_is_missed(shared):
    answer = shared.ask("GET", "/drive/v3/files/sandbox-register/export")

    assert message_of(answer) == (400, "Required parameter: mimeType")


def test_without_strict_mode_calendar_and_drive_take_what_they_do_not_know_and_sheets_does_not(starter, place_at):
    with starter.running(samples=True, strict=False) as facts, place_at(facts).session:
        place = place_at(facts)
        codes = [place.ask(method, path, json=body).status_code for method, path, body in (LENIENT[0], LENIENT[1])]
        assert codes == [200, 200]
        assert place.ask("POST", f"{BOOK}:batchUpdate", json={"reqests": []}).status_code == 400
        assert place.control("violations") == {"strict": False, "violations": []}


def test_an_answer_that_google_could_not_give_is_a_500_that_says_where_and_is_kept(starter, place_at):
    """An event with a field that Calendar does not have is kept while nobody looks, and then read in strict mode."""
    method, path, body = LENIENT[0]
    with starter.running(strict=False) as facts, place_at(facts).session:
        event = place_at(facts).ask(method, path, json=body).json()
        assert event["colour"] == "red"
    with starter.running() as facts, place_at(facts).session:
        place = place_at(facts)
        one, many = place.ask("GET", f"{EVENTS}/{event['id']}"), place.ask("GET", EVENTS)
        kept = place.control("violations")["violations"]

        assert [one.status_code, many.status_code] == [500, 500]
        assert "The sandbox answered what calendar cannot: $: " in one.json()["error"]["message"]
        assert "$.items[0]: " in many.json()["error"]["message"]
        assert [(line["side"], line["name"]) for line in kept] == [
            ("answer", "calendar.events.get"),
            ("answer", "calendar.events.list"),
        ]
        assert place.control("violations", method="DELETE")["violations"] == []


def test_a_refused_request_is_kept_with_its_breaches(place):
    place.ask("POST", f"{BOOK}:batchUpdate", json={"reqests": []})
    (line,) = place.control("violations")["violations"]

    assert (line["side"], line["name"], line["problems"]) == (
        "request",
        "sheets.spreadsheets.batchUpdate",
        [unknown("reqests")],
    )


# -------------------------------------------------------------------------------- the documents
def a_path(operation):
    """A path that the operation's pattern takes."""
    text = HOLE.sub("x", operation.pattern.pattern)
    return text.replace("\\", "")


SPOKEN = [one for one in OPERATIONS if one.api in FILES and not one.pattern.pattern.startswith("/upload/")]


@pytest.mark.parametrize("operation", SPOKEN, ids=lambda one: f"{one.method} {one.api}.{one.name}")
def test_what_the_sandbox_speaks_stands_in_a_document_under_the_same_name(operation):
    found = method_of(operation.api, operation.method, a_path(operation))

    assert found is not None, a_path(operation)
    assert found.id == operation.name


@pytest.mark.parametrize(
    ("api", "verb", "path", "name"),
    [
        ("sheets", "POST", "/v4/spreadsheets/x:batchUpdate", "spreadsheets.batchUpdate"),
        ("sheets", "GET", "/v4/spreadsheets/x/values/A%3A1%2FB:c", "spreadsheets.values.get"),
        ("sheets", "POST", "/v4/spreadsheets/x/values/A1:append", "spreadsheets.values.append"),
        ("gmail", "POST", "/upload/gmail/v1/users/me/messages/send", "users.messages.send"),
        ("gmail", "POST", "/resumable/upload/gmail/v1/users/me/drafts", "users.drafts.create"),
        ("drive", "PUT", "/upload/drive/v2/files/x", "files.update"),
        ("meet", "GET", "/v2/conferenceRecords/x/recordings/y", "conferenceRecords.recordings.get"),
        ("meet", "GET", "/v2/spaces/abc-defg-hij", "spaces.get"),
    ],
)
def test_a_path_finds_its_method(api, verb, path, name):
    assert method_of(api, verb, path).id == name


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("api", FILES)
def test_every_method_has_scopes_and_every_schema_converts(api, sent):
    for document in documents(api):
        methods = [one for methods in document.methods.values() for one in methods]
        every = [{"$ref": f"#/$defs/{name}"} for name in document.schemas]
        Draft202012Validator({**definitions(document.schemas, sent=sent), "anyOf": every})

        assert all(one.scopes for one in methods)
        assert {one.request for one in methods} | {one.response for one in methods} <= {*document.schemas, ""}


NOTHING = {"method": "POST", "uri": "http://127.0.0.1/"}
WRONG = ({"nobody knows": 1}, [{"nobody knows": 1}], [[]], [1], "\n", 1)


@pytest.mark.parametrize("api", FILES)
def test_whatever_is_wrong_wherever_it_is_refused_in_words(api):
    for document in documents(api):
        for method in (one for methods in document.methods.values() for one in methods if one.request):
            for body in wrong_bodies(document, method.request):
                call = call_of(Contract(strict=True), {**NOTHING, "body": json.dumps(body)})
                with pytest.raises(GoogleError, match=r"Unknown name|Invalid value at") as refused:
                    check_request(call, method)
                assert refused.value.code == 400


def wrong_bodies(document, name):
    """Every field of a schema with each value that it cannot have."""
    check = validator(document, name, sent=True)
    bodies = ({field: value} for field in document.schemas[name]["properties"] for value in WRONG)
    return [body for body in bodies if not check.is_valid(body)]
