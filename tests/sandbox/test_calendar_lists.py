"""Calendars, series, what is new, who is busy: the parts of Calendar v3 around single events."""

import pytest
from googleapiclient.errors import HttpError

PARIS = {
    "start": {"dateTime": "2024-03-18T14:00:00", "timeZone": "Europe/Paris"},
    "end": {"dateTime": "2024-03-18T15:30:00", "timeZone": "Europe/Paris"},
}
WEEKLY = ["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/Paris:20240401T140000"]


@pytest.fixture
def service(place):
    return place.service("calendar", "v3")


@pytest.fixture
def events(service):
    return service.events()


def insert(events, event_id="abcde12345", calendar="primary", **body):
    return events.insert(calendarId=calendar, body={"id": event_id, "summary": "A session", **PARIS, **body}).execute()


def refusal(request):
    with pytest.raises(HttpError) as caught:
        request.execute(num_retries=0)
    return caught.value.status_code, caught.value.error_details[0]["reason"]


def listed(events, **options):
    return events.list(calendarId="primary", **options).execute()


def ids(events, **options):
    return [event["id"] for event in listed(events, **options)["items"]]


# ------------------------------------------------------------------------------------------------ what is new
@pytest.mark.parametrize(
    "more",
    [
        {"q": "x"},
        {"orderBy": "updated"},
        {"iCalUID": "x"},
        {"timeMin": "2024-01-01T00:00:00Z"},
        {"timeMax": "2024-01-01T00:00:00Z"},
        {"updatedMin": "2024-01-01T00:00:00Z"},
        {"privateExtendedProperty": "a=b"},
        {"sharedExtendedProperty": "a=b"},
    ],
)
def test_a_sync_token_goes_with_no_other_question(events, more):
    token = listed(events)["nextSyncToken"]
    assert refusal(events.list(calendarId="primary", syncToken=token, **more)) == (400, "invalid")


def test_a_token_that_is_none_or_too_old_is_refused(place, events):
    token = listed(events)["nextSyncToken"]
    assert refusal(events.list(calendarId="primary", syncToken="x")) == (400, "invalid")
    place.control("clock", {"now": "2024-04-01T00:00:00Z"})
    assert refusal(events.list(calendarId="primary", syncToken=token)) == (410, "fullSyncRequired")


def test_a_token_brings_what_is_new_deletions_too(events):
    insert(events)
    insert(events, "abcde67890")
    token = listed(events)["nextSyncToken"]
    assert listed(events, syncToken=token)["items"] == []
    events.delete(calendarId="primary", eventId="abcde12345").execute()
    insert(events, "abcde99999")
    fresh = listed(events, syncToken=token)
    assert [(event["id"], event["status"]) for event in fresh["items"]] == [
        ("abcde12345", "cancelled"),
        ("abcde99999", "confirmed"),
    ]
    assert listed(events, syncToken=fresh["nextSyncToken"])["items"] == []


def test_only_the_last_page_has_the_sync_token(place, events):
    for number in range(3):
        insert(events, f"event{number}")
    first = listed(events, maxResults=2)
    assert "nextSyncToken" not in first
    assert "nextSyncToken" in listed(events, maxResults=2, pageToken=first["nextPageToken"])
    place.control("settings", {"empty_first_page": True})
    nothing = listed(events)
    assert nothing["items"] == []
    assert len(listed(events, pageToken=nothing["nextPageToken"])["items"]) == 3


# ------------------------------------------------------------------------------------------------ series
@pytest.mark.parametrize("rule", ["RRULE:FREQ=SOMETIMES", "nonsense", "RRULE:"])
def test_a_rule_that_nobody_can_read_is_refused(events, rule):
    body = {**PARIS, "recurrence": [rule]}
    assert refusal(events.insert(calendarId="primary", body=body)) == (400, "invalid")


