"""The ways a mail travels to Gmail: ``raw`` in JSON, or uploaded as it is, beside its JSON, or bit by bit."""

from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from tasks.sandbox.failures import GoogleError, invalid, not_found
from tasks.sandbox.gmail.parts import checked, decode
from tasks.sandbox.shapes import Json
from tasks.sandbox.uploads import continued, incomplete, related
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation

LARGEST = 36_700_160
"""Bytes of a mail, attachments in their transfer encoding (the discovery document's ``maxSize``)."""

SESSIONS = "upload:gmail"
BITS = "/bits"


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

    def resumed(call: Call) -> Answer:
        return _take(_at(call, path), work)

    return [
        operation("gmail", method, path, name, work),
        operation("gmail", method, f"/upload{path}", name, uploaded),
        operation("gmail", "PUT", f"/upload{path}{BITS}", name, resumed),
    ]


def _at(call: Call, path: str) -> Call:
    """The call, knowing that it uploads and where."""
    return replace(call, parts={**call.parts, "upload": f"/upload{path}".format(**call.parts)})


def _related(call: Call) -> Given:
    sent = related(call)
    return Given(replace(call, body=sent.metadata).json(), sent.content)


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
    have, complete = continued(call, bytes.fromhex(session["data"]))
    if len(have) > LARGEST:
        raise _too_large()
    call.world.store.put(SESSIONS, session["id"], session | {"data": have.hex()})
    if not complete:
        return incomplete(have)
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
