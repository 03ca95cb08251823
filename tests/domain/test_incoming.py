"""What is taken from mails that arrive: from the servers of the world, and from whoever pretends to be one."""

import base64
import email
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tasks.domain.incoming.arrivals import Arrival, Unsubscribing, own_id, read_mail
from tasks.domain.incoming.complaints import Complaint
from tasks.domain.incoming.parts import LARGEST
from tasks.domain.incoming.replies import CalendarReply
from tasks.domain.incoming.reports import DeliveryReport
from tests.domain.report_builders import (
    GONE,
    NO_REPORTS,
    OURS,
    REWRITTEN,
    SERVERS,
    a_complaint,
    a_reply,
    a_report,
    a_wish,
    no_report,
    wire,
)

WHOLE = [name for name in SERVERS if name not in {"old Exim", "qmail"}]


def outside(raw):
    """How a mail looks before it is read."""
    message = email.message_from_bytes(raw)
    types = frozenset(part.get_content_type() for part in message.walk())
    return Arrival("1", len(raw), types, {name: str(message[name]) for name in message})


# ------------------------------------------------------------------------------------------------ reports
@pytest.mark.parametrize("status", ["5.1.1", "5.1.10", "5.2.1", "5.2.2", "4.4.7"])
@pytest.mark.parametrize("server", SERVERS)
def test_the_report_of_any_server_says_which_mail_and_why(server, status):
    raw = a_report(server, status=status)

    report = read_mail(raw)

    assert (report.about[0], report.status) == (OURS, status)
    assert outside(raw).is_for_us


@pytest.mark.parametrize("server", WHOLE)
def test_a_report_names_whom_it_is_about(server):
    assert read_mail(a_report(server)).to == {GONE}


@pytest.mark.parametrize("server", WHOLE)
def test_news_of_a_mere_delay_is_no_report(server):
    assert read_mail(a_report(server, action="delayed", status="4.4.1")) is None


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded", "Delivered (to mailbox)"])
def test_a_report_may_say_that_a_mail_arrived(action):
    assert read_mail(a_report(action=action, status="2.0.0")).status == "2.0.0"


@pytest.mark.parametrize("name", NO_REPORTS)
def test_what_only_speaks_of_a_report_is_none(name):
    assert read_mail(no_report(name)) is None


@pytest.mark.parametrize("name", ["out of office", "a letter that speaks of one"])
def test_letters_are_not_even_opened(name):
    assert not outside(no_report(name)).is_for_us


def test_an_id_that_gmail_gave_is_followed_by_the_one_that_we_gave():
    raw = a_report("Gmail", message_id=REWRITTEN).replace(
        b"\r\nReferences: <sub.", f"\r\nX-Google-Original-Message-ID: {OURS}\r\nReferences: <sub.".encode()
    )

    assert read_mail(raw).about[:2] == (REWRITTEN, OURS)


def test_a_report_without_the_mail_is_known_by_what_it_answers():
    raw = a_report("Exchange").replace(b"Message-ID: <inv.", b"X-Nothing: <inv.")

    assert read_mail(raw).about == (OURS,)


def test_the_thread_that_our_mail_refers_to_is_not_what_a_report_is_about():
    assert not any(found.startswith("<sub.") for found in read_mail(a_report()).about)


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        (b"Status: 5.1.1", b"Status: 5.0.0", "5.1.1"),
        (b"Status: 5.1.1", b"Status:", "5.1.1"),
        (b"Status: 5.1.1", b"Status: 5.1.1 (bad destination mailbox address)", "5.1.1"),
        (b"Diagnostic-Code: smtp; 550 5.1.1", b"Diagnostic-Code: smtp; 550", "5.1.1"),
    ],
)
def test_a_status_that_says_nothing_is_found_in_the_servers_own_words(old, new, status):
    assert read_mail(a_report().replace(old, new)).status == status


def test_a_failure_without_any_code_is_a_failure():
    raw = a_report().replace(b"Status: 5.1.1", b"Status: ?").replace(b"smtp; 550 5.1.1", b"x-local; no")

    assert read_mail(raw).status == "5.0.0"


