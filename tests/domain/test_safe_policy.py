# ruff: noqa: RUF001  other scripts are part of the cases
import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.domain.safe_policy import SAFE, clean
from tests.examples import examples

ENCODED_WORD = re.compile(r"=\?[^?]+\?[bqBQ]\?[^?]*\?=")
SCRIPTS = {
    "ascii": "abcdefghijklmnopqrstuvwxyz.,:;'\"()<>@\\[]!#$%&*+-/=?^_`{|}~",
    "french": "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôûùœ'«»–",
    "spanish": "abcdefghijklmnopqrstuvwxyzáéíóúñü¿¡",
    "russian": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي؟،",
    "hindi": "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसहािीुूेैोौ्",
    "chinese": "经验分享从失败中学习的会议",
    "emoji": "🌍🤝🏽💜👩‍👩‍👧",
}


def sentences(words):
    alphabets = [st.text(letters, min_size=1, max_size=24) for letters in SCRIPTS.values()]
    one_script = st.one_of(*(st.lists(word, min_size=1, max_size=words) for word in alphabets))
    mixed = st.lists(st.one_of(*alphabets), min_size=1, max_size=words)
    return st.one_of(one_script, mixed).map(lambda parts: clean(" ".join(parts))).filter(bool)


def written(name, value):
    """The header's lines as they go over the wire."""
    message = EmailMessage(policy=SAFE)
    message[name] = value
    message.set_content("x")
    return message.as_bytes().split(b"\r\nContent-Type")[0].decode("ascii")


def decoded(wire, name):
    return str(make_header(decode_header(message_from_bytes(wire.encode())[name].replace("\r\n", ""))))


def faults_of_encoding(wire):
    words = ENCODED_WORD.findall(wire)
    return [
        *(word for word in words if len(word) > 75 or "??=" in word),
        *(line for line in wire.split("\r\n") if words and len(line) > 78),
        *re.findall(r"\?==\?", wire),
    ]


@examples(100)
@given(sentences(words=16))
def test_every_subject_reads_back_as_it_was_written(subject):
    wire = written("Subject", subject)

    assert decoded(wire, "Subject") == subject
    assert subject.isascii() or faults_of_encoding(wire) == []


@examples(100)
@given(sentences(words=5).map(lambda name: clean(name[:64])).filter(bool))
def test_every_display_name_reads_back_as_it_was_written(name):
    wire = written("To", Address(name, addr_spec="a@example.org"))

    display, address = parseaddr(message_from_bytes(wire.encode())["To"].replace("\r\n", ""))
    assert (str(make_header(decode_header(display))), address) == (name, "a@example.org")
    assert name.isascii() or faults_of_encoding(wire) == []


@examples(100)
@given(st.text(max_size=60))
def test_what_was_cleaned_is_clean_and_can_be_a_subject(text):
    once = clean(text)

    assert clean(once) == once
    assert not once or decoded(written("Subject", once), "Subject") == once


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("two\r\nlines", "two lines"),
        ("line\u2028separator\u2029", "line separator"),
        ("  many \t spaces ", "many spaces"),
        ("a\u202ereversed\u202c word", "areversed word"),
        ("in\u200bvisible\ufeff", "invisible"),
        ("=?utf-8?q?=0ABcc=3A?=", "= ?utf-8?q?=0ABcc=3A?="),
        ("=\u200b?utf-8?q?x?=", "= ?utf-8?q?x?="),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("half \ud83d a pair", "half a pair"),
        ("\ue000private\ue001", "private"),
    ],
)
def test_cleaning_takes_away_what_nobody_sees(typed, shown):
    assert clean(typed) == shown


@pytest.mark.parametrize("name", ["Subject", "References", "List-Unsubscribe"])
@pytest.mark.parametrize(
    "hostile", ["a\r\nBcc: x@example.org", "a\nb", "=?utf-8?q?=0ABcc=3A?=", "a\u2028b", "a\u202eb", "a\x0bb"]
)
def test_a_header_with_another_header_inside_is_refused(name, hostile):
    with pytest.raises(ValueError, match=r"."):
        written(name, hostile)


@pytest.mark.parametrize("name", ["=?utf-8?q?=0ABcc=3A?=", "=?utf-8?q?x?=", "a\u202eb", "a\u200bb"])
def test_a_display_name_with_something_hidden_is_refused(name):
    with pytest.raises(ValueError, match="To holds"):
        written("To", Address(name, addr_spec="a@example.org"))


def test_an_address_that_is_not_ascii_is_refused():
    with pytest.raises(ValueError, match="ASCII"):
        written("To", Address("x", addr_spec="josé@example.org"))


def test_long_references_are_folded_at_spaces_and_never_encoded():
    ids = [f"<sub.{number:032x}@colab.example.org>" for number in range(30)]

    wire = written("References", " ".join(ids))

    assert "=?" not in wire
    assert max(map(len, wire.split("\r\n"))) <= 78
    assert wire.replace("\r\n", "").removeprefix("References: ").split() == ids


@pytest.mark.parametrize(("value", "why"), [("é", "ASCII"), ("x" * 1000, "too long")])
def test_an_id_that_no_line_can_hold_is_refused(value, why):
    with pytest.raises(ValueError, match=why):
        written("References", value)


def test_two_recipients_are_two_entries():
    wire = written("To", (Address("Ü", addr_spec="u@example.org"), Address("a, b", addr_spec="ab@example.org")))

    assert wire == 'To: =?utf-8?b?w5w=?=\r\n <u@example.org>,\r\n "a, b" <ab@example.org>'
