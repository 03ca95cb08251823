"""Possible duplicates: shown to staff as pairs, decided by them once, and one acknowledgement a person and proposal."""

import json
from datetime import timedelta

import pytest

from config.settings import ROOT
from tests.acceptance.people import (
    FEBRUARY,
    MARCH,
    add,
    an_answer,
    attention,
    fault,
    forget_requests,
    rewrite,
    send_in,
    sent,
    shown,
    told,
    writes,
)

SAMPLES = json.loads((ROOT / "tasks/sandbox/seeding/samples/responses.json").read_text(encoding="utf-8"))
TITLES = {f"{code}{n}": answer["title"] for code in ("en", "es", "fr") for n, answer in enumerate(SAMPLES[code], 1)}
LATER, LATEST = FEBRUARY + timedelta(minutes=5), FEBRUARY + timedelta(minutes=10)
TAB = "Possible duplicates"
REGISTER = r"sandbox-register:batchUpdate$"
PHONE = "+254 712 345678"
IN_FRENCH = {
    "phone": PHONE,
    "timestamp": "2024-02-14T20:00:00",
    "title": "Les pères dans la salle d'accouchement",
    "summary": "Ce que les sages-femmes nous ont dit.",
    "themes": "Justice climatique",
    "format": "Table ronde",
    "session_languages": "Anglais",
}
FIRST, SECOND = "Fathers in the delivery room", IN_FRENCH["title"]


@pytest.fixture
def twice(office):
    """One person filed one proposal in two languages within one poll."""
    send_in(office, "en", an_answer(phone=PHONE))
    send_in(office, "fr", an_answer("fr", **IN_FRENCH))
    assert not office.run("intake").red
    return office


def pairs(office):
    return {frozenset(row["Pair"].split(" · ")): row for row in office.table("register", TAB)}


def refs(office):
    return {title: ref for ref, title in shown(office, "Submissions", "Ref", "Title")}


def states(office):
    return dict(shown(office, "Submissions", "Title", "State"))


def say(office, verdict, row=2):
    office.type("register", TAB, row, "Verdict", verdict)


def delete_pair(office):
    office.book("register").worksheet(TAB).delete_rows(2)


# ------------------------------------------------------------------------------------------------ what is shown
def test_exactly_the_expected_pairs_of_the_samples_are_shown_to_staff(sample_office):
    assert not sample_office.run("intake").red

    names = {ref: title for title, ref in refs(sample_office).items()}
    found = {frozenset(names[ref] for ref in pair) for pair in pairs(sample_office)}

    assert found == {frozenset(TITLES[name] for name in pair) for pair in SAMPLES["expected"]["possible"]}


def test_a_pair_says_who_sent_what_why_it_may_be_one_and_why_nobody_was_asked_to_join_it(twice):
    (row,) = pairs(twice).values()
    known = refs(twice)

    assert row["Earlier submission"] == f"{known[FIRST]}: {FIRST}"
    assert row["Later submission"] == f"{known[SECOND]}: {SECOND}"
    assert (row["State"], row["How likely"], row["Verdict"]) == ("To decide: choose a verdict", "likely", "")
    assert (row["Languages"], row["Who"]) == ("English / French", "Wanjiru Kamau <wanjiru@example.org>")
    assert "✓ same e-mail address" in row["Reasons"].splitlines()
    assert row["Why not by itself"].startswith("they came through forms in different languages")


def test_both_submissions_say_that_they_may_be_one(twice):
    known = refs(twice)

    assert states(twice) == {
        FIRST: f"Acknowledged 16 Feb 2024 03:00 · possible duplicate of {known[SECOND]}",
        SECOND: (
            f"Registered, not acknowledged: waits for your verdict on {known[FIRST]}, sent by the same person · "
            f"possible duplicate of {known[FIRST]}"
        ),
    }


def test_last_years_session_again_is_a_pair_and_never_one(office):
    send_in(office, "en", an_answer(timestamp="2023-02-14T10:00:00"), an_answer())

    office.run("intake")

    assert len(shown(office, "Submissions", "Ref")) == 2
    assert len(pairs(office)) == 1
    assert told(office) == [("wanjiru@example.org", "en")]


