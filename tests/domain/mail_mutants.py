"""One mail with one thing wrong: the bytes of a right one, changed where a program, a template or a person may err."""

import base64
import re
from dataclasses import replace

from tasks.domain.mail_expectations import About, expect
from tasks.domain.message_rules import House, findings
from tasks.domain.message_rules.foreign import foreign_words
from tasks.domain.message_rules.sensitive import sensitive
from tests.domain.letter_builders import LANGUAGES, LETTERS, LINK, MADE_AT, PROGRAMME, SENDER, a_session, an_invitation

ROSA = "rosa@example.net"
HOUSE = House(
    sender=SENDER,
    hosts=frozenset(PROGRAMME.discretion.link_hosts),
    sensitive=sensitive(word for language in LANGUAGES.values() for word in language.sensitive),
    others=frozenset({ROSA}),
    foreign=foreign_words(
        {
            (kind, code): [letter.body, *LETTERS.labels[code].values()]
            for (kind, code), letter in LETTERS.letters.items()
        }
    ),
    own={
        (kind, code): " ".join([letter.subject, letter.preheader, letter.body, *LETTERS.labels[code].values()])
        for (kind, code), letter in LETTERS.letters.items()
    },
)
ABOUT = About("K7P2QX", a_session(), "Africa/Dakar", LINK, 0)


def expected_of(mail, about=ABOUT, **deviation):
    return replace(expect(mail, about, HOUSE, MADE_AT), **deviation)


def rules_broken(raw, expected):
    return {found.rule.name for found in findings(raw, expected)}


INVITATION = an_invitation()
RIGHT = expected_of(INVITATION, hidden=("Rosa Quispe", "Bogotá Sur"))


def swap(old, new, times=1):
    """Other bytes in the raw mail."""

    def mutate(raw):
        assert old in raw, f"{old} is not in the mail"
        return raw.replace(old, new, times)

    return mutate


def header(name, new=None):
    """A header with another value, or without the header."""

    def mutate(raw):
        pattern = re.compile(rb"^" + name.encode() + rb":(?:[^\r\n]|\r\n[ \t])*\r\n", re.MULTILINE)
        assert pattern.search(raw), f"there is no {name}"
        line = b"" if new is None else f"{name}: {new}\r\n".encode("latin-1")
        return pattern.sub(lambda _: line, raw, count=1)

    return mutate


def more(line):
    """One more header."""
    return lambda raw: line.encode("latin-1") + b"\r\n" + raw


def text(old, new):
    return _part("text/plain", old, new)


def html(old, new):
    return _part("text/html", old, new)


def both(old, new):
    """The text and the page, as a template would change them."""
    return lambda raw: text(old, new)(html(old, new)(raw))


def calendar(old, new):
    """The calendar among the alternatives and its copy."""
    return lambda raw: alternative(old, new)(attachment(old, new)(raw))


def alternative(old, new):
    return _part("text/calendar", old, new)


def attachment(old, new):
    return _part("application/ics", old, new)


def _part(media, old, new):
    old, new = (one.encode() if isinstance(one, str) else one for one in (old, new))

    def mutate(raw):
        head, gap, rest = _split(raw, media)
        body, boundary, after = rest.partition(b"\r\n--=_")
        content = _decoded(head, body)
        assert old in content, f"{old} is not in {media}"
        head = re.sub(rb"(Content-Transfer-Encoding: )[\w-]+", rb"\1base64", head)
        body = base64.encodebytes(content.replace(old, new)).replace(b"\n", b"\r\n").rstrip()
        before = raw[: raw.index(_split(raw, media)[0])]
        return before + head + gap + body + b"\r\n" + boundary + after

    return mutate


def _split(raw, media):
    start = raw.index(b"Content-Type: " + media.encode())
    start = raw.rindex(b"--=_", 0, start)
    head, gap, rest = raw[start:].partition(b"\r\n\r\n")
    return head, gap, rest


def _decoded(head, body):
    if b"base64" in head:
        content = base64.b64decode(body)
    else:
        from quopri import decodestring  # noqa: PLC0415

        content = decodestring(body)
    return content.replace(b"\r\n ", b"") if b"BEGIN:VCALENDAR" in content else content.replace(b"\r\n", b"\n")
