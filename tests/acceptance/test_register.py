"""Staff work in Submissions as they like: rows are found by ref, and what they correct there is used from then on."""

from datetime import timedelta

import pytest

from tests.acceptance.people import (
    FEBRUARY,
    an_answer,
    attention,
    fault,
    move_column,
    places,
    rewrite,
    send_in,
    shown,
    told,
)

LATER, LATEST = FEBRUARY + timedelta(minutes=5), FEBRUARY + timedelta(minutes=10)
ROWS = "register · Submissions (rows)"
OTIENO = {
    "email": "otieno@example.org",
    "contact_name": "Otieno",
    "timestamp": "2024-02-15T10:00:00",
    "title": "Fathers and sons",
    "country": "Uganda",
}


@pytest.fixture
def two(office):
    """Two answers are registered and acknowledged."""
    send_in(office, "en", an_answer(), an_answer(**OTIENO))
    assert not office.run("intake").red
    return office


def sheet(office):
    return office.book("register").worksheet("Submissions")


def type_over(office, row, header, value):
    office.type("register", "Submissions", row, header, value)


def answers(office):
    return sorted(shown(office, "Submissions", "Ref", "Title", "Name", "E-mail", "Country", "State"))


# ------------------------------------------------------------------------------------------------ moving rows
def sort_rows(office):
    register = sheet(office)
    register.sort((register.row_values(1).index("Title") + 1, "asc"), range=f"A2:AD{register.row_count}")


def insert_a_row(office):
    sheet(office).insert_rows([[""], ["", "", "", "call them all"]], row=2)


def move_a_column(office):
    move_column(sheet(office), "Title", 0)


def hide_a_column(office):
    register = sheet(office)
    register.hide_columns(2, 6)


def filter_rows(office):
    sheet(office).set_basic_filter()


@pytest.mark.parametrize("act", [sort_rows, insert_a_row, move_a_column, hide_a_column, filter_rows])
def test_rows_that_staff_moved_hid_or_filtered_stay_what_they_are(two, act):
    before = answers(two)
    act(two)
    third = {"summary": "Rivers and who looks after them.", "organisation": "Mto Safi", "presenters": "Tumaini Shao"}
    third |= {"title": "A third", "email": "third@example.org", "timestamp": "2024-02-15T11:00:00"}
    send_in(two, "en", an_answer(**third))

    outcome = two.run("intake", now=LATER)

    assert not outcome.red
    assert [one for one in answers(two) if one[0] and one[1] != "A third"] == before
    assert len(told(two)) == 3
    assert two.run("intake", now=LATEST).done == []


def test_a_deleted_row_does_not_come_back(two):
    sheet(two).delete_rows(2)

    assert two.run("intake", now=LATER).done == []
    assert [title for (title,) in shown(two, "Submissions", "Title")] == ["Fathers and sons"]


def test_a_copied_row_is_told_and_the_first_of_the_two_goes_on(two):
    register = sheet(two)
    register.append_row(register.row_values(2), value_input_option="RAW")

    two.run("intake", now=LATER)

    (ref, _, *_), *_ = shown(two, "Submissions", "Ref", "Title")
    (line,) = attention(two)
    assert line[:4] == ("To", ROWS, 4, "Ref")
    assert line[4].startswith(f"{ref} stands in the rows 2 and 4.")
    assert len(told(two)) == 2


@pytest.mark.parametrize("typed", ["", "mine", "K7P2QX"])
def test_a_ref_that_was_edited_is_told_and_stops_nobody(two, typed):
    ((ref,), _) = shown(two, "Submissions", "Ref")
    type_over(two, 2, "Ref", typed)
    send_in(two, "en", an_answer(title="A third", email="third@example.org", timestamp="2024-02-15T11:00:00"))

    assert not two.run("intake", now=LATER).red
    assert [line[5] for line in attention(two)] == [
        f"Type {ref} into cell A2; until then nothing of the row is read, or kept up to date."
    ]
    assert len(told(two)) == 3

    type_over(two, 2, "Ref", ref)
    two.run("intake", now=LATEST)
    assert [line[0] for line in places(two)] == ["Solved"]


# ------------------------------------------------------------------------------------------------ corrections
def test_a_corrected_answer_is_kept_shown_and_used_for_the_session(two):
    type_over(two, 2, "Title", "Fathers at birth")
    type_over(two, 2, "Language", "French")
    type_over(two, 2, "Decision", "Accepted")

    assert two.run("scheduling", now=LATER).done[0].endswith(": corrected by staff: Language and Title")
    two.run("intake", now=LATEST)

    assert shown(two, "Sessions", "Title", "Language") == [("Fathers at birth", "fr")]
    ((title, language, state), _) = shown(two, "Submissions", "Title", "Language", "State")
    assert (title, language) == ("Fathers at birth", "fr")
    assert state.startswith("Acknowledged 16 Feb 2024 03:00 · corrected by staff: Language, Title")
    assert len(told(two)) == 2


def test_a_correction_survives_a_newer_version_of_the_form(two):
    type_over(two, 2, "Title", "Fathers at birth")
    two.run("intake", now=LATER)
    rewrite(two, "en", 2, an_answer(summary="All that midwives told us.", timestamp="2024-02-16T03:02:00"))

    assert not two.run("intake", now=LATEST).red

    assert shown(two, "Submissions", "Title", "Summary")[0] == ("Fathers at birth", "All that midwives told us.")
    assert len(told(two)) == 2


