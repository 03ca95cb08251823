"""Mail that arrives: what came back, who wants no more, who comes. Each mail is heard once, letters are left alone."""

import base64
import re
from datetime import timedelta
from shutil import copytree

import pytest
import requests

from config.settings import ROOT
from tasks.ledger.ledger import Ledger
from tests.acceptance.people import (
    A_MEMBER,
    FEBRUARY,
    MARCH,
    add,
    an_answer,
    asked,
    attention,
    confirm_talk,
    effects_of,
    fault,
    forget_requests,
    google,
    hash_of,
    recipient,
    send_in,
    sent,
    shown,
    told,
)
from tests.domain.report_builders import a_reply, a_report, a_wish

SOON, LATER = MARCH + timedelta(minutes=10), MARCH + timedelta(minutes=20)
SIPHO, WANJIRU = "sipho@example.net", "wanjiru@example.org"
OFFICE = "colab@colab.example.org"


@pytest.fixture
def announced(office):
    """A session with one presenter and one member stands in the calendar; nobody is invited yet."""
    add(office, "Members", A_MEMBER)
    confirm_talk(office)
    return office


def comes_back(office, address, reason="unknown"):
    """From now on mail to this address comes back; with no reason it arrives again."""
    office.control("bounces", address=address, reason=reason)


def arrives(office, raw, sender="mailer-daemon@mx.example.org"):
    """A mail arrives in the office's mailbox as it is."""
    office.control("mail", **{"from": sender, "raw": base64.urlsafe_b64encode(raw).decode()})


def answers_by_button(office, address, answer):
    """Somebody presses a button of the newest invitation in the mailbox."""
    page = requests.get(f"{office.url}/mail/{address}", timeout=10).text
    newest = re.findall(r"/mail/[^/\"]+/([0-9a-f]{16})", page)[0]
    url = f"{office.url}/mail/{address}/{newest}/answer"
    requests.post(url, data={"answer": answer}, timeout=10).raise_for_status()


def state_of(office, address, ref="TALK1"):
    return str(effects_of(office)[f"invitation:{ref}:{hash_of(office, address)}:0"].state)


def to_do(office):
    """The open lines of Needs attention: what is wrong."""
    return [line[4] for line in attention(office) if line[0] == "To"]


def mail_of(office, address):
    return [mail for mail in sent(office) if recipient(mail) == address]


def token_of(mail):
    return mail["List-Unsubscribe"].rpartition("unsubscribe%20")[2].rstrip(">")


# ------------------------------------------------------------------------------------------------ what comes back
@pytest.mark.parametrize("rewritten", [True, False])
def test_mail_that_came_back_is_told_and_nothing_more_goes_there(announced, rewritten):
    announced.control("settings", rewrite_message_id=rewritten)
    comes_back(announced, SIPHO)
    announced.run("invitations", now=MARCH)

    outcome = announced.run("incoming", now=SOON)

    assert (outcome.red, state_of(announced, SIPHO), state_of(announced, WANJIRU)) == (False, "bounced", "sent")
    assert outcome.done[0] == "TALK1: a mail came back (5.1.1); nothing more is sent there"
    assert to_do(announced) == [
        (
            "Mail to the address in “E-mail” in row 2 of Members came back, because there is no such address (5.1.1). "
            "Nothing is sent to it any more."
        )
    ]
    assert SIPHO not in str(outcome)

    confirm_talk(announced, Ref="TALK2", Title="Another")
    again = announced.run("invitations", now=LATER)

    assert again.skipped["mail comes back from the address"] == 1
    assert len(mail_of(announced, SIPHO)) == 1
    assert len(mail_of(announced, WANJIRU)) == 2


def test_a_corrected_address_is_written_to_by_itself_and_the_line_is_solved(announced):
    comes_back(announced, SIPHO)
    announced.run("invitations", now=MARCH)
    announced.run("incoming", now=SOON)
    announced.type("register", "Members", 2, "E-mail", "sipho@example.com")

    announced.run("invitations", now=LATER)
    announced.run("incoming", now=LATER)

    assert state_of(announced, "sipho@example.com") == "sent"
    assert to_do(announced) == []


