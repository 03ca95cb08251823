"""The first sight of a response sheet is a baseline, and so is what waited through a long outage."""

from datetime import timedelta

from tests.acceptance.people import FEBRUARY, an_answer, attention, send_in, shown, told

LATER = FEBRUARY + timedelta(minutes=5)
EN, ES = "responses-en · Form Responses 1", "responses-es · Respuestas de formulario 1"
OLD = {"email": "old@example.org", "title": "Long ago", "timestamp": "2023-02-14T10:00:00"}
TOO_OLD = "Registered, not acknowledged (too old)"


def test_the_first_sight_of_a_sheet_is_told_once_with_what_is_too_old(office):
    send_in(office, "en", an_answer(), an_answer(**OLD))
    rehearsal, live, again = (
        office.run("intake", live=live, now=now) for live, now in ((False, FEBRUARY), (True, FEBRUARY), (True, LATER))
    )

    assert rehearsal.first_sights == live.first_sights
    assert live.first_sights[:2] == [
        f"first sight of {EN}: 2 answers, 2 new, 1 too old to be acknowledged",
        f"first sight of {ES}: 0 answers, 0 new, 0 too old to be acknowledged",
    ]
    assert again.first_sights == []
    assert told(office) == [("wanjiru@example.org", "en")]


def test_a_copy_of_a_sheet_in_place_of_the_sheet_brings_nothing_new(office):
    send_in(office, "en", an_answer(), an_answer(**OLD))
    office.run("intake")
    form = office.settings.programme.forms["en"]
    sheet = office.book(form.spreadsheet).worksheet(form.tab)
    copy = sheet.duplicate(new_sheet_name="copy")
    sheet.update_title("before")
    copy.update_title(form.tab)

    assert office.run("intake", now=LATER).done == []


def test_answers_that_waited_through_a_long_outage_are_registered_and_staff_see_who_heard_nothing(office):
    office.run("intake")
    send_in(office, "en", an_answer(), an_answer(email="new@example.org", title="New", timestamp="2024-03-30T10:00:00"))

    outcome = office.run("intake", now=FEBRUARY + timedelta(days=45))

    assert told(office) == [("new@example.org", "en")]
    states = dict(shown(office, "Submissions", "Title", "State"))
    assert states["Fathers in the delivery room"].startswith(TOO_OLD)
    assert (outcome.first_sights, outcome.skipped["not acknowledged: older than 30 days"]) == ([], 1)


def test_what_is_not_clear_in_old_answers_is_one_line_and_does_not_grow_as_time_passes(office):
    unclear = {"time_zone": "IST", "preferred_dates": "5/6"}
    old = [an_answer(**{**OLD, "email": f"a{n}@example.org", "title": f"Talk {n}"}, **unclear) for n in range(4)]
    send_in(office, "en", *old, an_answer(**OLD | {"email": "none"}), an_answer(**unclear))
    columns = [office.settings.languages["en"].questions[field] for field in ("preferred_dates", "time_zone")]
    young = [(7, column) for column in columns]

    office.run("intake")
    assert {line[2:4] for line in attention(office)} == {(6, "Email Address"), ("", ""), *young}
    (told_of_old,) = [line[4] for line in attention(office) if line[2] == ""]
    assert "before 2024-01-17" in told_of_old
    assert "unusual text: 4." in told_of_old

    before = attention(office)
    office.run("intake", now=FEBRUARY + timedelta(days=60))
    assert attention(office) == before
