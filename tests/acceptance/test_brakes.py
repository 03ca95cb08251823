"""No surprises at scale: what would be too much, too old or too often waits for the word of a person."""

from datetime import timedelta
from shutil import copytree

import pytest
import requests

from config.settings import ROOT
from tasks.domain.effects import EffectState
from tests.acceptance.people import (
    A_MEMBER,
    FEBRUARY,
    MARCH,
    add,
    an_answer,
    confirm_talk,
    effects_of,
    fault,
    send_in,
    shown,
    told,
)

NEXT = FEBRUARY + timedelta(minutes=5)
PEOPLE = ("Wanjiru", "Otieno", "Adela")
TITLES = ("Fathers in the delivery room", "Boys who bake", "Care is work")
SUMMARIES = ("What midwives told us.", "Ovens and the first hundred loaves.", "Who gets up when grandmother calls?")


@pytest.fixture
def office(office, tmp_path):
    """An office whose configuration a test may change."""
    office.config = copytree(ROOT / "config", tmp_path / "config")
    return office


def configure(office, old, new):
    programme = office.config / "programme.toml"
    text = programme.read_text(encoding="utf-8")
    assert old in text
    programme.write_text(text.replace(old, new), encoding="utf-8")
    vars(office).pop("settings", None)  # they are read once


def three_answers(office, **changes):
    for name, title, summary in zip(PEOPLE, TITLES, SUMMARIES, strict=True):
        email = f"{name.lower()}@example.org"
        answer = {"contact_name": name, "presenters": name, "organisation": f"House of {name}", "email": email}
        send_in(office, "en", an_answer(title=title, summary=summary, **{**answer, **changes}))


def mended(office):
    """Google is well again."""
    requests.delete(f"{office.url}/control/faults", timeout=10).raise_for_status()


def names(office):
    return [address.partition("@")[0] for address, _ in told(office)]


def asked(office):
    """What Needs attention asks, and how it stands."""
    return shown(office, "Needs attention", "State", "What is wrong", "What to do")


def answer(office, words):
    (line,) = [n for n, row in enumerate(office.table("register", "Needs attention"), 2) if row["State"] == "To do"]
    office.type("register", "Needs attention", line, "Answer", words)


def test_more_people_than_allowed_are_not_written_to_until_a_person_says_go_on(office):
    configure(office, "hold_above = 50 ", "hold_above = 2 ")
    three_answers(office)

    office.run("intake")
    office.run("intake", now=NEXT)

    assert names(office) == []
    ((state, what, todo),) = asked(office)
    assert state == "To do"
    assert what == "One run would write to 3 people, more than 2: 3 acknowledgements, the oldest from 14 February."
    assert todo == "If they shall go out, write Go on into the column Answer of this row. Until then they wait."
    assert {state for (state,) in shown(office, "Submissions", "State")} == {
        "Acknowledgement held: see Needs attention"
    }


@pytest.mark.parametrize("words", ["Go on", "go on ", "Adelante", True])
def test_after_one_word_they_all_go_out_once(office, words):
    configure(office, "hold_above = 50 ", "hold_above = 2 ")
    three_answers(office)
    office.run("intake")
    answer(office, words)

    office.run("intake", now=NEXT)
    again = office.run("intake", now=NEXT + timedelta(minutes=5))

    assert names(office) == ["adela", "otieno", "wanjiru"]
    assert again.done == []
    assert [state.split()[0] for state, *_ in asked(office)] == ["Solved"]


def test_a_word_that_is_no_answer_is_pointed_out_and_nothing_goes_on(office):
    configure(office, "hold_above = 50 ", "hold_above = 2 ")
    three_answers(office)
    office.run("intake")
    answer(office, "hmm")

    office.run("intake", now=NEXT)

    assert names(office) == []
    assert (
        "To do",
        "“hmm” in row 2 is not an answer to what this line asks.",
        "Write Go on into row 2, or empty the cell.",
    ) in asked(office)


def test_the_answer_counts_wherever_staff_have_moved_its_line(office):
    configure(office, "hold_above = 50 ", "hold_above = 2 ")
    three_answers(office)
    office.run("intake")
    answer(office, "Go on")
    office.book("register").worksheet("Needs attention").insert_row(["", "mine"], 2)

    office.run("intake", now=NEXT)

    assert len(names(office)) == 3


def test_what_got_old_while_nothing_ran_waits_for_a_person(office):
    three_answers(office)
    fault(office, "POST", "gmail/.*", "drop-before", times=0)
    office.run("intake")
    mended(office)

    office.run("intake", now=FEBRUARY + timedelta(days=40))

    assert names(office) == []
    assert "about something older than 30 days: 3 acknowledgements" in asked(office)[-1][1]


