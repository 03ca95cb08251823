"""The ways a mail travels to Gmail: ``raw`` in JSON, or uploaded as it is, beside its JSON, or bit by bit."""

import re
from dataclasses import dataclass, replace
from email.message import Message
from urllib.parse import quote, urlencode

from tasks.sandbox.failures import GoogleError, invalid, not_found
from tasks.sandbox.gmail.parts import checked, decode
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation

LARGEST = 36_700_160
"""Bytes of a mail, attachments in their transfer encoding (the discovery document's ``maxSize``)."""

SESSIONS = "upload:gmail"
BITS = "/bits"
RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")


@dataclass(frozen=True)
class Given:
    """A Message or Draft of the request, and the mail that was uploaded with it."""

    resource: Json
    uploaded: bytes | None = None

    def mail(self, message: Json) -> bytes:
        """The mail's bytes, uploaded or in ``raw``; 400 for none and for more than Gmail takes."""
        data = checked(self.uploaded) if self.uploaded is not None else decode(message.get("raw"))
        if len(data) > LARGEST:
            raise _too_large()
        return data


def given(call: Call) -> Given:
    """What the request brings, whichever way it was sent."""
    if "upload" not in call.parts:
        return Given(call.json())
    kind = call.one("uploadType") or "media"
    if kind == "media":
        return Given({}, call.body)
    if kind == "multipart":
        return _related(call)
    if kind == "resumable":
        session = _session(call)
        return Given(session["resource"], bytes.fromhex(session["data"]))
    raise invalid(f"Invalid upload type: {kind}", "invalidArgument")


def taking_mail(method: str, path: str, name: str, work: Work) -> list[Operation]:
    """An operation that a mail comes with: by JSON, by an upload, and bit by bit.

    The bits go to an address of their own: a ``PUT`` on ``drafts/send`` would read as a change of the draft "send".
    """

    def uploaded(call: Call) -> Answer:
        call = _at(call, path)
        return _begin(call) if call.one("uploadType") == "resumable" else work(call)

    def continued(call: Call) -> Answer:
        return _take(_at(call, path), work)

    return [
        operation("gmail", method, path, name, work),
        operation("gmail", method, f"/upload{path}", name, uploaded),
        operation("gmail", "PUT", f"/upload{path}{BITS}", name, continued),
    ]


def _at(call: Call, path: str) -> Call:
    """The call, knowing that it uploads and where."""
    return replace(call, parts={**call.parts, "upload": f"/upload{path}".format(**call.parts)})


def _related(call: Call) -> Given:
    """``multipart/related``: first the JSON, then the mail, byte for byte."""
    kind = Message()
    kind["Content-Type"] = call.headers.get("content-type", "")
    edge = str(kind.get_param("boundary", ""))
    pieces = re.split(rb"(?:^|\r?\n)--" + re.escape(edge.encode()) + rb"(?:--)?[ \t]*(?:\r?\n|$)", call.body)
    held = [re.split(rb"\r?\n\r?\n", piece, maxsplit=1)[-1] for piece in pieces[1:3]]
    if kind.get_content_type() != "multipart/related" or not edge or len(held) != 2:  # noqa: PLR2004 (JSON and mail)
        raise invalid("Malformed multipart body.", "badContent")
    return Given(replace(call, body=held[0]).json(), held[1])


def _begin(call: Call) -> Answer:
    """Give the address, on this host, to which the mail is to be sent."""
    announced = call.headers.get("x-upload-content-length", "")
    if announced.isdigit() and int(announced) > LARGEST:
        raise _too_large()
    key = f"gmail-{call.world.store.next_number(SESSIONS)}"
    call.world.store.put(SESSIONS, key, {"id": key, "resource": call.json(), "data": ""})
    query = urlencode({**call.query, "upload_id": [key]}, doseq=True)
    address = f"{call.base_url}{quote(call.parts['upload'])}{BITS}?{query}"
    return Answer(content_type="text/plain", headers={"location": address, "x-guploader-uploadid": key})


def _take(call: Call, work: Work) -> Answer:
    """Keep what has come; the work is done when that was all."""
    session = _session(call)
    have = len(session["data"]) // 2
    said = call.headers.get("content-range", f"bytes 0-{len(call.body) - 1}/{len(call.body)}")
    match = RANGE.fullmatch(said)
    if match is None:
        raise invalid(f"Failed to parse Content-Range header: {said}", "badRequest")
    if match[1] is not None:
        if int(match[1]) != have or int(match[2]) - have + 1 != len(call.body):
            raise invalid("The bytes that came are not those of Content-Range.", "badRequest")
        session["data"] += call.body.hex()
        have += len(call.body)
    if have > LARGEST:
        raise _too_large()
    call.world.store.put(SESSIONS, session["id"], session)
    if match[3] != str(have):
        return Answer(status=308, headers={"range": f"bytes=0-{have - 1}"} if have else {})
    answer = work(call)
    call.world.store.remove(SESSIONS, session["id"])
    return answer


def _session(call: Call) -> Json:
    found = call.world.store.get(SESSIONS, call.one("upload_id"))
    if found is None:
        raise not_found()
    return found


def _too_large() -> GoogleError:
    return invalid(f"Request payload size exceeds the limit: {LARGEST} bytes.", "badRequest")
