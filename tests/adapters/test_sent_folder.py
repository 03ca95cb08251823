"""The Sent folder of a real IMAP server: how it is found, what it holds, and that a copy is put there once."""

import re
import socket
from dataclasses import replace

import pytest

from tasks.adapters.sent_folder import SentFolder
from tasks.domain.faults import Refused, TryLater
from tests.adapters.dovecot import copies, dovecot, needs_dovecot, put
from tests.adapters.mail_builders import a_mail

OTHER = a_mail("acknowledgement:OTHER", "eva@example.org")


@pytest.fixture(scope="module")
def server():
    with dovecot() as server:
        yield server


@pytest.fixture
def sent_at():
    """Open a Sent folder; it is closed at the end."""
    opened = []

    def start(server, name=""):
        opened.append(SentFolder(server, name))
        return opened[-1]

    yield start
    for folder in opened:
        folder.close()


@needs_dovecot
def test_a_mail_that_the_server_filed_is_found_by_its_message_id_and_no_other_is(server, sent_at):
    mail = a_mail("acknowledgement:FILED")
    folder = sent_at(server)
    assert not folder.holds(mail.message_id)

    put(server, OTHER.raw)
    assert not folder.holds(mail.message_id)

    put(server, mail.raw)
    assert folder.holds(mail.message_id)


@needs_dovecot
def test_a_mail_is_taken_out_with_all_its_copies_and_no_other_is(server, sent_at):
    mail, folder = a_mail("acknowledgement:REMOVED"), sent_at(server)
    for raw in (mail.raw, mail.raw, OTHER.raw):
        put(server, raw)
    assert (folder.read(mail.message_id), folder.read("<nobody@example.org>")) == (mail.raw, None)

    for _ in range(2):
        folder.remove(mail.message_id)
        assert (folder.holds(mail.message_id), folder.holds(OTHER.message_id)) == (False, True)


@needs_dovecot
def test_a_copy_is_put_there_once_however_often_it_is_asked_for(server, sent_at):
    mail, before = a_mail("acknowledgement:COPY"), copies(server)

    sent_at(server).add(mail.raw, mail.message_id)
    sent_at(server).add(mail.raw, mail.message_id)

    assert copies(server) == before + 1


@needs_dovecot
@pytest.mark.parametrize("name", ["Gesendete Elemente", "Éléments envoyés", "A/Sent"])
def test_the_folder_is_the_one_that_the_server_marks_whatever_its_name(sent_at, name):
    mail = a_mail()
    with dovecot(name) as server:
        sent_at(server).add(mail.raw, mail.message_id)

        assert sent_at(server).holds(mail.message_id)


@needs_dovecot
def test_a_folder_that_is_not_marked_can_be_named(sent_at):
    mail = a_mail()
    with dovecot("Our copies", mark="") as server:
        with pytest.raises(Refused, match="localhost marks no folder as Sent; name it in COLAB_IMAP_SENT_FOLDER"):
            sent_at(server).holds(mail.message_id)

        sent_at(server, "Our copies").add(mail.raw, mail.message_id)

        assert copies(server, "Our copies") == 1


@needs_dovecot
def test_a_folder_that_does_not_exist_is_a_refusal(server, sent_at):
    with pytest.raises(Refused, match=r"looking into the Sent folder: .*Nowhere"):
        sent_at(server, "Nowhere").holds("<a@b>")


@needs_dovecot
def test_a_log_in_that_is_refused_says_what_to_check(server, sent_at):
    folder = sent_at(replace(server, password="wrong"))  # noqa: S106 (of a test)

    for _ in range(2):
        with pytest.raises(Refused, match=re.escape("refuses our log-in; check COLAB_IMAP_USER and its password")):
            folder.holds("<a@b>")


@needs_dovecot
def test_a_server_whose_certificate_nobody_signed_for_us_is_not_asked(server, sent_at):
    with pytest.raises(Refused, match="certificate of the mail server localhost"):
        sent_at(replace(server, ca_file=None)).holds("<a@b>")


@needs_dovecot
def test_a_connection_that_was_lost_means_later_and_the_next_question_opens_a_new_one(server, sent_at):
    folder = sent_at(server)
    folder.holds("<a@b>")
    folder._imap.sock.shutdown(socket.SHUT_RDWR)  # noqa: SLF001 (the wire is cut)

    with pytest.raises(TryLater):
        folder.holds("<a@b>")

    assert not folder.holds("<a@b>")


def test_a_server_that_is_not_there_means_later(sent_at):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        where = nobody.getsockname()[1]
        server = type("Server", (), {"host": "localhost", "port": where, "security": "none", "timeout": 5.0})

        with pytest.raises(TryLater, match="cannot be reached"):
            sent_at(server).holds("<a@b>")
