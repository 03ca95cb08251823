"""What a person sees and does on the pages, and what hostile text cannot do there."""

import re
from html.parser import HTMLParser

import pytest

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


class Reader(HTMLParser):
    """Reads a page as a browser does and notes what could run or reach out."""

    def __init__(self, text):
        super().__init__()
        self.harm = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        ours = tag in {"script", "link", "img"} and any(str(value).startswith("/static/") for _, value in attrs)
        if tag in {"script", "img", "object", "embed", "base", "link"} and not ours:
            self.harm.append(tag)
        for name, value in attrs:
            outside = name in {"href", "src", "action"} and not value.startswith(("/", "#"))
            if name.startswith("on") or outside or (tag == "iframe" and not caged(attrs)):
                self.harm.append(f"{tag} {name}={value}")


def caged(attrs):
    """A frame whose content runs nothing, sends nothing and knows nothing of us; its links may open beside it."""
    allowed = (dict(attrs).get("sandbox", "allow-scripts") or "").split()
    return set(allowed) <= {"allow-popups", "allow-popups-to-escape-sandbox"}


def tab_path(place, title, role="register"):
    return f"/sheets/sandbox-{role}/{place.book(role).worksheet(title).id}"


PAGES = ["/", "/mail", "/calendar", "/recordings", "/log", "/sheets", "/sheets/sandbox-register/0"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_and_asks_for_nothing_else(shared, path):
    answer = shared.ask("GET", path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=UTF-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert not re.search(r'(src|href)="(https?:)?//', answer.text)
    assert not re.search(r'<script(?! src="/static/)', answer.text)


def test_the_first_page_leads_to_every_tab(shared):
    text = shared.ask("GET", "/").text
    assert "CoLab responses (Français)" in text
    for link in re.findall(r'href="(/[^"]*)"', text):
        assert shared.ask("GET", link).status_code == 200


def test_staff_type_into_cells_as_in_sheets(place):
    path = tab_path(place, "Sessions")
    assert "option selected>Confirmed" not in place.ask("GET", f"{path}/edit/C2").text
    for a1, text in (("C2", "Confirmed"), ("D2", "5/6/2024"), ("E2", "15:00"), ("H2", "Title\r\nline")):
        assert place.ask("POST", f"{path}/edit/{a1}", data={"value": text}).status_code == 200
    options = {"valueRenderOption": "UNFORMATTED_VALUE"}
    row = place.book().values_get("Sessions!C2:H2", params=options)["values"][0]
    assert row == ["Confirmed", 45418, 0.625, "", "", "Title\nline"]
    assert "<option selected>Confirmed" in place.ask("GET", f"{path}/edit/C2").text
    assert ">5/6/2024<" in place.ask("GET", path).text


def test_staff_add_rows_and_sort(place):
    path = tab_path(place, "Members")
    place.ask("POST", f"{path}/add", data={"0": "Aaron", "1": "aaron@example.org", "2": "en", "4": "TRUE"})
    place.ask("POST", f"{path}/change", data={"do": "sort", "column": "A", "order": "ASCENDING"})
    rows = place.book().worksheet("Members").get_all_values()
    assert (rows[0][0], rows[1][0], rows[1][4]) == ("Name", "Aaron", "TRUE")
    assert [row[0] for row in rows[1:]] == sorted((row[0] for row in rows[1:]), key=str.casefold)


def test_mails_are_shown_by_recipient_and_in_all_their_parts(place, raw_mail):
    raw = raw_mail(subject="Séance", text="plain words", html="<p>rich</p>")
    sent = place.ask("POST", "/gmail/v1/users/me/messages/send", json={"raw": raw}).json()
    listed = place.ask("GET", "/mail").text
    assert "ana@example.org" in listed
    assert "Séance" in listed
    assert "plain words" in place.ask("GET", f"/mail/colab@colab.example.org/{sent['id']}?as=text").text
    text = place.ask("GET", f"/mail/{sent['id']}").text
    assert 'srcdoc="&lt;p&gt;rich' in text


def test_the_calendar_part_of_a_mail_is_shown_as_a_card(place):
    mail = (
        "From: a@example.org\r\nTo: b@example.org\r\nSubject: inv\r\n"
        "Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n"
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:A long\r\n  title\\, really\r\n"
        "DTSTART;TZID=Europe/Paris:20240506T140000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    headers = {"Content-Type": "message/rfc822"}
    sent = place.ask("POST", "/upload/gmail/v1/users/me/messages/send", data=mail.encode(), headers=headers).json()
    text = place.ask("GET", f"/mail/{sent['id']}").text
    assert '<h2 id="event">A long title, really</h2>' in text
    assert "Monday, 6 May 2024, 14:00 (Paris, GMT+02:00)" in text


def test_hostile_text_is_only_text(place, raw_mail):
    place.book().worksheet("Submissions").update([[HOSTILE, HOSTILE]], "A2", raw=True)
    place.book().add_worksheet(HOSTILE, 5, 5).insert_note("A1", HOSTILE)
    raw = raw_mail(subject=HOSTILE, text=HOSTILE, html=HOSTILE)
    sent = place.ask("POST", "/gmail/v1/users/me/messages/send", json={"raw": raw}).json()
    event = {
        "summary": HOSTILE,
        "description": HOSTILE,
        "start": {"dateTime": "2024-05-06T14:00:00Z"},
        "end": {"dateTime": "2024-05-06T15:00:00Z"},
        "conferenceData": {"createRequest": {"requestId": "x"}},
        "attendees": [{"email": f"{HOSTILE}@example.org"}],
    }
    path = "/calendar/v3/calendars/primary/events?conferenceDataVersion=1&sendUpdates=all"
    assert place.ask("POST", path, json=event).status_code == 200
    place.ask("GET", f"/v4/spreadsheets/{HOSTILE}")
    register, hostile = tab_path(place, "Submissions"), tab_path(place, HOSTILE)
    answers = tab_path(place, "Form Responses 1", "responses-en")
    pages = ["/", "/mail", f"/mail/{sent['id']}", "/calendar", "/recordings", "/log", register, hostile, answers]
    pages += [f"{register}/edit/A2", f"{hostile}/edit/A1", f"{register}/add", f"/nothing/{HOSTILE}"]
    seen = [place.ask("GET", page).text for page in pages]
    assert all("Sandbox" in text for text in seen)
    assert [Reader(text).harm for text in seen] == [[]] * len(seen)
    assert sum("&lt;script&gt;" in text for text in seen) >= 8


def test_the_time_is_set_on_the_first_page(place):
    place.ask("POST", "/clock", data={"now": "2024-03-01T10:00:00Z"})
    assert place.control("clock")["now"].startswith("2024-03-01T10:00:0")


def test_what_is_not_there_is_said_so(place):
    for path in (
        "/nothing",
        "/sheets/none/0",
        "/sheets/sandbox-register/x",
        "/mail/none",
        "/sheets/sandbox-register/0/edit/A",
    ):
        answer = place.ask("GET", path)
        assert answer.status_code in {400, 404}
        assert "That cannot be done" in answer.text
