# ruff: noqa: RUF001  cities are written as they are
"""Hours around clock changes, both ways, as 17 zones keep them. Every expected value was worked out by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from config.zone_data import version_of
from tasks.domain.mail_identity import MailKind
from tasks.domain.reminders import LEADS, decide_reminders
from tasks.domain.revisions import is_news
from tests.domain.letter_builders import a_reminder, a_session, an_invitation, calendar_of, html_of, text_of
from tests.domain.session_builders import a_book, a_member, a_revision, an_event, by_key
from tests.domain.sheet_builders import to_do, told, wrong
from tests.domain.test_reminders import ALWAYS, INVITED
from tests.domain.test_sessions import a_session as a_row
from tests.domain.test_sessions import read as read_rows

AS_MEMBERS_READ_IT = [
    # north, an hour in spring and in autumn
    ("America/New_York", "2026-03-08 06:59", "Sunday, 8 March 2026, 01:59 (New York, GMT-05:00)"),
    ("America/New_York", "2026-03-08 07:00", "Sunday, 8 March 2026, 03:00 (New York, GMT-04:00)"),
    ("America/New_York", "2026-11-01 05:59", "Sunday, 1 November 2026, 01:59 (New York, GMT-04:00)"),
    ("America/New_York", "2026-11-01 06:00", "Sunday, 1 November 2026, 01:00 (New York, GMT-05:00)"),
    ("Europe/Paris", "2026-03-29 00:59", "Sunday, 29 March 2026, 01:59 (Paris, GMT+01:00)"),
    ("Europe/Paris", "2026-03-29 01:00", "Sunday, 29 March 2026, 03:00 (Paris, GMT+02:00)"),
    ("Europe/Paris", "2026-10-25 00:59", "Sunday, 25 October 2026, 02:59 (Paris, GMT+02:00)"),
    ("Europe/Paris", "2026-10-25 01:00", "Sunday, 25 October 2026, 02:00 (Paris, GMT+01:00)"),
    # the winter is the exception in Irish law, the summer in everybody else's
    ("Europe/Dublin", "2026-03-29 00:59", "Sunday, 29 March 2026, 00:59 (Dublin, GMT+00:00)"),
    ("Europe/Dublin", "2026-10-25 00:59", "Sunday, 25 October 2026, 01:59 (Dublin, GMT+01:00)"),
    # half an hour west of the full hour
    ("America/St_Johns", "2026-03-08 05:29", "Sunday, 8 March 2026, 01:59 (St John’s, GMT-03:30)"),
    ("America/St_Johns", "2026-03-08 05:30", "Sunday, 8 March 2026, 03:00 (St John’s, GMT-02:30)"),
    ("America/St_Johns", "2026-11-01 04:29", "Sunday, 1 November 2026, 01:59 (St John’s, GMT-02:30)"),
    ("America/St_Johns", "2026-11-01 04:30", "Sunday, 1 November 2026, 01:00 (St John’s, GMT-03:30)"),
    ("Pacific/Marquesas", "2026-11-12 20:05", "Thursday, 12 November 2026, 10:35 (Marquesas, GMT-09:30)"),
    # at midnight, so that the day changes too
    ("Asia/Beirut", "2026-03-28 21:59", "Saturday, 28 March 2026, 23:59 (Beirut, GMT+02:00)"),
    ("Asia/Beirut", "2026-03-28 22:00", "Sunday, 29 March 2026, 01:00 (Beirut, GMT+03:00)"),
    ("Asia/Beirut", "2026-10-24 20:59", "Saturday, 24 October 2026, 23:59 (Beirut, GMT+03:00)"),
    ("Asia/Beirut", "2026-10-24 21:00", "Saturday, 24 October 2026, 23:00 (Beirut, GMT+02:00)"),
    # summer time again since 2023
    ("Africa/Cairo", "2026-04-23 21:59", "Thursday, 23 April 2026, 23:59 (Cairo, GMT+02:00)"),
    ("Africa/Cairo", "2026-04-23 22:00", "Friday, 24 April 2026, 01:00 (Cairo, GMT+03:00)"),
    ("Africa/Cairo", "2026-10-29 20:59", "Thursday, 29 October 2026, 23:59 (Cairo, GMT+03:00)"),
    ("Africa/Cairo", "2026-10-29 21:00", "Thursday, 29 October 2026, 23:00 (Cairo, GMT+02:00)"),
    # an hour back for Ramadan; and since 20 September 2026 on universal time for good
    ("Africa/Casablanca", "2026-02-15 01:59", "Sunday, 15 February 2026, 02:59 (Casablanca, GMT+01:00)"),
    ("Africa/Casablanca", "2026-02-15 02:00", "Sunday, 15 February 2026, 02:00 (Casablanca, GMT+00:00)"),
    ("Africa/Casablanca", "2026-03-22 01:59", "Sunday, 22 March 2026, 01:59 (Casablanca, GMT+00:00)"),
    ("Africa/Casablanca", "2026-03-22 02:00", "Sunday, 22 March 2026, 03:00 (Casablanca, GMT+01:00)"),
    ("Africa/Casablanca", "2026-12-10 15:00", "Thursday, 10 December 2026, 15:00 (Casablanca, GMT+00:00)"),
    # south, where spring is in September or October
    ("America/Santiago", "2026-04-05 02:59", "Saturday, 4 April 2026, 23:59 (Santiago, GMT-03:00)"),
    ("America/Santiago", "2026-04-05 03:00", "Saturday, 4 April 2026, 23:00 (Santiago, GMT-04:00)"),
    ("America/Santiago", "2026-09-06 03:59", "Saturday, 5 September 2026, 23:59 (Santiago, GMT-04:00)"),
    ("America/Santiago", "2026-09-06 04:00", "Sunday, 6 September 2026, 01:00 (Santiago, GMT-03:00)"),
    ("Australia/Sydney", "2026-04-04 15:59", "Sunday, 5 April 2026, 02:59 (Sydney, GMT+11:00)"),
    ("Australia/Sydney", "2026-04-04 16:00", "Sunday, 5 April 2026, 02:00 (Sydney, GMT+10:00)"),
    ("Australia/Sydney", "2026-10-03 15:59", "Sunday, 4 October 2026, 01:59 (Sydney, GMT+10:00)"),
    ("Australia/Sydney", "2026-10-03 16:00", "Sunday, 4 October 2026, 03:00 (Sydney, GMT+11:00)"),
    # by half an hour
    ("Australia/Lord_Howe", "2026-04-04 14:59", "Sunday, 5 April 2026, 01:59 (Lord Howe Island, GMT+11:00)"),
    ("Australia/Lord_Howe", "2026-04-04 15:00", "Sunday, 5 April 2026, 01:30 (Lord Howe Island, GMT+10:30)"),
    ("Australia/Lord_Howe", "2026-10-03 15:29", "Sunday, 4 October 2026, 01:59 (Lord Howe Island, GMT+10:30)"),
    ("Australia/Lord_Howe", "2026-10-03 15:30", "Sunday, 4 October 2026, 02:30 (Lord Howe Island, GMT+11:00)"),
    # three quarters of an hour off, at a quarter to three
    ("Pacific/Chatham", "2026-04-04 13:59", "Sunday, 5 April 2026, 03:44 (Chatham, GMT+13:45)"),
    ("Pacific/Chatham", "2026-04-04 14:00", "Sunday, 5 April 2026, 02:45 (Chatham, GMT+12:45)"),
    ("Pacific/Chatham", "2026-09-26 13:59", "Sunday, 27 September 2026, 02:44 (Chatham, GMT+12:45)"),
    ("Pacific/Chatham", "2026-09-26 14:00", "Sunday, 27 September 2026, 03:45 (Chatham, GMT+13:45)"),
    # no summer time any more: Paraguay keeps its summer, Mexico its winter, British Columbia its summer
    ("America/Asuncion", "2026-07-15 15:00", "Wednesday, 15 July 2026, 12:00 (Asunción, GMT-03:00)"),
    ("America/Asuncion", "2026-12-15 15:00", "Tuesday, 15 December 2026, 12:00 (Asunción, GMT-03:00)"),
    ("America/Mexico_City", "2026-04-05 08:00", "Sunday, 5 April 2026, 02:00 (Mexico City, GMT-06:00)"),
    ("America/Mexico_City", "2026-10-25 07:00", "Sunday, 25 October 2026, 01:00 (Mexico City, GMT-06:00)"),
    ("America/Vancouver", "2026-12-15 15:00", "Tuesday, 15 December 2026, 08:00 (Vancouver, GMT-07:00)"),
    # never any
    ("Africa/Nairobi", "2026-03-29 01:00", "Sunday, 29 March 2026, 04:00 (Nairobi, GMT+03:00)"),
    ("Asia/Kathmandu", "2026-10-25 00:59", "Sunday, 25 October 2026, 06:44 (Kathmandu, GMT+05:45)"),
]
NO_SUCH_HOUR, TWICE = "skipped that night", "twice that night"
AS_STAFF_TYPE_IT = [
    ("America/New_York", "2026-03-08", "01:59", "2026-03-08 06:59"),
    ("America/New_York", "2026-03-08", "02:30", NO_SUCH_HOUR),
    ("America/New_York", "2026-03-08", "03:00", "2026-03-08 07:00"),
    ("America/New_York", "2026-11-01", "00:59", "2026-11-01 04:59"),
    ("America/New_York", "2026-11-01", "01:00", TWICE),
    ("America/New_York", "2026-11-01", "02:00", "2026-11-01 07:00"),
    ("America/St_Johns", "2026-11-01", "02:00", "2026-11-01 05:30"),
    ("Europe/Paris", "2026-03-29", "02:00", NO_SUCH_HOUR),
    ("Europe/Paris", "2026-10-25", "02:59", TWICE),
    ("Europe/Paris", "2026-10-25", "03:00", "2026-10-25 02:00"),
    ("Asia/Beirut", "2026-03-29", "00:30", NO_SUCH_HOUR),
    ("Asia/Beirut", "2026-10-24", "23:30", TWICE),
    ("Africa/Cairo", "2026-04-24", "00:00", NO_SUCH_HOUR),
    ("Africa/Cairo", "2026-04-24", "01:00", "2026-04-23 22:00"),
    ("Africa/Cairo", "2026-10-29", "23:00", TWICE),
    ("Africa/Cairo", "2026-10-30", "00:00", "2026-10-29 22:00"),
    ("Africa/Casablanca", "2026-02-15", "02:30", TWICE),
    ("Africa/Casablanca", "2026-03-22", "02:30", NO_SUCH_HOUR),
    ("Africa/Casablanca", "2026-12-10", "15:00", "2026-12-10 15:00"),
    ("America/Santiago", "2026-04-04", "23:30", TWICE),
    ("America/Santiago", "2026-09-06", "00:30", NO_SUCH_HOUR),
    ("Australia/Sydney", "2026-10-04", "02:30", NO_SUCH_HOUR),
    ("Australia/Lord_Howe", "2026-04-05", "01:29", "2026-04-04 14:29"),
    ("Australia/Lord_Howe", "2026-04-05", "01:30", TWICE),
    ("Australia/Lord_Howe", "2026-04-05", "02:00", "2026-04-04 15:30"),
    ("Australia/Lord_Howe", "2026-10-04", "02:15", NO_SUCH_HOUR),
    ("Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03 15:30"),
    ("Pacific/Chatham", "2026-04-05", "03:00", TWICE),
    ("Pacific/Chatham", "2026-09-27", "03:00", NO_SUCH_HOUR),
    ("America/Asuncion", "2026-10-04", "00:30", "2026-10-04 03:30"),
    ("America/Mexico_City", "2026-04-05", "02:30", "2026-04-05 08:30"),
    ("America/Vancouver", "2026-11-01", "01:30", "2026-11-01 08:30"),
    ("Asia/Kathmandu", "2026-03-29", "02:30", "2026-03-28 20:45"),
]


def at(utc):
    return datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(("zone", "utc", "when"), AS_MEMBERS_READ_IT)
def test_an_invitation_says_the_hour_that_its_readers_clock_will_show(zone, utc, when):
    mail = an_invitation(session=a_session(starts=at(utc), zone="Africa/Nairobi"), zone=zone)

    for part in (text_of(mail), html_of(mail)):
        assert when in part
        assert f"{utc} UTC" in part
    assert f"DTSTART:{utc.translate({ord('-'): None, ord(':'): None, ord(' '): 'T'})}00Z".encode() in calendar_of(mail)
    assert b"VTIMEZONE" not in calendar_of(mail)


@pytest.mark.parametrize(("zone", "day", "hour", "utc"), AS_STAFF_TYPE_IT)
def test_a_session_begins_at_the_hour_that_its_zones_clock_shows_once(zone, day, hour, utc):
    reading = read_rows(a_row(date=day, start_time=hour, time_zone=zone))

    if utc in {NO_SUCH_HOUR, TWICE}:
        assert told(reading.problems) == [("hour", 2, "problem")]
        assert reading.confirmed == ()
        assert utc in wrong(reading.problems[0])
    else:
        assert (reading.problems, [one.starts for one in reading.confirmed]) == ((), [at(utc)])


def test_staff_are_told_both_moments_of_an_hour_that_comes_twice():
    (problem,) = read_rows(a_row(date="2026-04-05", start_time="01:45", time_zone="Australia/Lord_Howe")).problems

    assert "at 2026-04-04 14:45 UTC and at 2026-04-04 15:15 UTC" in wrong(problem)
    assert "in universal time, with UTC as the time zone" in to_do(problem)


# ------------------------------------------------------------------------- between the invitation and the session
def test_the_hour_is_that_of_the_day_of_the_session_not_of_the_day_of_the_mail():
    in_summer = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
    mail = an_invitation(session=a_session(starts=at("2026-10-29 15:00")), zone="Europe/Paris", made_at=in_summer)

    assert "Thursday, 29 October 2026, 16:00 (Paris, GMT+01:00)" in text_of(mail)


def test_who_moves_to_another_zone_is_reminded_in_the_new_one_and_hears_nothing_else():
    (mail,) = [
        one
        for one in decide_reminders(
            {"K7P2QX": (a_revision(),)},
            {},
            a_book(a_member(zone="Asia/Kathmandu")),  # was in Lima when the invitation went out
            {"K7P2QX": by_key(an_event(), *INVITED)},
            a_revision().session.starts - timedelta(hours=23),
            kinds=tuple(LEADS),
            hours=ALWAYS,
        ).send
        if one.to.address == "eva@example.org"
    ]
    reminder = a_reminder(kind=MailKind(mail.kind), session=mail.session, zone=mail.zone)

    assert "Thursday, 16 May 2024, 17:45 (Kathmandu, GMT+05:45)" in text_of(reminder)
    assert "2024-05-16 12:00 UTC" in text_of(reminder)


def test_a_country_that_changes_its_clocks_after_the_invitation_moves_the_session():
    """Staff mean the hour on the clock of their zone: 15:00 in Casablanca was 14:00 UTC by the rules of 2025."""
    announced = a_session(starts=at("2026-12-10 14:00"), zone="Africa/Casablanca")
    (read_now,) = read_rows(a_row(date="2026-12-10", start_time="15:00", time_zone="Africa/Casablanca")).confirmed

    assert read_now.starts == at("2026-12-10 15:00")
    assert is_news(replace(announced, starts=read_now.starts), a_revision(announced))


# ------------------------------------------------------------------------------------------- whose rules are believed
@pytest.mark.parametrize(
    ("name", "line", "version"),
    [
        ("tzdata.zi", "# version 2025b", "2025b"),
        ("+VERSION", "2026f", "2026f"),
        ("tzdata.zi", "# version unknown", ""),
        ("zone.tab", "# 2026f", ""),
    ],
)
def test_the_age_of_a_machines_zone_data_is_known_or_the_pinned_ones_are_used(tmp_path, name, line, version):
    (tmp_path / name).write_text(f"{line}\n", encoding="ascii")

    assert version_of([str(tmp_path / "missing"), str(tmp_path)]) == version
