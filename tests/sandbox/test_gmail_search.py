"""``q`` as the Gmail search box reads it, through google-api-python-client."""

import base64

import pytest
from googleapiclient.errors import HttpError


def mail(subject, text, to, sender="CoLab <colab@colab.example.org>", **more):
    head = {
        "From": sender,
        "To": to,
        "Subject": subject,
        **{name.replace("_", "-"): said for name, said in more.items()},
    }
    lines = [f"{name}: {value}\r\n" for name, value in head.items()]
    return base64.urlsafe_b64encode(("".join(lines) + f"\r\n{text}\r\n").encode()).decode()


@pytest.fixture(scope="module")
def mailbox(shared):
    """Four mails of three days, by name."""
    users = shared.service("gmail", "v1").users()
    me = {"userId": "me"}
    days = iter(("2024-02-16T12:00:00Z", "2024-02-20T12:00:00Z", "2024-03-20T12:00:00Z"))

    def tomorrow():
        shared.control("clock", {"now": next(days)})

    tomorrow()
    first = mail("Séance acceptée", "ref SL1A2B3C here", "Ana Díaz <ana@example.org>", Cc="carol@example.net")
    ids = {"first": users.messages().send(**me, body={"raw": first}).execute()["id"]}
    tomorrow()
    second = mail("Other matters", "Two words", "bob@example.net", Bcc="dan@example.com")
    ids["second"] = users.messages().send(**me, body={"raw": second}).execute()["id"]
    third = mail("Re: Séance acceptée", "An answer", "colab@colab.example.org", "Ana <ana@example.org>")
    labels = ["INBOX", "UNREAD"]
    ids["third"] = users.messages().insert(**me, body={"raw": third, "labelIds": labels}).execute()["id"]
    waiting = users.drafts().create(**me, body={"message": {"raw": mail("Draft", "SL1A2B3C", "")}}).execute()
    ids["draft"] = waiting["message"]["id"]
    tomorrow()
    names = {found: name for name, found in ids.items()}

    def search(query):
        rows = users.messages().list(**me, q=query).execute().get("messages", [])
        return [names[one["id"]] for one in rows]

    return search


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"SL1A2B3C" in:sent', ["first"]),
        ("SL1A2B3C", ["draft", "first"]),
        ("in:sent", ["second", "first"]),
        ("in:drafts", ["draft"]),
        ("in:inbox", ["third"]),
        ("in:anywhere", ["draft", "third", "second", "first"]),
        ("SL1A2B", []),
        ("sl1a2b3c", ["draft", "first"]),
        ('"séance acceptée"', ["third", "first"]),
        ('"acceptée séance"', []),
        ("acceptée séance", ["third", "first"]),
        ("subject:séance", ["third", "first"]),
        ("subject:here", []),
        ('subject:"other matters"', ["second"]),
        ("subject:(matters other)", ["second"]),
        ("subject:{draft matters}", ["draft", "second"]),
        ("from:ana@example.org", ["third"]),
        ("from:me", ["draft", "second", "first"]),
        ("from:ana -in:inbox", []),
        ("to:bob@example.net", ["second"]),
        ("to:example.net", ["second", "first"]),
        ("to:ana", ["first"]),
        ("to:me", ["third"]),
        ("cc:carol", ["first"]),
        ("cc:ana", []),
        ("bcc:dan@example.com", ["second"]),
        ("is:unread", ["third"]),
        ("is:read in:sent", ["second", "first"]),
        ("label:unread", ["third"]),
        ("label:nowhere", []),
        ("has:attachment", []),
        ("-has:attachment in:inbox", ["third"]),
        ("-Séance", ["draft", "second"]),
        ("answer OR words", ["third", "second"]),
        ("in:sent answer OR words", ["second"]),
        ("in:sent (answer OR words OR ref)", ["second", "first"]),
        ("-(answer OR words)", ["draft", "first"]),
        ("{answer words} -in:sent", ["third"]),
        ("answer AND nothing", []),
        ("after:2024/02/17", ["draft", "third", "second"]),
        ("after:2024-02-16 before:2024-02-17", ["first"]),
        ("before:1708300000", ["first"]),
        ("older_than:30d", ["first"]),
        ("newer_than:1m in:sent", ["second"]),
        ("newer_than:1y in:sent", ["second", "first"]),
        ("larger:1M", []),
        ("smaller:1M in:inbox", ["third"]),
        ("rfc822msgid:none@example.org", []),
        ("Ref:SL1A2B3C", ["first"]),
        ("matters:nothing", []),
        ("!!!", []),
        ("OR", []),
        ("(", ["draft", "third", "second", "first"]),
        (")", []),
        ("to:", []),
    ],
)
def test_a_search_finds(mailbox, query, found):
    assert mailbox(query) == found


@pytest.mark.parametrize(
    "query",
    [
        "category:social",
        "is:snoozed",
        "has:drive",
        "after:yesterday",
        "older_than:2w",
        "after:2024/13/40",
        "x larger:big",
    ],
)
def test_what_gmail_knows_and_the_sandbox_does_not_is_never_left_out_in_silence(mailbox, query):
    with pytest.raises(HttpError) as caught:
        mailbox(query)
    assert caught.value.status_code == 501


def test_the_search_may_be_late(place, raw_mail):
    users = place.service("gmail", "v1").users()

    def found(query):
        return [one["id"] for one in users.messages().list(userId="me", q=query).execute().get("messages", [])]

    place.control("settings", {"sent_search_delay_seconds": 60})
    sent = users.messages().send(userId="me", body={"raw": raw_mail(text="SL1A2B3C")}).execute()
    assert found("SL1A2B3C") == []
    assert found("") == [sent["id"]]
    assert users.messages().get(userId="me", id=sent["id"]).execute()["id"] == sent["id"]
    place.control("clock", {"now": "2024-02-16T08:05:00Z"})
    assert found("SL1A2B3C") == [sent["id"]]
