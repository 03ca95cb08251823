"""One mail as its reader sees it, and what a reader can do with it."""

from tasks.sandbox.gmail.addresses import shown_fields
from tasks.sandbox.gmail.headers import header, values
from tasks.sandbox.gmail.letters import reply_subject, reply_to
from tasks.sandbox.gmail.mailboxes import Mailbox, mailbox_at
from tasks.sandbox.gmail.parts import Part, leaves, parsed
from tasks.sandbox.pages.mail import message_named, place, summary
from tasks.sandbox.pages.mail_card import card_of
from tasks.sandbox.pages.mail_links import Lead, lead_from, linked_text, meeting_pages, with_links, writing
from tasks.sandbox.pages.mail_reader import zone_of
from tasks.sandbox.pages.mail_times import arrived, day, full, short, until
from tasks.sandbox.pages.page import PageError, page
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation

FIELDS = ("From", "To", "Cc", "Bcc", "Reply-To")


def found(call: Call) -> tuple[Mailbox, Json]:
    mailbox = mailbox_at(call.world, call.parts["box"])
    return mailbox, message_named(mailbox, call.parts["message"])


def _one(call: Call) -> Answer:
    mailbox, message = found(call)
    message = mailbox.relabel(message, [], ["UNREAD"])
    data = mailbox.data(message["id"])
    parts = list(leaves(parsed(data)))
    lead = lead_from(mailbox.address, call.base_url, meeting_pages(call.world))
    card = card_of(mailbox, message, parts)
    views = _views(data, parts, lead)
    view = call.one("as") if call.one("as") in views else next(iter(views))
    return page(
        "mail.html",
        box=summary(mailbox),
        here=place(mailbox, message["id"]),
        subject=message["noted"]["subject"],
        labels=message["labelIds"],
        fields=[(name, header(data, name)) for name in FIELDS if values(data, name)],
        at=arrived(message),
        zone=zone_of(mailbox),
        view=view,
        views=list(views),
        shown=views[view],
        files=[_file(number, part) for number, part in enumerate(parts) if part.filename],
        card=card,
        card_link=lead(card.event.location) if card else "",
        others=[_other(mailbox, one) for one in mailbox.conversation(message["threadId"]) if one != message],
        reply={"to": reply_to(data), "subject": reply_subject(data)},
        unsubscribe=_unsubscribe(mailbox, data),
        done=next((name for name in ("sent", "answered") if call.one(name)), ""),
        short=short,
        full=full,
        until=until,
        day=day,
    )


def _views(data: bytes, parts: list[Part], lead: Lead) -> dict[str, object]:
    """What there is to see, the most natural first."""
    said = {part.content_type: part for part in reversed(parts) if not part.filename}
    views: dict[str, object] = {}
    if "text/html" in said:
        views["page"] = with_links(said["text/html"].text, lead)
    if "text/plain" in said:
        views["text"] = linked_text(said["text/plain"].text.replace("\r\n", "\n"), lead)
    report = "\n".join(part.text for part in parts if part.content_type == "message/delivery-status")
    if report:
        views["report"] = report
    return views | {"headers": shown_fields(data), "source": data.decode("utf-8", "replace")}


def _file(number: int, part: Part) -> Json:
    return {"number": number, "name": part.filename, "kind": part.content_type, "size": len(part.data)}


def _other(mailbox: Mailbox, message: Json) -> Json:
    noted = message["noted"]
    return {
        "path": place(mailbox, message["id"]),
        "from": noted["from"],
        "subject": noted["subject"],
        "at": arrived(message),
    }


def _unsubscribe(mailbox: Mailbox, data: bytes) -> str:
    """The page that the list's ``mailto:`` address opens."""
    given = header(data, "List-Unsubscribe")
    found = next((one.strip(" <>") for one in given.split(",") if one.strip(" <").startswith("mailto:")), "")
    return writing(mailbox.address, found) if found else ""


def _part(call: Call) -> Answer:
    """A part as a file to keep: never shown as a page of the sandbox."""
    mailbox, message = found(call)
    parts = list(leaves(parsed(mailbox.data(message["id"]))))
    number = call.parts["number"]
    if not number.isdigit() or int(number) >= len(parts):
        raise PageError("mail.no_part", status=404)
    name = "".join(letter for letter in parts[int(number)].filename if letter.isalnum() or letter in "._- ")
    safety = {"content-disposition": f'attachment; filename="{name.encode("ascii", "replace").decode() or "part"}"'}
    return Answer(
        parts[int(number)].data, 200, "application/octet-stream", {**safety, "x-content-type-options": "nosniff"}
    )


def _spoken(method: str, path: str, work: Work) -> Operation:
    return operation("pages", method, path, path, work)


ONE = "/mail/{box}/{message}"
OPERATIONS: list[Operation] = [
    _spoken("GET", ONE, _one),
    _spoken("GET", ONE + "/parts/{number}", _part),
]