def test_fields_that_a_server_encoded_are_read():
    plain = a_report().decode()
    head, fields = plain.split("Content-Type: message/delivery-status\r\n\r\n")
    fields, rest = fields.split("\r\n--B1", 1)
    coded = base64.encodebytes(fields.encode()).decode().replace("\n", "\r\n")
    kind = "Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n"

    report = read_mail(f"{head}{kind}{coded}\r\n--B1{rest}".encode())

    assert (report.about[0], report.status) == (OURS, "5.1.1")


# ------------------------------------------------------------------------------------------------ answers and wishes
@pytest.mark.parametrize("answer", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_an_answer_to_an_invitation_is_read(answer):
    raw = a_reply(answer=answer, sequence=2)

    assert read_mail(raw) == CalendarReply(
        "u@colab.example.org", "eva@example.org", answer.lower(), 2, datetime(2024, 3, 4, 10, tzinfo=UTC)
    )
    assert outside(raw).is_for_us


@pytest.mark.parametrize(
    "deviation",
    [{"answer": "NEEDS-ACTION"}, {"answer": "DELEGATED"}, {"method": "REQUEST"}, {"method": "COUNTER"}, {"uid": ""}],
)
def test_what_is_no_answer_is_not_taken_for_one(deviation):
    assert read_mail(a_reply(**deviation)) is None


def test_an_answer_for_two_people_at_once_is_nobodys():
    raw = a_reply(address="eva@example.org\r\nATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.org")

    assert read_mail(raw) is None


@pytest.mark.parametrize("mailto", ["mailto:", "MAILTO:", ""])
def test_an_attendee_is_an_address_however_it_is_written(mailto):
    assert read_mail(a_reply(address="Eva@Example.org", mailto=mailto)).address_key == "eva@example.org"


@pytest.mark.parametrize(
    "subject",
    [
        "unsubscribe ABCDEFGH23",
        "Unsubscribe abcdefgh23",
        "unsubscribe+ABCDEFGH23",
        "=?utf-8?q?unsubscribe_ABCDEFGH23?=",
        "Re: unsubscribe ABCDEFGH23",
        "unsubscribe ABCDEFGH23 please",
    ],
)
def test_a_wish_to_get_no_more_mail_names_the_mail_it_follows(subject):
    assert read_mail(a_wish(subject)) == Unsubscribing("ABCDEFGH23")


@pytest.mark.parametrize(
    "subject", ["unsubscribe", "How do I unsubscribe ABCDEFGH23?", "unsubscribe ABCDEFGH2", "unsubscribe ABCDEFGH231"]
)
def test_another_subject_is_a_letter(subject):
    assert read_mail(a_wish(subject)) is None


def test_the_wish_of_a_report_is_not_heard():
    raw = a_report(action="delayed").replace(b"Undelivered Mail Returned to Sender", b"unsubscribe ABCDEFGH23")

    assert read_mail(raw) is None


def test_a_mail_is_known_by_its_own_id():
    assert own_id(a_report()) == "<20240304100000.B1@mx.example.org>"


# ------------------------------------------------------------------------------------------------ whatever arrives
def test_a_huge_mail_is_not_read():
    raw = a_report()

    assert read_mail(raw + b"x" * LARGEST) is None
    assert not Arrival("1", LARGEST + 1, frozenset({"multipart/report"}), {}).is_for_us


@pytest.mark.parametrize("depth", [50, 2000])
def test_mails_within_mails_without_end_do_no_harm(depth):
    opened = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(depth))

    assert read_mail(opened.encode()) is None
    assert read_mail(b"Content-Type: message/rfc822\r\n\r\n" * depth) is None


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_without_harm(raw):
    assert read_mail(raw) is None
    own_id(raw)