# ------------------------------------------------------------------------------------------------ one acknowledgement
def test_a_proposal_in_two_languages_is_acknowledged_once_in_the_language_that_came_first(twice):
    twice.run("intake", now=LATER)

    assert told(twice) == [("wanjiru@example.org", "en")]


@pytest.mark.parametrize("verdict", ["Same", "Linked"])
def test_nobody_is_acknowledged_a_second_time_by_a_word_that_keeps_them_together(twice, verdict):
    say(twice, verdict)

    twice.run("intake", now=LATER)
    twice.run("intake", now=LATEST)

    assert told(twice) == [("wanjiru@example.org", "en")]


@pytest.mark.parametrize(("verdict", "remark"), [("Different", ""), ("Series", " · in a series with {}")])
def test_another_proposal_is_acknowledged_after_all_once(twice, verdict, remark):
    say(twice, verdict)

    for now in (LATER, LATEST):
        assert not twice.run("intake", now=now).red

    assert told(twice) == [("wanjiru@example.org", "en"), ("wanjiru@example.org", "fr")]
    assert states(twice)[SECOND] == "Acknowledged 16 Feb 2024 03:05" + remark.format(refs(twice)[FIRST])


def test_a_different_proposal_that_is_too_old_by_then_is_not_acknowledged(twice):
    say(twice, "Different")

    twice.run("intake", now=FEBRUARY + timedelta(days=40))

    assert told(twice) == [("wanjiru@example.org", "en")]


def test_one_person_with_two_addresses_is_acknowledged_at_both(office):
    send_in(office, "en", an_answer(phone=PHONE))
    send_in(office, "fr", an_answer("fr", **IN_FRENCH | {"email": "w.kamau@example.net"}))

    office.run("intake")

    assert len(pairs(office)) == 1
    assert told(office) == [("w.kamau@example.net", "fr"), ("wanjiru@example.org", "en")]


# ------------------------------------------------------------------------------------------------ an edit nobody read
EDITED = {
    "timestamp": "2024-02-14T12:00:00",
    "title": "Midwives and whistles",
    "summary": "Other words.",
    "presenters": "Sipho",
    "format": "Workshop",
    "themes": "LGBTIQ rights",
}


@pytest.fixture
def moved(office):
    """An edit whose row staff cut and pasted before a poll could read it, so that no mark says what it is."""
    send_in(office, "en", an_answer())
    office.run("intake")
    rewrite(office, "en", 2, an_answer(**EDITED))
    assert not office.run("intake", now=LATER).red
    return office


def test_what_may_be_an_edit_waits_for_a_verdict_and_staff_are_told(moved):
    known = refs(moved)
    old, new = known[FIRST], known[EDITED["title"]]

    assert told(moved) == [("wanjiru@example.org", "en")]
    assert states(moved)[EDITED["title"]].startswith(f"Registered, not acknowledged: waits for your verdict on {old}, ")
    (row,) = pairs(moved).values()
    assert (row["State"], row["How likely"]) == ("To decide: choose a verdict", "likely")
    assert row["Reasons"].splitlines()[0] == (
        "✓ perhaps an edit of the earlier one, whose row was moved, copied or deleted"
    )
    (line,) = attention(moved)
    assert line[4].startswith(f"{new} is not acknowledged: it waits for your verdict whether it is one with {old}, ")


@pytest.mark.parametrize(("verdict", "mails"), [("Same", 1), ("Linked", 1), ("Series", 2), ("Different", 2)])
@pytest.mark.parametrize("effect", ["", "drop-before", "drop-after"])
def test_a_verdict_decides_once_whether_it_is_acknowledged(moved, verdict, mails, effect):
    say(moved, verdict)
    if effect:
        fault(moved, "POST", r"/drafts/send$|sandbox-register:batchUpdate$", effect)

    for now in (LATEST, LATEST + timedelta(minutes=5), LATEST + timedelta(minutes=10)):
        moved.run("intake", now=now)

    assert told(moved) == [("wanjiru@example.org", "en")] * mails
    assert [line[0] for line in attention(moved) if "acknowledged" in line[4]] == ["Solved"]


