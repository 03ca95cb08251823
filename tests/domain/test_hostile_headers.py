# ruff: noqa: RUF001  tables of characters; other scripts and look-alikes are part of the cases
"""Whatever people type as a name, and organisers as a subject or a sender: one header of each, read back as meant."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.letter_values import LONGEST_NOTE
from tasks.domain.letters import Rendered
from tasks.domain.mail_headers import Envelope, headers
from tasks.domain.mail_identity import MailKind
from tasks.domain.mime_message import message_bytes
from tasks.domain.safe_policy import clean
from tasks.domain.untrusted import Untrusted
from tests.domain.letter_builders import MADE_AT, SENDER, a_person, a_session, an_invitation
from tests.domain.mail_mutants import ABOUT, expected_of, rules_broken
from tests.examples import examples

EACH_ONCE = [
    *("From", "To", "Reply-To", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Subject"),
    *("References", "List-Unsubscribe", "MIME-Version", "Content-Language", "Content-Type"),
]
TRICKS = (
    *("\r\n", "\n", "\r", "\r\nBcc: victim@example.net\r\n", "\n\nbody", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"),
    *("\x00", "\x1b[31m", "\x7f", "\ud83d", "\udc00", "\udcff", "\ufffe", "\U0010ffff", "\ufeff", "\xad"),
    *("=?utf-8?q?=0ABcc=3A?=", "=?utf-8?b?", "?=", "=?", "=?=?", "= ?", "=\u200b?utf-8?q?x?="),
    *(
        '"',
        "\\",
        '\\"',
        "'",
        ",",
        ";",
        ":",
        "<",
        ">",
        "(",
        ")",
        "@",
        "[",
        "]",
        "<victim@example.net>",
        ", a@example.net",
    ),
    *(
        "\u202e",
        "\u202d",
        "\u2066",
        "\u2069",
        "\u200e",
        "\u200f",
        "\u200b",
        "\u200d",
        "\u034f",
        "ما",
        "שלום",
        "می\u200cخواهم",
    ),
    *(
        "🌍",
        "👩\u200d👩\u200d👧",
        "🤝🏽",
        "🏴\U000e0067\U000e0062\U000e007f",
        "é",
        "e\u0301\u0301\u0301",
        "Ł",
        "分享",
        "का",
    ),
    *(
        " ",
        "  ",
        "\t",
        "\u00a0",
        "\u3000",
        "word",
        "X" * 80,
        "é" * 80,
        "https://example.net/x",
        "{{ name }}",
        "%s",
        "None",
    ),
)
TYPED = st.lists(st.sampled_from(TRICKS) | st.text(max_size=6), max_size=12).map(lambda parts: "".join(parts)[:300])
LONG = st.text('aé🌍ما ,"\\', min_size=300, max_size=300)
PLAIN = st.text("abcdefghij ÀéñøŁżабвгд分享ابتאבג,;:()\"\\'-", max_size=60).map(lambda text: " ".join(text.split()))


def fields_of(raw):
    """Names and unfolded values of the header, by our own reading of RFC 5322: no parser forgives anything here."""
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    lines = re.sub(r"\r\n(?=[ \t])", "", head).split("\r\n")
    return [tuple(line.split(": ", 1)) for line in lines]


def assert_whole(raw):
    """Each header once, and nothing on the wire that a server may refuse or change."""
    assert raw.isascii()
    assert b"\0" not in raw
    assert re.search(rb"\r(?!\n)|(?<!\r)\n", raw) is None
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert [name for name, _ in fields_of(raw)] == EACH_ONCE
    parsed = message_from_bytes(raw, policy=policy.SMTP)
    assert sorted(parsed.keys()) == sorted(EACH_ONCE)
    assert "victim@example.net" not in [
        address.addr_spec for address in parsed["To"].addresses + parsed["From"].addresses
    ]
    return parsed


def mailbox_of(raw, name):
    display, address = parseaddr(dict(fields_of(raw))[name])
    return str(make_header(decode_header(display))), address


def subject_of(raw):
    return str(make_header(decode_header(dict(fields_of(raw))["Subject"])))


def a_message(subject="Your invitation", name="Amina", sender=SENDER):
    envelope = Envelope(MailKind.invitation, "invitation:K7P2QX:amina:0", a_person(name), "en", "K7P2QX", MADE_AT)
    return message_bytes(headers(sender, envelope, subject), Rendered("x", "text", "<p>page</p>"), "en")


@examples(60)
@given(TYPED | LONG)
def test_whatever_was_typed_as_a_name_there_is_one_of_each_header_and_one_recipient(name):
    raw = a_message(name=name)

    parsed = assert_whole(raw)
    shown, address = mailbox_of(raw, "To")
    assert address == "amina@example.org"
    assert [one.addr_spec for one in parsed["To"].addresses] == ["amina@example.org"]
    assert len(shown) <= 64
    assert clean(shown) == shown


@examples(40)
@given(PLAIN)
def test_a_name_is_read_back_as_it_was_meant(name):
    assert mailbox_of(a_message(name=name), "To")[0] == name


@examples(60)
@given(TYPED | LONG | PLAIN)
def test_a_subject_is_read_back_as_it_was_meant_or_refused(subject):
    if subject != clean(subject):
        with pytest.raises(ValueError, match="Subject"):
            a_message(subject=subject)
        return
    raw = a_message(subject=subject)

    assert_whole(raw)
    assert subject_of(raw) == subject


@examples(40)
@given(PLAIN.filter(bool))
def test_a_subject_in_which_nothing_is_hidden_is_never_refused(subject):
    assert subject_of(a_message(subject=subject)) == subject


@examples(40)
@given(TYPED | LONG | PLAIN)
def test_the_senders_own_name_is_read_back_as_it_was_meant_or_refused(name):
    sender = SENDER.model_copy(update={"name": name})
    if name != clean(name):
        with pytest.raises(ValueError, match=r"From|not an e-mail address"):
            a_message(sender=sender)
        return
    raw = a_message(sender=sender)

    assert_whole(raw)
    assert mailbox_of(raw, "From") == (name, SENDER.address)


@examples(30)
@given(TYPED | LONG, TYPED | LONG)
def test_no_name_and_no_title_makes_a_mail_that_breaks_a_rule(name, title):
    session = a_session(title=title)
    mail = an_invitation(to=a_person(name), session=session, preface=title)

    about = replace(ABOUT, session=session, typed=(Untrusted(title, LONGEST_NOTE).plain,))
    assert rules_broken(mail.raw, expected_of(mail, about)) == set()


@pytest.mark.parametrize(
    "name", ["x" * 300, "é" * 300, "🌍" * 300, "ما " * 100, '"' * 300, "\\" * 300, "\ud83d" * 300, "\0" * 300]
)
def test_a_name_of_300_characters_is_cut_to_what_a_header_can_show(name):
    raw = a_message(name=name)

    assert_whole(raw)
    assert len(mailbox_of(raw, "To")[0]) <= 64
