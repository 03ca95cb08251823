"""The mailboxes as pages: what a person reads and does there, and what a hostile mail cannot do."""

import base64
import re
from html import unescape

import icalendar
import pytest

from config.settings import ROOT, load_programme

OFFICE = "colab@colab.example.org"
ANA = "/mail/ana@example.org"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
EVENT = {
    "UID": "one@colab.example.org",
    "SEQUENCE": "0",
    "DTSTAMP": "20240216T080000Z",
    "DTSTART": "20240516T120000Z",
    "DTEND": "20240516T133000Z",
    "SUMMARY": "A long title\\, really",
    "LOCATION": "https://meet.example.org/abc",
    "ORGANIZER;CN=CoLab": f"mailto:{OFFICE}",
    "ATTENDEE;CN=Ana;PARTSTAT=NEEDS-ACTION;RSVP=TRUE": "mailto:ana@example.org",
}


def calendar(method="REQUEST", **changes):
    lines = {**EVENT, **changes}
    inside = [f"{name}:{value}" for name, value in lines.items() if value is not None]
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"METHOD:{method}",
            "BEGIN:VEVENT",
            *inside,
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def invitation(subject="Invitation", method="REQUEST", declared=None, to="Ana <ana@example.org>", **changes):
    kind = f"text/calendar; charset=utf-8; method={declared or method}"
    head = f"From: CoLab <{OFFICE}>\r\nTo: {to}\r\nSubject: {subject}\r\nContent-Type: {kind}\r\n\r\n"
    return base64.urlsafe_b64encode((head + calendar(method, **changes)).encode()).decode()


def page_of(html):
    head = f"From: CoLab <{OFFICE}>\r\nTo: ana@example.org\r\nSubject: Page\r\nContent-Type: text/html\r\n"
    return base64.urlsafe_b64encode(f"{head}\r\n{html}".encode()).decode()


def send(place, raw):
    answer = place.ask("POST", "/gmail/v1/users/me/messages/send", json={"raw": raw})
    assert answer.status_code == 200, answer.text
    return answer.json()["id"]


def see(place, path, **options):
    answer = place.ask("GET", path, **options)
    assert answer.status_code == 200, answer.text
    return answer.text


def newest(place, box=ANA):
    """The path of the newest mail in somebody's inbox."""
    return re.search(r'href="(/mail/[^"/]+/[0-9a-f]{16})"', see(place, box))[1]


def events(place):
    return place.service("calendar", "v3").events()


def test_everybody_who_got_mail_has_a_mailbox(place, raw_mail):
    send(place, raw_mail(to="Ana Díaz <ana@example.org>", subject="Séance"))
    text = see(place, "/mail")
    assert "The office" in text
    assert "Ana Díaz" in text
    assert "1 unread" in text
    assert "Séance" in see(place, ANA)
    assert "Séance" in see(place, f"/mail/{OFFICE}?in=sent")
    assert "Séance" not in see(place, f"/mail/{OFFICE}")


def test_opening_a_mail_marks_it_read_until_it_is_marked_unread(place, raw_mail):
    send(place, raw_mail())
    one = newest(place)
    see(place, one)
    assert "1 unread" not in see(place, "/mail")
    place.ask("POST", f"{one}/unread")
    assert "1 unread" in see(place, "/mail")


def test_a_mail_is_seen_as_page_text_headers_and_source(place, raw_mail):
    sent = send(place, raw_mail(subject="Séance", text="plain https://example.org/x.", html="<p>rich</p>"))
    text = see(place, f"/mail/{sent}")
    assert '<iframe sandbox="allow-popups allow-popups-to-escape-sandbox"' in text
    assert 'srcdoc="&lt;p&gt;rich' in text
    plain = see(place, f"/mail/{OFFICE}/{sent}?as=text")
    assert (
        'plain <a href="https://example.org/x" target="_blank" rel="noopener noreferrer">https://example.org/x</a>.'
        in plain
    )
    assert '<th scope="row">Subject</th><td>Séance</td>' in see(place, f"/mail/{OFFICE}/{sent}?as=headers")
    assert "Subject: =?utf-8?" in see(place, f"/mail/{OFFICE}/{sent}?as=source")


