"""The draft recipe and everything around it, through google-api-python-client."""

import base64

import pytest
from googleapiclient.errors import HttpError


@pytest.fixture
def users(place):
    return place.service("gmail", "v1").users()


def status(request):
    with pytest.raises(HttpError) as caught:
        request.execute(num_retries=0)
    return caught.value.status_code


def send(users, raw):
    return users.messages().send(userId="me", body={"raw": raw}).execute(num_retries=0)


def draft(users, raw):
    return users.drafts().create(userId="me", body={"message": {"raw": raw}}).execute(num_retries=0)


def found(users, query):
    return [one["id"] for one in users.messages().list(userId="me", q=query).execute().get("messages", [])]


def test_a_draft_is_sent_once_and_is_gone(place, users, raw_mail):
    made = draft(users, raw_mail())
    one = {"userId": "me", "id": made["id"]}
    assert users.drafts().get(**one).execute()["message"]["labelIds"] == ["DRAFT"]
    sending = users.drafts().send(userId="me", body={"id": made["id"]})
    sent = sending.execute(num_retries=0)
    assert sent["labelIds"] == ["SENT"]
    assert sent["id"] != made["message"]["id"]
    assert sent["threadId"] == made["message"]["threadId"]
    assert status(users.drafts().get(**one)) == 404
    assert status(sending) == 404
    assert status(users.messages().get(userId="me", id=made["message"]["id"])) == 404
    assert [mail["id"] for mail in place.control("mailbox")] == [sent["id"]]


def test_drafts_are_listed_searched_changed_and_deleted(users, raw_mail):
    made = draft(users, raw_mail(text="token SL1A2B3C"))
    other = draft(users, raw_mail(subject="other"))
    listed = users.drafts().list(userId="me").execute()["drafts"]
    assert [one["id"] for one in listed] == [other["id"], made["id"]]
    searched = users.drafts().list(userId="me", q='"SL1A2B3C"').execute()["drafts"]
    assert [one["id"] for one in searched] == [made["id"]]
    users.drafts().update(userId="me", id=made["id"], body={"message": {"raw": raw_mail(subject="new")}}).execute()
    raw = users.drafts().get(userId="me", id=made["id"], format="raw").execute()["message"]["raw"]
    assert b"Subject: new" in base64.urlsafe_b64decode(raw)
    users.drafts().delete(userId="me", id=made["id"]).execute()
    assert status(users.drafts().delete(userId="me", id=made["id"])) == 404


@pytest.mark.parametrize("raw", ["", "###", "bm8gaGVhZGVycw", None])
def test_what_is_no_mail_is_refused(place, users, raw):
    assert status(users.messages().send(userId="me", body={"raw": raw})) == 400
    assert place.control("mailbox") == []


def test_a_mail_to_nobody_is_refused_and_its_draft_stays(place, users, raw_mail):
    assert status(users.messages().send(userId="me", body={"raw": raw_mail(to="")})) == 400
    made = draft(users, raw_mail(to=""))
    assert status(users.drafts().send(userId="me", body={"id": made["id"]})) == 400
    assert users.drafts().get(userId="me", id=made["id"]).execute()["id"] == made["id"]
    assert place.control("mailbox") == []


@pytest.mark.parametrize("rewritten", [True, False])
def test_sending_replaces_the_message_id_unless_switched_off(place, users, raw_mail, rewritten):
    place.control("settings", {"rewrite_message_id": rewritten})
    sent = send(users, raw_mail(Message_ID="<ours@colab.example.org>"))
    raw = place.control("mailbox")[0]["raw"]
    assert ("ours@colab.example.org" not in raw) is rewritten
    assert ("@mail.gmail.com>" in raw) is rewritten
    assert found(users, "rfc822msgid:ours@colab.example.org") == ([] if rewritten else [sent["id"]])
    assert raw.count("Message-ID:") == 1


def test_the_bytes_of_a_mail_survive(place, users):
    body = "From: a@example.org\r\nTo: b@example.org\r\nSubject: s\r\n\r\nZeile \u00e4\r\n\r\n. end\r\n"
    send(users, base64.urlsafe_b64encode(body.encode()).decode().rstrip("="))
    raw = place.control("mailbox")[0]["raw"]
    head, _, text = raw.partition("\r\n\r\n")
    assert text == "Zeile \u00e4\r\n\r\n. end\r\n"
    assert head.startswith("From: a@example.org\r\nTo: b@example.org\r\nSubject: s\r\nMessage-ID: <")


def test_a_message_comes_in_four_formats(users, raw_mail):
    sent = send(users, raw_mail(text="plain words", html="<p>rich words</p>"))

    def get(how, **options):
        return users.messages().get(userId="me", id=sent["id"], format=how, **options).execute()

    assert "payload" not in get("minimal")
    metadata = get("metadata", metadataHeaders=["Subject"])["payload"]
    assert metadata["headers"] == [{"name": "Subject", "value": "Hello"}]
    parts = get("full")["payload"]["parts"]
    assert [part["mimeType"] for part in parts] == ["text/plain", "text/html"]
    assert base64.urlsafe_b64decode(parts[0]["body"]["data"]).strip() == b"plain words"
    assert b"plain words" in base64.urlsafe_b64decode(get("raw")["raw"])
    assert get("full")["internalDate"].startswith("17080704")


def test_searches_find_words_in_subject_and_text(users, raw_mail):
    one = send(users, raw_mail(subject="Séance acceptée", text="ref SL1A2B3C here", to="ana@example.org"))["id"]
    other = send(users, raw_mail(subject="Other", html="<p>Two <b>words</b></p>", to="bob@example.net"))["id"]
    draft(users, raw_mail(text="SL1A2B3C"))
    assert found(users, '"SL1A2B3C" in:sent') == [one]
    assert found(users, "in:sent") == [other, one]
    assert found(users, '"séance acceptée"') == [one]
    assert found(users, "Two words -Séance") == [other]
    assert found(users, "SL1A2B") == []
    assert found(users, "to:bob@example.net") == [other]
    assert status(users.messages().list(userId="me", q="has:attachment")) == 501


def test_the_search_may_be_late(place, users, raw_mail):
    place.control("settings", {"sent_search_delay_seconds": 60})
    sent = send(users, raw_mail(text="SL1A2B3C"))
    assert found(users, "SL1A2B3C") == []
    assert users.messages().get(userId="me", id=sent["id"]).execute()["id"] == sent["id"]
    place.control("clock", {"now": "2024-02-16T08:05:00Z"})
    assert found(users, "SL1A2B3C") == [sent["id"]]


def test_mail_is_uploaded_as_it_is(place):
    mail = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: up\r\n\r\nwords\r\n"
    path = "/upload/gmail/v1/users/me/messages/send?uploadType=media"
    answer = place.ask("POST", path, data=mail, headers={"Content-Type": "message/rfc822"})
    assert answer.status_code == 200
    assert place.control("mailbox")[0]["subject"] == "up"


def test_profile_labels_and_other_peoples_mail(users):
    assert users.getProfile(userId="me").execute()["emailAddress"] == "colab@colab.example.org"
    assert {"SENT", "DRAFT"} <= {label["id"] for label in users.labels().list(userId="me").execute()["labels"]}
    assert status(users.getProfile(userId="other@example.org")) == 403