PIECES = st.sampled_from(
    [
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x\n",
        "Content-Type: multipart/report; boundary*=utf-8''x\n",
        "Content-Type: message/delivery-status\n",
        "Content-Type: message/rfc822\n",
        "Content-Type: text/calendar; method=REPLY\n",
        "Content-Transfer-Encoding: base64\n",
        "Content-Transfer-Encoding: x-uuencode\n",
        "Subject: =?utf-8?b?=?=\n",
        "Subject: =?nonsense?q?x?=\n",
        "Subject: unsubscribe ABCDEFGH23\n",
        "From: MAILER-DAEMON\n",
        "X-Failed-Recipients: \x00\n",
        f"Message-ID: {OURS}\n",
        f"In-Reply-To: {OURS}\n",
        "Final-Recipient: rfc822; \u0000@\n",
        "Action: failed\n",
        "Content-Type: multipart/report; report-type=feedback-report; boundary=x\n",
        "Content-Type: message/feedback-report\n",
        "Feedback-Type: abuse\n",
        "Status: 5.1.1\n",
        "Diagnostic-Code: smtp; 550 5.1.1\n",
        "--x\n",
        "--x--\n",
        "\n",
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:u\n",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org\n",
        "ATTENDEE;PARTSTAT=\n",
        "SEQUENCE:²\nDTSTAMP:never\n",
        "END:VEVENT\nEND:VCALENDAR\n",
        "é\udce9",
        "begin 644 x\n",
    ]
)


@given(st.lists(PIECES, max_size=40))
@example(["Content-Type: message/delivery-status\n", "Content-Transfer-Encoding: base64\n", "\n", "é"])
def test_pieces_of_reports_in_any_order_are_read_without_harm(pieces):
    raw = "".join(pieces).encode("utf-8", "surrogateescape")

    found = read_mail(raw)
    own_id(raw)

    assert found is None or isinstance(found, DeliveryReport | Complaint | CalendarReply | Unsubscribing)
    if isinstance(found, DeliveryReport):
        assert found.about == (OURS,)
        assert found.status[0] in "245"


@given(st.sampled_from(sorted(SERVERS)), st.data())
def test_a_damaged_report_is_a_report_or_nothing(server, data):
    raw = a_report(server)
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 200)))

    found = read_mail(raw[:start] + data.draw(st.binary(max_size=40)) + raw[end:])

    assert found is None or isinstance(found, DeliveryReport)


# ------------------------------------------------------------------------------------------------ complaints
@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers", "message/global"])
@pytest.mark.parametrize("kind", ["abuse", "Abuse", "fraud", "opt-out", "opt-out-list"])
def test_a_complaint_that_a_provider_passes_on_says_which_mail_is_unwanted(kind, returned):
    raw = a_complaint(kind, returned=returned)

    assert read_mail(raw) == Complaint((OURS,))
    assert outside(raw).is_for_us


@pytest.mark.parametrize("kind", ["not-spam", "virus", "auth-failure", "dmarc", "", "abuse of nothing"])
def test_other_feedback_is_no_complaint(kind):
    assert read_mail(a_complaint(kind)) is None


@pytest.mark.parametrize("server", ["mailer-daemon@arf.example.com", "MAILER-DAEMON@arf.example.com"])
def test_a_complaint_that_a_daemon_writes_is_not_taken_for_mail_that_came_back(server):
    raw = a_complaint().replace(b"feedback@arf.example.com", server.encode())

    assert read_mail(raw) == Complaint((OURS,))


def test_a_complaint_about_no_mail_or_without_fields_is_left_to_people():
    assert read_mail(a_complaint(message_id="nothing")) is None
    assert read_mail(a_complaint().replace(b"Feedback-Type", b"X-Type")) is None


def test_a_report_with_ten_thousand_lines_is_read_quickly():
    raw = a_report().replace(b"X-Postfix-Queue-ID", b"X-More: x\r\n" * 10_000 + b"X-Postfix-Queue-ID")

    assert read_mail(raw).status == "5.1.1"


def test_a_mail_without_a_word_says_nothing():
    assert read_mail(b"") is None
    assert read_mail(wire("Content-Type: multipart/report; report-type=delivery-status\n\n")) is None
