"""Five ways of sending 600 mails by workers that are killed at random: how many come twice, never, or are asked about.

Each worker is a process that ends itself by SIGKILL at a step drawn by a seed: before or after one of its commits, or
before or after it hands a mail over. A mail server in another process counts Message-IDs. ``ours`` is what the pipeline
does; "Sent looked into" asks the server's own record, as a Sent folder over IMAP would.
"""

import asyncio
import json
import os
import signal
import smtplib
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from rich.table import Table

from config.mail import MailServer
from config.settings import ROOT, Settings
from tasks.adapters.smtp_transport import SmtpTransport
from tasks.chapter import Run
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.mail_expectations import About
from tasks.domain.outcome import Outcome
from tasks.domain.pace import ADAPTING
from tasks.gate import Letter
from tasks.ledger.commits import Watcher, watch_commits
from tasks.ledger.ledger import Ledger
from tasks.mail import look_up_open_mails
from tasks.sending import send_all
from tasks.services import Services
from tests.adapters.mail_builders import SENDER, OpenGate, a_mail

NOW = datetime(2024, 2, 16, 8, 0, tzinfo=UTC)
MAILS, KILLS, BATCH, FARTHEST = 600, 20, 50, 150
LETTERS = {
    mail.key: mail
    for mail in (a_mail(f"acknowledgement:{number:06}", f"p{number}@example.org") for number in range(MAILS))
}


@dataclass(frozen=True)
class Result:
    """How many mails came twice, which never came, and which are shown to a person."""

    twice: int
    missing: set[str]
    shown: set[str]

    @property
    def lost(self):
        return len(self.missing - self.shown)


@dataclass
class Steps:
    """Ends this process at one of its steps."""

    left: int

    def reach(self):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Server:
    """The mail server in another process."""

    def __init__(self, process):
        self.process, self.port = process, int(process.stdout.readline())

    def counts(self):
        """How often each mail arrived since the last question."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@pytest.fixture(scope="module")
def server():
    command = [sys.executable, "-m", "tests.benchmarks.smtp_counter"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:  # noqa: S603 (our own)
        yield Server(process)
        process.stdin.close()


# ------------------------------------------------------------------------------------------------ what others do
class Queue:
    """A table of mails as such programs keep one: waiting, taken, sent."""

    def __init__(self, path, steps):
        self.sql, self.steps = sqlite3.connect(path, isolation_level=None), steps
        self.sql.execute("CREATE TABLE IF NOT EXISTS mail (key TEXT PRIMARY KEY, state TEXT)")

    def fill(self):
        self.sql.executemany("INSERT INTO mail VALUES (?, 'waiting')", [(key,) for key in LETTERS])

    def those(self, state):
        return [key for (key,) in self.sql.execute("SELECT key FROM mail WHERE state = ? ORDER BY key", (state,))]

    def mark(self, state, *keys):
        self.steps.reach()
        self.sql.execute("BEGIN IMMEDIATE")
        self.sql.executemany("UPDATE mail SET state = ? WHERE key = ?", [(state, key) for key in keys])
        self.sql.execute("COMMIT")
        self.steps.reach()


class Hands:
    """Hands mails over as any program does."""

    def __init__(self, port, steps):
        self.smtp, self.steps = smtplib.SMTP("127.0.0.1", port, local_hostname=SENDER.domain), steps

    def send(self, key):
        self.steps.reach()
        self.smtp.sendmail(SENDER.address, [LETTERS[key].to.address], LETTERS[key].raw)
        self.steps.reach()


def mark_first(queue, hands):
    for key in queue.those("waiting"):
        queue.mark("sent", key)
        hands.send(key)


def send_first(queue, hands):
    waiting = queue.those("waiting")
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        for key in batch:
            hands.send(key)
        queue.mark("sent", *batch)


def timer(queue, hands):
    """The next worker starts after the time in which a taken mail counts as taken."""
    queue.mark("waiting", *queue.those("taken"))
    person_decides(queue, hands)


def person_decides(queue, hands):
    """What was taken and not sent is left to a person."""
    for key in queue.those("waiting"):
        queue.mark("taken", key)
        hands.send(key)
        queue.mark("sent", key)


def theirs(policy):
    def work(folder, server, steps):
        policy(Queue(folder / "queue.sqlite", steps), Hands(server.port, steps))

    def asked(folder):
        return Queue(folder / "queue.sqlite", Steps(0)).those("taken")

    def begin(folder):
        Queue(folder / "queue.sqlite", Steps(0)).fill()

    return begin, work, asked


# ------------------------------------------------------------------------------------------------ what we do
class Stepwise(SmtpTransport):
    """Ours, with a step before and after a mail is handed over."""

    steps = Steps(0)

    def hand_over(self, mail, note):
        self.steps.reach()
        answer = super().hand_over(mail, note)
        self.steps.reach()
        return answer


class SentOf:
    """What a Sent folder would say: the mail server files what it takes. Asked between two workers."""

    def __init__(self, arrived):
        self.arrived = arrived

    def holds(self, message_id):
        return message_id in self.arrived

    def close(self):
        """Nothing is open."""


def ours(*, looks_into_sent):
    def begin(folder):
        with_ledger(folder, lambda ledger: ledger.intend([effect(key) for key in LETTERS], NOW))

    def work(folder, server, steps):
        arrived = Path(folder / "arrived").read_text(encoding="utf-8").split()
        sent = SentOf(set(arrived)) if looks_into_sent else None
        transport = Stepwise(
            MailServer("127.0.0.1", server.port, "none", "", "", None, 60.0), SENDER, sent, we_file=False
        )
        transport.steps = steps
        watch_commits(Watcher(steps.reach, steps.reach))
        with_ledger(folder, lambda ledger: asyncio.run(_deliver(ledger, transport)))
        transport.close()

    def asked(folder):
        return with_ledger(folder, lambda ledger: list(ledger.effects(states={EffectState.uncertain})))

    return begin, work, asked


async def _deliver(ledger, transport):
    known = {"settings": Settings(_env_file=None), "ledger": ledger, "mail": transport, "pace": ADAPTING}
    services = Services(**{**{field.name: None for field in fields(Services)}, **known})
    run = Run(services, Outcome("intake", live=True), NOW, live=True)

    def letter(mail):
        return Letter(mail.key, "K7P2QX", mail.key, mail.to, lambda: mail, About("K7P2QX"))

    with ledger.lease.held("intake"):
        await look_up_open_mails(run)
        ready = ledger.effects(states={EffectState.ready})
        await send_all(run, OpenGate(), [letter(LETTERS[key]) for key in ready])


def with_ledger(folder, use):
    ledger = Ledger(f"sqlite:///{folder / 'ledger.sqlite'}")
    try:
        return use(ledger)
    finally:
        ledger.close()


def effect(key):
    return Effect(key, EffectKind.mail, "K7P2QX")


POLICIES = {
    "mark first, then send": theirs(mark_first),
    f"send {BATCH}, then mark them": theirs(send_first),
    "timer: what is not marked is sent again": theirs(timer),
    "person decides on all that was taken": theirs(person_decides),
    "ours, no Sent folder": ours(looks_into_sent=False),
    "ours, Sent looked into": ours(looks_into_sent=True),
}


def lives(work, folder, server, dies_at):
    """A worker in a process of its own; answers whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            work(folder, server, Steps(dies_at))
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, -signal.SIGKILL}
    return status != 0


