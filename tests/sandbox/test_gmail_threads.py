"""Conversations and the history of a mailbox, through google-api-python-client."""

import re

import pytest
from googleapiclient.errors import HttpError

ROOT = "<root.of.all@colab.example.org>"


@pytest.fixture
def users(place):
    return place.service("gmail", "v1").users()


def send(users, raw, **more):
    return users.messages().send(userId="me", body={"raw": raw, **more}).execute(num_retries=0)


def status(request):
    with pytest.raises(HttpError) as caught:
        request.execute(num_retries=0)
    return caught.value.status_code


@pytest.mark.parametrize(
    ("subject", "references", "joined"),
    [
        ("Hello", ROOT, True),
        ("Re: hello", ROOT, True),
        ("RE: Fwd: Hello", f"<other@example.org> {ROOT}", True),
        ("Hello again", ROOT, False),
        ("Hello", "<other@example.org>", False),
    ],
)
def test_mails_are_one_conversation_by_subject_and_references(users, raw_mail, subject, references, joined):
    first = send(users, raw_mail(References=ROOT))
    second = send(users, raw_mail(subject=subject, References=references))
    assert (second["threadId"] == first["threadId"]) is joined
    threads = users.threads().list(userId="me").execute()["threads"]
    assert len(threads) == (1 if joined else 2)


def test_a_named_conversation_needs_its_subject_and_references(users, raw_mail):
    first = send(users, raw_mail(References=ROOT))
    thread = first["threadId"]
    assert send(users, raw_mail(In_Reply_To=ROOT), threadId=thread)["threadId"] == thread
    assert send(users, raw_mail(), threadId=thread)["threadId"] != thread
    assert send(users, raw_mail(subject="Other", References=ROOT), threadId=thread)["threadId"] != thread
    for wrong, code in (("0123456789abcdef", 404), ("none", 400)):
        assert status(users.messages().send(userId="me", body={"raw": raw_mail(), "threadId": wrong})) == code


def test_a_conversation_is_read_labelled_thrown_away_and_deleted_as_one(place, users, raw_mail):
    sent = [send(users, raw_mail(References=ROOT))["id"] for _ in range(2)]
    one = {"userId": "me", "id": sent[0]}
    known = users.threads().get(**one, format="metadata", metadataHeaders=["Subject"]).execute()
    assert [message["id"] for message in known["messages"]] == sent
    assert known["messages"][0]["payload"]["headers"] == [{"name": "Subject", "value": "Hello"}]
    users.threads().modify(**one, body={"addLabelIds": ["STARRED"]}).execute()
    assert users.threads().list(userId="me", q="is:starred").execute()["threads"][0]["id"] == sent[0]
    users.threads().trash(**one).execute()
    assert users.threads().list(userId="me").execute() == {"resultSizeEstimate": 0}
    users.threads().untrash(**one).execute()
    assert len(users.threads().get(**one, format="minimal").execute()["messages"]) == 2
    assert place.ask("GET", f"/gmail/v1/users/me/threads/{sent[0]}?format=raw").status_code == 400
    users.threads().delete(**one).execute()
    assert status(users.threads().get(**one)) == 404


def test_the_history_tells_what_changed_since(users, raw_mail):
    start = users.getProfile(userId="me").execute()["historyId"]
    sent = send(users, raw_mail())
    one = {"userId": "me", "id": sent["id"]}
    users.messages().modify(**one, body={"addLabelIds": ["STARRED"]}).execute()
    users.messages().modify(**one, body={"removeLabelIds": ["STARRED"]}).execute()
    users.messages().delete(**one).execute()
    asked = users.history().list(userId="me", startHistoryId=start).execute()
    kinds = [next(name for name in row if name not in {"id", "messages"}) for row in asked["history"]]
    assert kinds == ["messagesAdded", "labelsAdded", "labelsRemoved", "messagesDeleted"]
    assert asked["history"][1]["labelsAdded"][0]["labelIds"] == ["STARRED"]
    assert {row["messages"][0]["id"] for row in asked["history"]} == {sent["id"]}
    assert asked["historyId"] == users.getProfile(userId="me").execute()["historyId"]
    added = users.history().list(userId="me", startHistoryId=start, historyTypes=["messageAdded"]).execute()
    assert len(added["history"]) == 1
    assert "history" not in users.history().list(userId="me", startHistoryId=asked["historyId"]).execute()


def test_a_history_that_is_too_old_or_was_never_is_not_found(place, users, raw_mail):
    start = users.getProfile(userId="me").execute()["historyId"]
    for never in ("1", "999999"):
        assert status(users.history().list(userId="me", startHistoryId=never)) == 404
    send(users, raw_mail())
    place.control("clock", {"now": "2024-02-25T08:00:00Z"})
    assert status(users.history().list(userId="me", startHistoryId=start)) == 404


def test_an_answer_of_a_member_joins_the_conversation_in_the_office(place, users, raw_mail):
    sent = send(users, raw_mail(to="ana@example.org", References=ROOT))
    page = place.ask("GET", "/mail/ana@example.org").text
    mail = re.search(r'href="(/mail/ana%40example.org/[0-9a-f]{16})"', page)[1]
    assert "Sent." in place.ask("POST", f"{mail}/reply", data={"text": "Yes"}).text
    (arrived,) = users.messages().list(userId="me", q="in:inbox").execute()["messages"]
    assert arrived["threadId"] == sent["threadId"]