# ------------------------------------------------------------------------------------------------ what staff say
def test_same_makes_one_submission_that_shows_the_newest_answers_and_names_both_refs(twice):
    known = refs(twice)
    say(twice, "Same")

    twice.run("intake", now=LATER)

    rows = dict(shown(twice, "Submissions", "Ref", "Title"))
    assert rows == {known[FIRST]: SECOND, known[SECOND]: SECOND}
    state = dict(shown(twice, "Submissions", "Ref", "State"))
    assert state[known[FIRST]].endswith(f" · one with {known[SECOND]}")
    assert state[known[SECOND]] == f"One submission with {known[FIRST]}, whose row shows the newest answers"
    assert twice.table("register", TAB)[0]["State"] == (
        f"Same, said 16 Feb 2024 03:05: {known[FIRST]} shows the newest answers"
    )
    assert twice.run("intake", now=LATEST).done == []


def test_same_can_be_taken_back(twice):
    known, before = refs(twice), shown(twice, "Submissions", "Ref", "Title", "Language")
    say(twice, "Same")
    twice.run("intake", now=LATER)
    say(twice, "Linked")

    outcome = twice.run("intake", now=LATEST)

    assert (outcome.red, outcome.problems) == (False, [])
    assert shown(twice, "Submissions", "Ref", "Title", "Language") == before
    assert states(twice)[FIRST].endswith(f" · linked with {known[SECOND]}")
    assert twice.run("intake", now=MARCH).done == []


def test_two_accepted_rows_of_one_submission_become_one_session(twice):
    say(twice, "Same")
    twice.run("intake", now=LATER)
    for row in (2, 3):
        twice.type("register", "Submissions", row, "Decision", "Accepted")

    for _ in range(2):
        twice.run("scheduling", now=LATER)

    assert shown(twice, "Sessions", "Ref", "Title") == [(refs_of_rows(twice)[0], SECOND)]


def refs_of_rows(office):
    return [ref for (ref,) in shown(office, "Submissions", "Ref")]


@pytest.mark.parametrize(
    ("verdict", "remark"), [("Linked", " · linked with {}"), ("Series", " · in a series with {}"), ("Different", "")]
)
def test_a_verdict_is_noted_on_both(twice, verdict, remark):
    known = refs(twice)
    say(twice, verdict)

    twice.run("intake", now=LATER)

    for one, other in ((FIRST, SECOND), (SECOND, FIRST)):
        state = states(twice)[one]
        assert "possible duplicate" not in state
        assert state.endswith(remark.format(known[other]))


def sort_pairs(office):
    office.book("register").worksheet(TAB).sort((1, "des"), range="A2:L9")


def edit_the_answer(office):
    rewrite(office, "fr", 2, an_answer("fr", **IN_FRENCH | {"phone": "+254 700 000000"}))


@pytest.mark.parametrize("act", [delete_pair, sort_pairs, edit_the_answer, lambda office: say(office, "")])
@pytest.mark.parametrize("verdict", ["Linked", "Different"])
def test_a_word_is_remembered_and_never_asked_again(twice, verdict, act):
    say(twice, verdict)
    twice.run("intake", now=LATER)
    mails = len(sent(twice))
    act(twice)

    for now in (LATEST, MARCH):
        assert not twice.run("intake", now=now).red

    assert [row["State"] for row in pairs(twice).values() if row["State"].startswith("To decide")] == []
    assert len(pairs(twice)) == (0 if act is delete_pair else 1)
    assert not any("possible duplicate" in state for state in states(twice).values())
    assert len(sent(twice)) == mails


def test_a_word_that_is_no_verdict_is_asked_about_with_the_nearest(twice):
    say(twice, "Diferent")

    twice.run("intake", now=LATER)

    assert [line[4:] for line in attention(twice) if "acknowledged" not in line[4]] == [
        (
            "“Diferent” is not a verdict.",
            "Choose Same, Linked, Series or Different in row 2, or leave the cell empty. The nearest is Different.",
        )
    ]
    assert told(twice) == [("wanjiru@example.org", "en")]


def test_staff_can_join_two_submissions_that_nobody_compared(office):
    others = {"email": "lena@example.net", "contact_name": "Lena Ohm", "organisation": "Ohm", "presenters": ""}
    send_in(office, "en", an_answer(), an_answer(title="Boda boda riders", summary="At night.", **others))
    office.run("intake")
    one, other = refs(office).values()
    assert pairs(office) == {}
    add(office, TAB, {"Pair": f"{other} {one}", "Verdict": "Series"})

    office.run("intake", now=LATER)

    assert [state.split(" · ")[1] for state in states(office).values()] == [
        f"in a series with {other}",
        f"in a series with {one}",
    ]