@pytest.mark.parametrize(
    ("html", "leads_to"),
    [
        ('<a href="https://example.org/a?b=1&amp;c">x</a>', "https://example.org/a?b=1&c"),
        ("<A HREF=https://example.org/plain>x</A>", "https://example.org/plain"),
        ('<a href="{base}/forms/en">x</a>', "{base}/forms/en"),
        (
            '<a href="https://docs.google.com/spreadsheets/d/sandbox-register/edit#gid=0">x</a>',
            "{base}/sheets/sandbox-register",
        ),
        (
            '<a href="mailto:colab@colab.example.org?subject=unsubscribe%20X1">x</a>',
            "{base}/mail/ana%40example.org/write?to=colab%40colab.example.org&subject=unsubscribe+X1",
        ),
        ('<a href="javascript:alert(1)">x</a>', None),
        ('<a href="data:text/html,x">x</a>', None),
        ('<a href="/mail">x</a>', None),
        ('<a href="http://[">x</a>', None),
        ("<a name=top>x</a>", None),
    ],
)
def test_links_of_a_mail_open_beside_the_sandbox_or_nowhere(shared, html, leads_to):
    send(shared, page_of(html.format(base=shared.base_url)))
    (inside,) = re.findall(r'srcdoc="([^"]*)"', see(shared, newest(shared)))
    (anchor,) = re.findall(r"<a[^>]*>", unescape(inside), re.IGNORECASE)
    if leads_to is None:
        assert "href" not in anchor
    else:
        (address,) = re.findall(r'href="([^"]*)"', anchor)
        assert unescape(address) == leads_to.format(base=shared.base_url)
        assert 'target="_blank" rel="noopener noreferrer"' in anchor


def test_nothing_of_a_hostile_mail_gets_out_of_its_cage(place, raw_mail):
    html = f'<base href="https://evil.example/"><form action="https://evil.example"><button>x</button></form>{HOSTILE}'
    mail = send(place, raw_mail(subject=HOSTILE, text=HOSTILE, html=html))
    send(place, invitation(subject=HOSTILE, SUMMARY=HOSTILE, LOCATION=f"javascript:{HOSTILE}", DESCRIPTION=HOSTILE))
    pages = ["/mail", ANA, newest(place), f"/mail/{mail}", f"/mail/{OFFICE}?in=sent", f"/mail/{OFFICE}?q={HOSTILE}"]
    pages += [f"/mail/{OFFICE}/{mail}?as={view}" for view in ("page", "text", "headers", "source")]
    pages += [f"{ANA}/write?to={HOSTILE}&subject={HOSTILE}&body={HOSTILE}"]
    for path in pages:
        text = see(place, path)
        outside = re.sub(r'srcdoc="[^"]*"', "", text)
        assert "<script>" not in text
        assert "<img src=x" not in text
        assert "&lt;script&gt;" in text
        assert "evil.example" not in outside or "as=source" in path
        assert "javascript:" not in re.sub(r"<dd>.*?</dd>", "", text)
        assert "allow-scripts" not in text
        assert "allow-same-origin" not in text
        assert all("<base" not in unescape(inside) for inside in re.findall(r'srcdoc="([^"]*)"', text))


def test_an_attachment_is_kept_as_a_file_and_never_shown(place):
    mail = (
        f"From: {OFFICE}\r\nTo: ana@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        "--x\r\nContent-Type: text/plain\r\n\r\nwords\r\n"
        '--x\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename="p\\"a/../é.html"\r\n'
        "\r\n<p>x</p>\r\n--x--"
    )
    send(place, base64.urlsafe_b64encode(mail.encode()).decode())
    one = newest(place)
    assert f'href="{one}/parts/1"' in see(place, one)
    file = place.ask("GET", f"{one}/parts/1")
    assert (file.content, file.headers["content-type"]) == (b"<p>x</p>", "application/octet-stream")
    assert re.fullmatch(r'attachment; filename="[\w.? -]*"', file.headers["content-disposition"])
    assert place.ask("GET", f"{one}/parts/2").status_code == 404
    assert place.ask("GET", f"{one}/parts/x").status_code == 404


