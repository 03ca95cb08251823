"""The story with mail over SMTP: sheets and calendar from the sandbox, mail through a server with TLS and a log-in."""

import email
from datetime import timedelta
from email.policy import default

import pytest

from tests.acceptance.people import A_MEMBER, FEBRUARY, MARCH, add, an_answer, attention, confirm_talk, send_in, shown
from tests.adapters.dovecot import copies, dovecot, needs_dovecot, put
from tests.adapters.mail_builders import HANG_UP, PASSWORD, USER, certificate, post_office

LATER, LATEST = FEBRUARY + timedelta(minutes=5), FEBRUARY + timedelta(minutes=10)
SPANISH = {"email": "eva@example.org", "contact_name": "Eva", "title": "Padres"}


@pytest.fixture
def files(tmp_path):
    return certificate(tmp_path)


@pytest.fixture
def server(files):
    """A mail server, and the settings by which it is used."""
    authority, certified = files
    with post_office("starttls", certified, log_in=True) as post:
        settings = {
            "mail_transport": "smtp",
            "smtp_host": "localhost",
            "smtp_port": post.port,
            "smtp_security": "starttls",
            "smtp_user": USER,
            "smtp_password": PASSWORD,
            "mail_ca_file": authority,
        }
        yield post, settings


@pytest.fixture
def post(server):
    return server[0]


@pytest.fixture
def office(server, open_office):
    """An office whose mail leaves by that server."""
    return open_office(**server[1])


def received(post):
    """Who got a mail, and in which language."""
    mails = [email.message_from_bytes(raw, policy=default) for _, raw in post.mails]
    return sorted((mail["To"].addresses[0].addr_spec, mail["Content-Language"]) for mail in mails)


def test_every_answer_is_acknowledged_once_and_nothing_leaves_by_gmail(office, post):
    send_in(office, "en", an_answer())
    send_in(office, "es", an_answer("es", **SPANISH))

    outcome = office.run("intake")
    again = office.run("intake", now=LATER)

    assert (outcome.red, again.done) == (False, [])
    assert received(post) == [("eva@example.org", "es"), ("wanjiru@example.org", "en")]
    assert {recipients for recipients, _ in post.mails} == {("eva@example.org",), ("wanjiru@example.org",)}
    assert {state.split()[0] for (state,) in shown(office, "Submissions", "State")} == {"Acknowledged"}
    assert (office.mails(), "gmail" in outcome.requests) == ([], False)


def test_invitations_carry_their_calendar_part_through_the_server_unchanged(office, post):
    confirm_talk(office)
    add(office, "Members", A_MEMBER)

    assert not office.run("invitations", now=MARCH).red

    mails = [email.message_from_bytes(raw, policy=default) for _, raw in post.mails]
    assert sorted(mail["To"].addresses[0].addr_spec for mail in mails) == ["sipho@example.net", "wanjiru@example.org"]
    assert {len([part for part in mail.walk() if part.get_content_type() == "text/calendar"]) for mail in mails} == {1}


def test_a_rehearsal_says_nothing_to_the_mail_server(office, post):
    send_in(office, "en", an_answer())

    office.run("intake", live=False)

    assert (post.connections, post.mails) == (0, [])


def test_an_address_that_the_server_does_not_know_is_told_to_staff_and_stops_nobody(office, post):
    send_in(office, "en", an_answer())
    send_in(office, "es", an_answer("es", **SPANISH))
    post.says("RCPT", "550 5.1.1 <wanjiru@example.org>: no such user")

    assert office.run("intake").red

    assert received(post) == [("eva@example.org", "es")]
    (line,) = attention(office)
    assert (
        "could not be sent. Reported: naming the recipient: the mail server answered 550 (5.1.1 … no such user)"
        in line[4]
    )


def test_a_mail_whose_answer_was_lost_is_told_to_staff_and_not_repeated(office, post):
    send_in(office, "en", an_answer())
    post.says("DATA-after", HANG_UP)

    office.run("intake")
    office.run("intake", now=LATER)
    office.run("intake", now=LATEST)

    assert received(post) == [("wanjiru@example.org", "en")]
    (line,) = attention(office)
    assert "and no Sent folder is set up to look into" in line[4]


@needs_dovecot
def test_a_mail_whose_answer_was_lost_is_found_in_sent_by_its_message_id(server, files, open_office):
    post, settings = server
    with dovecot(files=files) as imap:
        reachable = {"imap_host": imap.host, "imap_port": imap.port}
        office = open_office(**settings, **reachable)
        send_in(office, "en", an_answer())
        post.says("DATA-after", HANG_UP)
        office.run("intake")
        put(imap, post.messages()[0])

        recovery = office.run("intake", now=LATER)

    assert not recovery.red
    assert received(post) == [("wanjiru@example.org", "en")]
    assert {state.split()[0] for (state,) in shown(office, "Submissions", "State")} == {"Acknowledged"}
    assert attention(office) == []


@needs_dovecot
def test_where_the_server_files_nothing_each_mail_is_put_into_sent_once(server, files, open_office):
    post, settings = server
    with dovecot(files=files) as imap:
        reachable = {"imap_host": imap.host, "imap_port": imap.port, "mail_files_sent": "us"}
        office = open_office(**settings, **reachable)
        send_in(office, "en", an_answer())

        assert not office.run("intake").red
        office.run("intake", now=LATER)

        assert (len(post.mails), copies(imap)) == (1, 1)


def test_a_lost_ledger_is_not_made_again_from_a_sent_folder_that_is_not_ours(office):
    send_in(office, "en", an_answer())
    office.run("intake")
    (office.folder / "ledger.sqlite").unlink()

    outcome = office.run("rebuild-ledger", now=LATER)

    assert outcome.failed == ["a ledger can only be made again where mail leaves by Gmail: its Sent is read"]
