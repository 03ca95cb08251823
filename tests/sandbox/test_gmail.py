"""The draft recipe and everything around it, through google-api-python-client."""

import base64
import json

import pytest
from googleapiclient.errors import HttpError

OFFICE = "colab@colab.example.org"


@pytest.fixture
def users(place):
    return place.service("gmail", "v1").users()


def status(request):
    with pytest.raises(HttpError) as caught:
        request.execute(num_retries=0)
    return caught.value.status_code


def refusal(request):
    with pytest.raises(HttpError) as caught:
        request.execute(num_retries=0)
    error = json.loads(caught.value.content)["error"]
    return error["code"], error["errors"][0]["reason"], error["message"]


def send(users, raw, **more):
    return users.messages().send(userId="me", body={"raw": raw, **more}).execute(num_retries=0)


def draft(users, raw, **more):
    return users.drafts().create(userId="me", body={"message": {"raw": raw, **more}}).execute(num_retries=0)


def found(users, query, **more):
    return [one["id"] for one in users.messages().list(userId="me", q=query, **more).execute().get("messages", [])]


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


def test_a_draft_whose_message_is_thrown_away_cannot_be_sent(users, raw_mail):
    for throw in ("trash", "delete"):
        made = draft(users, raw_mail())
        getattr(users.messages(), throw)(userId="me", id=made["message"]["id"]).execute()
        assert status(users.drafts().send(userId="me", body={"id": made["id"]})) == 404
    assert users.drafts().list(userId="me").execute() == {"resultSizeEstimate": 0}


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (None, "'raw' RFC822 payload message string"),
        ("", "'raw' RFC822 payload message string"),
        ("###", "(TYPE_BYTES)"),
        ("bm8gaGVhZGVycw", "no headers"),
    ],
)
def test_what_is_no_mail_is_refused(place, users, raw, words):
    code, _, said = refusal(users.messages().send(userId="me", body={"raw": raw}))
    assert code == 400
    assert words in said
    assert place.control("mailbox") == []


def test_a_draft_without_a_message_is_refused(users):
    assert refusal(users.drafts().create(userId="me", body={}))[2] == "Missing draft message"
    assert refusal(users.drafts().send(userId="me", body={}))[2] == "Missing draft id"


def test_a_mail_to_nobody_is_refused_and_its_draft_stays(place, users, raw_mail):
    sending = users.messages().send(userId="me", body={"raw": raw_mail(to="")})
    assert refusal(sending) == (400, "invalidArgument", "Recipient address required")
    made = draft(users, raw_mail(to=""))
    assert status(users.drafts().send(userId="me", body={"id": made["id"]})) == 400
    assert users.drafts().get(userId="me", id=made["id"]).execute()["id"] == made["id"]
    assert place.control("mailbox") == []


@pytest.mark.parametrize("field", ["To", "Cc", "Bcc"])
@pytest.mark.parametrize("value", ["Ana", "ana@host", "Ana <ana@example.org>, Bob", "a b@example.org"])
def test_an_address_that_is_none_is_refused_on_sending_and_drafting(shared, field, value):
    users = shared.service("gmail", "v1").users()
    lines = {"To": "ok@example.org", field: value}
    mail = "".join(f"{name}: {text}\r\n" for name, text in lines.items()) + "\r\nwords"
    body = {"raw": base64.urlsafe_b64encode(mail.encode()).decode()}
    expected = (400, "invalidArgument", f"Invalid {field} header")
    assert refusal(users.messages().send(userId="me", body=body)) == expected
    assert refusal(users.drafts().create(userId="me", body={"message": body})) == expected


def test_one_mail_goes_to_a_hundred_people_at_most(users, raw_mail):
    people = [f"p{n}@example.org" for n in range(101)]
    assert status(users.messages().send(userId="me", body={"raw": raw_mail(to=", ".join(people))})) == 400
    send(users, raw_mail(to=", ".join(people[1:])))


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
    body = f"From: CoLab <{OFFICE}>\r\nTo: b@example.org\r\nSubject: s\r\n\r\nZeile \u00e4\r\n\r\n. end\r\n"
    send(users, base64.urlsafe_b64encode(body.encode()).decode().rstrip("="))
    raw = place.control("mailbox")[0]["raw"]
    head, _, text = raw.partition("\r\n\r\n")
    assert text == "Zeile \u00e4\r\n\r\n. end\r\n"
    assert head.startswith(f"From: CoLab <{OFFICE}>\r\nTo: b@example.org\r\nSubject: s\r\nMessage-ID: <")
    assert head.splitlines()[-1] == "Date: Fri, 16 Feb 2024 08:00:00 +0000"