def test_an_acknowledgement_that_came_back_is_sent_to_the_corrected_address(office):
    comes_back(office, WANJIRU)
    send_in(office, "en", an_answer())
    office.run("intake")
    office.run("incoming", now=FEBRUARY + timedelta(minutes=10))
    (state,) = shown(office, "Submissions", "State")
    office.run("intake", now=FEBRUARY + timedelta(minutes=15))
    assert len(sent(office)) == 1

    assert state[0].startswith("Acknowledged")
    office.type("register", "Submissions", 2, "E-mail", "wanjiru@example.com")
    office.run("intake", now=FEBRUARY + timedelta(minutes=20))
    office.run("intake", now=FEBRUARY + timedelta(minutes=25))

    assert told(office) == [("wanjiru@example.com", "en"), (WANJIRU, "en")]
    assert shown(office, "Submissions", "State")[0][0].startswith("Acknowledged")


def test_staff_say_that_an_address_works_again_and_it_is_written_to(announced):
    comes_back(announced, SIPHO)
    announced.run("invitations", now=MARCH)
    announced.run("incoming", now=SOON)
    comes_back(announced, SIPHO, "")
    announced.type("register", "Needs attention", 2, "Answer", "It works again")
    confirm_talk(announced, Ref="TALK2", Title="Another")

    announced.run("invitations", now=LATER)
    announced.run("incoming", now=LATER)

    assert len(mail_of(announced, SIPHO)) == 2
    assert to_do(announced) == []


def test_an_old_answer_does_not_speak_for_mail_that_comes_back_later(announced):
    comes_back(announced, SIPHO)
    announced.run("invitations", now=MARCH)
    announced.run("incoming", now=SOON)
    announced.type("register", "Needs attention", 2, "Answer", "It works again")
    confirm_talk(announced, Ref="TALK2", Title="Another")
    announced.run("invitations", now=LATER)
    announced.run("incoming", now=LATER + timedelta(minutes=1))

    confirm_talk(announced, Ref="TALK3", Title="A third")
    third = announced.run("invitations", now=LATER + timedelta(minutes=5))

    assert third.skipped["mail comes back from the address"] == 1
    assert [line[0] for line in attention(announced)] == ["Solved", "To"]


def test_a_full_mailbox_is_told_and_given_up_only_after_five_mails_in_a_row(announced):
    comes_back(announced, SIPHO, "full")
    for number in range(2, 6):
        confirm_talk(announced, Ref=f"TALK{number}", Title=f"Talk {number}")
    announced.run("invitations", now=MARCH)
    announced.control("bounces", address=SIPHO, reason="")
    results = announced.run("incoming", now=SOON)

    assert sum("nothing more is sent there" in line for line in results.done) == 1
    (line,) = to_do(announced)
    assert line.endswith("came back, because the mailbox is full (5.2.2). Nothing is sent to it any more.")


def test_fewer_mails_that_came_back_are_only_told(announced):
    comes_back(announced, SIPHO, "full")
    announced.run("invitations", now=MARCH)
    announced.run("incoming", now=SOON)

    assert to_do(announced) == [
        (
            "Mail to the address in “E-mail” in row 2 of Members came back, because the mailbox is full (5.2.2). "
            "Mails in a row that came back: 1."
        )
    ]
    confirm_talk(announced, Ref="TALK2", Title="Another")
    announced.run("invitations", now=LATER)
    assert len(mail_of(announced, SIPHO)) == 2


def test_unusually_many_addresses_are_given_up_only_when_a_person_has_looked(announced, tmp_path):
    announced.config = copytree(ROOT / "config", tmp_path / "config")
    programme = announced.config / "programme.toml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("hold_suppressions_above = 20", "hold_suppressions_above = 1"), encoding="utf-8")
    vars(announced).pop("settings", None)  # they are read once
    for address in (SIPHO, WANJIRU):
        comes_back(announced, address)
    announced.run("invitations", now=MARCH)
    rehearsed = announced.run("incoming", now=SOON, live=False)

    outcome = announced.run("incoming", now=SOON)

    assert rehearsed.held == outcome.held == ["2 addresses that mail came back from wait for a person"]
    assert to_do(announced) == [
        (
            "Mail to 2 addresses came back at once, when more than 1 are unusual: 5.1.1: 2. Perhaps the mistake is "
            "ours or a provider's. Until somebody says so they are not given up, and mail to them waits."
        )
    ]
    confirm_talk(announced, Ref="TALK2", Title="Another")
    assert announced.run("invitations", now=LATER).skipped["mail comes back from the address"] == 2

    for address in (SIPHO, WANJIRU):
        comes_back(announced, address, "")
    announced.type("register", "Needs attention", 2, "Answer", "It works again")
    announced.run("invitations", now=LATER + timedelta(minutes=5))
    assert (len(mail_of(announced, SIPHO)), to_do(announced)) == (2, [])


