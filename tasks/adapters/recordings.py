"""Finds the recordings of a meeting: Google Meet names the file, Google Drive describes it. Nothing is shared."""

from datetime import datetime
from functools import cached_property

from googleapiclient.discovery import Resource

from tasks.adapters.google_session import GoogleSession, ask, google_service
from tasks.domain.archive import Recording

FINISHED = "FILE_GENERATED"


class Recordings:
    """Meet and Drive, read only. Raises Fault."""

    def __init__(self, session: GoogleSession) -> None:
        self._session = session

    @cached_property
    def _conferences(self) -> Resource:
        return google_service(self._session, "meet", "v2").conferenceRecords()

    @cached_property
    def _files(self) -> Resource:
        return google_service(self._session, "drive", "v3").files()

    def of_meeting(self, meeting_link: str, since: datetime) -> tuple[list[Recording], int]:
        """Finished recordings of the calls behind this link since an instant, and how many are still being made.

        A meeting code may be used again after a year, hence ``since``.
        """
        code = meeting_link.rstrip("/").rsplit("/", 1)[-1]
        begin = since.strftime("%Y-%m-%dT%H:%M:%SZ")
        asked = f'space.meeting_code = "{code}" AND start_time >= "{begin}"'
        calls = ask(self._conferences.list(filter=asked, pageSize=100), "looking for calls").get(
            "conferenceRecords", []
        )
        finished, unfinished = [], 0
        for call in calls:
            request = self._conferences.recordings().list(parent=call["name"], pageSize=100)
            for found in ask(request, "looking for recordings").get("recordings", []):
                if found.get("state") == FINISHED:
                    finished.append(self._describe(found["name"], found["driveDestination"]["file"]))
                else:
                    unfinished += 1
        return sorted(finished, key=lambda recording: recording.name), unfinished

    def _describe(self, name: str, file_id: str) -> Recording:
        request = self._files.get(
            fileId=file_id, fields="id,webViewLink,videoMediaMetadata(durationMillis)", supportsAllDrives=True
        )
        found = ask(request, "looking at a recording")
        milliseconds = int(found.get("videoMediaMetadata", {}).get("durationMillis", 0))
        return Recording(name, found["webViewLink"], round(milliseconds / 60_000))