@pytest.mark.parametrize(
    ("given", "sent_as"),
    [
        (f"CoLab <{OFFICE}>", [f"CoLab <{OFFICE}>"]),
        ("Secretariat <Secretariat@colab.example.org>", ["Secretariat <Secretariat@colab.example.org>"]),
        ("Somebody <some@example.org>", [f"Somebody <{OFFICE}>", "Somebody <some@example.org>"]),
        ("", [f"CoLab <{OFFICE}>"]),
    ],
)
def test_a_mail_leaves_under_an_address_of_its_mailbox(shared, given, sent_as):
    users = shared.service("gmail", "v1").users()
    mail = (f"From: {given}\r\n" if given else "") + "To: b@example.org\r\n\r\nwords"
    sent = send(users, base64.urlsafe_b64encode(mail.encode()).decode())
    fields = users.messages().get(userId="me", id=sent["id"], format="metadata").execute()["payload"]["headers"]
    wanted = ("From", "X-Google-Original-From")
    assert [one["value"] for one in fields if one["name"] in wanted] == sent_as


def test_the_addresses_of_the_mailbox_are_listed(users):
    listed = users.settings().sendAs().list(userId="me").execute()["sendAs"]
    assert [(one["sendAsEmail"], one.get("isPrimary", False)) for one in listed] == [
        (OFFICE, True),
        ("secretariat@colab.example.org", False),
    ]
    one = users.settings().sendAs().get(userId="me", sendAsEmail=OFFICE).execute()
    assert one["displayName"] == "CoLab"
    assert status(users.settings().sendAs().get(userId="me", sendAsEmail="x@example.org")) == 404


def test_who_was_in_bcc_is_known_in_sent_only(place, users, raw_mail):
    send(users, raw_mail(to="ana@example.org", Bcc="bob@example.net"))
    assert "Bcc: bob@example.net" in place.control("mailbox")[0]["raw"]
    for person in ("ana@example.org", "bob@example.net"):
        page = place.ask("GET", f"/mail/{person}").text
        assert "Hello" in page
        assert ("bob@" in page) is (person == "bob@example.net")


def test_a_message_comes_in_four_formats(users, raw_mail):
    sent = send(users, raw_mail(subject="Séance", text="plain & words", html="<p>rich words</p>"))

    def get(how, **options):
        return users.messages().get(userId="me", id=sent["id"], format=how, **options).execute()

    assert "payload" not in get("minimal")
    assert get("minimal")["snippet"] == "plain &amp; words"
    metadata = get("metadata", metadataHeaders=["Subject"])["payload"]
    assert metadata["headers"] == [{"name": "Subject", "value": "Séance"}]
    parts = get("full")["payload"]["parts"]
    assert [(part["partId"], part["mimeType"]) for part in parts] == [("0", "text/plain"), ("1", "text/html")]
    assert base64.urlsafe_b64decode(parts[0]["body"]["data"]).strip() == b"plain & words"
    data = base64.urlsafe_b64decode(get("raw")["raw"])
    assert b"plain & words" in data
    assert get("full")["sizeEstimate"] == len(data)
    assert get("full")["internalDate"].startswith("17080704")


def test_an_attachment_is_fetched_apart(users):
    mail = (
        b"To: b@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n\xe4\r\n"
        b"--x\r\nContent-Type: application/ics\r\nContent-Disposition: attachment; filename=invite.ics\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\nQkVHSU4=\r\n--x--\r\n"
    )
    sent = send(users, base64.urlsafe_b64encode(mail).decode())
    text, file = users.messages().get(userId="me", id=sent["id"]).execute()["payload"]["parts"]
    assert base64.urlsafe_b64decode(text["body"]["data"]).decode() == "ä"
    assert (file["filename"], file["body"]["size"], "data" in file["body"]) == ("invite.ics", 5, False)
    one = {"userId": "me", "messageId": sent["id"], "id": file["body"]["attachmentId"]}
    body = users.messages().attachments().get(**one).execute()
    assert (body["size"], base64.urlsafe_b64decode(body["data"])) == (5, b"BEGIN")
    assert status(users.messages().attachments().get(**{**one, "id": "none"})) == 404
    assert found(users, "has:attachment filename:invite.ics") == [sent["id"]]


