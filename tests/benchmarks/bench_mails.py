"""What a full invitation costs: text, inlined HTML, calendar file, and every rule of the checklist passed on the bytes.

Seconds of a core depend on the machine and are only reported. Promised are that the checklist costs less than what the
standard library takes to read the mail alone, and that memory stays flat over 50,000 mails to as many people.
"""

import email
import resource
import time
from datetime import timedelta
from email import policy
from itertools import islice
from statistics import median

import pytest

from tasks.domain.mail_expectations import About, expect
from tasks.domain.mails import MailKind
from tasks.domain.message_rules import findings
from tests.domain.letter_builders import LANGUAGES, LINK, MADE_AT, a_person, a_session, an_invitation
from tests.domain.mail_mutants import HOUSE

EACH, ROUNDS, LEAST = 200, 5, 300
MAILS, FIRST, MOST_GROWTH = 50_000, 5_000, 1.05
ZONES = ("Africa/Dakar", "Africa/Nairobi", "America/Bogota", "America/New_York", "Asia/Kathmandu", "Europe/Paris", "")
NAMES = ("Amina Diallo", "José Ñúñez", "Élodie Noël-Baptiste", "محمد علي", "Wanjirũ wa Kamau", "Nguyễn Thị Hoa")
SESSIONS = [a_session(starts=a_session().starts + timedelta(days=day)) for day in range(8)]


def everybody():
    """Invitations to be, each to another person, and what each is about."""
    languages = list(LANGUAGES)
    for number in range(MAILS):
        session, zone = SESSIONS[number % 8], ZONES[number % 7]
        values = {
            "key": f"invitation:K7P2QX:{number}:0",
            "to": a_person(f"{NAMES[number % 6]} {number}", f"person{number}@example.org"),
            "language": languages[number % len(languages)],
            "kind": MailKind.speaker_invitation if number % 50 == 0 else MailKind.invitation,
            "session": session,
            "zone": zone,
        }
        yield values, About("K7P2QX", session, zone, LINK)


def passed(mail, about):
    found = findings(mail.raw, expect(mail, about, HOUSE, MADE_AT))
    assert found == ()


def read_by_the_library(mail):
    for part in email.message_from_bytes(mail.raw, policy=policy.default).walk():
        part.items()
        if not part.is_multipart():
            part.get_content()


def milliseconds(work, things):
    """Of a core, for one of them."""
    begun = time.process_time()
    for thing in things:
        work(*thing)
    return (time.process_time() - begun) * 1000 / len(things)


@pytest.fixture(scope="module")
def costs():
    """Milliseconds of writing, of the rules, and of the library's reading, in every round."""
    people = list(islice(everybody(), EACH))
    mails = [(an_invitation(**values), about) for values, about in people]
    return [
        (
            milliseconds(lambda values, _: an_invitation(**values), people),
            milliseconds(passed, mails),
            milliseconds(lambda mail, _: read_by_the_library(mail), mails),
        )
        for _ in range(ROUNDS)
    ]


def test_the_rules_cost_less_than_the_librarys_reading_of_the_mail(costs, report):
    written, ruled, share = (median(one) for one in zip(*((w, r, r / read) for w, r, read in costs), strict=True))
    rate = 1000 / (written + ruled)

    report("full invitations, every rule passed", f"{rate:.0f} a second and core", "at least 300", holds=rate >= LEAST)
    report("  written: text, HTML, calendar file", f"{written:.2f} ms", "", holds=True)
    report("  the rules", f"{ruled:.2f} ms, {share:.0%} of email.message's reading", "under 100%", holds=share < 1)
    assert share < 1


def test_memory_stays_flat_over_fifty_thousand_mails(report):
    most = {}
    for number, (values, about) in enumerate(everybody(), start=1):
        passed(an_invitation(**values), about)
        if number in {FIRST, MAILS}:
            most[number] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    growth = most[MAILS] / most[FIRST]
    what = f"{most[MAILS]:.0f} MB, {growth:.2f} times that of the first {FIRST:,}"
    report(f"{MAILS:,} full invitations: most memory", what, "flat", holds=growth < MOST_GROWTH)
    assert growth < MOST_GROWTH
