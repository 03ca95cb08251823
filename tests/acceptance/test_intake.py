"""Answers become submissions once, whatever happens to rows and columns in between."""

from datetime import timedelta

import pytest

from tests.acceptance.people import (
    FEBRUARY,
    FLOWS,
    an_answer,
    attention,
    drafts,
    fault,
    forget_requests,
    move_column,
    places,
    rewrite,
    send_in,
    sent,
    shown,
    told,
    type_answer,
    wording,
    writes,
)

LATER = FEBRUARY + timedelta(minutes=5)
LATEST = LATER + timedelta(minutes=5)
OTHERS = {
    "email": "otieno@example.org",
    "contact_name": "Otieno",
    "timestamp": "2024-02-15T10:00:00",
    "organisation": "Vijana",
    "summary": "Young men and the climate.",
    "presenters": "",
}
SEND, CREATE = r"/drafts/send$", r"/drafts$"
REGISTER = r"sandbox-register:batchUpdate$"


@pytest.fixture
def two(office):
    """Two answers are registered and acknowledged."""
    send_in(office, "en", an_answer(), an_answer(title="Another title", **OTHERS))
    assert not office.run("intake").red
    return office


def sheet(office, tab="Submissions"):
    return office.book("register").worksheet(tab)


def states(office):
    return dict(shown(office, "Submissions", "Title", "State"))


# ------------------------------------------------------------------------------------------ replies that were lost
@pytest.mark.parametrize("effect", ["drop-before", "drop-after"])
def test_a_send_whose_answer_is_lost_is_looked_up_and_leaves_one_mail(office, effect):
    send_in(office, "en", an_answer())
    fault(office, "POST", SEND, effect)

    assert office.run("intake").red
    assert not office.run("intake", now=LATER).red

    assert told(office) == [("wanjiru@example.org", "en")]
    assert drafts(office) == []
    assert states(office) == {"Fathers in the delivery room": "Acknowledged 16 Feb 2024 03:05"}


def test_a_mail_that_sent_does_not_show_yet_is_not_repeated(office):
    send_in(office, "en", an_answer())
    office.control("settings", sent_search_delay_seconds=3600)
    fault(office, "POST", SEND, "drop-after")
    office.run("intake")

    office.run("intake", now=LATER)

    assert [line[4] for line in attention(office)] == [
        f"Nobody knows whether the acknowledgement of {ref} was sent: its draft is gone, Sent does not show it."
        for (ref,) in shown(office, "Submissions", "Ref")
    ]
    office.control("settings", sent_search_delay_seconds=0)
    assert not office.run("intake", now=LATEST).red
    assert told(office) == [("wanjiru@example.org", "en")]
    assert places(office) == [("Solved", "Mail", "", "")]


@pytest.mark.parametrize("effect", ["drop-before", "drop-after"])
def test_a_draft_whose_answer_is_lost_becomes_one_mail_and_no_draft_stays(office, effect):
    send_in(office, "en", an_answer())
    fault(office, "POST", CREATE, effect)

    assert office.run("intake").red
    assert not office.run("intake", now=LATER).red

    assert (told(office), drafts(office)) == ([("wanjiru@example.org", "en")], [])


@pytest.mark.parametrize("effect", ["drop-before", "drop-after", "status-after"])
def test_a_write_to_the_register_whose_answer_is_lost_leaves_each_row_once(office, effect):
    send_in(office, "en", an_answer(), an_answer(title="Another title", **OTHERS))
    fault(office, "POST", REGISTER, effect)

    assert office.run("intake").red
    assert not office.run("intake", now=LATER).red

    assert [title for (title,) in shown(office, "Submissions", "Title")] == [
        "Fathers in the delivery room",
        "Another title",
    ]
    assert office.run("intake", now=LATEST).done == []


def test_a_write_that_google_rejects_is_tried_row_by_row_so_that_one_bad_row_holds_up_no_other(office):
    send_in(office, "en", an_answer(), an_answer(title="Another title", **OTHERS))
    fault(office, "POST", REGISTER, "status", status=400, reason="badRequest")
    fault(office, "POST", REGISTER, "status", nth=2, status=400, reason="badRequest")

    assert office.run("intake").red
    assert len(shown(office, "Submissions", "Title")) == 1
    assert not office.run("intake", now=LATER).red

    assert sorted(title for (title,) in shown(office, "Submissions", "Title")) == [
        "Another title",
        "Fathers in the delivery room",
    ]


@pytest.mark.parametrize("flow", FLOWS)
def test_a_lost_ledger_is_noticed_before_anybody_is_written_to_a_second_time(office, flow):
    send_in(office, "en", an_answer(), an_answer(title="Another title", **OTHERS))
    office.run("intake")
    (office.folder / "ledger.sqlite").unlink()
    forget_requests(office)

    outcome = office.run(flow, now=LATER)

    assert (outcome.red, outcome.done, writes(office)) == (True, [], [])
    assert "the ledger was lost" in outcome.failed[0]


