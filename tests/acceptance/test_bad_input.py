"""What people type wrongly: each is told in words, stops nothing else, loses nothing, and is done once it is mended."""

from datetime import timedelta

import pytest

from tests.acceptance.people import (
    A_MEMBER,
    FEBRUARY,
    MARCH,
    SHEETS,
    add,
    an_answer,
    attention,
    confirm_talk,
    events,
    kinds_of_cells,
    places,
    plan_session,
    send_in,
    sent,
    set_session,
    shown,
    told,
    type_answer,
    wording,
)

LATER = FEBRUARY + timedelta(minutes=5)
LATEST = LATER + timedelta(minutes=5)
SESSIONS, MEMBERS = "register · Sessions", "register · Members"
GOOD = [("good@example.org", "en")]
RIGHT_TO_LEFT = "الآباء والرعاية"


def answers_sheet(office, code="en"):
    form = office.settings.programme.forms[code]
    return office.book(form.spreadsheet).worksheet(form.tab)


# ------------------------------------------------------------------------------------------ rows that are not read
BAD_ANSWERS = {
    "an address that is none": (
        {"email": "not an address"},
        ("email", "wanjiru@example.org"),
        ("“Email Address” in row 3 does not hold one e-mail address.", "Correct the address in cell B3"),
    ),
    "two addresses": (
        {"email": "wanjiru@example.org, otieno@example.org"},
        ("email", "wanjiru@example.org"),
        ("“Email Address” in row 3 does not hold one e-mail address.", "Correct the address in cell B3"),
    ),
    "no address": (
        {"email": ""},
        ("email", "wanjiru@example.org"),
        ("“Email Address” in row 3 is empty.", "Correct the address in cell B3"),
    ),
    "no title": (
        {"title": ""},
        ("title", "Fathers in the delivery room"),
        ("Row 3 has no answer to “Title of the session”.", "type the missing answers into row 3"),
    ),
    "an unknown option": (
        {"format": "Pannel"},
        ("format", "Panel"),
        (
            "“Format” in row 3 holds “Pannel” (nearest: “Panel”), which is not an option we know.",
            "Put the wording of an option into cell J3",
        ),
    ),
    "a time stamp that is text": (
        {"timestamp": "yesterday"},
        ("timestamp", "2024-02-14 10:00:00"),
        ("“Timestamp” in row 3 is text, not a date and time.", "Type the date and time into cell A3"),
    ),
}