def test_after_failures_in_a_row_the_rest_waits_and_so_does_whoever_comes_later(office):
    configure(office, "failures_in_a_row = 5 ", "failures_in_a_row = 2 ")
    three_answers(office)
    fault(office, "POST", "gmail/.*", "drop-before", times=0)

    office.run("intake")
    mended(office)
    send_in(
        office, "es", an_answer("es", email="eva@example.org", contact_name="Eva", title="Padres", summary="¿Quién?")
    )
    office.run("intake", now=NEXT)

    assert names(office) == []
    answer(office, "Go on")
    office.run("intake", now=NEXT + timedelta(minutes=5))
    assert names(office) == ["adela", "eva", "otieno", "wanjiru"]


def test_more_than_the_provider_takes_in_a_day_go_on_the_next_day_by_themselves(office):
    configure(
        office, "gmail = { per_day = 1500, per_minute = 50, reserve = 200 }", "gmail = { per_day = 2, reserve = 0 }"
    )
    three_answers(office)

    office.run("intake")
    office.run("intake", now=NEXT)
    assert len(names(office)) == 2
    ((state, what, _),) = asked(office)
    assert (state, what) == (
        "To know",
        "Mails that wait until the mail provider takes more: 1. All should be out by 2024-02-17 08:05 UTC.",
    )

    office.run("intake", now=FEBRUARY + timedelta(days=1, minutes=1))
    assert len(names(office)) == 3


def test_in_the_mode_allowlist_only_those_on_the_list_get_mail(office, monkeypatch):
    configure(office, "addresses = []", 'addresses = ["Adela@example.org"]')
    monkeypatch.setenv("COLAB_MODE", "allowlist")
    three_answers(office)

    held = office.run("intake")

    assert names(office) == ["adela"]
    assert "2 mails to people who are not on the list" in held.held


def test_an_invitation_that_waited_until_the_session_began_is_given_up(office):
    configure(office, "hold_above = 50 ", "hold_above = 1 ")
    confirm_talk(office)
    add(office, "Members", A_MEMBER)
    office.run("invitations", now=MARCH)

    office.run("invitations", now=MARCH + timedelta(days=100))

    assert told(office) == []
    assert {one.state for key, one in effects_of(office).items() if key.startswith("invitation:")} == {"expired"}
    assert [state.split()[0] for state, *_ in asked(office)] == ["Solved"]


def test_repeated_invitations_that_were_held_go_out_once_when_staff_say_so_be_it_the_next_day(office):
    confirm_talk(office)
    add(office, "Members", A_MEMBER)
    office.run("invitations", now=MARCH)
    configure(office, "hold_above = 50 ", "hold_above = 1 ")
    office.run("resend-invites", now=MARCH + timedelta(hours=1), session="TALK1")
    assert len(told(office)) == 2
    answer(office, "Go on")

    office.run("invitations", now=MARCH + timedelta(days=1))
    office.run("invitations", now=MARCH + timedelta(days=1, minutes=5))

    assert len(told(office)) == 4


@pytest.mark.parametrize(("words", "mails"), [("It was sent", 0), ("Send it again", 1)])
def test_a_mail_of_which_nobody_knows_is_settled_by_the_word_of_a_person(office, words, mails):
    misfortune = {"name": "draft_deleted"}
    requests.post(f"{office.url}/control/scenarios", json=misfortune, timeout=10).raise_for_status()
    send_in(office, "en", an_answer())
    office.run("intake")
    office.run("intake", now=NEXT)
    assert [effect.state for effect in effects_of(office).values() if effect.kind == "mail"] == [EffectState.uncertain]
    answer(office, words)

    office.run("intake", now=NEXT + timedelta(minutes=5))
    office.run("intake", now=NEXT + timedelta(minutes=10))

    assert len(told(office)) == mails
    assert [effect.state for effect in effects_of(office).values() if effect.kind == "mail"] == [EffectState.sent]
    assert [state.split()[0] for state, *_ in asked(office)] == ["Solved"]


# ------------------------------------------------------------------------------------------- one address, many answers
def test_an_address_that_many_answers_name_gets_one_acknowledgement_a_day_until_all_are_out(office):
    three_answers(office, email="wanjiru@example.org")

    first = office.run("intake")
    again = office.run("intake", now=NEXT)

    assert names(office) == ["wanjiru"]
    assert again.held == first.held == ["2 acknowledgements wait: their addresses have got others lately"]
    assert sorted(state.split(" · ")[0] for (state,) in shown(office, "Submissions", "State")) == [
        "Acknowledged 16 Feb 2024 03:00",
        "Acknowledgement waits until 17 Feb 2024 03:00",
        "Acknowledgement waits until 18 Feb 2024 03:00",
    ]
    ((_, what, _),) = [line for line in asked(office) if line[1].startswith("Acknowledgements that wait: 2.")]
    assert "at most 1 a day and 3 in seven days" in what

    for days in (1, 2, 3):
        office.run("intake", now=FEBRUARY + timedelta(days=days))
    assert names(office) == ["wanjiru"] * 3