def test_too_many_requests_let_the_other_mails_wait_for_the_next_run(office):
    send_in(office, "en", an_answer(), an_answer(title="Another title", **OTHERS))
    fault(office, "POST", SEND, "status", status=429, reason="rateLimitExceeded")

    outcome = office.run("intake")

    assert (outcome.red, outcome.held, sent(office)) == (True, ["1 mails wait for the next run"], [])
    assert not office.run("intake", now=LATER).red
    assert told(office) == [("otieno@example.org", "en"), ("wanjiru@example.org", "en")]
    assert drafts(office) == []


def test_a_response_sheet_that_does_not_answer_stops_only_its_language(office):
    for code in ("en", "es", "fr"):
        send_in(office, code, an_answer(code, email=f"{code}@example.org"))
    fault(office, "GET", r"sandbox-responses-es$", "status", status=503)

    assert office.run("intake").red
    assert told(office) == [("en@example.org", "en"), ("fr@example.org", "fr")]
    assert not office.run("intake", now=LATER).red
    assert told(office) == [("en@example.org", "en"), ("es@example.org", "es"), ("fr@example.org", "fr")]


def test_a_register_that_does_not_answer_stops_everything_until_it_does(office):
    send_in(office, "en", an_answer())
    fault(office, "GET", r"sandbox-register$", "status", status=503)

    assert office.run("intake").red
    assert sent(office) == []
    assert not office.run("intake", now=LATER).red
    assert told(office) == [("wanjiru@example.org", "en")]


def test_a_refused_mail_is_told_to_staff_and_sent_once_when_the_address_is_corrected(office):
    send_in(office, "en", an_answer(email="wanjiru@example.com"))
    fault(office, "POST", SEND, "status", status=400)
    assert office.run("intake").red
    assert [line[:2] for line in attention(office)] == [("To", "Mail")]

    type_answer(office, "en", 2, "email", "wanjiru@example.org")
    assert not office.run("intake", now=LATER).red

    assert (told(office), drafts(office)) == ([("wanjiru@example.org", "en")], [])
    assert shown(office, "Submissions", "E-mail") == [("wanjiru@example.org",)]
    assert [line[:2] for line in attention(office)] == [("Solved", "Mail")]


# --------------------------------------------------------------------------------------- what people do in between
def test_what_staff_typed_stays_while_the_state_follows(two):
    two.type("register", "Submissions", 2, "Decision", "Declined")
    two.type("register", "Submissions", 2, "Notes", "Talked to her on Monday")
    two.type("register", "Submissions", 2, "State", "typed over by mistake")

    two.run("intake", now=LATER)

    assert shown(two, "Submissions", "State", "Decision", "Notes")[0] == (
        "Acknowledged 16 Feb 2024 03:00",
        "Declined",
        "Talked to her on Monday",
    )


def sort_register(office):
    sheet(office).sort((1 + sheet(office).row_values(1).index("Title"), "asc"), range="A2:AD3")


def move_register_columns(office):
    move_column(sheet(office), "State", 25)


def insert_a_row_in_the_register(office):
    sheet(office).insert_row([], 2)


def add_a_column_to_the_register(office):
    sheet(office).insert_cols([["Our own column", "hello"]], 3)


def note_below_the_register(office):
    sheet(office).update([["counted on Monday"]], "D6")


def sort_answers(office):
    answers = office.book("responses-en").worksheet("Form Responses 1")
    answers.sort((1, "des"), range="A2:T3")


def move_answer_columns(office):
    move_column(office.book("responses-en").worksheet("Form Responses 1"), "Themes", 0)


def insert_rows_among_the_answers(office):
    office.book("responses-en").worksheet("Form Responses 1").insert_rows([[], []], 2)


def note_beside_the_answers(office):
    office.book("responses-en").worksheet("Form Responses 1").update([["call her"]], "V2")


def note_below_the_answers(office):
    office.book("responses-en").worksheet("Form Responses 1").update([["two answers so far"]], "G7")


def delete_an_answer(office):
    office.book("responses-en").worksheet("Form Responses 1").delete_rows(2)


@pytest.mark.parametrize(
    "act",
    [
        sort_register,
        move_register_columns,
        insert_a_row_in_the_register,
        add_a_column_to_the_register,
        note_below_the_register,
        sort_answers,
        move_answer_columns,
        insert_rows_among_the_answers,
        note_beside_the_answers,
        note_below_the_answers,
        delete_an_answer,
    ],
)
def test_nobody_is_acknowledged_or_registered_again_after_staff(two, act):
    columns = ("Ref", "State", "Title", "E-mail")
    before = sorted(shown(two, "Submissions", *columns))
    act(two)

    assert not two.run("intake", now=LATER).red

    assert len(sent(two)) == 2
    assert sorted(row for row in shown(two, "Submissions", *columns) if row[0]) == before


def test_a_new_answer_lands_in_the_right_columns_after_staff_moved_them(two):
    move_register_columns(two)
    luc = {"email": "luc@example.org", "contact_name": "Luc", "presenters": "Luc", "organisation": "Les Rives"}
    send_in(two, "fr", an_answer("fr", **luc, title="Un autre", summary="Des rivières et qui en prend soin."))

    two.run("intake", now=LATER)

    assert shown(two, "Submissions", "Title", "State", "Language", "Themes")[2] == (
        "Un autre",
        "Acknowledged 16 Feb 2024 03:05",
        "fr",
        "Paix et sécurité",
    )


