"""Meet v2: spaces, conference records and what was kept of them."""

from collections.abc import Sequence

from tasks.sandbox.drive.access import address_of
from tasks.sandbox.failures import GoogleError, invalid, not_found
from tasks.sandbox.meet import spaces
from tasks.sandbox.meet.conferences import calls, record_resource, recording_resource, recordings
from tasks.sandbox.meet.filters import parse_filter
from tasks.sandbox.meet.people import participants, sessions
from tasks.sandbox.paging import listed
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, Operation, Work, masked, operation

RECORDS = "/v2/conferenceRecords"
RECORD = RECORDS + "/{record}"
PEOPLE = RECORD + "/participants"
SESSIONS = PEOPLE + "/{participant}/participantSessions"
TRANSCRIPTS = RECORD + "/transcripts"


def _records(call: Call) -> Answer:
    fits = parse_filter(call.one("filter"), {"start_time", "end_time"}, {"space.meeting_code", "space.name"})
    held = calls(call.world) if address_of(call) == call.world.owner else []
    found = []
    for one in held:
        body = record_resource(call.world, one)
        times = {"start_time": body["startTime"], "end_time": body.get("endTime")}
        if fits({**times, "space.meeting_code": one["code"], "space.name": one["space"]}):
            found.append(body)
    return _listed(call, "conferenceRecords", found, 25, 100)


def _listed(call: Call, name: str, found: Sequence[Json], usual: int, most: int) -> Answer:
    """A page of a list; without a size, or with 0, the usual one."""
    wanted = call.number("pageSize", 0)
    if wanted < 0:
        raise invalid("Invalid page size: it must not be negative.")
    return masked(call, listed(call, name, found, min(wanted or usual, most), invalid("Invalid page token.")))


def _known(call: Call) -> Json:
    """The conference of the path: 404 after 30 days, 403 for whoever is not its organiser."""
    name = f"conferenceRecords/{call.parts['record']}"
    found = next((one for one in calls(call.world) if one["name"] == name), None)
    if found is None:
        raise not_found()
    if address_of(call) != call.world.owner:
        raise GoogleError(403, "The caller does not have permission")
    return found


def _one(call: Call, found: Sequence[Json], kind: str, part: str) -> Answer:
    """The one of a list that the path names; 404."""
    for body in found:
        if body["name"].endswith(f"/{kind}/{call.parts[part]}"):
            return masked(call, body)
    raise not_found()


def _record(call: Call) -> Answer:
    return masked(call, record_resource(call.world, _known(call)))


def _of_recordings(call: Call) -> list[Json]:
    return [recording_resource(call.world, one) for one in recordings(call.world, _known(call)["name"])]


def _recordings(call: Call) -> Answer:
    return _listed(call, "recordings", _of_recordings(call), 10, 100)


def _recording(call: Call) -> Answer:
    return _one(call, _of_recordings(call), "recordings", "recording")


def _participants(call: Call) -> Answer:
    fits = parse_filter(call.one("filter"), {"earliest_start_time", "latest_end_time"}, set())
    everybody = participants(call.world, _known(call))
    times = {"earliest_start_time": "earliestStartTime", "latest_end_time": "latestEndTime"}
    found = [one for one in everybody if fits({name: one.get(field) for name, field in times.items()})]
    return _listed(call, "participants", found, 100, 250)


def _participant(call: Call) -> Answer:
    return _one(call, participants(call.world, _known(call)), "participants", "participant")


def _of_sessions(call: Call) -> list[Json]:
    conference = _known(call)
    found = sessions(call.world, conference, f"{conference['name']}/participants/{call.parts['participant']}")
    if found is None:
        raise not_found()
    return found


def _sessions(call: Call) -> Answer:
    fits = parse_filter(call.one("filter"), {"start_time", "end_time"}, set())
    there = _of_sessions(call)
    found = [one for one in there if fits({"start_time": one["startTime"], "end_time": one.get("endTime")})]
    return _listed(call, "participantSessions", found, 100, 250)


def _session(call: Call) -> Answer:
    return _one(call, _of_sessions(call), "participantSessions", "session")


def _transcripts(call: Call) -> Answer:
    """Nobody starts a transcript in the sandbox."""
    _known(call)
    return _listed(call, "transcripts", [], 10, 100)


def _no_transcript(call: Call) -> Answer:
    _known(call)
    raise not_found()


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("meet", method, path, name, work)


OPERATIONS: list[Operation] = [
    _spoken("GET", RECORDS, "conferenceRecords.list", _records),
    _spoken("GET", RECORD, "conferenceRecords.get", _record),
    _spoken("GET", RECORD + "/recordings", "conferenceRecords.recordings.list", _recordings),
    _spoken("GET", RECORD + "/recordings/{recording}", "conferenceRecords.recordings.get", _recording),
    _spoken("GET", PEOPLE, "conferenceRecords.participants.list", _participants),
    _spoken("GET", PEOPLE + "/{participant}", "conferenceRecords.participants.get", _participant),
    _spoken("GET", SESSIONS, "conferenceRecords.participants.participantSessions.list", _sessions),
    _spoken("GET", SESSIONS + "/{session}", "conferenceRecords.participants.participantSessions.get", _session),
    _spoken("GET", TRANSCRIPTS, "conferenceRecords.transcripts.list", _transcripts),
    _spoken("GET", TRANSCRIPTS + "/{transcript}", "conferenceRecords.transcripts.get", _no_transcript),
    _spoken("GET", TRANSCRIPTS + "/{transcript}/entries", "conferenceRecords.transcripts.entries.list", _no_transcript),
    _spoken("POST", "/v2/spaces", "spaces.create", spaces.create),
    _spoken("POST", "/v2/spaces/{space}:endActiveConference", "spaces.endActiveConference", spaces.end),
    _spoken("GET", "/v2/spaces/{space}", "spaces.get", spaces.get),
    _spoken("PATCH", "/v2/spaces/{space}", "spaces.patch", spaces.patch),
]