def test_the_day_has_a_limit_and_says_when_it_ends(place, users, raw_mail):
    place.control("settings", {"daily_sending_limit": 2})
    send(users, raw_mail())
    place.control("clock", {"now": "2024-02-16T10:00:00Z"})
    made = draft(users, raw_mail())
    users.drafts().send(userId="me", body={"id": made["id"]}).execute(num_retries=0)
    code, reason, said = refusal(users.messages().send(userId="me", body={"raw": raw_mail()}))
    assert (code, reason) == (429, "rateLimitExceeded")
    assert said.startswith("User-rate limit exceeded.  Retry after 2024-02-17T08:00:0")
    assert len(place.control("mailbox")) == 2
    place.control("clock", {"now": "2024-02-17T09:00:00Z"})
    send(users, raw_mail())


def test_lists_come_in_pages(users, raw_mail):
    sent = [send(users, raw_mail(subject=f"Mail {n}"))["id"] for n in range(3)]
    first = users.messages().list(userId="me", maxResults=2).execute()
    assert [one["id"] for one in first["messages"]] == sent[:0:-1]
    assert first["resultSizeEstimate"] == 3
    rest = users.messages().list(userId="me", maxResults=2, pageToken=first["nextPageToken"]).execute()
    assert [one["id"] for one in rest["messages"]] == sent[:1]
    assert "nextPageToken" not in rest
    assert status(users.messages().list(userId="me", pageToken="x")) == 400


def test_labels_are_made_set_counted_and_deleted(users, raw_mail):
    labels = users.labels()
    made = labels.create(userId="me", body={"name": "To do"}).execute()
    assert refusal(labels.create(userId="me", body={"name": "to DO"}))[::2] == (409, "Label name exists or conflicts")
    assert status(labels.create(userId="me", body={"name": "inbox"})) == 400
    assert status(labels.delete(userId="me", id="INBOX")) == 400
    sent = send(users, raw_mail())
    one = {"userId": "me", "id": sent["id"]}
    changed = users.messages().modify(**one, body={"addLabelIds": [made["id"], "STARRED"]}).execute()
    assert changed["labelIds"] == ["SENT", made["id"], "STARRED"]
    assert found(users, "label:to-do is:starred") == [sent["id"]]
    assert labels.get(userId="me", id=made["id"]).execute()["messagesTotal"] == 1
    assert labels.patch(userId="me", id=made["id"], body={"name": "Done"}).execute()["type"] == "user"
    labels.delete(userId="me", id=made["id"]).execute()
    assert users.messages().get(**one).execute()["labelIds"] == ["SENT", "STARRED"]
    assert status(labels.get(userId="me", id=made["id"])) == 404


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "No label add or removes specified"),
        ({"addLabelIds": ["Label_99"]}, "Invalid label: Label_99"),
        ({"addLabelIds": ["SENT"]}, "Invalid label: SENT"),
        ({"removeLabelIds": ["DRAFT"]}, "Invalid label: DRAFT"),
        ({"addLabelIds": ["STARRED"], "removeLabelIds": ["STARRED"]}, "Cannot both add and remove the same label"),
    ],
)
def test_labels_that_cannot_be_set_are_refused(shared, raw_mail, body, words):
    users = shared.service("gmail", "v1").users()
    one = {"userId": "me", "id": send(users, raw_mail())["id"]}
    assert refusal(users.messages().modify(**one, body=body)) == (400, "invalidArgument", words)
    assert refusal(users.messages().batchModify(userId="me", body={**body, "ids": [one["id"]]}))[2] == words


