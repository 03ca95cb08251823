"""The pages that show what was mailed: by recipient, and one mail with all that is in it."""

from email.message import EmailMessage

from tasks.sandbox.gmail.parts import content, decode, parsed
from tasks.sandbox.gmail.store import message, sent_mails
from tasks.sandbox.pages.page import page
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, operation

FACTS = ("METHOD", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "STATUS", "ORGANIZER", "ATTENDEE", "UID", "SEQUENCE")


def _list(call: Call) -> Answer:
    return page("mails.html", title="Sent mail", people=sorted(_by_person(sent_mails(call.world)).items()))


def _by_person(mails: list[Json]) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for mail in reversed(mails):
        for address in mail["recipients"]:
            found.setdefault(address.casefold(), []).append(mail)
    return found


def _one(call: Call) -> Answer:
    raw = decode(message(call.world, call.parts["message"])["raw"])
    mail = parsed(raw)
    parts = [part for part in mail.walk() if not part.is_multipart()]
    return page(
        "mail.html",
        title=str(mail.get("Subject", "(no subject)")),
        headers=[(name, str(mail.get(name))) for name in ("From", "To", "Reply-To", "Date") if mail.get(name)],
        html=_first(parts, "text/html"),
        text=_first(parts, "text/plain"),
        invitation=calendar_facts(_first(parts, "text/calendar")),
        source=raw.decode("utf-8", "replace"),
    )


def _first(parts: list[EmailMessage], content_type: str) -> str:
    return next((content(part) for part in parts if part.get_content_type() == content_type), "")


def calendar_facts(text: str) -> list[tuple[str, str]]:
    """The lines of an iCalendar object that a person wants to check."""
    unfolded = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "")
    found = []
    for line in unfolded.splitlines():
        name, mark, value = line.partition(":")
        if mark and name.partition(";")[0].upper() in FACTS:
            found.append((name.replace(";", " "), value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")))
    return found


OPERATIONS: list[Operation] = [
    operation("pages", "GET", "/mail", "/mail", _list),
    operation("pages", "GET", "/mail/{message}", "/mail/{message}", _one),
]