def test_a_series_keeps_its_hour_over_the_change_of_clocks(events):
    insert(events, recurrence=WEEKLY)
    single = listed(events, singleEvents=True, orderBy="startTime", timeZone="UTC")["items"]
    assert [event["start"]["dateTime"] for event in single] == [
        "2024-03-18T13:00:00Z",
        "2024-03-25T13:00:00Z",
        "2024-04-08T12:00:00Z",
    ]
    assert single[1]["id"] == "abcde12345_20240325T130000Z"
    assert single[1]["recurringEventId"] == "abcde12345"
    assert ids(events) == ["abcde12345"]
    assert ids(events, singleEvents=True, timeMax="2024-03-20T00:00:00Z") == ["abcde12345_20240318T130000Z"]


def test_one_event_of_a_series_can_be_changed_and_cancelled(events):
    insert(events, recurrence=WEEKLY)
    second, third = "abcde12345_20240325T130000Z", "abcde12345_20240408T120000Z"
    events.patch(calendarId="primary", eventId=second, body={"summary": "Another title"}).execute()
    events.delete(calendarId="primary", eventId=third).execute()
    single = listed(events, singleEvents=True, orderBy="startTime")["items"]
    assert [event["summary"] for event in single] == ["A session", "Another title"]
    found = events.instances(calendarId="primary", eventId="abcde12345").execute()["items"]
    assert [event["id"] for event in found] == ["abcde12345_20240318T130000Z", second]
    assert events.get(calendarId="primary", eventId=second).execute()["originalStartTime"]["timeZone"] == "Europe/Paris"


def test_an_event_that_does_not_repeat_has_no_instances(events):
    insert(events)
    assert refusal(events.instances(calendarId="primary", eventId="abcde12345")) == (400, "invalid")
    assert refusal(events.get(calendarId="primary", eventId="abcde12345_20240318T130000Z")) == (404, "notFound")


# ------------------------------------------------------------------------------------------------ single events
def test_an_event_that_has_not_changed_is_not_sent_again(events):
    made = insert(events)
    again = events.get(calendarId="primary", eventId=made["id"])
    again.headers["If-None-Match"] = made["etag"]
    with pytest.raises(HttpError) as caught:
        again.execute()
    assert caught.value.status_code == 304


def test_the_sequence_never_falls(events):
    made = insert(events, sequence=4)
    one = {"calendarId": "primary", "eventId": made["id"]}
    assert refusal(events.patch(**one, body={"sequence": 3})) == (400, "invalid")
    assert events.patch(**one, body={"sequence": 9}).execute()["sequence"] == 9


def test_only_a_client_that_knows_attachments_can_attach(events):
    attachments = [{"fileUrl": "https://drive.google.com/file/d/x/view", "title": "Notes"}]
    made = insert(events, attachments=attachments)
    assert "attachments" not in made
    one = {"calendarId": "primary", "eventId": made["id"], "supportsAttachments": True}
    assert events.patch(**one, body={"attachments": attachments}).execute()["attachments"] == attachments
    assert events.get(calendarId="primary", eventId=made["id"]).execute()["attachments"] == attachments


def test_a_long_list_of_guests_is_cut_to_oneself(events):
    guests = [{"email": f"guest{number}@example.org"} for number in range(3)]
    insert(events, attendees=[{"email": "colab@colab.example.org"}, *guests])
    one = {"calendarId": "primary", "eventId": "abcde12345"}
    cut = events.get(**one, maxAttendees=2).execute()
    assert [guest["email"] for guest in cut["attendees"]] == ["colab@colab.example.org"]
    assert cut["attendeesOmitted"] is True
    assert len(events.get(**one, maxAttendees=4).execute()["attendees"]) == 4


def test_an_imported_event_is_a_private_copy_of_which_nobody_is_told(place, events):
    body = {**PARIS, "iCalUID": "x@example.org", "organizer": {"email": "a@example.org"}}
    body["attendees"] = [{"email": "b@example.org"}]
    made = events.import_(calendarId="primary", body=body).execute()
    assert (made["organizer"]["email"], made["privateCopy"]) == ("a@example.org", True)
    assert events.import_(calendarId="primary", body={**body, "summary": "New"}).execute()["id"] == made["id"]
    assert place.control("notifications") == []


