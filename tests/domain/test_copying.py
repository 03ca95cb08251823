"""A mail once more as its reader has it: nothing changes but what must tell the two apart."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.domain.copying import copied
from tasks.domain.mail_headers import Envelope
from tasks.domain.mails import MailKind
from tasks.domain.message_rules import findings
from tasks.domain.models import Discretion
from tests.domain.letter_builders import LANGUAGES, MADE_AT, SENDER, a_person, an_invitation, calendar_of, read, text_of
from tests.domain.mail_mutants import ABOUT, HOUSE, expect

LATER = MADE_AT + timedelta(days=3)
AGAIN = "resend:K7P2QX:amina:2026-10-04"
ADDED = b"Received: from x by y; Thu, 1 Oct 2026 09:30:16 +0000\r\nDKIM-Signature: v=1\r\n"


def copy_of(mail, raw=None, to=None):
    envelope = Envelope(MailKind.invitation, AGAIN, to or mail.to, "en", "K7P2QX", LATER)
    return copied(raw or mail.raw, mail.key, SENDER, envelope)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "wish", [set(), *({one} for one in Discretion), {Discretion.text_only, Discretion.no_calendar}]
)
def test_a_copy_keeps_the_rules_and_says_the_same(language, wish):
    mail = an_invitation(language=language, to=a_person(discretion=frozenset(wish)))
    copy = copy_of(mail, ADDED + mail.raw)

    assert text_of(copy) == text_of(mail).replace(mail.token, copy.token)
    assert (copy.subject, copy.language) == (mail.subject, language)
    about = replace(ABOUT, after=LATER - timedelta(days=1))
    assert findings(copy.raw, expect(copy, about, HOUSE, LATER)) == ()


def test_only_what_tells_two_mails_apart_is_new():
    mail = an_invitation()
    copy = copy_of(mail)

    new = {name for name, value in read(mail).items() if read(copy)[name] != value}
    assert new == {"Message-ID", "Date", "List-Unsubscribe", "Content-Type"}  # of the last one its boundary
    stamp = re.compile(rb"DTSTAMP:\w+")
    assert stamp.sub(b"", calendar_of(copy)) == stamp.sub(b"", calendar_of(mail))
    assert b"DTSTAMP:20261004T093015Z" in calendar_of(copy)
    assert mail.token.encode() not in copy.raw


def test_a_copy_of_a_copy_is_the_same_once_more():
    first = copy_of(an_invitation())

    assert (
        copied(first.raw, AGAIN, SENDER, Envelope(MailKind.invitation, AGAIN, first.to, "en", "K7P2QX", LATER)) == first
    )


@pytest.mark.parametrize("raw", [b"x", b"Subject: x\r\n\r\nHello", an_invitation(key="invitation:OTHER:amina:0").raw])
def test_another_mail_is_no_copy(raw):
    assert copy_of(an_invitation(), raw) is None


def test_a_copy_does_not_outlive_what_its_reader_wishes_by_now():
    copy = copy_of(an_invitation(), to=a_person(discretion=frozenset({Discretion.no_calendar})))

    assert findings(copy.raw, expect(copy, ABOUT, HOUSE, LATER))
