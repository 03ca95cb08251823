"""Radicale, started for a test with a private folder and port; and a calendar program that keeps its rules.

The program does with an invitation what calendar programs do (RFC 5546 section 2.1.5, RFC 4791): it finds the event by
its UID, refuses what is older than what it has, stores it without METHOD, and overwrites only what it has read.
"""

import re
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import quote

import icalendar
import requests

from tests.adapters.dovecot import free_port

CALENDAR = "/amina/sessions/"
OVERLAPPING = """<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="{0}" end="{1}"/>
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""


@contextmanager
def radicale(folder):
    """A CalDAV server; answers its address."""
    port = free_port()
    options = [f"--server-hosts=127.0.0.1:{port}", "--auth-type=none", f"--storage-filesystem-folder={folder}"]
    command = [sys.executable, "-m", "radicale", "--config=", *options]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:  # noqa: S603
        try:
            _wait(process, port, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(process, port, log):
    while process.poll() is None:
        try:
            requests.get(f"http://127.0.0.1:{port}/.web/", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.05)
            continue
        return
    raise AssertionError(f"Radicale ended: {log.read_text(encoding='utf-8')}")


class CalendarProgram:
    """One person's calendar, over CalDAV."""

    def __init__(self, url):
        self.url, self.http = url, requests.Session()
        self.http.trust_env = False
        self.http.auth = ("amina", "any")
        self._ask("MKCALENDAR", CALENDAR, 201)

    def take(self, invitation):
        """Store an iMIP object; False for one that is older than what stands there, or as old."""
        (event,) = icalendar.Calendar.from_ical(invitation).walk("VEVENT")
        path = f"{CALENDAR}{quote(event['UID'])}.ics"
        stored, etag = self._stored(path)
        if stored is not None and _age(stored) >= _age(event):
            return False
        condition = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        self._ask("PUT", path, 204 if etag else 201, _to_store(invitation), **condition)
        return True

    def put_as_another(self, invitation):
        """What the server says to a second event with the same UID."""
        return self.http.put(f"{self.url}{CALENDAR}other.ics", _to_store(invitation), timeout=10)

    def events(self):
        """All that stands there, as the server gives it back."""
        whole = icalendar.Calendar.from_ical(self._ask("GET", CALENDAR, 200).content)
        return whole.walk("VEVENT")

    def overlapping(self, start, end):
        """How many events the server itself finds in a span of time (``20240516T120000Z``)."""
        query = OVERLAPPING.format(start, end).encode()
        return self._ask("REPORT", CALENDAR, 207, query, Depth="1").text.count("<response>")

    def _stored(self, path):
        answer = self.http.get(f"{self.url}{path}", timeout=10)
        if answer.status_code == requests.codes.not_found:
            return None, ""
        (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        return event, answer.headers["ETag"]

    def _ask(self, method, path, status, body=None, **headers):
        answer = self.http.request(method, f"{self.url}{path}", data=body, headers=headers, timeout=10)
        assert answer.status_code == status, (method, path, answer.status_code, answer.text)
        return answer


def _age(event):
    return int(event["SEQUENCE"]), event["DTSTAMP"].dt


def _to_store(invitation):
    return re.sub(rb"METHOD:[A-Z]+\r\n", b"", invitation)