def played(policy, server, folder):
    """Twenty workers that are killed, and a last one that is not."""
    begin, work, asked = policy
    begin(folder)
    chance, arrived, killed = Random(7), {}, 0  # noqa: S311 (no secret depends on it)
    (folder / "arrived").touch()
    for turn in range(KILLS + 1):
        killed += lives(work, folder, server, chance.randint(1, FARTHEST) if turn < KILLS else 0)
        for message_id, count in server.counts().items():
            arrived[message_id] = arrived.get(message_id, 0) + count
        (folder / "arrived").write_text("\n".join(arrived), encoding="utf-8")
    assert killed == KILLS
    missing = {key for key, mail in LETTERS.items() if mail.message_id not in arrived}
    return Result(sum(arrived.values()) - len(arrived), missing, set(asked(folder)))


def test_five_policies_and_what_becomes_of_600_mails(server, tmp_path, show, report):
    results = {}
    for number, (name, policy) in enumerate(POLICIES.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        results[name] = played(policy, server, folder)

    table = Table(title=f"{MAILS} mails, {KILLS} workers killed at random", title_justify="left")
    for header in ("policy", "came twice", "lost, and nobody knows", "shown to a person", "of these not sent"):
        table.add_column(header)
    for name, one in results.items():
        table.add_row(name, *map(str, (one.twice, one.lost, len(one.shown), len(one.shown & one.missing))))
    show(table)
    for name in ("ours, no Sent folder", "ours, Sent looked into"):
        one = results[name]
        report(f"{name}: twice, lost", f"{one.twice}, {one.lost}", "0, 0", holds=(one.twice, one.lost) == (0, 0))
        assert (one.twice, one.lost) == (0, 0)
    assert results["ours, Sent looked into"].shown == results["ours, Sent looked into"].missing
