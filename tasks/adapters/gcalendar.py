"""Calendar events of the team's own calendar: ids chosen by us, a meeting link by conferenceData, guests if asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from googleapiclient.discovery import Resource

from tasks.adapters.google_session import GoogleSession, ask, demand, google_service
from tasks.domain.faults import NotFound, Rejected
from tasks.domain.keys import digest

OUR_GUESTS = "guests"
"""The private property that tells the guests that we added from those of other people, as short digests."""
ALONE = {"guestsCanSeeOtherGuests": False, "guestsCanInviteOthers": False}


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event as found. ``meeting_link`` is ``""`` while the conference is being made; ``starts`` is aware."""

    event_id: str
    status: str
    meeting_link: str
    conference: str
    starts: datetime | None = None
    minutes: int = 0

    @property
    def is_deleted(self) -> bool:
        """Whether somebody deleted it: Google keeps it under its id as cancelled."""
        return self.status == "cancelled"


class Calendar:
    """Events of one calendar. Every method raises Fault."""

    def __init__(self, session: GoogleSession, calendar_id: str) -> None:
        self._session = session
        self._calendar_id = calendar_id

    @cached_property
    def _events(self) -> Resource:
        return google_service(self._session, "calendar", "v3").events()

    def insert(self, event_id: str, *, ref: str, summary: str, starts: datetime, minutes: int) -> CalendarEvent:
        """Create the event with a meeting link and without guests; nobody is notified. Raises AlreadyThere too."""
        body = {
            "id": event_id,
            "summary": summary,
            **_times(starts, minutes),
            "visibility": "private",
            **ALONE,
            "extendedProperties": {"private": {"ref": ref}},
            "conferenceData": {
                "createRequest": {"requestId": event_id[:32], "conferenceSolutionKey": {"type": "hangoutsMeet"}}
            },
        }
        request = self._events.insert(
            calendarId=self._calendar_id, body=body, conferenceDataVersion=1, sendUpdates="none"
        )
        return _event(ask(request, f"creating the event of {ref}"))

    def move(self, event_id: str, *, starts: datetime, minutes: int) -> CalendarEvent:
        """Give the event another time; nobody is notified. The same once more changes nothing."""
        times = _times(starts, minutes)
        request = self._events.patch(calendarId=self._calendar_id, eventId=event_id, body=times, sendUpdates="none")
        return _event(ask(request, "moving an event"))

    def set_guests(self, event_id: str, addresses: Collection[str]) -> None:
        """Make exactly these our guests of the event; nobody is notified. The same once more changes nothing.

        Guests see nobody else and invite nobody. Those whom somebody added in the calendar stay, and all keep what
        they answered: an array is patched whole, so the event is read before. Raises Rejected for one that is gone.
        """
        found = self._found(event_id)
        if found is None or _event(found).is_deleted:
            raise Rejected("the event was deleted in the calendar")
        there = {_mark(guest["email"]): guest for guest in found.get("attendees", [])}
        ours = found.get("extendedProperties", {}).get("private", {}).get(OUR_GUESTS, "").split()
        wanted = {_mark(address): address for address in addresses}
        kept = [guest for mark, guest in there.items() if mark in wanted or mark not in ours]
        added = [{"email": address} for mark, address in wanted.items() if mark not in there]
        ours_now = [mark for mark in wanted if mark in ours or mark not in there]
        body = {
            "attendees": [*kept, *added],
            **ALONE,
            "extendedProperties": {"private": {OUR_GUESTS: " ".join(ours_now)}},
        }
        request = self._events.patch(calendarId=self._calendar_id, eventId=event_id, body=body, sendUpdates="none")
        ask(request, "setting the guests of an event")

    def remove(self, event_id: str) -> None:
        """Take the event out of the calendar; nobody is notified. One that is gone already is as it should be."""
        request = self._events.delete(calendarId=self._calendar_id, eventId=event_id, sendUpdates="none")
        try:
            demand(request, "removing an event")
        except NotFound:
            return

    def find(self, event_id: str) -> CalendarEvent | None:
        """The event with our id, also a cancelled one; None when there never was one."""
        found = self._found(event_id)
        return _event(found) if found else None

    def _found(self, event_id: str) -> dict[str, Any] | None:
        try:
            return ask(self._events.get(calendarId=self._calendar_id, eventId=event_id), "looking at an event")
        except NotFound:
            return None


def _mark(address: str) -> str:
    return digest(address.casefold())[:16]


def _times(starts: datetime, minutes: int) -> dict[str, dict[str, str]]:
    edges = {"start": starts, "end": starts + timedelta(minutes=minutes)}
    return {edge: {"dateTime": moment.isoformat(), "timeZone": "UTC"} for edge, moment in edges.items()}


def _event(found: dict[str, Any]) -> CalendarEvent:
    conference = found.get("conferenceData", {})
    starts, ends = (found.get(edge, {}).get("dateTime") for edge in ("start", "end"))
    begins = datetime.fromisoformat(starts) if starts else None
    return CalendarEvent(
        event_id=found["id"],
        status=found.get("status", "confirmed"),
        meeting_link=found.get("hangoutLink", ""),
        conference=conference.get("createRequest", {}).get("status", {}).get("statusCode", ""),
        starts=begins,
        minutes=round((datetime.fromisoformat(ends) - begins) / timedelta(minutes=1)) if begins and ends else 0,
    )