# ------------------------------------------------------------------------------------------------ calendars
def test_calendars_beside_the_own_one_hold_events_of_their_own(service, events):
    other = service.calendars().insert(body={"summary": "CoLab", "timeZone": "Africa/Nairobi"}).execute()["id"]
    assert other.endswith("@group.calendar.google.com")
    insert(events)
    assert insert(events, calendar=other)["start"]["dateTime"] == "2024-03-18T16:00:00+03:00"
    assert len(service.calendarList().list().execute()["items"]) == 2
    moved = service.events().move(calendarId=other, eventId="abcde12345", destination="primary")
    assert refusal(moved) == (409, "duplicate")
    insert(events, "abcde67890", calendar=other)
    service.events().move(calendarId=other, eventId="abcde67890", destination="primary").execute()
    assert ids(events) == ["abcde12345", "abcde67890"]
    service.calendars().delete(calendarId=other).execute()
    assert refusal(events.list(calendarId=other)) == (404, "notFound")
    assert refusal(service.calendars().delete(calendarId="primary")) == (403, "forbidden")


def test_the_own_calendar_can_be_renamed_and_cleared(service, events):
    insert(events)
    changed = service.calendars().patch(calendarId="primary", body={"timeZone": "Asia/Beirut"}).execute()
    assert (changed["timeZone"], changed["id"]) == ("Asia/Beirut", "colab@colab.example.org")
    assert service.settings().get(setting="timezone").execute()["value"] == "Asia/Beirut"
    bad = service.calendars().patch(calendarId="primary", body={"timeZone": "Mars/Base"})
    assert refusal(bad) == (400, "invalid")
    service.calendars().clear(calendarId="primary").execute()
    assert ids(events, showDeleted=True) == []


def test_busy_times_are_joined_and_free_ones_left_out(service, events):
    insert(events)
    later = {side: {"dateTime": f"2024-03-18T1{5 + at}:00:00+01:00"} for at, side in enumerate(("start", "end"))}
    insert(events, "abcde67890", **later)
    insert(events, "abcde99999", transparency="transparent")
    span = {"timeMin": "2024-03-18T00:00:00Z", "timeMax": "2024-03-19T00:00:00Z"}
    body = {**span, "items": [{"id": "primary"}, {"id": "nobody@example.org"}]}
    found = service.freebusy().query(body=body).execute()["calendars"]
    assert found["primary"]["busy"] == [{"start": "2024-03-18T13:00:00.000Z", "end": "2024-03-18T15:00:00.000Z"}]
    assert found["nobody@example.org"]["errors"][0]["reason"] == "notFound"
    assert refusal(service.freebusy().query(body={"items": []})) == (400, "required")


def test_a_calendar_is_shared_and_no_longer_shared(place, service):
    rules = service.acl()
    wrong = rules.insert(
        calendarId="primary", body={"role": "king", "scope": {"type": "user", "value": "a@example.org"}}
    )
    assert refusal(wrong) == (400, "invalid")
    body = {"role": "reader", "scope": {"type": "user", "value": "a@example.org"}}
    rule = rules.insert(calendarId="primary", body=body).execute()
    assert [one["role"] for one in rules.list(calendarId="primary").execute()["items"]] == ["owner", "reader"]
    assert [note["to"] for note in place.control("notifications")] == [["a@example.org"]]
    rules.delete(calendarId="primary", ruleId=rule["id"]).execute()
    assert refusal(rules.get(calendarId="primary", ruleId=rule["id"])) == (404, "notFound")


@pytest.mark.parametrize("what", ["quickAdd", "watch"])
def test_what_is_not_modelled_says_so(place, what):
    answer = place.ask("POST", f"/calendar/v3/calendars/primary/events/{what}?text=x", json={})
    assert answer.status_code == 501