@pytest.mark.parametrize("server", ["Postfix", "Exchange", "Exim", "qmail"])
def test_a_report_about_no_mail_of_ours_changes_nothing(announced, server):
    announced.run("invitations", now=MARCH)
    arrives(announced, a_report(server, to=SIPHO))

    outcome = announced.run("incoming", now=SOON)

    assert outcome.skipped["mail about nothing that we sent"] == 1
    assert (state_of(announced, SIPHO), to_do(announced)) == ("sent", [])


def test_a_report_is_heard_once_though_it_is_read_again(announced):
    comes_back(announced, SIPHO)
    announced.run("invitations", now=MARCH)
    announced.run("incoming", now=SOON)
    announced.type("register", "Needs attention", 2, "Answer", "It works again")
    announced.run("invitations", now=LATER)
    forget_point(announced)

    outcome = announced.run("incoming", now=LATER)

    assert outcome.skipped["mail heard before"] == 1
    assert to_do(announced) == []


def forget_point(office):
    """The process died before it could note how far it had read."""
    ledger = Ledger(office.settings.ledger_url)
    ledger.mailroom.move_on("gmail", "")
    ledger.close()


def test_the_report_proves_that_a_mail_went_out_of_which_nobody_knew(announced):
    comes_back(announced, WANJIRU)
    fault(announced, "POST", r"/drafts/send$", "drop-after")
    announced.run("invitations", now=MARCH)
    assert state_of(announced, WANJIRU) == "sending"

    announced.run("incoming", now=SOON)
    announced.run("invitations", now=LATER)

    assert state_of(announced, WANJIRU) == "bounced"
    assert len(mail_of(announced, WANJIRU)) == 1


# ------------------------------------------------------------------------------------------ nothing twice, little asked
def test_a_quiet_mailbox_costs_one_request_and_changes_nothing(announced):
    announced.run("invitations", now=MARCH)
    announced.run("incoming", now=SOON)
    forget_requests(announced)

    outcome = announced.run("incoming", now=LATER)

    assert outcome.requests["gmail"] == {"GET": 1}
    assert (outcome.done, [name for method, name in asked(announced) if method != "GET"]) == ([], [])


def test_letters_are_never_opened_and_nothing_in_the_mailbox_changes(announced):
    announced.run("incoming", now=MARCH)
    for number in range(3):
        announced.control("mail", **{"from": SIPHO, "to": OFFICE, "subject": f"Hello {number}", "text": "A secret"})
    before = mailbox(announced)

    outcome = announced.run("incoming", now=SOON)

    assert outcome.requests["gmail"] == {"GET": 4}
    assert outcome.skipped["a letter, or another mail for people"] == 3
    assert mailbox(announced) == before


def mailbox(office):
    messages = google(office, "gmail", "v1").users().messages()
    found = messages.list(userId="me", maxResults=500).execute().get("messages", [])
    return [messages.get(userId="me", id=one["id"], format="minimal").execute()["labelIds"] for one in found]


def test_a_rehearsal_hears_and_changes_nothing(announced):
    comes_back(announced, SIPHO)
    announced.run("invitations", now=MARCH)

    outcome = announced.run("incoming", now=SOON, live=False)

    assert outcome.done[0] == "TALK1: a mail came back (5.1.1); nothing more is sent there"
    assert state_of(announced, SIPHO) == "sent"
    assert announced.run("incoming", now=SOON).done[0] == outcome.done[0]


