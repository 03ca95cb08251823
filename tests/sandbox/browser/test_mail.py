"""The mailboxes in a real Chromium: what members read and press there."""

import base64
import re

import pytest
from playwright.sync_api import expect

from tests.sandbox.browser.conftest import PHONE

OFFICE = "colab@colab.example.org"
PAGE = """\
<html><head><style>p {{ color: rgb(1, 2, 3) }}</style></head><body>
<p>Rich words</p><a href="{base}/forms/en">The form</a>{more}
</body></html>"""
HOSTILE = """\
<script>document.title = "taken"; parent.document.title = "taken"</script>
<img src="https://evil.example/pixel.png" onerror="parent.document.title = 'taken'">
<meta http-equiv="refresh" content="0; url=https://evil.example/">
<form action="{base}/clock" method="post"><input name="now" value="2030-01-01T00:00Z"><button>Press</button></form>"""
EVENT = f"""\
BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:one@colab.example.org
SEQUENCE:0
DTSTAMP:20240216T080000Z
DTSTART:20240516T210000Z
DTEND:20240516T223000Z
SUMMARY:Learning together
LOCATION:https://meet.example.org/abc
ORGANIZER;CN=CoLab:mailto:{OFFICE}
ATTENDEE;CN=Ana;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ana@example.org
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def invite(place, more=""):
    """Ana gets an invitation with a page, a text and an event."""
    html = PAGE.format(base=place.base_url, more=more.format(base=place.base_url))
    parts = (("plain", "Plain words"), ("html", html), ("calendar; method=REQUEST", EVENT))
    inside = "".join(f"--x\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{text}\r\n" for kind, text in parts)
    head = f"From: CoLab <{OFFICE}>\r\nTo: Ana <ana@example.org>\r\nSubject: Invitation\r\n"
    mail = f"{head}Content-Type: multipart/alternative; boundary=x\r\n\r\n{inside}--x--"
    raw = base64.urlsafe_b64encode(mail.encode()).decode()
    assert place.ask("POST", "/gmail/v1/users/me/messages/send", json={"raw": raw}).status_code == 200


@pytest.fixture
def invited(place):
    invite(place)
    return place


def test_a_member_opens_answers_and_replies_with_the_keyboard_alone(invited, open_page):
    page = open_page("/mail")
    page.get_by_role("link", name="Ana").focus()
    page.keyboard.press("Enter")
    mail = page.get_by_role("link", name=re.compile("Unread: .*Invitation"))
    mail.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Invitation")
    page.get_by_role("button", name="Maybe").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Maybe")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Reply").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Your message").focus()
    page.keyboard.type("I may be late")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Sent.")
    rows = (
        invited.service("gmail", "v1").users().messages().list(userId="me", q="in:inbox from:ana").execute()["messages"]
    )
    assert len(rows) == 2


def test_a_link_of_a_mail_opens_beside_it(invited, open_page):
    page = open_page("/mail/ana@example.org")
    page.get_by_role("link", name=re.compile("Invitation")).click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("Rich words")).to_have_css("color", "rgb(1, 2, 3)")
    with page.expect_popup() as opened:
        frame.get_by_role("link", name="The form").click()
    form = opened.value
    form.wait_for_load_state()
    assert form.url == f"{invited.base_url}/forms/en"
    assert form.evaluate("window.opener") is None
    assert page.url.startswith(f"{invited.base_url}/mail/")


def test_a_hostile_page_stays_caged(browser, place):
    invite(place, HOSTILE)
    before = place.control("clock")["now"]
    with browser.new_context(base_url=place.base_url) as context:
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto("/mail/ana@example.org")
        page.get_by_role("link", name=re.compile("Invitation")).click()
        frame = page.frame_locator("iframe")
        frame.get_by_role("button", name="Press").click()
        page.wait_for_timeout(300)
        expect(frame.get_by_text("Rich words")).to_be_visible()
        expect(page).to_have_title("Invitation · Sandbox")
    assert [url for url in asked if not url.startswith((place.base_url, "about:"))] == []
    assert place.control("clock")["now"][:10] == before[:10]


@pytest.mark.parametrize(
    ("language", "zone", "start", "end"),
    [
        ("en", "Africa/Nairobi", "Friday, 17 May 2024, 00:00 (Nairobi, GMT+03:00)", "01:30"),
        ("es", "America/Lima", "jueves, 16 de mayo de 2024, 16:00 (Lima, GMT-05:00)", "17:30"),
        (
            "fr",
            "Europe/Paris",
            "jeudi 16 mai 2024, 23:00 (Paris, GMT+02:00)",
            "vendredi 17 mai 2024, 00:30 (Paris, GMT+02:00)",
        ),
    ],
)
@pytest.mark.usefixtures("invited")
def test_times_are_the_readers_own(open_page, language, zone, start, end):
    page = open_page("/mail/ana@example.org", language=language, zone=zone)
    page.get_by_role("link", name=re.compile("Invitation")).click()
    times = page.locator(".invitation time")
    expect(times.nth(0)).to_have_text(start)
    expect(times.nth(1)).to_have_text(end)


@pytest.mark.usefixtures("invited")
@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_mailboxes_fit_a_phone(open_page, no_wider_than_the_screen, language):
    page = open_page("/mail", size=PHONE, language=language)
    no_wider_than_the_screen(page)
    for path in (f"/mail/{OFFICE}?in=sent", f"/mail/{OFFICE}/write", "/mail/ana@example.org"):
        page.goto(path)
        no_wider_than_the_screen(page)
    page.get_by_role("link", name=re.compile("Invitation")).click()
    no_wider_than_the_screen(page)
    one = page.url
    for view in ("text", "headers", "source"):
        page.goto(f"{one}?as={view}")
        no_wider_than_the_screen(page)
