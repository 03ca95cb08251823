"""A mail that breaks a rule is held, whoever lets it go on; the others go out, and so does it once it is mended."""

from datetime import timedelta
from shutil import copytree

import pytest

from config.settings import ROOT
from tests.acceptance.people import (
    A_MEMBER,
    MARCH,
    add,
    an_answer,
    attention,
    confirm_talk,
    effects_of,
    send_in,
    sent,
    told,
)

SOON, LATER = MARCH + timedelta(minutes=5), MARCH + timedelta(minutes=10)
SIPHO, LUZ, EVA = ("sipho@example.net", "en"), ("luz@example.org", "es"), ("eva@example.org", "es")
WANJIRU = ("wanjiru@example.org", "en")


@pytest.fixture
def office(open_office, tmp_path):
    """An office with its own letters, a session in the calendar, and members in two languages."""
    office = open_office(templates=copytree(ROOT / "templates", tmp_path / "templates"))
    confirm_talk(office)
    add(office, "Members", A_MEMBER)
    for address, language in (LUZ, EVA):
        add(office, "Members", {**A_MEMBER, "Name": "Luz", "E-mail": address, "Language": language})
    return office


def spoil(office, old="](", new=" TODO]("):
    """Somebody edits the Spanish invitation, and leaves a mistake in it."""
    letter = office.settings.templates / "mail/invitation/es.md"
    right = letter.read_text(encoding="utf-8")
    assert old in right
    letter.write_text(right.replace(old, new), encoding="utf-8")
    return lambda: letter.write_text(right, encoding="utf-8")


def asked(office):
    return [line for line in attention(office) if line[0] == "To"]


def test_a_letter_with_a_mistake_holds_its_mails_and_no_others_until_it_is_mended(office):
    mend = spoil(office)

    first = office.run("invitations", now=MARCH)
    second = office.run("invitations", now=SOON)

    assert told(office) == [SIPHO, WANJIRU]
    assert (first.red, len(first.failed)) == (True, 2)
    assert second.held == ["2 mails wait until they keep the rules"]
    ((*_, what, todo),) = asked(office)
    assert what == (
        "Held are 2 invitations in Spanish to 2 people, because a rule of our mails is broken:"
        " no placeholder is left unfilled (B3)."
        " Reported: B3: the text holds TODO; B3: the page holds TODO."
    )
    assert "templates/mail/invitation/es.md" in todo

    mend()
    third = office.run("invitations", now=LATER)
    office.run("invitations", now=LATER + timedelta(minutes=5))

    assert not third.red
    assert told(office) == [EVA, LUZ, SIPHO, WANJIRU]
    assert asked(office) == []


def test_no_answer_of_staff_sends_a_mail_that_breaks_a_rule(office):
    mend = spoil(office)
    office.run("invitations", now=MARCH)
    office.type("register", "Needs attention", 2, "Answer", "Go on")

    assert office.run("invitations", now=SOON).red
    assert told(office) == [SIPHO, WANJIRU]

    mend()
    office.run("invitations", now=LATER)
    assert told(office) == [EVA, LUZ, SIPHO, WANJIRU]


def test_mails_that_break_rules_are_no_failures_of_the_provider(office):
    for number in range(6):
        add(office, "Members", {**A_MEMBER, "Name": "A", "E-mail": f"a{number}@example.org", "Language": "es"})
    add(office, "Members", {**A_MEMBER, "Name": "Zoe", "E-mail": "zoe@example.org"})
    spoil(office)

    office.run("invitations", now=MARCH)

    assert told(office) == [SIPHO, WANJIRU, ("zoe@example.org", "en")]
    assert {one.held_by for one in effects_of(office).values() if one.state == "held"} == {"rules:B3:invitation:es"}


def test_a_rehearsal_says_which_mails_would_be_held(office):
    spoil(office)

    outcome = office.run("invitations", live=False, now=MARCH)

    assert len(outcome.done) == 2
    assert [line.partition("(B3")[0].partition(": B3")[0].split(" to ")[0] for line in outcome.failed] == [
        "TALK1: invitation",
        "TALK1: invitation",
    ]


def test_a_mistake_in_the_layout_holds_everything_and_names_each_letter(office):
    layout = office.settings.templates / "mail/layout.html"
    layout.write_text(layout.read_text(encoding="utf-8").replace("color: #615b66", "color: #aaaaaa"), encoding="utf-8")

    office.run("invitations", now=MARCH)

    assert sent(office) == []
    assert {one.held_by for one in effects_of(office).values() if one.state == "held"} == {
        *("rules:A2:invitation:en", "rules:A2:invitation:es", "rules:A2:speaker_invitation:en"),
    }


def test_an_acknowledgement_that_broke_a_rule_goes_out_once_it_is_mended(office):
    letter = office.settings.templates / "mail/acknowledgement/en.md"
    right = letter.read_text(encoding="utf-8")
    letter.write_text(right.replace("Hello,", "Hello http://example.net,"), encoding="utf-8")
    send_in(office, "en", an_answer(timestamp="2024-03-04T09:00:00"))
    office.run("intake", now=MARCH)
    office.run("intake", now=SOON)
    assert told(office) == []

    letter.write_text(right, encoding="utf-8")
    office.run("intake", now=LATER)
    office.run("intake", now=LATER + timedelta(minutes=5))

    assert told(office) == [WANJIRU]
