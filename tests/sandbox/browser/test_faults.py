"""A member of staff lets Google fail, moves the time and reads the log: by mouse, by keyboard, on a phone."""

import pytest
from playwright.sync_api import expect

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
REGISTER = "/v4/spreadsheets/sandbox-register"
EVENT = {
    "summary": "Care work",
    "start": {"dateTime": "2024-05-06T14:00:00Z"},
    "end": {"dateTime": "2024-05-06T15:00:00Z"},
}
PAGES = ("/", "/clock", "/faults", "/log")


def test_a_misfortune_is_chosen_struck_seen_and_taken_back(place, open_page):
    page = open_page("/faults")
    expect(page.get_by_text("No fault is waiting: Google is well.")).to_be_visible()
    card = page.locator("li.card", has_text="Google is down for two minutes")
    card.get_by_role("button", name="Let it happen").click()
    expect(page.locator("section", has_text="Waiting to strike").get_by_text("Google is down")).to_be_visible()
    assert place.ask("GET", REGISTER).status_code == 503
    page.reload()
    expect(page.get_by_text("strikes: 1")).to_be_visible()
    expect(page.locator("section", has_text="Latest strikes").last).to_contain_text("An error instead of the work")
    page.get_by_role("link", name="All of them in the log").click()
    row = page.locator("table.lines tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("503")
    page.goto("/faults")
    page.get_by_role("button", name="Make Google well again").click()
    expect(page.get_by_text("No fault is waiting: Google is well.")).to_be_visible()
    assert place.ask("GET", REGISTER).status_code == 200


def test_a_fault_of_ones_own_and_a_script(place, open_page):
    page = open_page("/faults")
    page.get_by_text("A fault of your own").click()
    page.get_by_label("What happens").select_option(label="An error instead of the work")
    page.get_by_label("API", exact=True).select_option("sheets")
    page.get_by_label("From which request on").fill("2")
    page.get_by_label("Status of the error").fill("429")
    page.get_by_role("button", name="Plan it").first.click()
    assert [place.ask("GET", REGISTER).status_code for _ in range(3)] == [200, 429, 200]
    page.get_by_text("A script as JSON").first.click()
    page.get_by_role("textbox", name="A script as JSON").fill('{"script": [{"status": 500}, {"status": 502}]}')
    page.get_by_role("button", name="Plan it").last.click()
    assert [place.ask("GET", REGISTER).status_code for _ in range(3)] == [500, 502, 200]


def test_what_is_no_fault_is_said_and_plans_nothing(place, open_page):
    answer = place.ask("POST", "/faults", data={"json": '{"effect": "explode"}'})
    assert answer.status_code == 400
    assert "That is not a fault: effect must be one of" in answer.text
    assert place.ask("POST", "/faults", data={"json": "{"}).status_code == 400
    assert place.ask("POST", "/faults", data={"nth": "x"}).status_code == 400
    assert place.ask("POST", "/faults", data={"scenario": "war"}).status_code == 400
    expect(open_page("/faults").get_by_text("No fault is waiting")).to_be_visible()


def test_the_time_jumps_to_the_day_before_a_session_by_keyboard_alone(place, open_page):
    place.ask("POST", "/calendar/v3/calendars/primary/events", json=EVENT)
    page = open_page("/clock")
    page.get_by_role("button", name="1 day before").focus()
    page.keyboard.press("Enter")
    expect(page.locator("time")).to_contain_text("Sunday, May 5, 2024, 14:00 (UTC)")
    page.get_by_label("Date and time").fill("2024-05-06T19:45")
    page.get_by_label("Time zone").fill("Asia/Kathmandu")
    page.keyboard.press("Enter")
    expect(page.locator("time")).to_contain_text("19:45 (Asia/Kathmandu)")
    assert place.control("clock")["now"].startswith("2024-05-06T14:00:0")
    page.get_by_role("button", name="+1 hour").click()
    expect(page.locator("time")).to_contain_text("20:45 (Asia/Kathmandu)")
    page.get_by_role("button", name="Stop the clock").click()
    expect(page.get_by_text("Time stands still.")).to_be_visible()


def test_the_log_is_filtered_by_a_person(place, open_page):
    place.ask("GET", REGISTER)
    place.ask("GET", "/calendar/v3/calendars/primary/events")
    page = open_page("/log")
    expect(page.locator("table.lines tbody tr")).to_have_count(2)
    page.get_by_label("API", exact=True).select_option("calendar")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("table.lines tbody tr")).to_have_count(1)
    expect(page.locator("table.lines tbody tr")).to_contain_text("events.list")
    page.get_by_role("button", name="Enforce the limits").click()
    assert place.control("quota")["enforced"] is True


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_these_pages_fit_a_phone_in_every_language(place, open_page, no_wider_than_the_screen, language):
    place.ask("POST", "/calendar/v3/calendars/primary/events", json=EVENT)
    place.control("faults", {"script": [{"status": 500, "reason": "backendError"}, {"effect": "drop-after"}]})
    place.ask("GET", REGISTER)
    page = open_page("/", size=PHONE, language=language)
    for path in PAGES:
        page.goto(path)
        no_wider_than_the_screen(page)
        expect(page.locator("h1")).to_be_visible()


def test_the_first_page_leads_everywhere(open_page):
    page = open_page("/", size=DESK)
    for link in page.locator("li.card h2 a").all():
        path = link.get_attribute("href")
        assert page.request.get(path).ok, path
