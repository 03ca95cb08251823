"""The rules of Calendar v3 that the pipeline relies on, through google-api-python-client."""

import pytest
from googleapiclient.errors import HttpError

TIMES = {
    "start": {"dateTime": "2024-05-06T14:00:00", "timeZone": "Europe/Paris"},
    "end": {"dateTime": "2024-05-06T15:30:00", "timeZone": "Europe/Paris"},
}
MEET = {"createRequest": {"requestId": "r1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}}


@pytest.fixture
def events(place):
    return place.service("calendar", "v3").events()


def insert(events, event_id="abcde12345", **options):
    body = {"id": event_id, "summary": "A session", **TIMES, **options.pop("body", {})}
    return events.insert(calendarId="primary", body=body, **options).execute(num_retries=0)


def refusal(request):
    with pytest.raises(HttpError) as caught:
        request.execute(num_retries=0)
    return caught.value


def reason(error):
    return error.error_details[0]["reason"]


def test_calendar_fills_in_what_the_client_left_out(events):
    made = insert(events)
    assert (made["status"], made["sequence"], made["iCalUID"]) == ("confirmed", 0, "abcde12345@google.com")
    assert made["organizer"] == {"email": "colab@colab.example.org", "self": True}
    assert made["start"] == {"dateTime": "2024-05-06T08:00:00-04:00", "timeZone": "Europe/Paris"}
    assert events.get(calendarId="primary", eventId="abcde12345").execute() == made


@pytest.mark.parametrize("bad", ["abcd", "ABCDE", "wxyz1", "abc-de", "a" * 1025])
def test_an_id_of_other_characters_is_refused(events, bad):
    error = refusal(events.insert(calendarId="primary", body={"id": bad, **TIMES}))
    assert (error.status_code, error.reason) == (400, "Invalid resource id value.")


def test_an_id_is_used_once_even_after_deletion(events):
    insert(events)
    again = events.insert(calendarId="primary", body={"id": "abcde12345", **TIMES})
    error = refusal(again)
    assert (error.status_code, reason(error)) == (409, "duplicate")
    one = {"calendarId": "primary", "eventId": "abcde12345"}
    events.delete(**one).execute()
    assert refusal(again).status_code == 409
    assert events.get(**one).execute()["status"] == "cancelled"
    assert (refusal(events.delete(**one)).status_code, reason(refusal(events.delete(**one)))) == (410, "deleted")


def test_a_collision_of_ids_may_go_unnoticed_because_google_does_not_promise_to_see_it(place, events):
    insert(events, body={"summary": "The first"})
    place.control("settings", {"event_id_collisions_detected": False})
    assert insert(events, body={"summary": "The second"})["summary"] == "The second"
    assert [one["summary"] for one in events.list(calendarId="primary").execute()["items"]] == ["The second"]


def test_an_event_may_not_be_found_right_after_it_was_made(place, events):
    place.control("faults", {"operation": "events.get", "status": 404})
    insert(events)
    one = events.get(calendarId="primary", eventId="abcde12345")
    assert refusal(one).status_code == 404
    assert one.execute()["status"] == "confirmed"


@pytest.mark.parametrize("status", [409, 410, 412])
def test_a_write_may_be_refused_for_what_somebody_else_did(place, events, status):
    place.control("faults", {"operation": "events.patch", "status": status})
    insert(events)
    change = events.patch(calendarId="primary", eventId="abcde12345", body={"summary": "New"})
    assert refusal(change).status_code == status
    assert change.execute()["summary"] == "New"


def test_an_unknown_event_or_calendar_is_not_found(events):
    assert refusal(events.get(calendarId="primary", eventId="nothing00")).status_code == 404
    assert refusal(events.list(calendarId="somebody@example.org")).status_code == 404


def test_an_event_needs_its_times(events):
    assert reason(refusal(events.insert(calendarId="primary", body={"summary": "x"}))) == "required"
    backwards = {"start": TIMES["end"], "end": TIMES["start"]}
    assert refusal(events.insert(calendarId="primary", body=backwards)).status_code == 400


def test_every_change_has_a_new_etag_and_an_old_one_is_refused(events):
    made = insert(events, body={"attendees": [{"email": "a@example.org"}]})
    one = {"calendarId": "primary", "eventId": made["id"]}
    moved = {"start": {"dateTime": "2024-05-06T13:00:00", "timeZone": "Europe/Paris"}}
    changed = events.patch(**one, body={"summary": "New", **moved}).execute()
    assert changed["etag"] != made["etag"]
    assert (changed["sequence"], changed["attendees"][0]["responseStatus"]) == (1, "needsAction")
    stale = events.patch(**one, body={"summary": "Lost"})
    stale.headers["If-Match"] = made["etag"]
    assert refusal(stale).status_code == 412
    fresh = events.patch(**one, body={"attendees": [{"email": "b@example.org"}]})
    fresh.headers["If-Match"] = changed["etag"]
    assert [guest["email"] for guest in fresh.execute()["attendees"]] == ["b@example.org"]


def test_update_replaces_and_patch_merges(events):
    private = {"extendedProperties": {"private": {"a": "1", "b": "2"}}}
    made = insert(events, body={"description": "text", **private})
    one = {"calendarId": "primary", "eventId": made["id"]}
    patch = {"description": None, "extendedProperties": {"private": {"b": "3"}}}
    patched = events.patch(**one, body=patch).execute()
    assert "description" not in patched
    assert patched["extendedProperties"]["private"] == {"a": "1", "b": "3"}
    replaced = events.update(**one, body={"summary": "Only this", **TIMES}).execute()
    assert "extendedProperties" not in replaced
    assert replaced["iCalUID"] == made["iCalUID"]


def test_a_conference_is_made_only_when_the_client_says_it_knows_them(events):
    ignored = insert(events, body={"conferenceData": MEET})
    assert "conferenceData" not in ignored
    made = insert(events, "abcde67890", body={"conferenceData": MEET}, conferenceDataVersion=1)
    data = made["conferenceData"]
    assert data["createRequest"]["status"]["statusCode"] == "success"
    assert made["hangoutLink"] == f"https://meet.google.com/{data['conferenceId']}"
    assert data["entryPoints"][0]["uri"] == made["hangoutLink"]
    one = {"calendarId": "primary", "eventId": "abcde67890", "conferenceDataVersion": 1}
    again = events.patch(**one, body={"conferenceData": MEET}).execute()
    assert again["hangoutLink"] == made["hangoutLink"]
    assert events.patch(**one, body={"summary": "x"}).execute()["hangoutLink"] == made["hangoutLink"]
    assert "hangoutLink" not in events.patch(**one, body={"conferenceData": None}).execute()


def test_a_conference_may_be_pending_for_some_reads(place, events):
    place.control("settings", {"conference_pending_reads": 2})
    made = insert(events, body={"conferenceData": MEET}, conferenceDataVersion=1)
    codes = [made["conferenceData"]["createRequest"]["status"]["statusCode"]]
    for _ in range(3):
        event = events.get(calendarId="primary", eventId=made["id"]).execute()
        codes.append(event["conferenceData"]["createRequest"]["status"]["statusCode"])
    assert codes == ["pending", "pending", "pending", "success"]
    assert event["hangoutLink"].startswith("https://meet.google.com/")
    assert "hangoutLink" not in made


def test_lists_are_filtered_sorted_and_paged(events):
    for day in range(1, 6):
        times = {side: {"dateTime": f"2024-06-0{day}T1{at}:00:00Z"} for at, side in enumerate(("start", "end"))}
        private = {"extendedProperties": {"private": {"key": f"k{day}"}}}
        insert(events, f"event{day}", body={**times, **private})
    events.delete(calendarId="primary", eventId="event5").execute()

    def ids(**options):
        return [event["id"] for event in events.list(calendarId="primary", **options).execute()["items"]]

    assert ids(timeMin="2024-06-02T11:00:00Z", timeMax="2024-06-04T10:00:00Z") == ["event3"]
    assert ids(privateExtendedProperty="key=k4") == ["event4"]
    assert ids(iCalUID="event2@google.com") == ["event2"]
    assert ids(showDeleted=True, singleEvents=True, orderBy="startTime") == [f"event{day}" for day in range(1, 6)]
    first = events.list(calendarId="primary", maxResults=3).execute()
    second = events.list(calendarId="primary", maxResults=3, pageToken=first["nextPageToken"]).execute()
    assert [len(page["items"]) for page in (first, second)] == [3, 1]
    assert "nextPageToken" not in second
    assert refusal(events.list(calendarId="primary", orderBy="startTime")).status_code == 400


def test_the_mails_that_calendar_would_have_sent_are_noted(place, events):
    guests = {"attendees": [{"email": "a@example.org"}]}
    insert(events, body=guests)
    insert(events, "abcde67890", body=guests, sendUpdates="all")
    events.delete(calendarId="primary", eventId="abcde67890", sendUpdates="all").execute()
    noted = [(one["action"], one["event"], one["to"]) for one in place.control("notifications")]
    assert noted == [("insert", "abcde67890", ["a@example.org"]), ("cancel", "abcde67890", ["a@example.org"])]


def test_the_calendar_tells_its_zone(place):
    service = place.service("calendar", "v3")
    assert service.calendars().get(calendarId="primary").execute()["timeZone"] == "America/New_York"
    assert service.calendarList().list().execute()["items"][0]["primary"] is True
