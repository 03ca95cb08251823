# ruff: noqa: RUF001  other scripts are part of the cases
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from tasks.domain.invites import event_uid, invite
from tests.domain.letter_builders import LANGUAGES, LETTERS, LINK, MADE_AT, SENDER, a_person, a_session


def an_invite(**deviation):
    values = {"session": a_session(), "to": a_person(), "method": "REQUEST", "language": "en", "sequence": 0}
    values |= {"made_at": MADE_AT} | deviation
    labels = LETTERS.labels[values["language"]]
    return invite(values.pop("session"), sender=SENDER, meeting_link=LINK, labels=labels, **values)


def event_of(raw):
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    return event


def lines_of(raw):
    return raw.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("method", "parts"),
    [("REQUEST", ["VCALENDAR", "VEVENT", "VALARM"]), ("CANCEL", ["VCALENDAR", "VEVENT"])],
)
def test_the_file_is_one_event_without_errors(method, parts, language):
    calendar = Calendar.from_ical(an_invite(language=language, method=method))

    assert (calendar["METHOD"], calendar["VERSION"]) == (method, "2.0")
    assert [component.name for component in calendar.walk()] == parts
    assert [component.errors for component in calendar.walk()] == [[] for _ in parts]


def test_the_whole_file():
    assert lines_of(an_invite(sequence=2)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//colab.example.org//Sessions//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "SUMMARY;LANGUAGE=en:Online session – ref. K7P2QX",
        "DTSTART:20261112T200500Z",
        "DTEND:20261112T213500Z",
        "DTSTAMP:20261001T093015Z",
        f"UID:{event_uid('K7P2QX', SENDER)}",
        "SEQUENCE:2",
        'ATTENDEE;CN="Amina Diallo";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:amina@example.org',
        "CLASS:PRIVATE",
        f"DESCRIPTION;LANGUAGE=en:Join the session: {LINK}\\nReference: K7P2QX",
        f"LOCATION:{LINK}",
        "ORGANIZER;CN=CoLab:mailto:colab@colab.example.org",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Online session – ref. K7P2QX",
        "TRIGGER:-PT30M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_the_whole_file_that_takes_an_event_out_of_a_calendar():
    assert lines_of(an_invite(sequence=3, method="CANCEL")) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//colab.example.org//Sessions//EN",
        "METHOD:CANCEL",
        "BEGIN:VEVENT",
        "SUMMARY;LANGUAGE=en:Online session – ref. K7P2QX",
        "DTSTART:20261112T200500Z",
        "DTEND:20261112T213500Z",
        "DTSTAMP:20261001T093015Z",
        f"UID:{event_uid('K7P2QX', SENDER)}",
        "SEQUENCE:3",
        'ATTENDEE;CN="Amina Diallo";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:amina@example.org',
        "CLASS:PRIVATE",
        "ORGANIZER;CN=CoLab:mailto:colab@colab.example.org",
        "STATUS:CANCELLED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("starts", "minutes", "written"),
    [
        (datetime(2026, 3, 8, 6, 30, tzinfo=UTC), 90, ("20260308T063000Z", "20260308T080000Z")),
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), 90, ("20261101T053000Z", "20261101T070000Z")),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), 60, ("20261231T233000Z", "20270101T003000Z")),
    ],
)
def test_a_clock_change_moves_nothing(starts, minutes, written):
    event = event_of(an_invite(session=a_session(starts=starts, minutes=minutes, zone="America/New_York")))

    assert (event["DTSTART"].to_ical().decode(), event["DTEND"].to_ical().decode()) == written
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=minutes)


def test_the_uid_stays_while_everything_else_changes():
    moved = a_session(starts=datetime(2027, 1, 1, tzinfo=UTC), title="Another", minutes=30, row=9)

    first, second = (
        event_of(an_invite()),
        event_of(an_invite(session=moved, sequence=3, to=a_person("B", "b@example.org"))),
    )

    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 3)
    assert event_of(an_invite(session=a_session(ref="ABC234")))["UID"] != first["UID"]
    assert event_of(an_invite(method="CANCEL"))["UID"] == first["UID"]


@pytest.mark.parametrize(
    "name",
    [
        "Amina\r\nATTENDEE:mailto:victim@example.net",
        'quote " semi; colon: comma,',
        "=?utf-8?q?=0ABcc=3A?=",
        "x" * 400,
        "é" * 400,
        "ما الذي",
        "\\n^n^'",
        "",
        "\x00",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_name_stays_a_name(name, language):
    raw = an_invite(to=a_person(name=name), session=a_session(title=name), language=language)

    event = event_of(raw)
    assert event["ATTENDEE"] == "mailto:amina@example.org"
    assert not isinstance(event["ATTENDEE"], list)
    assert sorted(event) == sorted(event_of(an_invite()))
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"victim@example.net" not in raw.replace(b"\r\n ", b"")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_shows_neither_title_nor_presenters(language):
    text = "\n".join(lines_of(an_invite(language=language, session=a_session(title="Secret topic"))))

    assert "Secret topic" not in text
    assert "rosa" not in text.casefold()


def test_a_start_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        an_invite(session=a_session(starts=datetime(2026, 1, 1)))  # noqa: DTZ001  that is the point