@pytest.mark.parametrize(("changes", "mended", "said"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_a_bad_answer_is_told_and_done_when_its_cell_is_mended(office, changes, mended, said):
    question, value = mended
    send_in(office, "en", an_answer(email="good@example.org", title="Good"), an_answer(**changes))

    assert not office.run("intake").red

    ((state, sheet, row, column, what, todo),) = attention(office)
    assert (state, sheet, row, column, what) == ("To", SHEETS["en"], 3, wording(office, "en", question), said[0])
    assert said[1] in todo
    assert (told(office), shown(office, "Submissions", "Title")) == (GOOD, [("Good",)])

    type_answer(office, "en", 3, question, value)
    assert not office.run("intake", now=LATER).red

    assert [state for state, *_ in attention(office)] == ["Solved"]
    assert told(office) == [*GOOD, ("wanjiru@example.org", "en")]
    assert shown(office, "Submissions", "Title") == [("Good",), ("Fathers in the delivery room",)]
    assert office.run("intake", now=LATEST).done == []


def test_a_problem_that_stays_keeps_its_one_line_and_what_staff_wrote_beside_it(office):
    send_in(office, "en", an_answer(email="none"))
    office.run("intake")
    office.type("register", "Needs attention", 2, "Notes", "I am asking her")

    answers_sheet(office).insert_row([], 2)
    office.run("intake", now=LATER)

    assert shown(office, "Needs attention", "Since (UTC)", "State", "Row", "Notes") == [
        ("2024-02-16 08:00", "To do", 3, "I am asking her"),
        ("2024-02-16 08:05", "To know", 2, ""),
    ]


def test_a_problem_that_comes_back_gets_a_line_of_its_own(office):
    send_in(office, "en", an_answer())
    for minute, title in enumerate(["", "Mended", ""]):
        type_answer(office, "en", 2, "title", title)
        office.run("intake", now=FEBRUARY + timedelta(minutes=minute))

    assert shown(office, "Needs attention", "Since (UTC)", "State") == [
        ("2024-02-16 08:00", "Solved 16 Feb 2024 03:01"),
        ("2024-02-16 08:02", "To do"),
    ]


# --------------------------------------------------------------------------------- rows that are read all the same
NOTICED = {
    "a title of 400 characters": ({"title": "x" * 400}, "title", "Row 2 has a title of 400 characters"),
    "a title from right to left": ({"title": RIGHT_TO_LEFT}, "title", "letters or marks that run from right to left"),
    "a very long answer": ({"summary": "x" * 6000}, "summary", "has an answer of more than 5000 characters"),
    "a formula": ({"contact_name": '=IMPORTXML("https://evil.example")'}, "contact_name", "looks like a formula"),
    "heaped marks": ({"summary": "Z" + "\u0335\u0322\u031b\u0300" * 50}, "summary", "has marks heaped on letters"),
    "text turned around": ({"summary": "abc\u202edef"}, "summary", "has invisible marks"),
    "damaged letters": ({"summary": "caf\u00c3\u00a9"}, "summary", "has letters in"),
    "a null character": ({"summary": "a\x00b"}, "summary", "looks like a formula"),
    "dates in two ways": ({"preferred_dates": "12/03/2024"}, "preferred_dates", "could be 12 March or 3 December"),
    "an offset": ({"time_zone": "GMT+3"}, "time_zone", "may be Africa/Nairobi, Europe/Istanbul"),
    "a mail header": ({"contact_name": "W\r\nBcc: all@example.org"}, "contact_name", "looks like a formula"),
}


@pytest.mark.parametrize(("changes", "question", "what"), NOTICED.values(), ids=NOTICED)
def test_an_odd_answer_is_registered_as_typed_acknowledged_and_pointed_out(office, changes, question, what):
    headers = {
        "title": "Title",
        "summary": "Summary",
        "contact_name": "Name",
        "preferred_dates": "Preferred dates",
        "time_zone": "City or time zone",
    }
    send_in(office, "en", an_answer(**changes))

    assert not office.run("intake").red

    ((state, sheet, row, column, found, _),) = attention(office)
    assert (state, sheet, row, column) == ("To", SHEETS["en"], 2, wording(office, "en", question))
    assert what in found
    assert shown(office, "Submissions", headers[question]) == [(changes[question],)]
    assert told(office) == [("wanjiru@example.org", "en")]


def test_what_was_understood_stands_beside_what_was_typed_if_staff_have_the_column(office):
    tab = office.book("register").worksheet("Submissions")
    header = tab.row_values(1).index("Understood as") + 1
    tab.update_cell(1, header, "")
    send_in(office, "en", an_answer(contact_name="wanjiru kamau", time_zone="EAT"))
    assert not office.run("intake").red
    assert told(office) == [("wanjiru@example.org", "en")]

    tab.update_cell(1, header, "Understood as")
    assert not office.run("intake", now=LATER).red

    columns = ("Name", "City or time zone", "Understood as")
    assert shown(office, "Submissions", *columns) == [
        ("wanjiru kamau", "EAT", "Wanjiru Kamau · Kenya · Africa/Nairobi")
    ]
    assert attention(office) == []


@pytest.mark.parametrize("field", ["contact_name", "title", "organisation", "access_needs"])
def test_nothing_that_a_member_typed_becomes_a_formula(office, field):
    send_in(office, "en", an_answer(**{field: '=HYPERLINK("https://evil.example","x")'}))

    office.run("intake")
    office.type("register", "Submissions", 2, "Decision", "Accepted")
    office.run("scheduling")

    for tab in ("Submissions", "Sessions", "Needs attention"):
        assert "formulaValue" not in kinds_of_cells(office, "register", tab)
    as_typed = office.book("register").worksheet("Submissions").get("A2:AD2", value_render_option="FORMULA")[0]
    assert '=HYPERLINK("https://evil.example","x")' in as_typed


def test_a_header_in_a_name_stays_out_of_the_headers_of_every_mail(office):
    name = "Wanjiru\r\nBcc: all@example.org"
    send_in(office, "en", an_answer(contact_name=name))
    add(office, "Members", {**A_MEMBER, "Name": name})
    office.run("intake")
    confirm_talk(office, Presenters="Otieno")

    office.run("invitations", now=MARCH)

    assert [mail["recipients"] for mail in office.mails()] == [["wanjiru@example.org"], ["sipho@example.net"]]
    assert [mail["Bcc"] for mail in sent(office)] == [None, None]


# ---------------------------------------------------------------------------------------------- sheets and columns
def test_a_blank_row_is_pointed_out_until_it_is_deleted(office):
    send_in(office, "en", an_answer())
    answers_sheet(office).insert_row([], 2)

    outcome = office.run("intake")

    assert (outcome.red, outcome.skipped["blank row"]) == (False, 1)
    assert attention(office)[0][:5] == ("To", SHEETS["en"], 2, "", "Row 2 is blank, with answers below.")
    assert told(office) == [("wanjiru@example.org", "en")]
    answers_sheet(office).delete_rows(2)
    office.run("intake", now=LATER)
    assert [state for state, *_ in attention(office)] == ["Solved"]


def test_an_unknown_column_is_pointed_out_and_everything_is_read(office):
    send_in(office, "en", an_answer())
    answers_sheet(office).update([["Your favourite colour"]], "U1")

    assert not office.run("intake").red

    assert attention(office)[0][:5] == (
        "To",
        SHEETS["en"],
        1,
        "Your favourite colour",
        "Column “Your favourite colour” is not a question we know; its answers are not read.",
    )
    assert told(office) == [("wanjiru@example.org", "en")]


def rename_a_question(office):
    answers_sheet(office, "es").update([["Nombre de la sesión"]], "G1")


def delete_a_question(office):
    answers_sheet(office, "es").delete_columns(7)


def repeat_a_question(office):
    answers_sheet(office, "es").update([[wording(office, "es", "title")]], "U1")


def sort_the_headers_away(office):
    answers_sheet(office, "es").insert_row([], 1)


@pytest.mark.parametrize("act", [rename_a_question, delete_a_question, repeat_a_question, sort_the_headers_away])
def test_a_form_that_changed_stops_only_its_language_and_is_told(office, act):
    for code in ("en", "es", "fr"):
        send_in(office, code, an_answer(code, email=f"{code}@example.org"))
    act(office)

    outcome = office.run("intake")

    assert outcome.red
    assert told(office) == [("en@example.org", "en"), ("fr@example.org", "fr")]
    (line,) = [line for line in attention(office) if "no answers of this form are read" in line[4]]
    assert line[:3] == ("To", SHEETS["es"], 1)


def test_a_form_that_got_its_wording_back_goes_on(office):
    send_in(office, "es", an_answer("es"))
    rename_a_question(office)
    assert office.run("intake").red

    answers_sheet(office, "es").update([[wording(office, "es", "title")]], "G1")
    assert not office.run("intake", now=LATER).red

    assert told(office) == [("wanjiru@example.org", "es")]
    stops = [line for line in attention(office) if "no answers of this form are read" in line[4]]
    assert [state for state, *_ in stops] == ["Solved"]


def test_problems_of_a_form_that_stopped_are_not_called_solved(office):
    send_in(office, "es", an_answer("es", email="none"))
    office.run("intake")
    rename_a_question(office)

    office.run("intake", now=LATER)

    assert ("To", SHEETS["es"], 2, wording(office, "es", "email")) in places(office)


@pytest.mark.parametrize("change", ["tab", "column"])
def test_a_register_that_staff_renamed_loses_nothing(office, change):
    send_in(office, "en", an_answer())
    tab = office.book("register").worksheet("Submissions")
    tab.update_title("Ideas") if change == "tab" else tab.update([["Our ref"]], "A1")

    office.run("intake")
    (line,) = attention(office)
    tab.update_title("Submissions") if change == "tab" else tab.update([["Ref"]], "A1")
    office.run("intake", now=LATER)
    office.run("scheduling", now=LATER)

    assert (line[0], line[1]) == ("To", "register · Submissions")
    assert "Submissions" in line[4] + line[5]
    assert shown(office, "Submissions", "Title") == [("Fathers in the delivery room",)]
    assert told(office) == [("wanjiru@example.org", "en")]
    assert [state for state, *_ in attention(office)] == ["Solved"]


def test_a_word_that_is_no_decision_is_told_and_nothing_is_planned(office):
    send_in(office, "en", an_answer())
    office.run("intake")
    office.book("register").worksheet("Submissions").update([["Acepted"]], "C2", raw=True)

    office.run("scheduling")

    assert attention(office)[0][:5] == (
        "To",
        "register · Submissions",
        2,
        "Decision",
        "“Acepted” is not a decision.",
    )
    assert shown(office, "Sessions", "Ref") == []


# ------------------------------------------------------------------------------------------- sessions and members
BAD_SESSIONS = {
    "no date": ({"Date": ""}, "Date", "is empty", "2024-05-16"),
    "a date in words": ({"Date": "next Tuesday"}, "Date", "is text, not a date", "2024-05-16"),
    "an ambiguous date": ({"Date": "'12/03/2024"}, "Date", "is text, not a date", "2024-05-16"),
    "no hour": ({"Start_time": ""}, "Start time", "is empty", "15:00"),
    "an unknown time zone": (
        {"Time_zone": "Atlantis"},
        "Time zone",
        "is “Atlantis”, which is not one time zone",
        "Asia/Beirut",
    ),
    "no minutes": ({"Minutes": ""}, "Minutes", "is empty", 90),
    "an unknown status": (
        {"Status": "Definitely"},
        "Status",
        "is “Definitely”, which is not a status",
        "Confirmed",
    ),
    "an unknown language": (
        {"Language": "Klingon"},
        "Language",
        "is “Klingon”, which is not a language of this programme",
        "en",
    ),
    "an hour that the clocks skip": (
        {"Date": "2024-03-31", "Time_zone": "Europe/Paris", "Start_time": "02:30"},
        "Start time",
        "is an hour that is skipped that night",
        "15:00",
    ),
}


@pytest.mark.parametrize(("changes", "column", "what", "mended"), BAD_SESSIONS.values(), ids=BAD_SESSIONS)
def test_a_session_that_is_not_ready_waits_while_the_others_go_on(office, changes, column, what, mended):
    plan_session(office, Ref="GOOD1")
    plan_session(office, **{**changes, "Status": "Draft" if "Status" in changes else "Confirmed"})
    if "Status" in changes:
        office.book("register").worksheet("Sessions").update([["Definitely"]], "C3", raw=True)

    office.run("scheduling", now=MARCH)

    ((state, sheet, row, found_column, found, _),) = attention(office)
    assert (state, sheet, row, found_column) == ("To", SESSIONS, 3, column)
    assert found.startswith(f"“{column}” in row 3 {what}")
    assert [event["extendedProperties"]["private"]["ref"] for event in events(office)] == ["GOOD1"]
    assert dict(shown(office, "Sessions", "Ref", "State"))["TALK1"] == "Not ready: see Needs attention"

    set_session(office, "TALK1", **{column: mended})
    assert not office.run("scheduling", now=MARCH + timedelta(minutes=5)).red

    assert sorted(event["extendedProperties"]["private"]["ref"] for event in events(office)) == ["GOOD1", "TALK1"]
    assert [state for state, *_ in attention(office)] == ["Solved"]


def test_problems_of_a_tab_that_cannot_be_read_are_not_called_solved(office):
    plan_session(office, Date="next Tuesday")
    office.run("scheduling", now=MARCH)

    office.book("register").worksheet("Sessions").update_title("Meetings")
    office.run("scheduling", now=MARCH + timedelta(minutes=5))

    assert [(state, row) for state, _, row, *_ in attention(office)] == [("To", 2), ("To", "")]


BAD_MEMBERS = {
    "an address that is none": ({"E-mail": "sipho"}, "E-mail", "“E-mail” in row 2 does not hold one e-mail address."),
    "no language": ({"Language": ""}, "Language", "“Language” in row 2 is empty."),
}


@pytest.mark.parametrize(("changes", "column", "what"), BAD_MEMBERS.values(), ids=BAD_MEMBERS)
def test_a_member_who_cannot_be_written_to_is_told_and_invited_when_mended(office, changes, column, what):
    add(office, "Members", {**A_MEMBER, **changes})
    add(office, "Members", {**A_MEMBER, "E-mail": "good@example.org"})
    confirm_talk(office, Presenters="Wanjiru")

    assert not office.run("invitations", now=MARCH).red

    (line,) = [line for line in attention(office) if line[1] == MEMBERS]
    assert line[:5] == ("To", MEMBERS, 2, column, what)
    assert told(office) == GOOD

    office.type("register", "Members", 2, column, A_MEMBER[column])
    office.run("invitations", now=MARCH + timedelta(minutes=5))

    assert told(office) == [*GOOD, ("sipho@example.net", "en")]
    assert places(office)[-1][:2] == ("Solved", MEMBERS)


def test_members_whose_tab_cannot_be_read_are_not_called_mended(office):
    add(office, "Members", {**A_MEMBER, "E-mail": "sipho"})
    office.run("invitations", now=MARCH)

    office.book("register").worksheet("Members").update([["Mail"]], "B1")
    office.run("invitations", now=MARCH + timedelta(minutes=5))

    assert [(state, row) for state, _, row, *_ in attention(office)] == [("To", 2), ("To", 1)]


def test_a_member_without_a_time_zone_we_know_is_invited_and_pointed_out(office):
    add(office, "Members", {**A_MEMBER, "Time zone": "Atlantis"})
    confirm_talk(office, Presenters="Wanjiru <wanjiru@example.org>")

    office.run("invitations", now=MARCH)

    assert ("sipho@example.net", "en") in told(office)
    assert [line[:4] for line in attention(office)] == [("To", MEMBERS, 2, "Time zone")]
