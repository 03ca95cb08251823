"""The whole story on the sample answers: from the forms to the recording in the archive, each thing once."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from config.settings import ROOT
from tests.acceptance.people import (
    FEBRUARY,
    MARCH,
    attention,
    calendar_part,
    drafts,
    effects_of,
    events,
    hash_of,
    kinds_of_cells,
    recipient,
    round_of_all_flows,
    sent,
    set_session,
    shown,
    told,
)

SAMPLES = json.loads((ROOT / "tasks/sandbox/seeding/samples/responses.json").read_text(encoding="utf-8"))
MEMBERS = json.loads((ROOT / "tasks/sandbox/seeding/samples/members.json").read_text(encoding="utf-8"))
EXPECTED = SAMPLES["expected"]
ANSWERS = {f"{code}{n}": answer for code in ("en", "es", "fr") for n, answer in enumerate(SAMPLES[code], 1)}
NEVER = {*EXPECTED["problem"], *EXPECTED["blank"]}
OLDER = {older for older, _ in EXPECTED["same"]}
NEWEST = {name: answer for name, answer in ANSWERS.items() if name not in NEVER | OLDER}
CHOSEN = "Working with fathers in Lebanon: what we got wrong in the first two years"
START = datetime(2024, 5, 16, 12, 0, tzinfo=UTC)
BEFORE, AFTER = datetime(2024, 5, 13, 7, 0, tzinfo=UTC), datetime(2024, 5, 17, 6, 0, tzinfo=UTC)
DAYTIME = MARCH + timedelta(hours=5)  # from Mexico to Lebanon
RIMA, SAMIR = "rima.k@abaad-sample.example.org", "samir.h@abaad-sample.example.org"
GUESTS = sorted(
    [(one["email"], one["language"]) for one in MEMBERS if one["subscribed"]] + [(SAMIR, "en")],
)


@pytest.fixture
def registered(sample_office):
    """The sample answers after the first poll."""
    assert not sample_office.run("intake", now=FEBRUARY).red
    return sample_office


@pytest.fixture
def confirmed(registered):
    """One submission was accepted, planned and confirmed, and stands in the calendar."""
    ref = ref_of(registered, CHOSEN)
    registered.type("register", "Submissions", registered.row_of("Submissions", ref), "Decision", "Accepted")
    assert not registered.run("scheduling", now=FEBRUARY).red
    set_session(registered, ref, Date="2024-05-16", Start_time="15:00", Time_zone="Asia/Beirut", Status="Confirmed")
    assert not registered.run("scheduling", now=MARCH).red
    return registered, ref


@pytest.fixture
def held(confirmed):
    """The session was announced, and took place."""
    office, ref = confirmed
    assert not office.run("invitations", now=DAYTIME).red
    (event,) = events(office)
    code = event["hangoutLink"].rsplit("/", 1)[-1]
    office.control("recordings", meeting_code=code, started=START.isoformat(), minutes=88)
    return office, ref


def ref_of(office, title):
    return next(ref for ref, found in shown(office, "Submissions", "Ref", "Title") if found == title)


def language(name):
    return name[:2]


def address(answer):
    return answer["email"].strip()


def test_every_good_answer_stands_once_in_the_register_with_its_newest_words(registered):
    expected = sorted(
        (language(name), str(answer["contact_name"]), address(answer), answer["title"], answer["summary"])
        for name, answer in NEWEST.items()
    )

    rows = shown(registered, "Submissions", "Language", "Name", "E-mail", "Title", "Summary")

    assert sorted((code, name, mail.strip(), title, summary) for code, name, mail, title, summary in rows) == expected


@pytest.mark.parametrize("name", EXPECTED["problem"])
def test_an_answer_with_a_problem_is_told_to_staff_and_nobody_else(registered, name):
    row = 1 + int(name[2:])

    (line,) = [line for line in attention(registered) if line[1].startswith(f"responses-{name[:2]}") and line[2] == row]

    assert line[0] == "To"
    assert f"row {row}" in line[4].lower()
    assert ANSWERS[name]["email"] not in [address for address, _ in told(registered)]
    assert ANSWERS[name]["email"] not in [mail for (mail,) in shown(registered, "Submissions", "E-mail")]


def test_what_is_wrong_with_the_samples_is_said_in_words(registered):
    lines = {(sheet[:12], row): (column, what) for _, sheet, row, column, what, _ in attention(registered)}

    assert lines["responses-en", 9] == ("Email Address", "“Email Address” in row 9 does not hold one e-mail address.")
    assert lines["responses-fr", 9][1] == (
        "Row 9 has no answer to “Titre de la session”, “Que partagera la session ? (les leçons tirées des échecs et "
        "des défis comme des réussites)”, “Thèmes”, “Format” and “Langue(s) de la session”."
    )
    assert lines["responses-es", 8] == ("", "Row 8 is blank, with answers below.")


def test_every_good_answer_is_acknowledged_once_in_the_language_of_its_form(registered):
    expected = sorted((address(answer).lower(), language(name)) for name, answer in NEWEST.items())

    assert sorted((who.lower(), code) for who, code in told(registered)) == expected


def test_an_acknowledgement_names_the_ref_of_its_own_row(registered):
    refs = {(mail.strip().lower(), ref) for mail, ref in shown(registered, "Submissions", "E-mail", "Ref")}

    said = {(recipient(mail).lower(), mail["Subject"].split()[1]) for mail in sent(registered)}

    assert said == refs


def test_a_hostile_answer_is_kept_as_text_and_its_mail_goes_to_one_person(registered):
    hostile = ANSWERS[EXPECTED["hostile"][0]]
    cells = ("Name", "Organisation", "Title", "Summary", "Preferred dates", "City or time zone")
    (row,) = [row for row in registered.table("register", "Submissions") if row["E-mail"].strip() == hostile["email"]]

    assert tuple(row[cell] for cell in cells) == tuple(
        hostile[field] for field in ("contact_name", "organisation", "title", "summary", "preferred_dates", "time_zone")
    )
    assert "formulaValue" not in kinds_of_cells(registered, "register", "Submissions")
    assert [mail["Bcc"] for mail in sent(registered) if recipient(mail) == hostile["email"]] == [None]


def test_an_oversized_answer_is_kept_whole(registered):
    oversized = ANSWERS[EXPECTED["oversized"][0]]

    assert (oversized["title"], oversized["summary"]) in shown(registered, "Submissions", "Title", "Summary")


def test_an_accepted_submission_gets_one_prefilled_row(confirmed):
    office, ref = confirmed

    (row,) = office.table("register", "Sessions")

    assert (row["Ref"], row["Title"], row["Language"], row["Minutes"], row["May be recorded"]) == (
        (ref, CHOSEN, "en", 90, "members")
    )
    assert row["Presenters"] == f"Rima Khoury <{RIMA}>\nSamir Haddad <{SAMIR}>"


def test_a_confirmed_session_stands_in_the_calendar_with_a_link_and_without_guests(confirmed):
    office, ref = confirmed

    (event,) = events(office)

    moments = [datetime.fromisoformat(event[edge]["dateTime"]) for edge in ("start", "end")]
    assert moments == [START, START + timedelta(minutes=90)]
    assert "attendees" not in event
    assert event["visibility"] == "private"
    assert ref in event["summary"]
    assert [event["hangoutLink"]] == [link for (link,) in shown(office, "Sessions", "Meeting link")]
    assert event["hangoutLink"].startswith("https://meet.google.com/")


def test_each_presenter_and_subscribed_member_is_invited_once_in_their_language(held):
    office, _ = held
    invitations = sent(office)[len(NEWEST) :]

    assert sorted((recipient(mail), mail["Content-Language"]) for mail in invitations) == GUESTS
    assert drafts(office) == []


def test_an_invitation_brings_the_event_in_utc_for_one_guest(held):
    office, _ = held
    (link,) = (event["hangoutLink"] for event in events(office))
    calendars = [(recipient(mail), calendar_part(mail)) for mail in sent(office)[len(NEWEST) :]]

    guests = [(who, event) for who, calendar in calendars for event in calendar.events]

    assert {str(calendar["METHOD"]) for _, calendar in calendars} == {"REQUEST"}
    assert {(event.start, event.end, str(event["LOCATION"])) for _, event in guests} == {
        (START, START + timedelta(minutes=90), link)
    }
    assert {event["DTSTART"].to_ical() for _, event in guests} == {b"20240516T120000Z"}
    assert len({str(event["UID"]) for _, event in guests}) == 1
    assert [str(event["ATTENDEE"]) for _, event in guests] == [f"mailto:{who}" for who, _ in guests]


def test_an_invitation_says_the_hour_where_its_reader_lives(held):
    office, _ = held
    texts = {recipient(mail): mail.get_body(("plain",)).get_content() for mail in sent(office)[len(NEWEST) :]}
    (lima,) = (line for line in texts["tomas.quispe@redmasc.example.org"].splitlines() if "Lima" in line)
    (no_zone,) = (line for line in texts["nomvula@fathers-network.example.org"].splitlines() if "Beirut" in line)

    assert lima == "- Cuándo: jueves, 16 de mayo de 2024, 07:00 (Lima, GMT-05:00)"
    assert no_zone == "- When: Thursday, 16 May 2024, 15:00 (Beirut, GMT+03:00)"


def test_one_invitation_is_sent_again_by_hand_at_most_once_a_day(held):
    office, ref = held
    before = len(sent(office))
    again = {"session": ref, "people": [hash_of(office, SAMIR)]}

    runs = [office.run("resend-invites", now=BEFORE + timedelta(hours=hours), **again) for hours in (0, 1, 24)]

    assert [len(run.done) > 0 for run in runs] == [True, False, True]
    assert [recipient(mail) for mail in sent(office)[before:]] == [SAMIR, SAMIR]


def test_a_recording_stands_once_in_the_archive_and_its_link_in_sessions(held):
    office, ref = held

    for minutes in (0, 60):
        assert not office.run("recordings", now=AFTER + timedelta(minutes=minutes)).red

    (row,) = office.table("archive", "Recordings")
    assert {**row, "Recording": "", "Key": ""} == {
        "Ref": ref,
        "Title": CHOSEN,
        "Date (UTC)": "2024-05-16 12:00",
        "Language": "en",
        "Presenters": "Rima Khoury, Samir Haddad",
        "Minutes recorded": 88,
        "May be shared with": "members only",
        "Recording": "",
        "Key": "",
    }
    assert row["Recording"].startswith("https://drive.google.com/file/d/")
    assert shown(office, "Sessions", "Recording link") == [(row["Recording"],)]


def test_when_all_is_done_a_second_round_does_nothing(held):
    office, _ = held
    assert not office.run("recordings", now=AFTER).red
    before = len(sent(office))

    assert round_of_all_flows(office, AFTER + timedelta(minutes=5)) == ([], [])
    assert len(sent(office)) == before


def test_no_address_or_name_is_in_a_report_or_in_a_key(held):
    office, ref = held
    names = {str(answer["contact_name"]) for answer in ANSWERS.values()} | {one["name"] for one in MEMBERS}
    secrets = {address(answer) for answer in ANSWERS.values()} | {one["email"] for one in MEMBERS} | names | {SAMIR}
    runs = [
        office.run("intake", live=False),
        office.run("scheduling", live=False),
        office.run("invitations", live=False, now=MARCH),
        office.run("resend-invites", session=ref, now=BEFORE),
        office.run("recordings", now=AFTER),
    ]
    reports = [run.as_json(office.settings.words) for run in runs]
    public = json.dumps(reports, ensure_ascii=False) + " ".join(effects_of(office))

    assert [secret for secret in secrets if secret.strip() and secret in public] == []
