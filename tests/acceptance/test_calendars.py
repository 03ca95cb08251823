"""Invitation, change and cancellation as the pipeline sent them, played into a real calendar and a real mailbox."""

import base64
import email
import re
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from types import SimpleNamespace

import icalendar
import pytest

from tests.acceptance.calendar_server import CalendarProgram, radicale
from tests.acceptance.people import A_MEMBER, MARCH, add, confirm_talk, set_session
from tests.adapters.dovecot import dovecot, mailbox, needs_dovecot, put
from tests.adapters.mail_builders import PASSWORD, USER, certificate, post_office

SIPHO, WANJIRU = "sipho@example.net", "wanjiru@example.org"
DELIVERED = b"Return-Path: <%s>\r\nReceived: from post.example by mx.example; Mon, 4 Mar 2024 09:30:01 +0000\r\n"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def history(files, open_shared_office):
    """What Sipho got of a session that was announced, moved and called off; and one mail that somebody else got."""
    with post_office("starttls", files[1], log_in=True) as post:
        office = open_shared_office(
            mail_transport="smtp",
            smtp_host="localhost",
            smtp_port=post.port,
            smtp_security="starttls",
            smtp_user=USER,
            smtp_password=PASSWORD,
            mail_ca_file=files[0],
        )
        add(office, "Members", A_MEMBER)
        confirm_talk(office)
        office.run("invitations", now=MARCH)
        for hours, cells in ((1, {"Date": "2024-05-17", "Start_time": "16:00"}), (2, {"Status": "Cancelled"})):
            set_session(office, "TALK1", **cells)
            for minutes in (0, 20):
                for flow in ("scheduling", "invitations"):
                    office.run(flow, now=MARCH + timedelta(hours=hours, minutes=minutes))
    mine = [raw for to, raw in post.mails if to == (SIPHO,)]
    return SimpleNamespace(mine=mine, another=next(raw for to, raw in post.mails if to == (WANJIRU,)))


def calendar_in(raw):
    (part,) = [part for part in email.message_from_bytes(raw).walk() if part.get_content_type() == "text/calendar"]
    return part.get_payload(decode=True)


def test_a_real_calendar_holds_one_event_that_moves_and_is_called_off(history, tmp_path):
    invited, moved, cancelled = map(calendar_in, history.mine)
    with radicale(tmp_path) as url:
        program = CalendarProgram(url)
        seen = []
        for file in (invited, moved, cancelled):
            assert program.take(file)
            (event,) = program.events()
            seen.append((int(event["SEQUENCE"]), str(event["STATUS"]), event["DTSTART"].dt))
            seen.append(program.overlapping("20240516T120000Z", "20240516T133000Z"))
        again = [program.take(file) for file in (invited, moved, cancelled)]
        refused = program.put_as_another(invited)
        (last,) = program.events()

    first_start, new_start = datetime(2024, 5, 16, 12, tzinfo=UTC), datetime(2024, 5, 17, 13, tzinfo=UTC)
    assert seen == [
        *((0, "CONFIRMED", first_start), 1),
        *((1, "CONFIRMED", new_start), 0),
        *((2, "CANCELLED", new_start), 0),
    ]
    assert (again, refused.status_code, "no-uid-conflict" in refused.text) == ([False] * 3, 409, True)
    assert (str(last["STATUS"]), str(last["ATTENDEE"])) == ("CANCELLED", f"mailto:{SIPHO}")


@needs_dovecot
def test_a_real_mailbox_shows_one_thread_in_which_each_calendar_part_is_found(history, files):
    with dovecot(files=files) as server:
        for raw in (*history.mine, history.another):
            put(server, DELIVERED % USER.encode() + raw, "INBOX")
        with mailbox(server) as imap:
            imap.select("INBOX", readonly=True)
            threads = imap.thread("REFERENCES", "UTF-8", "ALL")[1][0].decode()
            parts = [calendar_by_structure(imap, number) for number in (1, 2, 3)]

    assert threads == "((1)(2)(3))(4)"
    assert [method for method, _ in parts] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [content for _, content in parts] == [calendar_in(raw) for raw in history.mine]
    calendars = [icalendar.Calendar.from_ical(content) for _, content in parts]
    assert [str(one["METHOD"]) for one in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({str(event["UID"]) for one in calendars for event in one.walk("VEVENT")}) == 1


def calendar_by_structure(imap, number):
    """The method parameter and the content of the one part text/calendar, fetched alone as mail programs do."""
    answer = imap.fetch(str(number), "(BODYSTRUCTURE)")[1][0].decode()
    structure = read_list(answer.partition("BODYSTRUCTURE ")[2])
    ((place, part),) = [found for found in parts_of(structure) if found[1][:2] == ["text", "calendar"]]
    parameters = dict(zip(part[2][::2], part[2][1::2], strict=True))
    assert (part[5], parameters["charset"]) == ("base64", "utf-8")
    return parameters["method"], base64.b64decode(imap.fetch(str(number), f"(BODY.PEEK[{place}])")[1][0][1])


def read_list(text):
    """A parenthesised list of RFC 9051 as lists of strings."""
    stack = [[]]
    for opens, closes, quoted, atom in re.findall(r'(\()|(\))|"((?:[^"\\]|\\.)*)"|([^\s()"]+)', text):
        if opens:
            stack.append([])
        elif closes and len(stack) > 1:
            last = stack.pop()
            stack[-1].append(last)
        elif not closes:
            stack[-1].append(atom or quoted)
    return stack[0][0]


def parts_of(structure, place=""):
    """Each part that is not made of parts, with its number as ``BODY[1.3]`` takes it."""
    if isinstance(structure[0], str):
        return [(place, structure)]
    inner = takewhile(lambda one: isinstance(one, list), structure)
    return [found for number, one in enumerate(inner, 1) for found in parts_of(one, f"{place}.{number}".strip("."))]