def three_strangers(office):
    """Refs of three submissions that have nothing in common."""
    lena = {"email": "lena@example.net", "contact_name": "Lena Ohm", "organisation": "Ohm", "presenters": ""}
    tito = {"email": "tito@example.com", "contact_name": "Tito Paz", "organisation": "Paz", "presenters": ""}
    night, football = (
        {"title": "Boda boda riders", "summary": "At night."},
        {"title": "Goals", "summary": "On Sundays."},
    )
    send_in(office, "en", an_answer(), an_answer(**lena, **night), an_answer(**tito, **football))
    office.run("intake")
    return sorted(refs(office).values())


def test_verdicts_that_cannot_all_be_true_are_pointed_out_and_not_acted_upon_until_one_is_changed(office):
    a, b, c = three_strangers(office)
    add(office, TAB, {"Pair": f"{a} · {b}", "Verdict": "Same"})
    office.run("intake", now=LATER)
    before = states(office)
    add(office, TAB, {"Pair": f"{b} · {c}", "Verdict": "Same"})
    add(office, TAB, {"Pair": f"{a} · {c}", "Verdict": "Different"})

    for minutes in (10, 15):
        done = office.run("intake", now=FEBRUARY + timedelta(minutes=minutes)).done
        assert [line for line in done if "Needs attention" not in line] == []
    (line,) = attention(office)
    assert (line[:4], all(ref in line[4] for ref in (a, b, c))) == (("To", f"register · {TAB}", 2, "Verdict"), True)
    assert states(office) == before

    say(office, "Different", row=3)
    office.run("intake", now=FEBRUARY + timedelta(minutes=20))
    assert [line[0] for line in attention(office)] == ["Solved"]
    assert states(office) == before


# ------------------------------------------------------------------------------------------------ misfortunes
def test_an_old_workbook_without_the_tab_goes_on_and_says_how_to_add_it(office):
    book = office.book("register")
    headers = book.worksheet(TAB).row_values(1)
    book.del_worksheet(book.worksheet(TAB))
    send_in(office, "en", an_answer(phone=PHONE))
    send_in(office, "fr", an_answer("fr", **IN_FRENCH))

    assert not office.run("intake").red
    (line,) = (line for line in attention(office) if "has no tab" in line[4])
    assert line[1] == f"register · {TAB}"
    assert all(header in line[5] for header in headers)

    sheet = book.add_worksheet(TAB, 10, len(headers))
    sheet.update([headers], "A1")
    assert not office.run("intake", now=LATER).red

    assert len(pairs(office)) == 1
    assert [line[0] for line in attention(office) if "has no tab" in line[4]] == ["Solved"]
    assert told(office) == [("wanjiru@example.org", "en")]


@pytest.mark.parametrize("effect", ["drop-before", "drop-after", "status-after"])
def test_a_write_whose_answer_is_lost_leaves_the_pair_once(office, effect):
    send_in(office, "en", an_answer(phone=PHONE))
    send_in(office, "fr", an_answer("fr", **IN_FRENCH))
    fault(office, "POST", REGISTER, effect)

    assert office.run("intake").red
    assert not office.run("intake", now=LATER).red

    assert len(office.table("register", TAB)) == 1
    assert office.run("intake", now=LATEST).done == []
    assert told(office) == [("wanjiru@example.org", "en")]


def test_a_poll_with_a_pair_writes_once_to_the_register(office):
    send_in(office, "en", an_answer(phone=PHONE))
    send_in(office, "fr", an_answer("fr", **IN_FRENCH))
    forget_requests(office)

    outcome = office.run("intake")

    assert outcome.requests["sheets"] == {"GET": 4, "POST": 1}
    assert writes(office).count("sheets.spreadsheets.batchUpdate") == 1


def test_a_rehearsal_says_what_staff_will_be_asked(twice):
    send_in(twice, "es", an_answer("es", title="Los padres en la sala de partos", summary="Lo que nos dijeron."))
    say(twice, "Different")

    rehearsal, live = twice.run("intake", now=LATER, live=False), twice.run("intake", now=LATER)

    assert rehearsal.done == [line for line in live.done if "Needs attention" not in line]
    assert len(told(twice)) >= 2
