"""Mail that arrives where mail leaves over SMTP: it is read over IMAP, from the mailbox of the sender."""

import email
from datetime import timedelta

import pytest

from tests.acceptance.people import A_MEMBER, MARCH, add, attention, confirm_talk, effects_of, hash_of, shown
from tests.adapters.dovecot import dovecot, needs_dovecot, put
from tests.adapters.mail_builders import PASSWORD, USER, certificate, post_office
from tests.domain.report_builders import a_complaint, a_reply, a_report, a_wish

SOON, LATER = MARCH + timedelta(minutes=10), MARCH + timedelta(minutes=20)
SIPHO, WANJIRU = "sipho@example.net", "wanjiru@example.org"


@pytest.fixture
def files(tmp_path):
    return certificate(tmp_path)


@pytest.fixture
def post(files):
    with post_office("starttls", files[1], log_in=True) as post:
        yield post


def settings(post, files, **more):
    return {
        "mail_transport": "smtp",
        "smtp_host": "localhost",
        "smtp_port": post.port,
        "smtp_security": "starttls",
        "smtp_user": USER,
        "smtp_password": PASSWORD,
        "mail_ca_file": files[0],
        **more,
    }


def mail_to(post, address):
    (mail,) = [email.message_from_bytes(raw) for to, raw in post.mails if to == (address,)]
    return mail


def uid_in(mail):
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return part.get_payload(decode=True).decode().partition("UID:")[2].split()[0]


@needs_dovecot
def test_reports_answers_and_wishes_are_heard_over_imap(post, files, open_office):
    with dovecot(files=files) as imap:
        office = open_office(**settings(post, files, imap_host=imap.host, imap_port=imap.port))
        add(office, "Members", A_MEMBER)
        add(office, "Members", {**A_MEMBER, "Name": "Eva", "E-mail": "eva@example.com"})
        add(office, "Members", {**A_MEMBER, "Name": "Lina", "E-mail": "lina@example.com"})
        confirm_talk(office)
        office.run("invitations", now=MARCH)
        put(imap, a_report("Postfix", message_id=mail_to(post, SIPHO)["Message-ID"], to=SIPHO), "INBOX")
        put(imap, a_reply(uid_in(mail_to(post, WANJIRU)), "ACCEPTED", WANJIRU), "INBOX")
        token = mail_to(post, "eva@example.com")["List-Unsubscribe"].rpartition("%20")[2].rstrip(">")
        put(imap, a_wish(f"unsubscribe {token}"), "INBOX")
        put(imap, a_complaint(message_id=mail_to(post, "lina@example.com")["Message-ID"]), "INBOX")

        outcome = office.run("incoming", now=SOON)
        again = office.run("incoming", now=LATER)

    assert [line for line in outcome.done if "register" not in line] == [
        "TALK1: a mail came back (5.1.1); nothing more is sent there",
        f"TALK1: {hash_of(office, WANJIRU)} answered accepted",
        f"{hash_of(office, 'eva@example.com')} wants no more mails that go to many",
        f"{hash_of(office, 'lina@example.com')} wants no more mails that go to many, and marked one as unwanted",
    ]
    assert (again.done, again.read["mails"]) == ([], 0)
    assert str(effects_of(office)[f"invitation:TALK1:{hash_of(office, SIPHO)}:0"].state) == "bounced"
    assert shown(office, "Sessions", "State")[0][0].endswith(" · 1 coming")
    assert len(attention(office)) == 3
    assert any("in row 4 of Members has marked a mail of ours as spam" in line[4] for line in attention(office))


def test_without_a_mailbox_to_look_into_people_are_told_to_read(post, files, open_office):
    office = open_office(**settings(post, files))

    outcome = office.run("incoming", now=SOON)

    assert not outcome.red
    assert outcome.held == ["mail that arrives is read by people: COLAB_IMAP_HOST names no mailbox"]
