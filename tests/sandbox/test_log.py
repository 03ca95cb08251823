"""The request log: what was asked, by whom, and what became of it."""

import re

import pytest

from tasks.sandbox.control.journal import KEPT, Filter, Journal

REGISTER = "/v4/spreadsheets/sandbox-register"
EVENTS = "/calendar/v3/calendars/primary/events"


@pytest.fixture(autouse=True)
def an_empty_log(shared):
    shared.control("faults", method="DELETE")
    shared.control("requests", method="DELETE")


def numbers(place, **query):
    return [line["n"] for line in place.ask("GET", "/control/requests", params=query).json()["log"]]


def a_mixed_hour(place):
    place.ask("GET", REGISTER)
    place.ask("GET", f"{REGISTER}/values/Nowhere!A1")
    place.ask("GET", EVENTS)
    place.control("faults", {"api": "calendar", "status": 503})
    place.ask("GET", EVENTS)


def test_a_line_says_who_asked_what_when_and_how_it_ended(shared):
    shared.control("clock", {"now": "2024-02-16T08:00:00Z", "frozen": True})
    shared.ask("GET", REGISTER)
    (line,) = shared.control("requests")["log"]
    assert line.pop("ms") > 0
    assert line == {
        "n": 1,
        "method": "GET",
        "path": REGISTER,
        "api": "sheets",
        "name": "spreadsheets.get",
        "at": "2024-02-16T08:00:00.000Z",
        "status": 200,
        "fault": "",
        "caller": "colab@colab.example.org",
        "done": True,
    }


def test_lines_are_counted_by_api_and_operation_status_and_fault(shared):
    a_mixed_hour(shared)
    report = shared.control("requests")
    assert report["total"] == 4
    assert report["by_api"] == {
        "sheets": {"GET spreadsheets.get": 1, "GET spreadsheets.values.get": 1},
        "calendar": {"GET events.list": 2},
    }
    assert report["by_status"] == {"200": 2, "400": 1, "503": 1}
    assert report["by_fault"] == {"status": 1}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"api": "calendar"}, [3, 4]),
        ({"status": "200"}, [1, 3]),
        ({"status": "4xx"}, [2]),
        ({"status": "5xx", "api": "sheets"}, []),
        ({"since": 2}, [3, 4]),
        ({"fault": "1"}, [4]),
        ({"text": "NOWHERE"}, [2]),
    ],
)
def test_the_log_is_filtered(shared, query, found):
    a_mixed_hour(shared)
    assert numbers(shared, **query) == found


def test_a_wrong_filter_is_refused(shared):
    assert shared.ask("GET", "/control/requests", params={"since": "x"}).status_code == 400


def test_only_the_newest_lines_are_kept_but_all_are_counted():
    journal = Journal()
    for _ in range(KEPT + 10):
        journal.open("GET", "/", "sheets", "spreadsheets.get", "2024")
    report = journal.report(Filter())
    assert (len(report["log"]), report["log"][0]["n"], report["total"]) == (KEPT, 11, KEPT + 10)
    assert report["by_api"]["sheets"]["GET spreadsheets.get"] == KEPT + 10


def test_the_page_shows_the_newest_first_and_filters(shared):
    a_mixed_hour(shared)
    text = shared.ask("GET", "/log").text
    assert re.findall(r'<td class="number">(\d+)</td>\n<td><span', text) == ["4", "3", "2", "1"]
    assert 'title="An error instead of the work">status</span>' in text
    text = shared.ask("GET", "/log?status=4xx").text
    assert re.findall(r'<td class="number">(\d+)</td>\n<td><span', text) == ["2"]
    assert "No request matches." in shared.ask("GET", "/log?text=nothing-like-it").text


def test_older_lines_are_a_page_away(shared):
    for _ in range(205):
        shared.ask("GET", "/gmail/v1/users/me/profile")
    text = shared.ask("GET", "/log?api=gmail").text
    assert 'href="/log?api=gmail&amp;before=6"' in text
    older = shared.ask("GET", "/log?api=gmail&before=6").text
    assert re.findall(r'<td class="number">(\d+)</td>\n<td><span', older) == ["5", "4", "3", "2", "1"]
    assert 'href="/log?api=gmail"' in older


def test_a_person_clears_the_log(shared):
    a_mixed_hour(shared)
    assert "or the last clearing: 0<" in shared.ask("POST", "/log/clear").text
    assert shared.control("requests")["total"] == 0
