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
        ours = tag in {"script", "link"} and any(str(value).startswith("/static/") for _, value in attrs)
        if tag in {"script", "img", "object", "embed", "base", "link"} and not ours:
            self.harm.append(tag)
        for name, value in attrs:
            outside = name in {"href", "src", "action"} and not value.startswith(("/", "#"))
            if name.startswith("on") or outside or (tag == "iframe" and ("sandbox", None) not in attrs):
                self.harm.append(f"{tag} {name}={value}")


def tab_path(place, title, role="register"):
    return f"/sheets/sandbox-{role}/{place.book(role).worksheet(title).id}"


@pytest.mark.parametrize("path", ["/", "/mail", "/calendar", "/recordings", "/log", "/sheets/sandbox-register/0"])
def test_every_page_is_there_and_asks_for_nothing_else(shared, path):
    answer = shared.ask("GET", path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=UTF-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert not re.search(r'(src|href)="(https?:)?//', answer.text)
    assert "<script" not in answer.text


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


def test_saving_a_cell_unchanged_does_not_bring_text_to_life(place):
    path = tab_path(place, "Form Responses 1", "responses-en")
    form = place.ask("GET", f"{path}/edit/G8").text
    assert "&#39;=HYPERLINK" in form
    place.ask("POST", f"{path}/edit/G8", data={"value": '\'=HYPERLINK("https://evil.example","Free prizes")'})
    found = place.book("responses-en").values_get("G8", params={"valueRenderOption": "FORMULA"})["values"]
    assert found == [['=HYPERLINK("https://evil.example","Free prizes")']]


def test_a_member_sends_a_form_word_for_word(place):
    path = tab_path(place, "Respuestas de formulario 1", "responses-es")
    before = len(place.book("responses-es").sheet1.get_all_values())
    assert "Título de la sesión" in place.ask("GET", f"{path}/add").text
    place.ask("POST", f"{path}/add", data={"1": "ana@example.org", "2": "=1+1", "18": "0042"})
    rows = place.book("responses-es").sheet1.get_all_values()
    assert len(rows) == before + 1
    assert rows[-1][0].startswith("16/2/2024 2:00:0")
    assert (rows[-1][2], rows[-1][18]) == ("=1+1", "0042")


def test_staff_add_rows_and_sort(place):
    path = tab_path(place, "Members")
    place.ask("POST", f"{path}/add", data={"0": "Aaron", "1": "aaron@example.org", "2": "en", "4": "TRUE"})
    place.ask("POST", f"{path}/sort", data={"column": "A", "order": "ASCENDING"})
    rows = place.book().worksheet("Members").get_all_values()
    assert (rows[0][0], rows[1][0], rows[1][4]) == ("Name", "Aaron", "TRUE")
    assert [row[0] for row in rows[1:]] == sorted((row[0] for row in rows[1:]), key=str.casefold)


def test_mails_are_shown_by_recipient_and_in_all_their_parts(place, raw_mail):
    raw = raw_mail(subject="Séance", text="plain words", html="<p>rich</p>")
    sent = place.ask("POST", "/gmail/v1/users/me/messages/send", json={"raw": raw}).json()
    listed = place.ask("GET", "/mail").text
    assert "ana@example.org" in listed
    assert "Séance" in listed
    text = place.ask("GET", f"/mail/{sent['id']}").text
    assert "plain words" in text
    assert '<iframe sandbox title="The mail as a page" srcdoc="&lt;p&gt;rich' in text


def test_the_calendar_part_of_a_mail_is_shown_as_facts(place):
    mail = (
        "From: a@example.org\r\nTo: b@example.org\r\nSubject: inv\r\n"
        "Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n"
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:A long\r\n  title\\, really\r\n"
        "DTSTART;TZID=Europe/Paris:20240506T140000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    headers = {"Content-Type": "message/rfc822"}
    sent = place.ask("POST", "/upload/gmail/v1/users/me/messages/send", data=mail.encode(), headers=headers).json()
    text = place.ask("GET", f"/mail/{sent['id']}").text
    assert "<dt>SUMMARY</dt><dd>A long title, really</dd>" in text
    assert "<dt>DTSTART TZID=Europe/Paris</dt><dd>20240506T140000</dd>" in text


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


def test_a_recording_appears_for_an_event(place):
    event = {
        "summary": "A session",
        "start": {"dateTime": "2024-02-14T14:00:00Z"},
        "end": {"dateTime": "2024-02-14T15:00:00Z"},
        "conferenceData": {"createRequest": {"requestId": "x"}},
    }
    made = place.ask("POST", "/calendar/v3/calendars/primary/events?conferenceDataVersion=1", json=event).json()
    assert "A session" in place.ask("GET", "/calendar").text
    done = place.ask("POST", "/recordings", data={"event": made["id"], "minutes": "88", "state": "FILE_GENERATED"})
    assert "FILE_GENERATED" in done.text
    query = f'space.meeting_code = "{made["conferenceData"]["conferenceId"]}"'
    records = place.service("meet", "v2").conferenceRecords().list(filter=query).execute()["conferenceRecords"]
    assert records[0]["startTime"] == "2024-02-14T14:00:00.000Z"
    bad = place.ask("POST", "/recordings", data={"event": made["id"], "minutes": "many"})
    assert bad.status_code == 400
    assert "Minutes must be a number" in bad.text


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
