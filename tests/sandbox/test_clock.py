"""The sandbox's time: set, moved, stopped; for tests on the control path and for people on a page."""

import time

import pytest

EVENTS = "/calendar/v3/calendars/primary/events"


def now(place):
    return place.control("clock")["now"]


@pytest.fixture(autouse=True)
def the_usual_time(shared):
    shared.control("clock", {"now": "2024-02-16T08:00:00Z", "frozen": True})


@pytest.mark.parametrize(
    ("duration", "then"),
    [
        (90, "2024-02-16T08:01:30.000Z"),
        (0.25, "2024-02-16T08:00:00.250Z"),
        (-3600, "2024-02-16T07:00:00.000Z"),
        ("PT1H", "2024-02-16T09:00:00.000Z"),
        ("P1DT2H3M4.5S", "2024-02-17T10:03:04.500Z"),
        ("P2W", "2024-03-01T08:00:00.000Z"),
        ("-P1D", "2024-02-15T08:00:00.000Z"),
    ],
)
def test_time_moves_on_by_seconds_or_a_duration(shared, duration, then):
    shared.control("clock", {"advance": duration})
    assert now(shared) == then


@pytest.mark.parametrize(
    "wrong",
    [
        {"advance": "PT"},
        {"advance": "P"},
        {"advance": "1 hour"},
        {"advance": True},
        {"advance": None},
        {"advance": "P1M"},
        {"advance": 1e300},
        {"advance": "P99999999999D"},
        {"advance": "P900000D"},
        {"frozen": "yes"},
        {"now": "tomorrow"},
        {"now": "0001-01-01T00:00:00Z"},
        {"later": 1},
        {},
    ],
)
def test_what_is_no_time_is_refused_and_changes_nothing(shared, wrong):
    assert shared.ask("POST", "/control/clock", json=wrong).status_code == 400
    assert now(shared) == "2024-02-16T08:00:00.000Z"


def test_time_stands_still_until_it_may_run_again(shared):
    time.sleep(0.02)
    assert shared.control("clock")["frozen"] is True
    assert now(shared) == "2024-02-16T08:00:00.000Z"
    shared.control("clock", {"frozen": False})
    time.sleep(0.02)
    assert "2024-02-16T08:00:00.020Z" <= now(shared) < "2024-02-16T08:00:10Z"


def test_standing_time_survives_a_restart(starter, place_at):
    with starter.running() as facts, place_at(facts).session:
        place_at(facts).control("clock", {"now": "2030-01-01T00:00:00Z", "frozen": True})
    with starter.running() as facts, place_at(facts).session:
        assert now(place_at(facts)) == "2030-01-01T00:00:00.000Z"


def test_real_time_runs(shared):
    shared.control("clock", {"now": None})
    assert shared.control("clock")["frozen"] is False
    assert now(shared) > "2026"


# ------------------------------------------------------------------------------------------------------- the page
def test_a_person_moves_the_time_stops_it_and_lets_it_run(shared):
    shared.ask("POST", "/clock", data={"advance": "P1D"})
    assert now(shared) == "2024-02-17T08:00:00.000Z"
    assert "Time stands still." in shared.ask("POST", "/clock", data={"advance": "PT1H"}).text
    assert "Time passes." in shared.ask("POST", "/clock", data={"stand": "no"}).text
    assert "Time stands still." in shared.ask("POST", "/clock", data={"stand": "yes"}).text


def test_a_person_chooses_a_date_and_time_in_a_zone(shared):
    page = shared.ask("POST", "/clock", data={"now": "2024-07-01T10:30", "zone": "America/Bogota"})
    assert now(shared) == "2024-07-01T15:30:00.000Z"
    assert "Monday, July 1, 2024, 10:30 (America/Bogota)" in page.text
    assert "Monday, July 1, 2024, 15:30 (UTC)" in page.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"now": "2024-07-01T10:30", "zone": "Nowhere/City"},
        {"now": "2024-07-01T10:30", "zone": "../etc/passwd"},
        {"now": "soon"},
        {"now": "0001-01-01T00:00"},
        {"advance": "much"},
        {"advance": "P3000000D"},
    ],
)
def test_what_cannot_be_is_said_on_a_page(shared, wrong):
    answer = shared.ask("POST", "/clock", data=wrong)
    assert answer.status_code == 400
    assert "That cannot be done" in answer.text
    assert now(shared) == "2024-02-16T08:00:00.000Z"


def test_a_person_jumps_to_moments_of_a_session(place):
    event = {
        "summary": "Care work <b>",
        "start": {"dateTime": "2024-05-06T14:00:00Z"},
        "end": {"dateTime": "2024-05-06T15:30:00Z"},
    }
    assert "No session stands in the calendar yet." in place.ask("GET", "/clock").text
    assert place.ask("POST", EVENTS, json=event).status_code == 200
    text = place.ask("GET", "/clock?zone=Asia/Kathmandu").text
    assert "Care work &lt;b&gt;" in text
    assert "Monday, May 6, 2024, 19:45 (Asia/Kathmandu)" in text
    for word, at in (
        ("1 week before", "2024-04-29T14:00:00.000Z"),
        ("1 day before", "2024-05-05T14:00:00.000Z"),
        ("1 hour before", "2024-05-06T13:00:00.000Z"),
        ("At the start", "2024-05-06T14:00:00.000Z"),
        ("Just over", "2024-05-06T15:35:00.000Z"),
    ):
        assert f'value="{at}">{word}<' in text
    place.ask("POST", "/clock", data={"now": "2024-05-05T14:00:00.000Z", "zone": "UTC"})
    assert now(place).startswith("2024-05-05T14:00:0")