def test_a_member_replies_and_the_office_answers_in_one_conversation(place, raw_mail):
    send(
        place,
        raw_mail(
            to="Ana <ana@example.org>", subject="Séance", text="First words", Reply_To="secretariat@colab.example.org"
        ),
    )
    assert "Sent." in place.ask("POST", f"{newest(place)}/reply", data={"text": "I am coming"}).text
    arrived = newest(place, f"/mail/{OFFICE}")
    text = see(place, f"{arrived}?as=text")
    assert "I am coming\n\n&gt; First words" in text
    assert "Re: Séance" in text
    assert "Ana &lt;ana@example.org&gt;" in text
    assert "In the same conversation" in text
    place.ask("POST", f"{arrived}/reply", data={"text": "Good"})
    back = see(place, f"{newest(place)}?as=text")
    assert "Good\n\n&gt; I am coming" in back
    assert "Re: Re:" not in back
    assert back.count("Séance</a>") == 2


def test_an_empty_reply_and_an_address_that_is_none_are_refused_in_words(place, raw_mail):
    send(place, raw_mail())
    empty = place.ask("POST", f"{newest(place)}/reply", data={"text": "  "}, headers={"Accept-Language": "fr"})
    assert (empty.status_code, "Écrivez d’abord quelque chose." in empty.text) == (400, True)  # noqa: RUF001 (French)
    wrong = place.ask("POST", f"{ANA}/write", data={"to": "nobody", "subject": "s", "text": "t"})
    assert (wrong.status_code, "is not an e-mail address" in wrong.text) == (400, True)
    assert place.ask("GET", "/mail/a@b/none").status_code == 404
    assert place.ask("GET", f"/mail/{OFFICE}/0123456789abcdef").status_code == 404
    assert place.ask("GET", f"{ANA}?in=nowhere").status_code == 404


def test_somebody_writes_out_of_the_blue(place):
    written = place.ask("POST", f"{ANA}/write", data={"to": OFFICE, "subject": "¿Cuándo?", "text": "línea\r\notra"})
    assert "Sent." in written.text
    assert "¿Cuándo?" in see(place, newest(place, f"/mail/{OFFICE}"))


def test_staff_throw_away_send_and_discard_by_hand(place, raw_mail):
    users = place.service("gmail", "v1").users()
    ids = [users.drafts().create(userId="me", body={"message": {"raw": raw_mail()}}).execute() for _ in range(2)]
    one, other = (f"/mail/{OFFICE}/{made['message']['id']}" for made in ids)
    assert "Draft" in see(place, f"/mail/{OFFICE}?in=drafts")
    place.ask("POST", f"{one}/send")
    place.ask("POST", f"{other}/discard")
    assert users.drafts().list(userId="me").execute() == {"resultSizeEstimate": 0}
    assert len(place.control("mailbox")) == 1
    assert place.ask("POST", f"{one}/send").status_code == 404
    mail = newest(place)
    place.ask("POST", f"{mail}/trash")
    assert mail not in see(place, ANA)
    assert mail in see(place, f"{ANA}?in=trash")
    place.ask("POST", f"{mail}/restore")
    assert mail in see(place, ANA)


def test_a_person_who_left_gets_no_more_mail_until_staff_say_so(place, raw_mail):
    place.ask("POST", ANA, data={"zone": "", "reason": "full"})
    send(place, raw_mail())
    assert "Comes back: mailbox full" in see(place, ANA)
    assert "Hello" not in see(place, ANA)
    report = see(place, f"{newest(place, f'/mail/{OFFICE}')}?as=report")
    assert "Status: 5.2.2" in report
    place.ask("POST", ANA, data={"zone": "", "reason": ""})
    send(place, raw_mail())
    assert "Hello" in see(place, ANA)


