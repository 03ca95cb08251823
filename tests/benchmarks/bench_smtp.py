"""How fast mails leave over SMTP on loopback, beside a bare smtplib loop with the same messages on one connection.

The server is aiosmtpd in another process, which keeps nothing. The messages are built before and stand in the outbox;
it is asked for them, claims, notes, hands over and settles them in a ledger of SQLite, where each claim of a window is
on disk before its first mail leaves. Rates depend on the machine and are only reported, as is the outbox's share, which
is the disk's.
"""

import asyncio
import smtplib
import subprocess
import sys
import time
from dataclasses import fields, replace
from datetime import UTC, datetime
from statistics import median

import pytest

from config.mail import MailServer
from config.settings import ROOT
from tasks.adapters.smtp_transport import SmtpTransport
from tasks.chapter import Run
from tasks.delivery import deliver
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.mail_expectations import About
from tasks.domain.outcome import Outcome
from tasks.domain.pace import ADAPTING
from tasks.gate import Letter
from tasks.ledger.ledger import Ledger
from tasks.services import Services
from tests.adapters.mail_builders import SENDER, OpenGate, a_mail
from tests.benchmarks.generous import generous_settings

NOW = datetime(2024, 2, 16, 8, 0, tzinfo=UTC)
MAILS, ROUNDS = 1_000, 5
LEAST = 0.8
BODY = b"The minutes of the last session, line by line, as they were read out.\r\n" * 100


@pytest.fixture(scope="module")
def port():
    command = [sys.executable, "-m", "tests.benchmarks.smtp_sink"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:  # noqa: S603 (our own)
        yield int(process.stdout.readline())
        process.stdin.close()


@pytest.fixture(scope="module")
def mails():
    """Mails of seven kilobytes, each to another person."""
    plain = [a_mail(f"acknowledgement:{number:06}", f"p{number}@example.org") for number in range(MAILS)]
    return [replace(mail, raw=mail.raw + BODY) for mail in plain]


@pytest.fixture(scope="module")
def rates(port, mails, tmp_path_factory):
    """Mails a second in every round: by the bare loop, by the transport, by the outbox."""
    return [
        (bare(port, mails), carried(port, mails), drained(port, mails, tmp_path_factory.mktemp("ledger")))
        for _ in range(ROUNDS)
    ]


def bare(port, mails):
    with smtplib.SMTP("127.0.0.1", port, local_hostname=SENDER.domain) as smtp:
        smtp.ehlo()
        begun = time.perf_counter()
        for mail in mails:
            smtp.mail(SENDER.address)
            smtp.rcpt(mail.to.address)
            smtp.data(mail.raw)
        return len(mails) / (time.perf_counter() - begun)


def carried(port, mails):
    transport = transport_to(port)
    claimed = Effect("", EffectKind.mail, "K7P2QX", EffectState.sending, attempts=1)
    begun = time.perf_counter()
    for mail in mails:
        transport.hand_over(mail, transport.prepare(mail, claimed))
    rate = len(mails) / (time.perf_counter() - begun)
    transport.close()
    return rate


def drained(port, mails, folder):
    ledger, transport = Ledger(f"sqlite:///{folder / 'ledger.sqlite'}"), transport_to(port)
    ours = {"ledger": ledger, "mail": transport, "settings": generous_settings(folder), "pace": ADAPTING}
    services = Services(**{**{field.name: None for field in fields(Services)}, **ours})
    run = Run(services, Outcome("intake", live=True), NOW, live=True)
    letters = [Letter(mail.key, "K7P2QX", mail.key, mail.to, lambda mail=mail: mail, About("K7P2QX")) for mail in mails]
    with ledger.lease.held("intake"):
        ledger.intend([letter.effect for letter in letters], NOW)
        begun = time.perf_counter()
        asyncio.run(deliver(run, letters, OpenGate()))
    rate = len(mails) / (time.perf_counter() - begun)
    transport.close()
    ledger.close()
    assert len(run.outcome.done) == len(mails)
    return rate


def transport_to(port):
    return SmtpTransport(MailServer("127.0.0.1", port, "none", "", "", None, 60.0), SENDER, None, we_file=False)


def test_mails_leave_nearly_as_fast_as_from_a_bare_loop(rates, report):
    alone = median(carried / bare for bare, carried, _ in rates)
    whole = median(drained / bare for bare, _, drained in rates)

    report("SMTP: bare smtplib loop", f"{median(one[0] for one in rates):,.0f} mails/s", "", holds=True)
    report("  our transport, without a ledger", f"{alone:.0%}", f"at least {LEAST:.0%}", holds=alone >= LEAST)
    report("  outbox: claimed, noted, sent, settled", f"{whole:.0%}", f"at least {LEAST:.0%}", holds=whole >= LEAST)
    assert alone >= LEAST  # the outbox's share is the disk's, and is only reported
