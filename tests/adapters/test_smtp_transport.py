"""Mail by SMTP to a real server: what is encrypted, who is trusted, and what each misfortune means for the next run."""

import socket
import ssl

import pytest

from tasks.adapters.smtp_transport import MOST, SmtpTransport
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.faults import Deferred, Refused, Rejected, TryLater, Unclear
from tests.adapters.mail_builders import (
    HANG,
    HANG_UP,
    PASSWORD,
    SENDER,
    USER,
    a_mail,
    certificate,
    post_office,
    server_at,
)

KEY = "acknowledgement:K7P2QX"
SHORT, LATE = 0.5, 3.0


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def post():
    with post_office() as post:
        yield post


@pytest.fixture
def transport_to():
    """Open a transport to a server; it is closed at the end."""
    opened = []

    def start(post, **changes):
        opened.append(SmtpTransport(server_at(post, **changes), SENDER, None, we_file=False))
        return opened[-1]

    yield start
    for transport in opened:
        transport.close()


def claimed(note="", attempts=1):
    return Effect(KEY, EffectKind.mail, "K7P2QX", EffectState.sending, provider_id=note, attempts=attempts)


def send(transport, mail=None):
    mail = mail or a_mail()
    return transport.hand_over(mail, transport.prepare(mail, claimed()))


def fault(transport, mail=None):
    with pytest.raises(Exception, match=r".") as raised:
        send(transport, mail)
    return raised.value


# ------------------------------------------------------------------------------------------------ encryption, log-in
SECURITIES = ("tls", "starttls")


@pytest.mark.parametrize("security", SECURITIES)
def test_a_mail_arrives_encrypted_and_logged_in_byte_for_byte(files, transport_to, security):
    authority, certified = files
    with post_office(security, certified, log_in=True) as post:
        transport = transport_to(post, security=security, user=USER, password=PASSWORD, ca_file=authority)

        assert send(transport) == a_mail().message_id

    assert post.mails == [(("wanjiru@example.org",), a_mail().raw)]


@pytest.mark.parametrize("security", SECURITIES)
def test_a_server_whose_certificate_nobody_signed_for_us_gets_nothing(files, transport_to, security):
    _, certified = files
    with post_office(security, certified) as post:
        found = fault(transport_to(post, security=security))

    assert (type(found), post.mails) == (Refused, [])
    assert "certificate of the mail server localhost" in found.reason


@pytest.mark.parametrize("security", SECURITIES)
def test_a_certificate_for_another_server_is_not_accepted(tmp_path, transport_to, security):
    authority, certified = certificate(tmp_path, names=("elsewhere.example",))
    with post_office(security, certified) as post:
        found = fault(transport_to(post, security=security, ca_file=authority))

    assert (type(found), post.mails) == (Refused, [])
    assert "localhost" in found.reason


def test_without_starttls_nothing_is_said_to_a_server_that_should_offer_it(post, transport_to):
    found = fault(transport_to(post, security="starttls", user=USER, password=PASSWORD))

    assert (type(found), post.mails) == (Refused, [])
    assert "STARTTLS" in found.reason


def test_a_server_that_speaks_no_tls_where_it_should_gets_nothing(post, transport_to):
    found = fault(transport_to(post, security="tls"))

    assert (type(found), post.mails) == (TryLater, [])


def test_an_authority_that_is_no_certificate_is_named(tmp_path, post, transport_to):
    (tmp_path / "notes.txt").write_text("not a certificate")

    found = fault(transport_to(post, security="tls", ca_file=tmp_path / "notes.txt"))

    assert type(found) is Refused
    assert "COLAB_MAIL_CA_FILE" in found.reason


def test_a_log_in_that_is_refused_is_told_to_a_person_and_tried_once_in_a_run(files, transport_to):
    authority, certified = files
    with post_office("tls", certified, log_in=True) as post:
        transport = transport_to(post, security="tls", user=USER, password="wrong", ca_file=authority)  # noqa: S106
        found = [fault(transport), fault(transport)]

    assert [type(one) for one in found] == [Refused, Refused]
    assert found[0].reason == (
        "the mail server localhost refuses our log-in (535); check COLAB_SMTP_USER and its password"
    )
    assert (post.connections, post.mails) == (1, [])


def test_a_server_without_log_in_is_not_given_a_mail_when_we_have_one(post, transport_to):
    post.says("MAIL", "250 OK")

    found = fault(transport_to(post, user=USER, password="pässword"))  # noqa: S106

    assert (type(found), post.mails) == (Refused, [])
    assert "pässword" not in found.reason


def test_a_server_that_is_not_there_means_later(transport_to):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        found = fault(transport_to(type("Post", (), {"port": nobody.getsockname()[1]})))

    assert type(found) is TryLater
    assert "cannot be reached (ConnectionRefusedError)" in found.reason


def test_verification_cannot_be_switched_off(files, transport_to):
    authority, certified = files
    with post_office("tls", certified) as post:
        transport = transport_to(post, security="tls", ca_file=authority)
        send(transport)
        context = transport._smtp.sock.context  # noqa: SLF001 (what was really used)

    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


