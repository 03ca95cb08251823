"""Mails that are uploaded: as they are, beside their JSON, and bit by bit."""

import io
import json

import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseUpload

HEAD = b"From: colab@colab.example.org\r\nTo: b@example.org\r\nSubject: up\r\nDate: now\r\n"
MAIL = HEAD + b"\r\n\r\nwords\r\n\r\n--x\r\n"
CHUNK = 256 * 1024
SENDING = "/upload/gmail/v1/users/me/messages/send"


def media(data=MAIL, **options):
    return MediaIoBaseUpload(io.BytesIO(data), mimetype="message/rfc822", **options)


def newest(place):
    return place.control("mailbox")[-1]


def test_a_mail_is_uploaded_as_it_is(shared):
    sent = shared.ask("POST", f"{SENDING}?uploadType=media", data=MAIL, headers={"Content-Type": "message/rfc822"})
    assert sent.status_code == 200
    assert newest(shared)["raw"].endswith("\r\n\r\n\r\nwords\r\n\r\n--x\r\n")


@pytest.mark.parametrize("resumable", [False, True])
def test_a_mail_is_uploaded_beside_its_json(shared, resumable):
    users = shared.service("gmail", "v1").users()
    first = users.messages().send(userId="me", body={}, media_body=media()).execute()
    body = {"message": {"threadId": first["threadId"]}}
    made = users.drafts().create(userId="me", body=body, media_body=media(resumable=resumable)).execute()
    users.drafts().update(
        userId="me", id=made["id"], body={"message": {}}, media_body=media(resumable=resumable)
    ).execute()
    sent = users.drafts().send(userId="me", body={"id": made["id"]}, media_body=media(resumable=resumable)).execute()
    assert newest(shared)["id"] == sent["id"]
    assert newest(shared)["raw"].endswith("\r\n\r\n\r\nwords\r\n\r\n--x\r\n")


def test_a_mail_comes_bit_by_bit_and_is_sent_once(place):
    users = place.service("gmail", "v1").users()
    big = MAIL + b"x" * 600_000
    request = users.messages().send(userId="me", media_body=media(big, resumable=True, chunksize=256 * 1024))
    progress, answer = [], None
    while answer is None:
        state, answer = request.next_chunk(num_retries=0)
        progress.append(state.resumable_progress if state else len(big))
        assert len(place.control("mailbox")) == (1 if answer else 0)
    assert progress == [262144, 524288, len(big)]
    assert request.resumable_uri is None or request.resumable_uri.startswith(place.base_url)
    assert len(newest(place)["raw"]) > 600_000


def test_an_upload_that_broke_off_goes_on_where_it_stopped(place):
    big = MAIL + b"x" * CHUNK
    size = len(big)
    address = place.ask("POST", f"{SENDING}?uploadType=resumable", json={}).headers["location"]
    assert address.startswith(place.base_url)

    def put(place_, data=b""):
        return place.session.put(address, data=data, headers={"Content-Range": f"bytes {place_}/{size}"})

    assert put("0-9", big[:10]).status_code == 400, "a part that is not the last is a multiple of 256 KiB"
    kept = put(f"0-{CHUNK - 1}", big[:CHUNK])
    assert (kept.status_code, kept.headers["range"]) == (308, f"bytes=0-{CHUNK - 1}")
    again = put("*")
    assert (again.status_code, again.headers["range"]) == (308, f"bytes=0-{CHUNK - 1}")
    assert put(f"{CHUNK + 5}-{size - 1}", big[CHUNK + 5 :]).status_code == 400
    assert put(f"{CHUNK}-{size - 1}", big[CHUNK:]).status_code == 200
    assert put(f"{CHUNK}-{size - 1}", big[CHUNK:]).status_code == 404
    assert len(place.control("mailbox")) == 1


def test_what_is_too_large_is_refused(shared):
    before = len(shared.control("mailbox"))
    announced = {"X-Upload-Content-Length": str(36_700_161), "X-Upload-Content-Type": "message/rfc822"}
    answer = shared.ask("POST", f"{SENDING}?uploadType=resumable", json={}, headers=announced)
    assert (answer.status_code, answer.json()["error"]["message"]) == (
        400,
        "Request payload size exceeds the limit: 36700160 bytes.",
    )
    assert len(shared.control("mailbox")) == before


@pytest.mark.parametrize(
    ("kind", "content_type", "body"),
    [
        ("multipart", "multipart/related; boundary=x", b"--x\r\n\r\n{}\r\n--x--\r\n"),
        ("multipart", "multipart/related", b"no boundary"),
        ("multipart", "message/rfc822", MAIL),
        ("media", "message/rfc822", b""),
        ("nonsense", "message/rfc822", MAIL),
    ],
)
def test_a_broken_upload_is_refused(shared, kind, content_type, body):
    answer = shared.ask("POST", f"{SENDING}?uploadType={kind}", data=body, headers={"Content-Type": content_type})
    assert answer.status_code == 400
    assert json.loads(answer.text)["error"]["errors"][0]["message"]


def test_the_client_sees_the_refusal_of_an_upload(shared):
    users = shared.service("gmail", "v1").users()
    with pytest.raises(HttpError) as caught:
        users.messages().send(userId="me", body={}, media_body=media(b"Subject: nobody\r\n\r\nx")).execute(
            num_retries=0
        )
    assert caught.value.reason == "Recipient address required"
