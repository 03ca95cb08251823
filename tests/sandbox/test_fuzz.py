"""Whatever a clumsy client sends, to every method that is spoken: an answer or a refusal, never a failure."""

import pytest

from tasks.sandbox.google_paths import OPERATIONS
from tests.sandbox.conftest import Starter, place_of
from tests.sandbox.fuzzing import VERSIONS, Fuzz

ROUNDS = {"sheets": 12, "drive": 4, "calendar": 4, "gmail": 3, "forms": 12, "meet": 6}
EMPTYING = {"files.delete", "files.emptyTrash", "calendars.delete", "calendars.clear"}
FAILED = {500, 502, 503, 504}
WHEN = {"start": {"date": "2024-02-16"}, "end": {"date": "2024-02-17"}, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}


@pytest.fixture(scope="module", params=[True, False], ids=["strict", "loose"])
def filled(request, tmp_path_factory, raw_mail):
    """A sandbox that holds something of every kind, and the ids by which paths and bodies may name it."""
    with Starter(tmp_path_factory.mktemp("fuzz")).running(samples=True, strict=request.param) as facts:
        place = place_of(facts)
        with place.session:
            yield place, known_ids(place, raw_mail())


def known_ids(place, raw):
    def made(path, body=None):
        answer = place.ask("GET" if body is None else "POST", path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    sent = made("/gmail/v1/users/me/messages/send", {"raw": raw})
    draft = made("/gmail/v1/users/me/drafts", {"message": {"raw": raw}})["id"]
    event = made("/calendar/v3/calendars/primary/events", WHEN)["id"]
    file = made("/drive/v3/files", {"name": "x"})["id"]
    grant = {"role": "reader", "type": "user", "emailAddress": "b@example.org"}
    place.control("recordings", {"meeting_code": "abc-defg-hij", "started": place.control("clock")["now"]})
    meeting = made("/v2/conferenceRecords")["conferenceRecords"][0]
    return {
        "spreadsheetId": ["sandbox-register"],
        "range": ["Submissions!A1:C3", "Z1"],
        "sheetId": ["0"],
        "metadataId": ["1"],
        "fileId": ["sandbox-register", "sandbox-form-en", file],
        "permissionId": [made(f"/drive/v3/files/{file}/permissions?sendNotificationEmail=false", grant)["id"]],
        "commentId": [made(f"/drive/v3/files/{file}/comments?fields=id", {"content": "x"})["id"]],
        "calendarId": ["primary"],
        "eventId": [event],
        "ruleId": [made("/calendar/v3/calendars/primary/acl")["items"][0]["id"]],
        "setting": ["timezone"],
        "userId": ["me"],
        "id of messages": [sent["id"]],
        "id of threads": [sent["threadId"]],
        "id of drafts": [draft],
        "messageId": [sent["id"]],
        "formId": ["sandbox-form-en"],
        "responseId": [made("/v1/forms/sandbox-form-en/responses")["responses"][0]["responseId"]],
        "name": [meeting["name"], meeting["space"]],
        "parent": [meeting["name"]],
        "text": ["sandbox-register", "sandbox-form-en", "Submissions", file, event, raw, sent["id"], draft],
    }


@pytest.mark.parametrize("api", VERSIONS)
def test_no_request_makes_the_sandbox_fail(filled, api):
    place, ids = filled
    spoken = {one.name for one in OPERATIONS if one.api == api} - EMPTYING
    failed, asked = [], set()
    for seed in range(ROUNDS[api]):
        fuzz = Fuzz(api, seed, ids)
        for method in fuzz.methods:
            if (name := method["id"].partition(".")[2]) in spoken:
                verb, path, query, body = fuzz.request(method)
                answer = place.ask(verb, path, params=query, json=body)
                asked.add(name)
                if answer.status_code in FAILED:
                    failed.append((verb, path, query, body, answer.text))
    assert failed == []
    assert len(asked) >= len(spoken) / 2
