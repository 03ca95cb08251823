"""What it costs to claim, render and hand over 10,000 queued invitations, and whether memory stays flat.

The server is aiosmtpd in another process. CPU seconds of this process are reported; that its memory does not grow
between the first and the last thousand is promised.
"""

import asyncio
import resource
import time
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tasks.chapter import Run
from tasks.delivery import deliver
from tasks.domain.addresses import person
from tasks.domain.effects import EffectKind, EffectState, Priority
from tasks.domain.letter_shelf import load_letters
from tasks.domain.mail_expectations import About
from tasks.domain.mails import MailKind, compose_invitation
from tasks.domain.outcome import Outcome
from tasks.domain.pace import ADAPTING
from tasks.gate import Letter
from tasks.ledger.ledger import Ledger
from tasks.services import Services
from tests.benchmarks.bench_smtp import port, transport_to  # noqa: F401 (a fixture)
from tests.benchmarks.generous import generous_settings
from tests.domain.session_builders import a_session

NOW = datetime(2024, 2, 16, 8, 0, tzinfo=UTC)
LINK = "https://meet.google.com/abc-defg-hij"
MAILS, EACH_TIME = 10_000, 1_000
MOST_SECONDS, MOST_GROWTH = 90, 1.1


@pytest.fixture
def run(tmp_path, port):  # noqa: F811
    ledger, transport = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}"), transport_to(port)
    settings = generous_settings(tmp_path)
    letters = load_letters(settings.templates / "mail", settings.languages)
    ours = {"ledger": ledger, "mail": transport, "settings": settings, "letters": letters, "pace": ADAPTING}
    services = Services(**{**{field.name: None for field in fields(Services)}, **ours})
    with ledger.lease.held("invitations"):
        yield Run(services, Outcome("invitations", live=True), NOW, live=True)
    transport.close()
    ledger.close()


def invitation(run, session, number):
    somebody = person(f"Member {number}", f"member{number}@example.org")
    key = f"invitation:{session.ref}:{number:012d}:0"
    compose = partial(
        compose_invitation,
        run.services.letters,
        run.services.settings.programme.sender,
        kind=MailKind.invitation,
        key=key,
        to=somebody,
        language=("en", "es", "fr")[number % 3],
        session=session,
        zone="Africa/Nairobi",
        meeting_link=LINK,
        sequence=0,
        made_at=NOW,
        resent=False,
    )
    about = About(session.ref, session, "Africa/Nairobi", LINK)
    return Letter(key, session.ref, key, somebody, compose, about, Priority.bulk, expires_at=session.starts)


def most_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_ten_thousand_queued_invitations_are_handed_over_in_flat_memory(run, report):
    session = a_session(starts=NOW + timedelta(days=30))
    letters = [invitation(run, session, number) for number in range(MAILS)]
    memory = []
    began = time.process_time()
    for start in range(0, MAILS, EACH_TIME):
        asyncio.run(deliver(run, letters[start : start + EACH_TIME]))
        memory.append(most_memory())
    seconds, growth = time.process_time() - began, memory[-1] / memory[0]

    report(
        f"{MAILS:,} invitations: claim, render, hand over",
        f"{seconds:.0f} s of a core",
        "< 90 s",
        holds=seconds < MOST_SECONDS,
    )
    report(
        "  most memory",
        f"{memory[-1]:.0f} MB, {growth:.2f} times that of the first 1,000",
        "flat",
        holds=growth < MOST_GROWTH,
    )
    assert len(run.services.ledger.effects(EffectKind.mail, {EffectState.sent})) == MAILS
    assert growth < MOST_GROWTH
