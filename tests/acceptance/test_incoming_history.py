"""How far the mailbox was read, when Gmail forgets, refuses, or loses an answer, and when somebody deletes a mail."""

from datetime import timedelta

import pytest

from tasks.ledger.ledger import Ledger
from tests.acceptance.people import A_MEMBER, MARCH, add, confirm_talk, fault
from tests.acceptance.test_incoming import SIPHO, comes_back, state_of, to_do

SOON, LATER = MARCH + timedelta(minutes=10), MARCH + timedelta(minutes=20)
OFFICE = "colab@colab.example.org"
HISTORY, PROFILE = r"/users/me/history$", r"/users/me/profile$"
LIST, GET = r"/users/me/messages$", r"/users/me/messages/[^/]+$"


@pytest.fixture
def returned(office):
    """The mailbox was read once; then an invitation came back."""
    add(office, "Members", A_MEMBER)
    confirm_talk(office)
    office.run("incoming", now=MARCH)
    comes_back(office, SIPHO)
    office.run("invitations", now=MARCH)
    return office


@pytest.mark.parametrize("path", [HISTORY, GET])
@pytest.mark.parametrize("how", ["drop-before", "drop-after"])
def test_a_lost_answer_leaves_the_mail_to_the_next_run(returned, path, how):
    fault(returned, "GET", path, how)

    first = returned.run("incoming", now=SOON)
    second = returned.run("incoming", now=LATER)

    assert (first.red, second.red) == (True, False)
    assert first.failed[0].endswith("; the next run reads on")
    assert state_of(returned, SIPHO) == "bounced"
    assert len(to_do(returned)) == 1


def test_a_point_that_gmail_has_forgotten_means_that_the_last_weeks_are_read(returned):
    ledger = Ledger(returned.settings.ledger_url)
    ledger.mailroom.move_on("gmail", "1")
    ledger.close()

    outcome = returned.run("incoming", now=SOON)

    assert (outcome.red, state_of(returned, SIPHO)) == (False, "bounced")


def test_more_mails_than_a_page_holds_are_read_to_the_end(returned):
    for number in range(130):
        wish = {"from": SIPHO, "to": OFFICE, "subject": f"Hello {number}", "text": "x"}
        returned.control("mail", **wish)
    comes_back(returned, "wanjiru@example.org")
    confirm_talk(returned, Ref="TALK2", Title="Another")
    returned.run("invitations", now=SOON)

    outcome = returned.run("incoming", now=LATER)

    assert outcome.read["mails"] == 133
    assert state_of(returned, "wanjiru@example.org", "TALK2") == "bounced"
    assert returned.run("incoming", now=LATER).requests["gmail"] == {"GET": 1}


def test_a_first_sight_reads_what_arrived_before(office):
    add(office, "Members", A_MEMBER)
    confirm_talk(office)
    comes_back(office, SIPHO)
    office.run("invitations", now=MARCH)

    outcome = office.run("incoming", now=SOON)

    assert (outcome.read["mails"], state_of(office, SIPHO)) == (1, "bounced")
