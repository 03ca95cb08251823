"""Every rule of the checklist finds its defect, and right mails give none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product

import pytest

from tasks.domain.conversation_mails import DIGESTS
from tasks.domain.mail_expectations import MANNERS, About
from tasks.domain.mails import MailKind
from tasks.domain.message_rules import Rule, findings
from tasks.domain.models import Discretion
from tasks.domain.untrusted import Untrusted
from tests.domain.letter_builders import (
    ABOUT_A_SESSION,
    CONVERSATION,
    INVITATIONS,
    LANGUAGES,
    LETTERS,
    LINK,
    MADE_AT,
    a_mail,
    a_person,
    a_session,
    a_talk,
    an_acknowledgement,
    an_invitation,
    every_mail,
    in_turn,
)
from tests.domain.mail_mutants import (
    ABOUT,
    INVITATION,
    RIGHT,
    ROSA,
    alternative,
    attachment,
    both,
    calendar,
    expected_of,
    header,
    html,
    more,
    rules_broken,
    swap,
    text,
)
from tests.examples import EXPLORING

EVENT = RIGHT.event
B64 = "=?utf-8?b?SW52aXRhdGlvbg==?="


def lines(n):
    return "x" * n


MUTANTS = {
    # ------------------------------------------------------------------------------------------ on the wire
    "W1 a bare LF": swap(b"Auto-Submitted: auto-generated\r\n", b"Auto-Submitted: auto-generated\n"),
    "W1 a bare CR": swap(b"\r\n\r\n--=_", b"\r\n\r--=_"),
    "W1 eight bits": swap(b"Hello", b"Hell\xc3\xb3"),
    "W1 a line of 999 characters": swap(b"Hello", b"x" * 999),
    "W1 a NUL": swap(b"Hello", b"Hel\0lo"),
    "W2 two From": more("From: CoLab <colab@colab.example.org>"),
    "W2 two To": more("To: amina@example.org"),
    "W2 two Subjects": more("Subject: Another"),
    "W2 no Date": header("Date"),
    "W2 no Message-ID": header("Message-ID"),
    "W2 no Reply-To": header("Reply-To"),
    "W2 no MIME-Version": header("MIME-Version"),
    "W2 no Content-Language": header("Content-Language"),
    "W2 no Auto-Submitted": header("Auto-Submitted"),
    "W3 words that run together": header("Subject", f"{B64}{B64}"),
    "W3 an empty word": header("Subject", "=?utf-8?q??="),
    "W3 a word of 76 characters": header("Subject", f"=?utf-8?q?{'x' * 64}?="),
    "W3 a word that does not end": header("Subject", "=?utf-8?q?x"),
    "W3 an encoded References": header("References", "=?utf-8?q?=3Csub=2E1=40colab=2Eexample=2Eorg=3E?="),
    "W3 an encoded List-Unsubscribe": header("List-Unsubscribe", "=?utf-8?q?=3Cmailto=3Aa=3E?="),
    "W4 another subject": header("Subject", "Your invitation"),
    "W4 no subject": header("Subject", ""),
    "W4 words of the subject run together": swap(b"online session", b"onlinesession"),
    "W5 a mail of 100 kB": swap(b"\r\n--=_", b"\r\n" + b"<!-- -->\r\n" * 10_100 + b"--=_"),
    "W5 a page of 90 kB": html("</body>", f"<p>{'word ' * 18_000}</p></body>"),
    # ------------------------------------------------------------------------------------------ privacy
    "P1 somebody else": header("To", "rosa@example.net"),
    "P1 two people": header("To", "amina@example.org, rosa@example.net"),
    "P1 a copy": more("Cc: rosa@example.net"),
    "P1 a blind copy": more("Bcc: rosa@example.net"),
    "P1 an address in the text": text("Hello Amina", f"Hello {ROSA}, Amina"),
    "P1 an address in the page": html("Hello Amina", f"Hello {ROSA}, Amina"),
    "P1 an address in an attribute": html("<h1", f'<h1 title="{ROSA}"'),
    "P1 an address in the calendar": calendar("LOCATION:", f"LOCATION:{ROSA} "),
    "P1 a known address with a space in it": text("Hello Amina", "Hello rosa@example. net"),
    "P1 an address in the subject": header("Subject", f"Invitation for {ROSA}"),
    "P1 an address with a percent sign": both(LINK, f"{LINK}/rosa%40example.net"),
    "P2 a word in the subject": header("Subject", "Online session on LGBTIQ rights"),
    "P2 a word with accents and capitals": header("Subject", "=?utf-8?b?VmlvbGVuY2lhIGRlIEfDiU5FUk8=?="),
    "P2 a word in From": header("From", "Gender Justice <colab@colab.example.org>"),
    "P2 a word in the title of the page": html("<title>", "<title>Feminist "),
    "P2 a word in the preheader": html("We would love to have you with us.", "Queer people are welcome."),
    "P2 a word in SUMMARY": calendar("Online session", "Gay men online"),
    "P2 a word in a file name": swap(b'filename="invite.ics"', b'filename="gender.ics"'),
    "P3 the name of the program": more("X-Mailer: colab 1.0"),
    "P3 our ids": more("X-Effect: invitation:K7P2QX"),
    "P3 a header in a part": swap(b"Content-Type: text/html", b"Content-Location: x\r\nContent-Type: text/html"),
    "P3 bulk": more("Precedence: bulk"),
    "P4 a name in the text": text("Hello Amina", "Hello from Rosa Quispe, Amina"),
    "P4 a name in capitals in the page": html("Hello Amina", "Hello from ROSA  QUISPE, Amina"),
    "P4 a title without its accents": both("Hello Amina", "Bogota sur, Amina"),
    "P4 a name in the subject": header("Subject", "Online session with Rosa Quispe"),
    "P4 a name in To": header("To", "Rosa Quispe <amina@example.org>"),
    "P4 a name in the preheader": html("We would love to have you with us.", "With Rosa Quispe."),
    "P4 a name in the calendar": calendar("Online session", "Rosa Quispe online"),
    "P4 the name of the guest": calendar("Amina Diallo", "Rosa Quispe"),
    "P5 tracking": both(LINK, f"{LINK}?utm_source=mail"),
    "P5 who follows a link": both(LINK, f"{LINK}?member=4711"),
    "P5 a query nobody expects": both(LINK, f"{LINK}?x=1"),
    "P5 a fragment nobody expects": both(LINK, f"{LINK}#amina"),
    # ------------------------------------------------------------------------------------------ identity
    "I1 another sender": header("From", "CoLab <colab@example.com>"),
    "I1 another name": header("From", "Support <colab@colab.example.org>"),
    "I1 nobody reads the replies": header("Reply-To", "noreply@colab.example.org"),
    "I1 a reply to a name only": header("Reply-To", "secretariat"),
    "I2 another Message-ID": header("Message-ID", f"<inv.{'0' * 32}.1@colab.example.org>"),
    "I2 a Message-ID of another form": header("Message-ID", "<20261001.1234@host-7.internal>"),
    "I2 a Message-ID of another domain": swap(b".1@colab.example.org>", b".1@example.com>"),
    "I3 another thread": header("References", f"<sub.{'0' * 32}@colab.example.org>"),
    "I3 no thread": header("References"),
    "I3 an answer to something": more(f"In-Reply-To: {INVITATION.message_id}"),
    "I4 a date of yesterday": header("Date", "Wed, 30 Sep 2026 09:30:15 +0000"),
    "I4 a local date": header("Date", "Thu, 01 Oct 2026 11:30:15 +0200"),
    "I4 a date in GMT": header("Date", "Thu, 01 Oct 2026 09:30:15 GMT"),
    "I4 a wrong weekday": header("Date", "Fri, 01 Oct 2026 09:30:15 +0000"),
    "I4 no such day": header("Date", "Thu, 31 Sep 2026 09:30:15 +0000"),
    "I5 as if it were an answer": header("Auto-Submitted", "auto-replied"),
    "I5 as if a person wrote": header("Auto-Submitted", "no"),
    "I5 suppresses bounces": header("X-Auto-Response-Suppress", "All"),
    "I6 no way to unsubscribe": header("List-Unsubscribe"),
    "I6 another mailbox": header("List-Unsubscribe", "<mailto:x@example.com?subject=unsubscribe>"),
    "I6 one click without an address": more("List-Unsubscribe-Post: List-Unsubscribe=One-Click"),
    "I6 a foreign address": swap(b"List-Unsubscribe: ", b"List-Unsubscribe: <https://lists.example.com/u/1>, "),
    # ------------------------------------------------------------------------------------------ body
    "B1 the page before the text": lambda raw: swap(b"text/@", b"text/html")(
        swap(b"text/html", b"text/plain")(swap(b"text/plain", b"text/@")(raw))
    ),
    "B1 parts related": swap(b"multipart/alternative", b"multipart/related"),
    "B1 another file": swap(b'filename="invite.ics"', b'filename="meeting.ics"'),
    "B1 a file that is shown": swap(b"attachment; filename", b"inline; filename"),
    "B1 another type of file": swap(b"application/ics", b"application/octet-stream"),
    "B1 another charset": swap(b'text/plain; charset="utf-8"', b'text/plain; charset="iso-8859-1"'),
    "B1 bytes that are not UTF-8": html("Hello", b"Hell\xf3"),
    "B1 a Content-ID at the calendar": swap(
        b"Content-Type: text/calendar", b"Content-ID: <1>\r\nContent-Type: text/calendar"
    ),
    "B1 no end of the parts": lambda raw: raw[:-6],
    "B1 broken quoted-printable": swap(b"Hello", b"Hello =ZZ"),
    "B1 text before the parts": swap(b"\r\n\r\n--=_", b"\r\n\r\nThis is a mail.\r\n--=_"),
    "B2 the text without the hour": text("20:05 (", "20.05 ("),
    "B2 the page without the hour": html("20:05 (", "20.05 ("),
    "B2 another hour": both("20:05 (", "21:05 ("),
    "B2 another offset": both("+00:00", "+01:00"),
    "B2 another length": both("90 minutes", "60 minutes"),
    "B2 no title": both("What we learned", "A session"),
    "B2 no reference": both("K7P2QX", "K7P2Q"),
    "B2 no line in UTC": text("20:05 UTC", ""),
    "B2 no link in the text": text(LINK, ""),
    "B2 another link in the page": html(f'"{LINK}"', '"https://meet.google.com/other"'),
    "B2 no code": both(INVITATION.token, ""),
    "B3 a placeholder": both("Amina Diallo", "{{ name }}"),
    "B3 half a placeholder": text("Amina Diallo", "name }}"),
    "B3 a label's placeholder": both("Amina Diallo", "{name}"),
    "B3 a placeholder of Python": both("Amina Diallo", "%(name)s"),
    "B3 None": both("90 minutes", "90 minutes, None"),
    "B3 undefined": html("90 minutes", "90 minutes, undefined"),
    "B3 nan": both("90 minutes", "90 minutes (nan)"),
    "B3 TODO": both("We look forward", "TODO We look forward"),
    "B3 a placeholder in the calendar": calendar("Online session", "Online session {{ ref }}"),
    "B3 a placeholder in the subject": header("Subject", "Invitation on {{ date }}"),
    "B4 lang of another language": html('lang="en"', 'lang="fr"'),
    "B4 no dir": html(' dir="ltr"', ""),
    "B4 the wrong dir": html('dir="ltr"', 'dir="rtl"'),
    "B4 Content-Language of another": header("Content-Language", "fr"),
    "B4 a label of another language": text("Hello Amina", f"{LETTERS.labels['fr']['resent']} Amina"),
    "B4 a sentence of another letter": both("You cannot come?", "Vous ne pouvez pas venir ?"),
    "B5 http": both("https://meet.google.com", "http://meet.google.com"),
    "B5 somebody else's host": both("https://meet.google.com", "https://meet.example.net"),
    "B5 a user in a link": both("https://meet.google.com", "https://evil@meet.google.com"),
    "B5 javascript": html(f'href="{LINK}"', 'href="javascript:alert(1)"'),
    "B5 a number as host": both("https://meet.google.com", "https://192.0.2.1"),
    "B7 turned text": both("Amina Diallo", "\u202eAmina"),
    "B7 zero width": text("Amina Diallo", "Am\u200bina"),
    "B7 an entity": html("Amina Diallo", "&#8238;Amina"),
    "B7 in the calendar": calendar("Online session", "Online\u2066 session"),
    "B7 private use": html("Amina Diallo", "\ue000Amina"),
    # ------------------------------------------------------------------------------------------ the page
    "H1 a script": html("</body>", "<script>alert(1)</script></body>"),
    "H1 a form": html("</body>", "<form></form></body>"),
    "H1 a link element": html("</head>", '<link rel="stylesheet"></head>'),
    "H1 an iframe": html("</body>", "<iframe></iframe></body>"),
    "H1 an event handler": html("<h1", '<h1 onclick="x()"'),
    "H1 a refresh": html("</head>", '<meta http-equiv="refresh" content="0"></head>'),
    "H1 a comment for one program": html("</body>", "<!--[if mso]><p>x</p><![endif]--></body>"),
    "H1 a base": html("</head>", '<base href="https://meet.google.com/"></head>'),
    "H2 an image": html("</body>", '<img alt=""></body>'),
    "H2 a background": html("<td", '<td background="x.png"'),
    "H2 url() in a style": html('<h1 style="', '<h1 style="background-image: url(x.png);'),
    "H2 url() in the sheet": html("</style>", ".x { background: URL ('x') }</style>"),
    "H2 @import": html("<style>", "<style>@import 'x.css';"),
    "H2 a hidden url()": html("</style>", ".x { background: u\\72l(x) }</style>"),
    "H2 a font from elsewhere": html("</style>", "@font-face { font-family: x }</style>"),
    "A1 a table that says nothing": html('role="presentation"', ""),
    "A1 a header cell without scope": html("</h1>", "</h1><table><tr><th>When</th><td>now</td></tr></table>"),
    "A2 too pale": html("color: #615b66", "color: #999999"),
    "A2 too pale in the dark": html(".foot { color: #bdb5c2", ".foot { color: #615b66"),
    "A2 unseen on a new background": html("background-color: #ffffff", "background-color: #333333"),
    "A2 a colour that nobody can judge": html("color: #615b66", "color: var(--ink)"),
    "A3 small print": html("font-size: 14px", "font-size: 11px"),
    "A3 small print in points": html("font-size: 14px", "font-size: 9pt"),
    "A3 a short form": html("line-height: 1.3", "font: 12px/1 serif"),
    "A4 here": html(">Join the session<", ">Click here<"),
    "A4 the address itself": html(">Join the session<", f">{LINK}<"),
    "A4 nothing": html(">Join the session<", "> <"),
    "A5 no title": html("<title>", "<title></title><!DOCTYPE x><b>"),
    "A5 an empty title": html("<title>Your", "<title></title><b>Your"),
    # ------------------------------------------------------------------------------------------ the calendar
    "C1 another method in the file": calendar("METHOD:REQUEST", "METHOD:PUBLISH"),
    "C1 no method in the file": calendar("METHOD:REQUEST\r\n", ""),
    "C1 no method in the header": swap(b'; method="REQUEST"', b""),
    "C1 small letters": calendar("METHOD:REQUEST", "METHOD:request"),
    "C1 a cancel": swap(b'method="REQUEST"', b'method="CANCEL"'),
    "C2 no end": calendar("END:VCALENDAR\r\n", ""),
    "C2 a line without a name": calendar("STATUS:CONFIRMED", "CONFIRMED"),
    "C2 no DTSTART": calendar("DTSTART:20261112T200500Z\r\n", ""),
    "C2 two UIDs": calendar("SEQUENCE:0", "SEQUENCE:0\r\nUID:x"),
    "C2 two events": calendar("END:VCALENDAR", "BEGIN:VEVENT\r\nUID:2\r\nEND:VEVENT\r\nEND:VCALENDAR"),
    "C2 a DURATION beside DTEND": calendar("DTEND:", "DURATION:PT90M\r\nDTEND:"),
    "C2 no VERSION": calendar("VERSION:2.0\r\n", ""),
    "C2 no ORGANIZER": calendar("ORGANIZER;CN=CoLab:mailto:colab@colab.example.org\r\n", ""),
    "C2 a line that is not text": calendar("STATUS:CONFIRMED", "STATUS:CONFIRMED\x07"),
    "C3 another UID": calendar(f"UID:{EVENT.uid}", f"UID:{'0' * 32}@colab.example.org"),
    "C3 another SEQUENCE": calendar("SEQUENCE:0", "SEQUENCE:1"),
    "C3 a local DTSTAMP": calendar("DTSTAMP:20261001T093015Z", "DTSTAMP:20261001T093015"),
    "C3 a DTSTAMP to come": calendar("DTSTAMP:20261001T093015Z", "DTSTAMP:20261002T093015Z"),
    "C4 another start": calendar("DTSTART:20261112T200500Z", "DTSTART:20261112T190500Z"),
    "C4 a start without a zone": calendar("DTSTART:20261112T200500Z", "DTSTART:20261112T200500"),
    "C4 a start in a zone": calendar("DTSTART:20261112T200500Z", "DTSTART;TZID=Africa/Dakar:20261112T200500"),
    "C4 an end before the start": calendar("DTEND:20261112T213500Z", "DTEND:20261112T193500Z"),
    "C4 no such day": calendar("DTSTART:20261112T200500Z", "DTSTART:20261132T200500Z"),
    "C4 the mail names another start": both("2026-11-12 20:05 UTC", "2026-11-12 19:05 UTC"),
    "C5 another organiser": calendar("mailto:colab@colab", "mailto:other@colab"),
    "C5 an organiser without mailto": calendar("ORGANIZER;CN=CoLab:mailto:", "ORGANIZER;CN=CoLab:"),
    "C5 another guest": calendar("mailto:amina@example.org", "mailto:rosa@example.net"),
    "C5 two guests": calendar("CLASS:", "ATTENDEE:mailto:rosa@example.net\r\nCLASS:"),
    "C5 nobody is asked": calendar("RSVP=TRUE", "RSVP=FALSE"),
    "C5 an answer already given": calendar("NEEDS-ACTION", "ACCEPTED"),
    "C6 tentative": calendar("STATUS:CONFIRMED", "STATUS:TENTATIVE"),
    "C6 cancelled in a request": calendar("STATUS:CONFIRMED", "STATUS:CANCELLED"),
    "C6 public": calendar("CLASS:PRIVATE", "CLASS:PUBLIC"),
    "C6 an alarm that mails": calendar("ACTION:DISPLAY", "ACTION:EMAIL"),
    "C7 a bare LF": calendar("STATUS:CONFIRMED\r\n", "STATUS:CONFIRMED\n"),
    "C7 a line of 76 octets": calendar("STATUS:CONFIRMED", f"COMMENT:{'x' * 68}\r\nSTATUS:CONFIRMED"),
    "C7 an attachment": calendar("CLASS:", "ATTACH:https://meet.google.com/x\r\nCLASS:"),
    "C7 a contact": calendar("CLASS:", "CONTACT:Rosa\r\nCLASS:"),
    "C7 a property of a program": calendar("CLASS:", "X-GOOGLE-CONFERENCE:x\r\nCLASS:"),
    "C8 another file": attachment("SEQUENCE:0", "SEQUENCE:1"),
    "C8 the alternative only": alternative("TRIGGER:-PT30M", "TRIGGER:-PT15M"),
}


@cache
def found_in(name):
    raw = MUTANTS[name](INVITATION.raw)
    assert raw != INVITATION.raw
    return findings(raw, RIGHT)


@pytest.mark.parametrize("name", MUTANTS)
def test_a_defect_is_found_by_its_rule(name):
    assert name.split()[0] in {found.rule.name for found in found_in(name)}


def test_every_rule_has_its_mutants():
    assert {name.split()[0] for name in MUTANTS} == set(Rule.__members__)


OTHERWISE = {
    "W4 a subject of 79 characters": {"subject": "x" * 79},
    "P1 another reader": {"recipient": "b@example.org"},
    "I6 a way to unsubscribe where there is no list": {"listed": False},
    "B1 a calendar that nobody expects": {"event": None},
    "B1 a page that nobody expects": {"has_page": False},
    "C1 a cancel was meant": {"event": replace(EVENT, method="CANCEL")},
    "C3 the event has changed since": {"event": replace(EVENT, sequence=1)},
    "C3 the reader has a newer one": {"event": replace(EVENT, after=MADE_AT + timedelta(seconds=1))},
    "C4 the session was moved": {"event": replace(EVENT, starts=datetime(2026, 11, 12, 20, 0, tzinfo=UTC))},
    "C6 a cancel must say so": {"event": replace(EVENT, method="CANCEL")},
    "I4 the mail is an hour old": {"now": MADE_AT + timedelta(hours=1)},
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_right_mail_that_is_not_the_expected_one_is_found(name):
    assert name.split()[0] in rules_broken(INVITATION.raw, replace(RIGHT, **OTHERWISE[name]))


LITTLE, TEXT, NO_FILE = (a_person(discretion=frozenset({one})) for one in Discretion)
MUTANTS_BY_WISH = {
    "B1 a page": (TEXT, lambda _: INVITATION.raw),
    "B1 nothing but a calendar file": (TEXT, swap(b"text/plain", b"text/enriched")),
    "C8 another file": (TEXT, attachment("SEQUENCE:0", "SEQUENCE:1")),
    "B2 no hour": (TEXT, text("20:05 (", "20.05 (")),
    "B1 a calendar file": (NO_FILE, lambda _: INVITATION.raw),
    "B1 a calendar file as an attachment only": (
        NO_FILE,
        swap(b"text/html", b"application/ics"),
    ),
    "B2 another hour": (NO_FILE, both("20:05 (", "21:05 (")),
    "B1 the invitation of everybody": (LITTLE, lambda _: INVITATION.raw),
    "P4 the invitation of everybody": (LITTLE, lambda _: INVITATION.raw),
    "P4 the title": (LITTLE, text("Hello,", "Hello, to What we learned")),
    "P4 the title in the page": (LITTLE, html("Hello,", "Hello, to what we learned")),
    "P4 the title in the subject": (LITTLE, header("Subject", "Ref. K7P2QX: What we learned")),
    "P4 the reader": (LITTLE, both("Hello,", "Hello Amina Diallo,")),
    "P4 the reader in To": (LITTLE, header("To", "Amina Diallo <amina@example.org>")),
    "P4 a presenter": (LITTLE, both("Hello,", "Hello, with Rosa,")),
    "B2 another local hour": (LITTLE, both("20:05 (", "21:05 (")),
    "B2 no way to join": (LITTLE, text(LINK, "")),
    "B2 no reference": (LITTLE, both("K7P2QX", "K7P2Q")),
    "B4 another language": (LITTLE, both("A short message", "Un court message")),
}


@pytest.mark.parametrize("name", MUTANTS_BY_WISH)
def test_a_defect_is_found_whatever_its_reader_wishes(name):
    to, mutate = MUTANTS_BY_WISH[name]
    mail = an_invitation(to=to)
    raw = mutate(mail.raw)

    assert raw != mail.raw
    assert name.split()[0] in rules_broken(raw, expected_of(mail))


@pytest.mark.parametrize("kind", MailKind)
def test_a_right_mail_to_whoever_wishes_everything_gives_no_finding(kind):
    """Whoever wishes one thing alone is among the previews."""
    for mail in every_mail([kind], to=a_person(discretion=frozenset(Discretion))):
        assert findings(mail.raw, expected_of(mail, about(kind))) == ()


def test_of_a_safer_session_a_name_within_the_readers_own_address_is_no_finding():
    mail = an_invitation(to=a_person(name="", address="rosa@example.org"), session=a_session(title="", presenters=()))
    hidden = ("What we learned", "Rosa", "Rosa Quispe")

    assert findings(mail.raw, expected_of(mail, replace(ABOUT, session=a_session(title="")), hidden=hidden)) == ()


def test_a_title_that_the_letter_itself_says_or_that_is_a_place_holds_no_mail():
    for title in ("Online session", "Dakar", "CoLab", "20:05"):
        session = a_session(title=title)
        mail = an_invitation(to=LITTLE, session=session)
        assert findings(mail.raw, expected_of(mail, replace(ABOUT, session=session))) == ()


@pytest.mark.parametrize("name", [name for name in MUTANTS if name.startswith("C")])
def test_a_defect_of_the_calendar_leaves_the_other_families_alone(name):
    families = {found.rule.name[0] for found in found_in(name)}

    assert families - {"P", "B"} == {"C"}


def about(kind, session=ABOUT.session):
    """As the builders of mails have it."""
    if kind in CONVERSATION:
        talk = a_talk(title=session.title)
        typed = tuple(Untrusted(text, 1000).plain for text in (talk.contact, *talk.questions))
        times = talk.times if kind is MailKind.schedule_proposal else ()
        return About(talk.ref, title=talk.title, minutes=talk.minutes, times=times, typed=typed)
    if kind in ABOUT_A_SESSION:
        return replace(ABOUT, session=session, link="" if MANNERS[kind].method == "CANCEL" else LINK)
    return About(DIGESTS if kind is MailKind.digest else "K7P2QX")


def about_typed(kind, typed):
    """What a stranger may have typed: a title, and a name."""
    if kind in CONVERSATION:
        return {"talk": a_talk(title=typed), "to": a_person(name=typed)}
    if kind in ABOUT_A_SESSION:
        return {"session": a_session(title=typed), "to": a_person(name=typed)}
    return {"to": a_person(name=typed)}


@pytest.mark.parametrize("kind", MailKind)
def test_a_right_mail_of_every_kind_and_language_gives_no_finding(kind):
    for mail in every_mail([kind]):
        assert findings(mail.raw, expected_of(mail, about(kind))) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", INVITATIONS)
def test_an_invitation_sent_again_with_a_word_of_staff_gives_no_finding(kind, language):
    preface = "You asked for it again: TODO, None, see http://example.net/x and write to rosa@example.com."
    mail = a_mail(kind, language=language, resent=True, preface=preface)
    typed = (Untrusted(preface, 1000).plain,)

    assert findings(mail.raw, expected_of(mail, replace(ABOUT, typed=typed))) == ()


def test_a_mail_about_a_session_that_moved_may_name_the_old_hour():
    mail = a_mail(MailKind.rescheduled, was=datetime(2026, 11, 11, 20, 5, tzinfo=UTC))

    assert findings(mail.raw, expected_of(mail)) == ()


def test_every_kind_has_its_manner():
    assert set(MANNERS) == set(MailKind)


HOSTILE = [
    "Amina\r\nBcc: victim@example.net",
    "=?utf-8?q?=0ABcc=3A?=",
    "{{ 7*7 }}{% raw %}",
    "{name} %(x)s None undefined nan TODO",
    "<script>alert(1)</script>",
    "[click](https://evil.example.net) <https://evil.example.net> victim@example.net",
    'quote " comma, (comment) \\ semi;colon:',
    "x" * 400,
    "é" * 400,
    "ما الذي تعلمناه من العمل",
    "\u202egnp.exe\u200b",
    "",
    "\x00\x1b",
    "👩‍👩‍👧 Ἀθηνᾶ नमस्ते",
    "Vous ne pouvez pas venir ? ",
    "LGBTIQ rights and gender",
    "javascript:alert(1) http://evil.example.net/?utm_source=x",
    "&#8238; &lt;b&gt;",
    "-- \n--=_boundary",
    "e",
    "None",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_type_is_never_a_finding(typed):
    for turn, kind in enumerate(MailKind, start=HOSTILE.index(typed)):
        everybody = about_typed(kind, typed)
        little = everybody | {"to": replace(everybody["to"], discretion=LITTLE.discretion)}
        for language, values in product(LANGUAGES if EXPLORING else [in_turn(turn)], (everybody, little)):
            mail = a_mail(kind, language=language, **values)
            assert findings(mail.raw, expected_of(mail, about(kind, a_session(title=typed)))) == (), mail.kind


CLICK = b"<https://colab.example.org/leave/@>, "
POST = b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"


@pytest.mark.parametrize(
    ("click", "post", "broken"),
    [
        (CLICK, POST, set()),
        (CLICK, b"", {"I6"}),
        (b"", b"", {"I6"}),
        (b"", POST, {"I6"}),
        (CLICK.replace(b"@", b"ABCDEFGH23"), POST, {"I6"}),
        (CLICK.replace(b"colab.example.org", b"lists.example.com"), POST, {"I6"}),
    ],
)
def test_where_one_click_is_configured_every_listed_mail_offers_exactly_that(click, post, broken):
    mail = an_invitation()
    expected = expected_of(mail, ABOUT)
    sender = expected.house.sender.model_copy(update={"unsubscribe": "https://colab.example.org/leave/{token}"})
    offered = b"List-Unsubscribe: " + click.replace(b"@", mail.token.encode())

    raw = swap(b"List-Unsubscribe: ", post + offered)(mail.raw)

    assert rules_broken(raw, replace(expected, house=replace(expected.house, sender=sender))) == broken


def test_an_acknowledgement_has_nothing_of_a_list():
    mail = an_acknowledgement()
    raw = more("List-Unsubscribe: <mailto:secretariat@colab.example.org>")(mail.raw)

    assert rules_broken(raw, expected_of(mail, About("K7P2QX"))) == {"I6"}


def test_an_address_with_its_own_query_may_be_the_meeting_link():
    link = "https://meet.google.com/abc?pwd=1"
    mail = an_invitation(meeting_link=link)

    assert findings(mail.raw, expected_of(mail, replace(ABOUT, link=link))) == ()


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n", b"x", b"\xff" * 999, b"Content-Type: text/plain\r\n\r\n", b"a: b\r\n" * 99]
)
def test_whatever_the_bytes_are_they_are_judged(raw):
    assert rules_broken(raw, RIGHT)


def test_a_finding_names_nobody():
    for name in MUTANTS:
        for found in found_in(name):
            assert "@" not in found.what
            assert "Amina" not in found.what
            assert len(found.what) <= 120
