"""Everybody's mailbox: who got mail, and what is in a mailbox."""

from email.utils import getaddresses
from urllib.parse import quote, urlencode

from tasks.sandbox.failures import GoogleError
from tasks.sandbox.gmail.addresses import named
from tasks.sandbox.gmail.bounces import REASONS, reason_against, set_dead
from tasks.sandbox.gmail.mailboxes import Mailbox, mailbox_at, office
from tasks.sandbox.gmail.search import Search
from tasks.sandbox.pages.mail_reader import set_zone, set_zone_of, zone_of
from tasks.sandbox.pages.mail_times import arrived, short
from tasks.sandbox.pages.page import PageError, form, page, to
from tasks.sandbox.pages.time_zones import known_zones
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, operation

FOLDERS = ("inbox", "sent", "drafts", "trash")
SHOWN = 50


def place(mailbox: Mailbox, *more: str) -> str:
    """The path of a page of a mailbox."""
    return "/".join(["/mail", quote(mailbox.address), *(quote(part) for part in more)])


def _overview(call: Call) -> Answer:
    if wanted := call.one("address").strip():
        return to(place(mailbox_named(call, wanted)))
    boxes = [summary(box) for box in _known(call)]
    people = sorted(boxes[1:], key=lambda box: (-(box["latest"].timestamp() if box["latest"] else 0), box["address"]))
    return page("mails.html", boxes=[boxes[0], *people], short=short)


def _known(call: Call) -> list[Mailbox]:
    """The office's, then every other that something arrived in or was sent from."""
    ours = office(call.world)
    others = [Mailbox(call.world, str(one["address"])) for one in call.world.store.all("mailbox")]
    return [ours, *(box for box in others if box != ours)]


def own_name(mailbox: Mailbox, messages: list[Json]) -> str:
    """The name that others call this reader by, from the newest mail that says one."""
    if mailbox.is_office:
        return mailbox.world.programme.sender.name
    told = (getaddresses([one["noted"]["to"]]) for one in messages)
    return next(
        (name for pairs in told for name, address in pairs if name and address.casefold() == mailbox.address), ""
    )


def summary(mailbox: Mailbox) -> Json:
    """What every page of a mailbox says about it."""
    messages = [one for one in mailbox.all() if "TRASH" not in one["labelIds"]]
    return {
        "address": mailbox.address,
        "name": own_name(mailbox, messages),
        "path": place(mailbox),
        "office": mailbox.is_office,
        "count": len(messages),
        "unread": sum("UNREAD" in one["labelIds"] for one in messages),
        "latest": arrived(messages[0]) if messages else None,
        "subject": messages[0]["noted"]["subject"] if messages else "",
        "dead": reason_against(mailbox.world, mailbox.address),
    }


def mailbox_named(call: Call, address: str = "") -> Mailbox:
    """The mailbox in the path, or of this address; refused for what is no address."""
    found = mailbox_at(call.world, address or call.parts["box"])
    name, mark, domain = found.address.partition("@")
    if not (name and mark and domain) or found.address.split() != [found.address]:
        raise PageError("mail.no_address", status=404, address=found.address)
    return found


def message_named(mailbox: Mailbox, message_id: str) -> Json:
    """The message in the path; refused for one that is not there, or no longer."""
    try:
        return mailbox.get(message_id)
    except GoogleError:
        raise PageError("page.not_here", status=404) from None


def _folder(call: Call) -> Answer:
    if "@" not in call.parts["box"]:
        ours = office(call.world)
        return to(place(ours, message_named(ours, call.parts["box"])["id"]))
    mailbox, query = mailbox_named(call), call.one("q").strip()
    folder = call.one("in", "inbox")
    if folder not in FOLDERS:
        raise PageError("mail.no_folder", status=404)
    search = Search(mailbox, query or f"in:{folder}")
    found = [one for one in mailbox.all() if search.finds(one)]
    start = max(call.number("from", 0), 0)
    return page(
        "mail_folder.html",
        box=summary(mailbox),
        folder=folder,
        folders=FOLDERS,
        query=query,
        rows=[_row(one, folder) for one in found[start : start + SHOWN]],
        total=len(found),
        start=start,
        following=start + SHOWN if start + SHOWN < len(found) else 0,
        zone=zone_of(mailbox),
        set_zone=set_zone_of(mailbox),
        zones=sorted(known_zones()),
        reasons=[*REASONS],
        more=urlencode({"q": query} if query else {"in": folder}),
        short=short,
    )


def _row(message: Json, folder: str) -> Json:
    noted, labels = message["noted"], message["labelIds"]
    away = folder in {"sent", "drafts"} or not {"INBOX", "TRASH"} & set(labels)
    return {
        "id": message["id"],
        "who": named(noted["to"] if away else noted["from"]),
        "away": away,
        "subject": noted["subject"],
        "snippet": noted["snippet"],
        "unread": "UNREAD" in labels,
        "draft": "DRAFT" in labels,
        "files": len(noted["files"]),
        "event": bool(noted["invitation"]),
        "at": arrived(message),
    }


def _settle(call: Call) -> Answer:
    """Where the reader lives, and whether mail to the address comes back."""
    mailbox, wanted = mailbox_named(call), form(call)
    if "zone" in wanted:
        set_zone(mailbox, wanted["zone"].strip())
    if wanted.get("reason", "") in {"", *REASONS} and "reason" in wanted:
        set_dead(call.world, mailbox.address, wanted["reason"])
    return to(place(mailbox))


def _spoken(method: str, path: str, work: Work) -> Operation:
    return operation("pages", method, path, path, work)


OPERATIONS: list[Operation] = [
    _spoken("GET", "/mail", _overview),
    _spoken("GET", "/mail/{box}", _folder),
    _spoken("POST", "/mail/{box}", _settle),
]