def test_a_refused_acknowledgement_goes_to_the_corrected_address_in_the_corrected_language(office):
    send_in(office, "en", an_answer(email="wanjiru@exmple.org"))
    fault(office, "POST", r"/drafts/send$", "status", status=400, reason="invalidArgument")
    assert office.run("intake").red
    assert told(office) == []

    type_over(office, 2, "E-mail", "wanjiru@example.org")
    type_over(office, 2, "Language", "fr")
    assert not office.run("intake", now=LATER).red

    assert told(office) == [("wanjiru@example.org", "fr")]
    assert office.run("intake", now=LATEST).done == []


def test_an_address_that_cannot_be_used_is_told_left_as_typed_and_mended(two):
    type_over(two, 2, "E-mail", "wanjiru at example.org")

    two.run("intake", now=LATER)

    assert places(two) == [("To", ROWS, 2, "E-mail")]
    assert shown(two, "Submissions", "E-mail")[0] == ("wanjiru at example.org",)
    type_over(two, 2, "E-mail", "wanjiru.k@example.org")
    assert two.run("intake", now=LATEST).done[0].endswith(": corrected by staff: E-mail")
    assert [line[0] for line in places(two)] == ["Solved"]


def test_an_answer_that_was_emptied_is_put_back_and_told(two):
    type_over(two, 2, "Title", "")

    two.run("intake", now=LATER)

    assert shown(two, "Submissions", "Title")[0] == ("Fathers in the delivery room",)
    assert places(two) == [("To", ROWS, 2, "Title")]


@pytest.mark.parametrize("header", ["E-mail", "Title", "Country"])
def test_a_column_sorted_without_its_rows_is_put_back(two, header):
    before = answers(two)
    cells = sheet(two).col_values(sheet(two).row_values(1).index(header) + 1)[1:]
    for row, value in enumerate(reversed(cells), start=2):
        type_over(two, row, header, value)

    two.run("intake", now=LATER)

    assert answers(two) == before
    assert [line[:2] for line in places(two)] == [("To", ROWS)] * 2


def test_rows_sorted_between_reading_and_writing_give_no_correction(two):
    before = answers(two)
    rewrite(two, "en", 2, an_answer(country="Rwanda", summary="Nothing else.", timestamp="2024-02-16T03:02:00"))
    fault(two, "POST", r"sandbox-register:batchUpdate$", "drop-after")
    refs = [cells[0] for cells in before]
    two.run("intake", now=LATER)
    register = sheet(two)
    misplaced = register.row_values(2)
    register.update([register.row_values(3), misplaced], "A2", raw=True)
    country = register.row_values(1).index("Country") + 1
    register.update_cell(2, country, "Rwanda")
    register.update_cell(3, country, "Kenya")

    assert not two.run("intake", now=LATEST).red

    assert [one[0] for one in answers(two)] == refs
    assert {one[2]: one[4] for one in answers(two)} == {"Wanjiru Kamau": "Rwanda", "Otieno": "Uganda"}
    assert "corrected" not in str(answers(two))


def test_a_rehearsal_says_what_staff_corrected_and_keeps_nothing(two):
    type_over(two, 2, "Title", "Fathers at birth")

    for _ in range(2):
        outcome = two.run("intake", live=False, now=LATER)
        assert outcome.done[0].endswith(": corrected by staff: Title")


# -------------------------------------------------------------------- staff act between our read and our write
def meanwhile(office, **action):
    """The next time the pipeline writes to the register, somebody of the staff was quicker."""
    fault(office, "POST", ".*:batchUpdate", "person", moment="before", action={"book": "register", **action})


@pytest.mark.parametrize(
    "action",
    [
        {"do": "sort", "tab": "Submissions", "column": "G"},
        {"do": "insert_row", "tab": "Submissions", "row": 2},
        {"do": "move_column", "tab": "Submissions", "column": "D", "to": "B"},
        {"do": "move_column", "tab": "Submissions", "column": "A", "to": "D"},
    ],
    ids=["sorted", "a row inserted", "a column of staff moved", "the column of refs moved"],
)
def test_what_staff_move_while_we_write_is_put_right_in_the_same_run_and_their_cells_stay_theirs(two, action):
    for row, (decision, note) in enumerate([("Accepted", "call Rima"), ("Declined", "ask again")], start=2):
        two.type("register", "Submissions", row, "Decision", decision)
        two.type("register", "Submissions", row, "Notes", note)
    columns = ("Ref", "Decision", "Notes", "Title", "Country")
    (ref, *staff, country), other = shown(two, "Submissions", *columns)
    assert country == "Kenya"
    rewrite(two, "en", 2, an_answer(country="Tanzania", timestamp="2024-02-16T07:50:00"))
    meanwhile(two, **action)

    outcome = two.run("intake", now=LATER)

    assert not outcome.red
    assert sorted(shown(two, "Submissions", *columns)) == sorted([(ref, *staff, "Tanzania"), other])
    assert two.run("intake", now=LATEST).done == []