def test_a_mailbox_is_searched_as_gmail_searches(place, raw_mail):
    send(place, raw_mail(subject="One"))
    send(place, raw_mail(subject="Two"))
    text = see(place, f"/mail/{OFFICE}?q=subject:one+in:sent")
    assert ("One" in text, "Two" in text) == (True, False)
    assert "Nothing was found." in see(place, f"/mail/{OFFICE}?q=three")


# ------------------------------------------------------------------------------------------- invitations
def test_an_invitation_is_a_card_in_the_readers_zone_and_in_its_own(place):
    send(
        place,
        invitation(
            DTSTART=None,
            DTEND=None,
            **{"DTSTART;TZID=Europe/Paris": "20240516T140000", "DTEND;TZID=Europe/Paris": "20240516T153000"},
        ),
    )
    place.ask("POST", ANA, data={"zone": "Asia/Kathmandu", "reason": ""})
    text = see(place, newest(place), headers={"Accept-Language": "es"})
    assert "A long title, really" in text
    assert "jueves, 16 de mayo de 2024, 17:45 (Kathmandu, GMT+05:45)" in text
    assert re.search(r"hasta</span> <time[^>]*>19:15<", text)
    assert "jueves, 16 de mayo de 2024, 14:00 (París, GMT+02:00)" in text
    assert '<a href="https://meet.example.org/abc" target="_blank"' in text
    assert "¿Asistirá?" in text
    assert place.ask("POST", ANA, data={"zone": "Mars/Olympus"}).status_code == 400


@pytest.mark.parametrize(
    ("given", "kind", "why"),
    [
        ({}, "Invitation", ""),
        ({"SEQUENCE": "2"}, "Changed invitation", ""),
        ({"method": "CANCEL", "SEQUENCE": "1"}, "Cancelled", ""),
        ({"declared": "PUBLISH"}, "Event", "do not both say REQUEST"),
        ({"method": "PUBLISH"}, "Event", "do not both say REQUEST"),
        ({"ORGANIZER;CN=CoLab": None}, "Invitation", "nobody organises the event"),
        (
            {"ATTENDEE;CN=Ana;PARTSTAT=NEEDS-ACTION;RSVP=TRUE": "mailto:bob@example.net"},
            "Invitation",
            "not among the guests",
        ),
    ],
)
def test_only_an_invitation_that_mail_programs_answer_has_buttons(place, given, kind, why):
    send(place, invitation(**given))
    text = see(place, newest(place))
    assert f">{kind}</p>" in text
    assert ('value="ACCEPTED"' in text) is (kind in {"Invitation", "Changed invitation"} and not why)
    assert why in text
    if why:
        assert "A mail program offers no answers here" in text
        refused = place.ask("POST", f"{newest(place)}/answer", data={"answer": "ACCEPTED"})
        assert refused.status_code == 400


@pytest.mark.parametrize(
    "changes", [{"SEQUENCE": "1"}, {"DTSTAMP": "20240216T090000Z"}, {"method": "CANCEL", "SEQUENCE": "1"}]
)
def test_an_invitation_points_to_the_latest_word_on_its_event(place, changes):
    send(place, invitation())
    first = newest(place)
    send(place, invitation(**changes))
    latest = newest(place)
    text = see(place, first)
    assert "There is newer mail about this event." in text
    assert f'<a href="{latest}">' in text
    assert 'value="ACCEPTED"' not in text
    assert "There is newer mail" not in see(place, latest)


