"""A guest's answer to an invitation: on the organizer's calendar if the event is there, else by mail (RFC 5546)."""

from datetime import UTC
from email.message import EmailMessage

from icalendar import Calendar, Event, vCalAddress

from tasks.sandbox.failures import invalid
from tasks.sandbox.gcalendar.rsvp import answer_invitation
from tasks.sandbox.gmail.invitations import Guest, Invitation, invitation_in
from tasks.sandbox.gmail.letters import letter
from tasks.sandbox.gmail.mailboxes import Mailbox, mailbox_at, office
from tasks.sandbox.gmail.parts import leaves, parsed
from tasks.sandbox.gmail.sending import send
from tasks.sandbox.shapes import Json

SPOKEN = {"ACCEPTED": "Accepted", "TENTATIVE": "Tentatively Accepted", "DECLINED": "Declined"}
ON_CALENDAR = {"ACCEPTED": "accepted", "TENTATIVE": "tentative", "DECLINED": "declined"}


def invitation_of(mailbox: Mailbox, message: Json) -> Invitation | None:
    """The event that a mail brings."""
    return invitation_in(leaves(parsed(mailbox.data(message["id"]))))


def newest_of(mailbox: Mailbox, uid: str) -> Json | None:
    """The mail with the latest word on an event: the highest SEQUENCE, then the latest DTSTAMP."""
    about = [one for one in mailbox.all() if (one["noted"]["invitation"] or {}).get("uid") == uid]
    ours = [one for one in about if one["noted"]["invitation"]["method"] in {"REQUEST", "CANCEL", "PUBLISH"}]
    return max(ours, key=lambda one: _age(one["noted"]["invitation"]), default=None)


def given_answer(mailbox: Mailbox, uid: str) -> str:
    """What this person answered last; ``""`` for nothing yet."""
    return str((mailbox.world.store.get(f"answer:{mailbox.address}", uid) or {}).get("answer", ""))


def invited(mailbox: Mailbox, invitation: Invitation) -> Guest | None:
    """The guest whose mailbox this is, when it is asked for an answer."""
    if invitation.method != "REQUEST" or invitation.organizer is None:
        return None
    return next((guest for address in mailbox.addresses if (guest := invitation.guest(address))), None)


def answer(mailbox: Mailbox, message: Json, wanted: str) -> None:
    """Answer ``ACCEPTED``, ``TENTATIVE`` or ``DECLINED``; 400 when nobody asks this person."""
    invitation = invitation_of(mailbox, message)
    guest = invited(mailbox, invitation) if invitation else None
    if invitation is None or guest is None or invitation.organizer is None or wanted not in SPOKEN:
        raise invalid("There is no invitation to answer.")
    mailbox.world.store.put(f"answer:{mailbox.address}", invitation.uid, {"answer": wanted})
    if not _answer_on_calendar(mailbox, invitation, guest, wanted):
        send(mailbox, _reply(mailbox, invitation, guest, wanted).as_bytes())


def _answer_on_calendar(mailbox: Mailbox, invitation: Invitation, guest: Guest, wanted: str) -> bool:
    """Google tells its own calendars without a mail."""
    world, organizer = mailbox.world, invitation.organizer
    if organizer is None or mailbox_at(world, organizer.address) != office(world):
        return False
    for event in world.store.all("event"):
        guests = [one["email"].casefold() for one in event.get("attendees", [])]
        if event.get("iCalUID") == invitation.uid and guest.address.casefold() in guests:
            answer_invitation(world, event, guest.address, ON_CALENDAR[wanted])
            return True
    return False


def _reply(mailbox: Mailbox, invitation: Invitation, guest: Guest, wanted: str) -> EmailMessage:
    organizer, now = invitation.organizer or Guest(""), mailbox.world.clock.now()
    subject = f"{SPOKEN[wanted]}: {invitation.summary}"
    who = guest.name or guest.address
    mail = letter((guest.name, guest.address), organizer.address, subject, f"{who}: {SPOKEN[wanted]}", now)
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    for name, moment in (("dtstart", invitation.start), ("dtend", invitation.end)):
        if moment:
            event.add(name, moment.date() if invitation.whole_days else moment.astimezone(UTC))
    event.add("summary", invitation.summary)
    event.add("organizer", vCalAddress(f"mailto:{organizer.address}"))
    attendee = vCalAddress(f"mailto:{guest.address}")
    attendee.params |= {"PARTSTAT": wanted} | ({"CN": guest.name} if guest.name else {})
    event.add("attendee", attendee)
    calendar = Calendar()
    calendar.add("prodid", "-//Sandbox//Mailbox//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REPLY")
    calendar.add_component(event)
    text = calendar.to_ical().decode()
    mail.add_alternative(text, subtype="calendar", cte="base64", params={"method": "REPLY"})
    return mail


def _age(noted: Json) -> tuple[int, str]:
    return int(noted["sequence"]), str(noted["stamp"])