# ------------------------------------------------------------------------------------------------ one connection
def test_a_run_uses_one_connection_and_a_new_one_after_a_hundred_mails(post, transport_to):
    transport = transport_to(post)
    for number in range(MOST):
        send(transport, a_mail(f"acknowledgement:{number}"))
    assert post.connections == 1

    send(transport)

    assert (post.connections, len(post.mails)) == (2, MOST + 1)


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
@pytest.mark.parametrize("answer", [HANG_UP, "421 4.4.2 Idle for too long"])
def test_a_connection_that_the_server_ended_meanwhile_is_opened_again(post, transport_to, step, answer):
    transport = transport_to(post)
    send(transport)
    post.says(step, answer)

    send(transport, a_mail("acknowledgement:2"))

    assert (post.connections, len(post.mails)) == (2, 2)


def test_a_server_that_always_hangs_up_is_left_in_peace_after_the_second_time(post, transport_to):
    transport = transport_to(post)
    send(transport)
    post.says("MAIL", HANG_UP, HANG_UP)

    assert type(fault(transport)) is TryLater
    assert (post.connections, len(post.mails)) == (2, 1)


def test_after_a_refusal_the_next_mail_goes_over_a_fresh_connection(post, transport_to):
    transport = transport_to(post)
    post.says("RCPT", "550 5.1.1 Unknown")
    fault(transport)

    send(transport)

    assert (post.connections, len(post.mails)) == (2, 1)


# ------------------------------------------------------------------------------------------------ every misfortune
NOT_SENT, ARRIVED = 0, 1
CASES = [
    ("connect", HANG_UP, TryLater, NOT_SENT),
    ("MAIL", HANG_UP, TryLater, NOT_SENT),
    ("MAIL", "421 4.3.2 Shutting down", TryLater, NOT_SENT),
    ("MAIL", "451 4.3.0 Try again", TryLater, NOT_SENT),
    ("MAIL", "550 5.7.1 Not your address", Refused, NOT_SENT),
    ("MAIL", "530 5.7.0 Authentication required", Refused, NOT_SENT),
    ("MAIL", "550 5.4.5 Daily user sending limit exceeded", TryLater, NOT_SENT),
    ("RCPT", HANG_UP, TryLater, NOT_SENT),
    ("RCPT", "421 4.7.0 Too many", TryLater, NOT_SENT),
    ("RCPT", "450 4.2.1 Mailbox busy", Deferred, NOT_SENT),
    ("RCPT", "550 5.1.1 <wanjiru@example.org> is unknown", Rejected, NOT_SENT),
    ("RCPT", "530 5.7.0 Authentication required", Refused, NOT_SENT),
    ("RCPT", "550 5.4.5 Daily user sending limit exceeded", TryLater, NOT_SENT),
    ("DATA", "452 4.3.1 Disk full", Deferred, NOT_SENT),
    ("DATA", "421 4.7.28 Unusual rate", TryLater, NOT_SENT),
    ("DATA", "554 5.6.0 Spam", Rejected, NOT_SENT),
    ("DATA", "554 5.1.90 Daily limit of recipients", TryLater, NOT_SENT),
    ("DATA", HANG_UP, Unclear, NOT_SENT),
    ("DATA", "what?", Unclear, NOT_SENT),
    ("DATA-after", HANG_UP, Unclear, ARRIVED),
]


@pytest.mark.parametrize(("step", "answer", "kind", "arrived"), CASES)
def test_what_the_server_does_is_classed_by_what_may_be_done_next(post, transport_to, step, answer, kind, arrived):
    post.says(step, answer)

    found = fault(transport_to(post))

    assert (type(found), len(post.mails)) == (kind, arrived)
    assert "@" not in found.reason


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
def test_an_answer_that_does_not_come_in_time_before_the_mail_was_begun_means_later(post, transport_to, step):
    post.says(step, HANG)

    found = fault(transport_to(post, timeout=SHORT))

    assert (type(found), post.mails) == (TryLater, [])


@pytest.mark.parametrize(("step", "arrived"), [("DATA", NOT_SENT), ("DATA-after", ARRIVED)])
def test_an_answer_that_does_not_come_in_time_once_the_mail_was_begun_is_unclear(post, transport_to, step, arrived):
    post.says(step, HANG)
    transport = transport_to(post)
    note = transport.prepare(a_mail(), claimed())
    transport._smtp.sock.settimeout(LATE)  # noqa: SLF001 (only the answer to DATA may be late)

    with pytest.raises(Unclear, match="handing over the mail: no answer"):
        transport.hand_over(a_mail(), note)

    assert len(post.mails) == arrived


# ------------------------------------------------------------------------------------------------ looked up
@pytest.mark.parametrize(
    ("note", "attempts", "state"),
    [
        ("", 1, EffectState.ready),
        ("smtp 1 <ack.1@secretariat.example>", 2, EffectState.ready),
        ("smtp 1 <ack.1@secretariat.example>", 1, EffectState.uncertain),
        ("r-1234567", 1, EffectState.uncertain),
    ],
    ids=["nothing noted", "an earlier attempt's note", "begun", "a draft of Gmail"],
)
def test_without_a_sent_folder_a_mail_is_uncertain_only_if_this_attempt_began_it(
    post, transport_to, note, attempts, state
):
    fate = transport_to(post).look_up(KEY, claimed(note, attempts))

    assert (fate.state, post.connections) == (state, 0)


def test_getting_ready_sends_nothing_and_notes_what_to_look_for(post, transport_to):
    note = transport_to(post).prepare(a_mail(), claimed(attempts=3))

    assert (note, post.mails) == (f"smtp 3 {a_mail().message_id}", [])