def test_state_cells_that_landed_in_the_wrong_rows_are_healed(two):
    first, second = shown(two, "Submissions", "Ref", "State")
    two.type("register", "Submissions", 2, "State", "State of the other row")
    two.type("register", "Submissions", 3, "Received (UTC)", "2024-02-14 15:00")

    outcome = two.run("intake", now=LATER)

    assert outcome.done == ["register · Submissions: cells brought up to date: 2"]
    assert shown(two, "Submissions", "Ref", "State") == [first, second]
    assert shown(two, "Submissions", "Title")[1] == ("Another title",)


def test_a_row_that_staff_deleted_from_the_register_does_not_come_back(two):
    sheet(two).delete_rows(2)

    assert [two.run("intake", now=LATER, live=live).done for live in (False, True)] == [[], []]
    assert [title for (title,) in shown(two, "Submissions", "Title")] == ["Another title"]


# ------------------------------------------------------------------------------------------------- second versions
def test_the_same_title_with_more_text_is_the_same_submission(two):
    summary = "What midwives told us. And fathers."
    send_in(two, "en", an_answer(timestamp="2024-02-16T02:00:00", summary=summary, phone="0712"))

    outcome = two.run("intake", now=LATER)

    assert outcome.skipped["not acknowledged again: a newer version"] == 1
    assert len(sent(two)) == 2
    assert [row for row in shown(two, "Submissions", "Title", "Summary") if row[0].startswith("Fathers")] == [
        ("Fathers in the delivery room", "What midwives told us. And fathers.")
    ]


def test_a_respondents_edit_is_the_same_submission(two):
    rewrite(two, "en", 2, an_answer(timestamp="2024-02-16T02:00:00", title="Fathers at birth"))

    two.run("intake", now=LATER)

    assert len(sent(two)) == 2
    assert [title for (title,) in shown(two, "Submissions", "Title")] == ["Fathers at birth", "Another title"]


def test_a_correction_by_staff_is_the_same_submission(two):
    type_answer(two, "en", 2, "title", "Fathers at birth")

    two.run("intake", now=LATER)

    assert len(sent(two)) == 2
    assert [title for (title,) in shown(two, "Submissions", "Title")] == ["Fathers at birth", "Another title"]
    assert "sent 2 times" not in states(two)["Fathers at birth"]


def test_another_proposal_of_the_same_person_is_a_submission_of_its_own(two):
    send_in(two, "en", an_answer(timestamp="2024-02-16T02:00:00", title="Boda boda riders", summary="At night."))

    two.run("intake", now=LATER)

    assert [title for (title,) in shown(two, "Submissions", "Title")] == [
        "Fathers in the delivery room",
        "Another title",
        "Boda boda riders",
    ]
    assert told(two) == [("otieno@example.org", "en"), *[("wanjiru@example.org", "en")] * 2]


@pytest.mark.parametrize(
    ("age", "mails", "state"),
    [
        (timedelta(days=30, minutes=1), 0, "Registered, not acknowledged (too old)"),
        (timedelta(days=30), 1, "Acknowledged 15 Mar 2024 11:00"),
    ],
)
def test_only_answers_of_the_last_thirty_days_are_acknowledged(office, age, mails, state):
    send_in(office, "en", an_answer(timestamp="2024-02-14T10:00:00"))
    arrived = FEBRUARY.replace(day=14, hour=15)  # ten o'clock in New York, where this form lives

    office.run("intake", now=arrived + age)

    assert (len(sent(office)), states(office)) == (mails, {"Fathers in the delivery room": state})


# ------------------------------------------------------------------------------------------------------- rehearsal
def test_a_rehearsal_says_what_a_live_run_then_does(office):
    send_in(office, "en", an_answer(), an_answer(email="none"))
    send_in(office, "fr", an_answer("fr", email="luc@example.org"))

    rehearsal = office.run("intake", live=False)
    live = office.run("intake")

    shown_only_live = "register · Needs attention: rows added: 1"
    assert rehearsal.done == [line for line in live.done if line != shown_only_live]
    assert (rehearsal.read, rehearsal.skipped, rehearsal.problems) == (live.read, live.skipped, live.problems)


def test_a_tab_of_another_name_is_not_read_as_the_answers(office):
    office.book("responses-en").worksheet("Form Responses 1").update_title("Old answers")
    send_in(office, "fr", an_answer("fr", email="luc@example.org"))

    assert office.run("intake").red
    assert places(office) == [("To", "responses-en · Form Responses 1", "", "")]
    assert told(office) == [("luc@example.org", "fr")]


def test_a_question_moved_by_staff_is_found_by_its_wording(office):
    send_in(office, "en", an_answer())
    move_column(office.book("responses-en").worksheet("Form Responses 1"), wording(office, "en", "email"), 20)

    office.run("intake")

    assert told(office) == [("wanjiru@example.org", "en")]
