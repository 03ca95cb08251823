"""The calendar in a real browser: days and hours by zone, answers of guests, changes by hand."""

import pytest
from playwright.sync_api import expect

EVENT = {
    "id": "abcde12345",
    "summary": "What we learned",
    "description": "<b>Bring</b> a story",
    "start": {"dateTime": "2024-03-10T08:30:00", "timeZone": "Africa/Nairobi"},
    "end": {"dateTime": "2024-03-10T10:00:00", "timeZone": "Africa/Nairobi"},
    "attendees": [{"email": "ana@example.org"}, {"email": "bo@example.org", "displayName": "Bo"}],
}
PAGE = "/calendar/primary/abcde12345"
MARCH = "/calendar?month=2024-03"


@pytest.fixture
def events(place):
    found = place.service("calendar", "v3").events()
    found.insert(calendarId="primary", body=EVENT).execute()
    return found


def stored(events):
    return events.get(calendarId="primary", eventId="abcde12345").execute()


def cell_of(page, title):
    return page.locator("td", has=page.get_by_text(title))


@pytest.mark.usefixtures("events")
@pytest.mark.parametrize(
    ("zone", "day", "time"),
    [
        ("Pacific/Auckland", "10", "18:30\u201320:00"),
        ("Africa/Nairobi", "10", "08:30\u201310:00"),
        ("America/Los_Angeles", "9", "21:30\u201323:00"),
        ("America/New_York", "10", "00:30\u201303:00"),
        ("Asia/Kathmandu", "10", "11:15\u201312:45"),
    ],
)
def test_an_event_stands_on_the_day_that_it_is_where_one_looks_from(open_page, zone, day, time):
    page = open_page(f"{MARCH}&zone={zone}")
    cell = cell_of(page, "What we learned")
    expect(cell.locator(".date")).to_have_text(day)
    expect(cell.locator("time")).to_have_text(time)


def test_the_hours_follow_the_change_of_clocks(open_page, place):
    weekly = {**EVENT, "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"]}
    place.service("calendar", "v3").events().insert(calendarId="primary", body=weekly).execute()
    page = open_page(f"{MARCH}&zone=Europe/Paris")
    assert page.locator("time").all_inner_texts() == [
        "06:30\u201308:00",
        "06:30\u201308:00",
        "06:30\u201308:00",
        "07:30\u201309:00",
    ]


@pytest.mark.usefixtures("events")
def test_it_opens_in_the_zone_of_the_reader_and_remembers_another(open_page):
    page = open_page(MARCH, zone="America/Los_Angeles")
    expect(page.get_by_label("Time zone")).to_have_value("America/Los_Angeles")
    expect(cell_of(page, "What we learned").locator(".date")).to_have_text("9")
    page.get_by_label("Time zone").fill("Pacific/Auckland")
    page.keyboard.press("Enter")
    expect(page.get_by_text("New Zealand Time")).to_be_visible()
    page.goto(PAGE)
    expect(page.get_by_text("Sunday, March 10, 2024, 18:30 \u2013 20:00")).to_be_visible()
    expect(page.get_by_text("Sunday, March 10, 2024, 08:30 \u2013 10:00")).to_be_visible()


@pytest.mark.usefixtures("events")
@pytest.mark.parametrize(
    ("language", "first", "month"),
    [("en", "Sun", "March 2024"), ("es", "lun", "marzo 2024"), ("fr", "lun", "mars 2024")],
)
def test_weeks_and_months_are_those_of_the_language(open_page, language, first, month):
    page = open_page(f"{MARCH}&zone=UTC", language=language)
    expect(page.locator("th").first).to_contain_text(first)
    expect(page.locator("h2").first).to_contain_text(month)


def test_a_guests_answer_is_seen_by_the_client_and_told_to_the_organizer(open_page, events, place):
    page = open_page(f"{PAGE}?zone=UTC")
    page.get_by_role("button", name="bo@example.org: Maybe").click()
    expect(page.get_by_role("row", name="Bo bo@example.org")).to_contain_text("perhaps")
    page.get_by_role("button", name="ana@example.org: Yes").click()
    expect(page.get_by_role("row", name="ana@example.org")).to_contain_text("comes")
    assert [guest["responseStatus"] for guest in stored(events)["attendees"]] == ["accepted", "tentative"]
    assert {tuple(note["to"]) for note in place.control("notifications")} == {("colab@colab.example.org",)}


def test_staff_move_and_cancel_an_event_as_in_google_calendar(open_page, events, place):
    page = open_page(f"{PAGE}?zone=UTC")
    page.get_by_label("Start (UTC)").fill("2024-03-11T12:00")
    page.get_by_label("Minutes").fill("60")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Monday, March 11, 2024, 12:00 \u2013 13:00")).to_be_visible()
    moved = stored(events)
    assert (moved["sequence"], moved["start"]["timeZone"]) == (1, "Africa/Nairobi")
    assert place.control("notifications") == []
    page.locator("form[action$=cancel]").get_by_role("checkbox").check()
    page.get_by_role("button", name="Cancel the event").click()
    expect(page.get_by_text("cancelled", exact=True)).to_be_visible()
    assert stored(events)["status"] == "cancelled"
    assert [note["action"] for note in place.control("notifications")] == ["cancel"]
    page.get_by_role("button", name="Restore the event").click()
    assert stored(events)["status"] == "confirmed"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/calendar?zone=Mars/Base", "“Mars/Base” is no time zone"),
        ("/calendar?month=soon", "“soon” is no month"),
        ("/calendar?calendar=x@example.org", "There is no such calendar"),
        ("/calendar/primary/nothing", "There is no such event"),
    ],
)
def test_what_cannot_be_shown_is_said(place, path, sentence):
    answer = place.ask("GET", path)
    assert answer.status_code in {400, 404}
    assert sentence in answer.text


def test_an_event_of_two_thousand_years_is_shown_on_the_days_that_are_shown(place):
    always = {"summary": "Always", "start": {"date": "0002-01-01"}, "end": {"date": "2200-01-01"}}
    place.service("calendar", "v3").events().insert(calendarId="primary", body=always).execute()
    assert place.ask("GET", f"{MARCH}&zone=UTC").text.count("Always") == 42
    assert place.ask("GET", f"{MARCH}&zone=UTC&view=agenda").text.count("Always") == 401


@pytest.mark.usefixtures("events")
def test_a_description_cannot_run_anything(open_page):
    page = open_page(f"{PAGE}?zone=UTC")
    frame = page.frame_locator("iframe.description")
    expect(frame.locator("b")).to_have_text("Bring")
    assert page.locator("iframe.description").get_attribute("sandbox") == ""


@pytest.mark.usefixtures("events")
@pytest.mark.parametrize("path", [f"{MARCH}&zone=UTC", f"{MARCH}&zone=UTC&view=agenda", f"{PAGE}?zone=UTC"])
def test_it_fits_a_phone(open_page, no_wider_than_the_screen, path):
    page = open_page(path, size={"width": 360, "height": 740})
    no_wider_than_the_screen(page)
    expect(page.get_by_text("What we learned").first).to_be_visible()


@pytest.mark.usefixtures("events")
def test_it_is_usable_by_keyboard_alone(open_page):
    page = open_page(f"{MARCH}&zone=UTC")
    page.get_by_role("link", name="What we learned").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What we learned")
    button = page.get_by_role("button", name="ana@example.org: No")
    button.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("row", name="ana@example.org")).to_contain_text("does not come")