@pytest.mark.parametrize(
    ("pressed", "said"), [("ACCEPTED", "Ana: yes"), ("TENTATIVE", "Ana: maybe"), ("DECLINED", "Ana: no")]
)
def test_an_answer_goes_to_the_organizer_by_mail(place, pressed, said):
    send(place, invitation(SEQUENCE="3"))
    answered = place.ask("POST", f"{newest(place)}/answer", data={"answer": pressed})
    assert "Your answer was given." in answered.text
    assert f'value="{pressed}" aria-describedby="going" class="primary" aria-pressed="true"' in answered.text
    reply = newest(place, f"/mail/{OFFICE}")
    assert said in see(place, reply)
    users = place.service("gmail", "v1").users()
    parts = users.messages().get(userId="me", id=reply.rpartition("/")[2]).execute()["payload"]["parts"]
    assert parts[1]["mimeType"] == "text/calendar"
    data = base64.urlsafe_b64decode(parts[1]["body"]["data"])
    found = icalendar.Calendar.from_ical(data)
    (event,) = found.events
    assert (str(found["METHOD"]), str(event["UID"]), event["SEQUENCE"]) == ("REPLY", EVENT["UID"], 3)
    assert (str(event["ATTENDEE"]), event["ATTENDEE"].params["PARTSTAT"]) == ("mailto:ana@example.org", pressed)
    assert str(event["ORGANIZER"]) == f"mailto:{OFFICE}"


def test_an_answer_stands_on_the_organizers_calendar_when_the_event_is_there(place):
    body = {
        "summary": "A session",
        "iCalUID": EVENT["UID"],
        "start": {"dateTime": "2024-05-16T12:00:00Z"},
        "end": {"dateTime": "2024-05-16T13:30:00Z"},
        "attendees": [{"email": "ana@example.org"}, {"email": "bob@example.net"}],
    }
    made = events(place).insert(calendarId="primary", body=body).execute()
    send(place, invitation())
    place.ask("POST", f"{newest(place)}/answer", data={"answer": "TENTATIVE"})
    kept = events(place).get(calendarId="primary", eventId=made["id"]).execute()
    assert [guest["responseStatus"] for guest in kept["attendees"]] == ["tentative", "needsAction"]
    assert kept["etag"] != made["etag"]
    assert place.control("notifications")[-1]["to"] == [OFFICE]
    assert "No mail has arrived." in see(place, f"/mail/{OFFICE}")


@pytest.mark.parametrize(
    "data", ["", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:soon\r\nEND:VEVENT\r\nEND:VCALENDAR"]
)
def test_a_broken_calendar_part_is_no_card_and_no_error(place, data):
    head = f"From: {OFFICE}\r\nTo: ana@example.org\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n"
    send(place, base64.urlsafe_b64encode((head + data).encode()).decode())
    assert "(no subject)" in see(place, newest(place))


def test_the_mailboxes_speak_three_languages(place, raw_mail):
    send(place, raw_mail())
    for language, words in (("es", ("La oficina", "1 sin leer")), ("fr", ("Le bureau", "1 non lu"))):
        text = see(place, "/mail", headers={"Accept-Language": language})
        assert all(word in text for word in words)


def test_a_meeting_link_leads_to_the_event_here(place):
    body = {
        "summary": "A session",
        "start": {"dateTime": "2024-05-16T12:00:00Z"},
        "end": {"dateTime": "2024-05-16T13:30:00Z"},
        "conferenceData": {"createRequest": {"requestId": "x"}},
    }
    made = events(place).insert(calendarId="primary", body=body, conferenceDataVersion=1).execute()
    send(place, invitation(LOCATION=made["hangoutLink"]))
    text = see(place, newest(place))
    assert f'<a href="{place.base_url}/calendar/primary/{made["id"]}" target="_blank"' in text
    assert "A session" in see(place, f"/calendar/primary/{made['id']}")
    assert made["hangoutLink"] in text


def test_a_member_reads_in_the_zone_of_the_members_list(place, raw_mail):
    send(place, raw_mail(to="aissatou.diallo@hommes-engages.example.net"))
    one = newest(place, "/mail/aissatou.diallo@hommes-engages.example.net")
    assert "(Dakar, GMT+00:00)" in see(place, one)


def test_an_alias_of_the_office_is_the_office(place):
    alias = load_programme(ROOT / "config").sender.reply_to
    assert "The office" in see(place, f"/mail/{alias}")