def test_what_is_in_the_trash_is_looked_for_only_there(users, raw_mail):
    one = {"userId": "me", "id": send(users, raw_mail())["id"]}
    assert users.messages().trash(**one).execute()["labelIds"] == ["SENT", "TRASH"]
    assert found(users, "Hello") == found(users, "") == []
    assert found(users, "in:trash") == found(users, "in:anywhere hello") == [one["id"]]
    assert found(users, "", includeSpamTrash=True) == found(users, "", labelIds=["TRASH"]) == [one["id"]]
    assert users.messages().untrash(**one).execute()["labelIds"] == ["SENT"]
    users.messages().batchDelete(userId="me", body={"ids": [one["id"]]}).execute()
    assert status(users.messages().get(**one)) == 404


def test_mails_are_put_into_the_mailbox_without_being_sent(place, users, raw_mail):
    raw = raw_mail(Date="Thu, 01 Feb 2024 10:00:00 +0000")
    body = {"raw": raw, "labelIds": ["INBOX", "UNREAD"]}
    imported = users.messages().import_(userId="me", body=body).execute()
    inserted = users.messages().insert(userId="me", body={"raw": raw}).execute()
    assert found(users, "is:unread in:inbox") == [imported["id"]]
    dates = [users.messages().get(userId="me", id=one["id"]).execute()["internalDate"] for one in (imported, inserted)]
    assert dates[0] == "1706781600000"
    assert dates[1].startswith("17080704")
    assert place.control("mailbox") == []
    assert status(users.messages().import_(userId="me", body=body, processForCalendar=True)) == 501


@pytest.mark.parametrize("wrong", ["none", "zz", "0" * 17])
def test_what_cannot_be_an_id_is_told_from_what_is_not_there(shared, wrong):
    users = shared.service("gmail", "v1").users()
    assert refusal(users.messages().get(userId="me", id=wrong))[::2] == (400, "Invalid id value")
    assert refusal(users.threads().get(userId="me", id=wrong))[::2] == (400, "Invalid id value")
    assert status(users.messages().get(userId="me", id="0123456789abcdef")) == 404


def test_profile_labels_and_other_peoples_mail(users):
    assert users.getProfile(userId="me").execute()["emailAddress"] == OFFICE
    assert {"SENT", "DRAFT"} <= {label["id"] for label in users.labels().list(userId="me").execute()["labels"]}
    assert status(users.getProfile(userId="other@example.org")) == 403


def test_what_is_not_modelled_says_so(users):
    topic = {"topicName": "projects/p/topics/t"}
    for asked in (users.watch(userId="me", body=topic), users.settings().getVacation(userId="me")):
        assert status(asked) == 501


WRONG = [5, "x", [], ["x"], [5], {}, {"x": 5}, True, None, "\ud83d\ude00"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "messages/send", {"raw": "", "threadId": "", "labelIds": []}),
        ("POST", "messages", {"raw": "", "threadId": "", "labelIds": []}),
        ("POST", "messages/import", {"raw": "", "threadId": "", "labelIds": []}),
        ("POST", "messages/batchModify", {"ids": [], "addLabelIds": [], "removeLabelIds": []}),
        ("POST", "messages/batchDelete", {"ids": []}),
        ("POST", "messages/0123456789abcdef/modify", {"addLabelIds": [], "removeLabelIds": []}),
        ("POST", "threads/0123456789abcdef/modify", {"addLabelIds": [], "removeLabelIds": []}),
        ("POST", "drafts", {"message": {"raw": "", "threadId": ""}}),
        ("POST", "drafts/send", {"id": "", "message": {}}),
        ("POST", "labels", {"name": "", "color": {}, "labelListVisibility": "", "messageListVisibility": ""}),
    ],
)
def test_a_body_with_wrong_types_is_refused_and_never_breaks_the_sandbox(
    starter, place_at, raw_mail, method, path, body
):
    raw = raw_mail()
    with starter.running(strict=False) as facts:
        place = place_at(facts)
        with place.session:
            for name in body:
                for wrong in WRONG:
                    changed = {**body, name: wrong}
                    changed = {**changed, "raw": raw} if "raw" in body and name != "raw" else changed
                    answer = place.ask(method, f"/gmail/v1/users/me/{path}", json=changed)
                    assert answer.status_code < 500, (changed, answer.text)
