"""Mail that comes back, and mail that arrives."""

import base64
import email
from email.policy import default

import pytest


@pytest.fixture
def users(place):
    return place.service("gmail", "v1").users()


def send(users, raw):
    return users.messages().send(userId="me", body={"raw": raw}).execute(num_retries=0)


def inbox(users):
    rows = users.messages().list(userId="me", q="in:inbox").execute().get("messages", [])
    raws = [users.messages().get(userId="me", id=one["id"], format="raw").execute() for one in rows]
    return [(one, email.message_from_bytes(base64.urlsafe_b64decode(one["raw"]), policy=default)) for one in raws]


@pytest.mark.parametrize(("reason", "code"), [("unknown", "5.1.1"), ("full", "5.2.2")])
def test_mail_to_a_dead_address_comes_back_as_a_report(place, users, raw_mail, reason, code):
    place.control("bounces", {"address": "Gone@example.org", "reason": reason})
    sent = send(users, raw_mail(to="gone@example.org", References="<root@colab.example.org>"))
    ((resource, report),) = inbox(users)
    original = users.messages().get(userId="me", id=sent["id"], format="metadata").execute()["payload"]["headers"]
    message_id = next(one["value"] for one in original if one["name"] == "Message-ID")
    assert resource["labelIds"] == ["UNREAD", "INBOX"]
    assert resource["threadId"] == sent["threadId"]
    assert report["From"] == "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"
    assert (report["X-Failed-Recipients"], report["Auto-Submitted"]) == ("gone@example.org", "auto-replied")
    assert (report.get_content_type(), report.get_param("report-type")) == ("multipart/report", "delivery-status")
    said, facts, returned = report.iter_parts()
    assert "gone@example.org" in said.get_body().get_content()
    about, recipient = facts.get_payload()
    assert about["X-Original-Message-ID"] == message_id
    assert recipient["Final-Recipient"] == "rfc822; gone@example.org"
    assert (recipient["Action"], recipient["Status"]) == ("failed", code)
    assert returned.get_payload()[0]["Message-ID"] == message_id


def test_nobody_is_at_bounce_example_and_others_still_get_their_copy(place, users, raw_mail):
    send(users, raw_mail(to="nobody@bounce.example, ana@example.org"))
    assert [one[1]["X-Failed-Recipients"] for one in inbox(users)] == ["nobody@bounce.example"]
    assert "Hello" in place.ask("GET", "/mail/ana@example.org").text
    assert "Hello" not in place.ask("GET", "/mail/nobody@bounce.example").text


def test_an_address_that_is_reached_again_gets_its_mail(place, users, raw_mail):
    place.control("bounces", {"address": "ana@example.org"})
    assert place.control("bounces", {"address": "ana@example.org", "reason": ""})["addresses"] == {}
    send(users, raw_mail(to="ana@example.org"))
    assert inbox(users) == []


def test_a_dead_address_stays_dead_over_a_restart(starter, place_at):
    for started in range(2):
        with starter.running() as facts:
            place = place_at(facts)
            with place.session:
                if not started:
                    place.control("bounces", {"address": "ana@example.org"})
                assert place.control("bounces")["addresses"] == {"ana@example.org": "unknown"}


@pytest.mark.parametrize("body", [{}, {"address": "x"}, {"address": "a@example.org", "reason": "tired"}])
def test_what_is_no_bounce_is_refused(shared, body):
    assert shared.ask("POST", "/control/bounces", json=body).status_code == 400


def test_mail_that_the_office_writes_to_itself_is_there_once(place, users, raw_mail):
    sent = send(users, raw_mail(to="secretariat@colab.example.org"))
    assert sent["labelIds"] == ["UNREAD", "INBOX", "SENT"]
    assert len(place.control("mailbox")) == 1
    assert [one["id"] for one, _ in inbox(users)] == [sent["id"]]


def test_somebody_writes_to_the_office(place, users):
    place.control(
        "mail", {"from": "ana@example.org", "to": "Secretariat@colab.example.org", "subject": "¿Sí?", "text": "ñ"}
    )
    ((_, mail),) = inbox(users)
    assert (mail["From"], mail["Subject"], mail.get_content().strip()) == ("ana@example.org", "¿Sí?", "ñ")
    assert mail["Delivered-To"] == "Secretariat@colab.example.org"
    assert place.control("mailbox") == []
    for wrong in ({}, {"from": "x"}, {"from": "a@example.org", "to": "nobody"}):
        assert place.ask("POST", "/control/mail", json=wrong).status_code == 400