# ------------------------------------------------------------------------------------------------ who wants no more
def test_who_unsubscribes_by_mail_gets_no_more_invitations_but_those_of_the_own_sessions(announced):
    announced.run("invitations", now=MARCH)
    (mail,) = mail_of(announced, SIPHO)
    assert mail["List-Unsubscribe"].startswith(f"<mailto:{OFFICE}?subject=")
    wish = {"from": SIPHO, "to": OFFICE, "subject": f"unsubscribe {token_of(mail)}", "text": " "}
    announced.control("mail", **wish)

    outcome = announced.run("incoming", now=SOON)
    confirm_talk(announced, Ref="TALK2", Title="Another")
    confirm_talk(announced, Ref="TALK3", Title="His own", Presenters=f"Sipho <{SIPHO}>")
    announced.run("invitations", now=LATER)

    assert outcome.done[0] == f"{hash_of(announced, SIPHO)} wants no more mails that go to many"
    assert sorted(
        effect.ref for effect in effects_of(announced).values() if effect.person == hash_of(announced, SIPHO)
    ) == [
        "TALK1",
        "TALK3",
    ]
    assert to_do(announced) == [
        (
            "The person with the address in “E-mail” in row 2 of Members has unsubscribed by mail, "
            "and gets only mails about sessions that they present."
        )
    ]

    announced.type("register", "Members", 2, "Subscribed", "no")
    announced.run("incoming", now=LATER)
    assert to_do(announced) == []


def test_who_asks_for_mails_again_is_written_to_again(announced):
    announced.run("invitations", now=MARCH)
    arrives(announced, a_wish(f"unsubscribe {token_of(mail_of(announced, SIPHO)[0])}"), sender=SIPHO)
    announced.run("incoming", now=SOON)
    announced.type("register", "Needs attention", 2, "Answer", "Write to them again")
    confirm_talk(announced, Ref="TALK2", Title="Another")

    announced.run("invitations", now=LATER)

    assert len(mail_of(announced, SIPHO)) == 2


def test_a_word_that_is_in_none_of_our_mails_unsubscribes_nobody(announced):
    announced.run("invitations", now=MARCH)
    arrives(announced, a_wish("unsubscribe ABCDEFGH23"), sender=SIPHO)

    assert announced.run("incoming", now=SOON).skipped["mail about nothing that we sent"] == 1
    assert to_do(announced) == []


# ------------------------------------------------------------------------------------------------ who comes
def uid_of(mail):
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return part.get_content().partition("UID:")[2].split()[0]


def test_answers_to_invitations_are_counted_in_the_state_of_the_session(announced):
    announced.run("invitations", now=MARCH)
    answers_by_button(announced, SIPHO, "ACCEPTED")
    answers_by_button(announced, WANJIRU, "DECLINED")

    announced.run("incoming", now=SOON)

    assert shown(announced, "Sessions", "State")[0][0].endswith(" · 1 coming, 1 not coming")


def test_the_last_answer_counts_and_nobody_answers_for_another(announced):
    announced.run("invitations", now=MARCH)
    uid = uid_of(mail_of(announced, SIPHO)[0])
    arrives(announced, a_reply(uid, "ACCEPTED", SIPHO), sender=SIPHO)
    announced.run("incoming", now=SOON)
    arrives(announced, a_reply(uid, "DECLINED", SIPHO, sequence=0), sender=SIPHO)
    arrives(announced, a_reply(uid, "ACCEPTED", "stranger@example.org"), sender=SIPHO)
    arrives(announced, a_reply("unknown@example.org", "ACCEPTED", SIPHO), sender=SIPHO)

    outcome = announced.run("incoming", now=LATER)

    assert outcome.skipped["mail about nothing that we sent"] == 2
    assert shown(announced, "Sessions", "State")[0][0].endswith(" · 1 not coming")


def test_who_has_answered_can_be_left_out_when_an_invitation_is_sent_again(announced):
    announced.run("invitations", now=MARCH)
    answers_by_button(announced, SIPHO, "ACCEPTED")
    announced.run("incoming", now=SOON)
    before = len(sent(announced))

    outcome = announced.run("resend-invites", session="TALK1", only_unanswered=True, now=SOON)

    assert outcome.skipped["has answered"] == 1
    assert [recipient(mail) for mail in sent(announced)[before:]] == [WANJIRU]
