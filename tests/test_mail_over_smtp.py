"""What becomes of mails over SMTP, run after run, whatever the server does and wherever the process dies."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, datetime

import pytest

from config.settings import Settings
from tasks.adapters.sent_folder import SentFolder
from tasks.adapters.smtp_transport import SmtpTransport
from tasks.chapter import Run
from tasks.delivery import deliver
from tasks.domain.effects import EffectKind, EffectState, Priority
from tasks.domain.mail_expectations import About
from tasks.domain.outcome import Outcome
from tasks.domain.pace import ADAPTING, ONE_BY_ONE, Pace
from tasks.gate import Letter
from tasks.ledger.disk import Disk
from tasks.ledger.ledger import Ledger
from tasks.mail import look_up_open_mails, mail_problems
from tasks.services import Services
from tests.adapters.dovecot import copies, dovecot, needs_dovecot, put
from tests.adapters.mail_builders import HANG_UP, SENDER, OpenGate, a_mail, post_office, server_at
from tests.domain.sheet_builders import to_do, wrong

WIDE = Pace(first=50)
NOW = datetime(2024, 2, 16, 8, 0, tzinfo=UTC)
SETTINGS = Settings(_env_file=None, mail_transport="smtp", smtp_host="127.0.0.1")
FIRST, SECOND = "acknowledgement:FIRST1", "acknowledgement:SECOND"
MAILS = {FIRST: a_mail(FIRST), SECOND: a_mail(SECOND, "eva@example.org")}


class KilledError(BaseException):
    """The machine loses its power here."""


class Mortal(SmtpTransport):
    """Dies at a step of one of the mails; ``disk`` is written to once, when the mails have been claimed."""

    dies = ()
    disk = None

    def prepare(self, mail, effect):
        if self.disk:
            self.disk.keep()
            self.disk = None
        note = super().prepare(mail, effect)
        self._die("prepared", mail)
        return note

    def hand_over(self, mail, note):
        self._die("noted", mail)
        answer = super().hand_over(mail, note)
        self._die("accepted", mail)
        return answer

    def file(self, mail):
        self._die("settled", mail)
        super().file(mail)

    def _die(self, step, mail):
        if self.dies == (step, mail.key):
            raise KilledError


class Outbox:
    """A ledger, a mail server, and runs that send two mails."""

    def __init__(self, folder, post):
        self.url, self.disk = f"sqlite:///{folder / 'ledger.sqlite'}", None
        self.ledger = Ledger(self.url, boot="this start")
        self.post, self.sent_at, self.we_file = post, None, False
        self.pace = WIDE

    def run(self, dies="", whose=FIRST, letters=()):
        """One live run: look up what is open, then send what is ready."""
        sent = SentFolder(self.sent_at) if self.sent_at else None
        mail = Mortal(server_at(self.post), SENDER, sent, we_file=self.we_file)
        mail.dies, mail.disk = (dies, whose), self.disk
        nothing = {field.name: None for field in fields(Services)}
        services = Services(**{**nothing, "ledger": self.ledger, "mail": mail, "settings": SETTINGS, "pace": self.pace})
        run = Run(services, Outcome("intake", live=True), NOW, live=True)
        with suppress(KilledError), self.ledger.lease.held("intake"):
            asyncio.run(self._send(run, letters))
        mail.close()
        return run

    def lose_power(self):
        """The machine starts again with what was on disk."""
        self.ledger.close()
        self.disk.power_cut()
        self.ledger, self.disk = Ledger(self.url, boot="this start"), None

    async def _send(self, run, letters):
        await look_up_open_mails(run)
        if letters:
            await deliver(run, letters, OpenGate())
            return
        known = self.ledger.effects()
        ready = [key for key in MAILS if key not in known or known[key].state is EffectState.ready]
        await deliver(run, [self._letter(key) for key in ready], OpenGate())

    def _letter(self, key):
        return Letter(key, key[-6:], key, MAILS[key].to, lambda: MAILS[key], About(key[-6:]))

    def states(self):
        effects = self.ledger.effects(EffectKind.mail)
        return tuple(str(effects[key].state) if key in effects else "" for key in MAILS)

    def arrived(self):
        """How often each mail arrived."""
        return tuple(self.post.messages().count(mail.raw) for mail in MAILS.values())


@pytest.fixture
def outbox(tmp_path):
    with post_office() as post:
        outbox = Outbox(tmp_path, post)
        yield outbox
        outbox.ledger.close()


def test_two_mails_are_sent_once_over_one_connection_and_what_was_sent_is_remembered(outbox):
    outbox.run()
    outbox.run()

    assert (outbox.states(), outbox.arrived(), outbox.post.connections) == (("sent", "sent"), (1, 1), 1)
    assert outbox.ledger.effect(FIRST).provider_id == MAILS[FIRST].message_id


# What the server does to the first mail; the states after that run and after the next; what arrived at the end.
MISFORTUNES = [
    ("connect", HANG_UP, ("ready", "ready"), ("sent", "sent"), (1, 1)),
    ("MAIL", HANG_UP, ("ready", "ready"), ("sent", "sent"), (1, 1)),
    ("MAIL", "451 4.3.0 Try again", ("ready", "ready"), ("sent", "sent"), (1, 1)),
    ("MAIL", "550 5.4.5 Daily user sending limit exceeded", ("ready", "ready"), ("sent", "sent"), (1, 1)),
    ("MAIL", "550 5.7.1 Not yours", ("ready", "sent"), ("sent", "sent"), (1, 1)),
    ("RCPT", HANG_UP, ("ready", "ready"), ("sent", "sent"), (1, 1)),
    ("RCPT", "450 4.2.1 Busy", ("ready", "sent"), ("sent", "sent"), (1, 1)),
    ("RCPT", "421 4.7.0 Too many", ("ready", "ready"), ("sent", "sent"), (1, 1)),
    ("RCPT", "550 5.1.1 Unknown", ("failed", "sent"), ("failed", "sent"), (0, 1)),
    ("DATA", "452 4.3.1 Full", ("ready", "sent"), ("sent", "sent"), (1, 1)),
    ("DATA", "554 5.6.0 Spam", ("failed", "sent"), ("failed", "sent"), (0, 1)),
    ("DATA", HANG_UP, ("sending", "sent"), ("uncertain", "sent"), (0, 1)),
    ("DATA-after", HANG_UP, ("sending", "sent"), ("uncertain", "sent"), (1, 1)),
]


@pytest.mark.parametrize(("step", "answer", "first", "second", "arrived"), MISFORTUNES)
def test_whatever_the_server_does_nothing_is_sent_twice(outbox, step, answer, first, second, arrived):
    outbox.post.says(step, answer)

    outbox.run()
    after_one = outbox.states()
    outbox.run()
    after_two = outbox.states()
    outbox.run()

    assert (after_one, after_two, outbox.states()) == (first, second, second)
    assert outbox.arrived() == arrived


# Where the process dies; the states after the next run; what arrived at the end.
DEATHS = [
    ("prepared", FIRST, ("sent", "sent"), (1, 1)),
    ("noted", FIRST, ("uncertain", "sent"), (0, 1)),
    ("accepted", FIRST, ("uncertain", "sent"), (1, 1)),
    ("settled", FIRST, ("sent", "sent"), (1, 1)),
    ("prepared", SECOND, ("sent", "sent"), (1, 1)),
    ("noted", SECOND, ("sent", "uncertain"), (1, 0)),
    ("accepted", SECOND, ("sent", "uncertain"), (1, 1)),
]
TOGETHER = {"claimed together": WIDE, "one by one": ONE_BY_ONE, "the first alone": ADAPTING}


@pytest.mark.parametrize("pace", TOGETHER.values(), ids=TOGETHER)
@pytest.mark.parametrize(("dies", "whose", "states", "arrived"), DEATHS)
def test_wherever_the_process_dies_nothing_is_sent_twice(outbox, dies, whose, states, arrived, pace):
    outbox.pace = pace
    outbox.run(dies, whose)
    assert "" in outbox.states() or set(outbox.states()) & {"ready", "sending"}

    outbox.run()
    outbox.run()

    assert (outbox.states(), outbox.arrived()) == (states, arrived)


# Where the machine dies that has claimed both mails; what had arrived by then, and so at the end.
POWER_CUTS = [
    ("prepared", FIRST, (0, 0)),
    ("noted", FIRST, (0, 0)),
    ("accepted", FIRST, (1, 0)),
    ("settled", FIRST, (1, 0)),
    ("noted", SECOND, (1, 0)),
    ("accepted", SECOND, (1, 1)),
    ("settled", SECOND, (1, 1)),
]


@pytest.mark.parametrize(("dies", "whose", "arrived"), POWER_CUTS)
def test_after_a_power_cut_all_that_was_claimed_together_is_asked_about(outbox, tmp_path, dies, whose, arrived):
    cut_off(outbox, tmp_path, dies, whose)

    for _ in range(3):
        outbox.run()

    assert (outbox.states(), outbox.arrived()) == (("uncertain", "uncertain"), arrived)


@pytest.mark.parametrize(("dies", "whose", "arrived"), POWER_CUTS)
def test_what_a_power_cut_did_not_reach_counts(outbox, tmp_path, dies, whose, arrived):
    """The machine wrote everything to its disk by itself, a moment before."""
    cut_off(outbox, tmp_path, dies, whose, at_once=False)

    outbox.run()

    ends = {"settled": ("sent", "uncertain") if whose == FIRST else ("sent", "sent")}
    states = ends.get(dies, ("uncertain", "uncertain") if whose == FIRST else ("sent", "uncertain"))
    assert (outbox.states(), outbox.arrived()) == (states, arrived)


@needs_dovecot
def test_after_a_power_cut_what_stands_in_sent_is_found_without_a_note(outbox, tmp_path):
    with dovecot() as outbox.sent_at:
        cut_off(outbox, tmp_path, "accepted", SECOND)
        put(outbox.sent_at, MAILS[SECOND].raw)
        outbox.run()

    assert (outbox.states(), outbox.arrived()) == (("uncertain", "sent"), (1, 1))


def cut_off(outbox, tmp_path, dies, whose, *, at_once=True):
    """``at_once``: nothing reached the disk since the mails were claimed."""
    (tmp_path / "disk").mkdir()
    disk = Disk(outbox.url, tmp_path / "disk")
    outbox.disk = disk if at_once else None
    outbox.run(dies, whose)
    if not at_once:
        disk.keep()
        outbox.disk = disk
    outbox.lose_power()


# ------------------------------------------------------------------------------------------------ claimed together
MANY = [a_mail(f"acknowledgement:{number:06}", f"p{number}@example.org") for number in range(8)]


def letters_of(mails, **changes):
    return [letter_of(mail, **changes) for mail in mails]


def letter_of(mail, **changes):
    return Letter(mail.key, mail.key[-6:], mail.key, mail.to, lambda: mail, About(mail.key[-6:]), **changes)


def test_the_rest_of_a_window_waits_for_a_person_after_five_failures_in_a_row(outbox):
    outbox.post.says("RCPT", *["550 5.1.1 Unknown"] * 5)

    run = outbox.run(letters=letters_of(MANY))

    states = Counter(effect.state for effect in outbox.ledger.effects().values())
    assert (states, outbox.post.mails) == ({EffectState.failed: 5, EffectState.held: 3}, [])
    assert run.outcome.held == ["3 mails wait for a person: failures"]


def test_the_rest_of_a_window_is_ready_again_when_the_server_asks_for_patience(outbox):
    outbox.post.says("MAIL", "", "", "451 4.3.0 Try again")

    run = outbox.run(letters=letters_of(MANY))
    first = len(outbox.post.mails)
    outbox.run(letters=letters_of(MANY))

    assert (first, run.outcome.held) == (2, ["5 mails wait for the next run"])
    assert sorted(outbox.post.messages()) == sorted(mail.raw for mail in MANY)


def test_a_window_goes_out_in_the_order_of_priorities(outbox):
    bulk, first = letters_of(MANY[:4], priority=Priority.bulk), letters_of(MANY[4:], priority=Priority.first)

    outbox.run(letters=[*bulk, *first])

    assert outbox.post.messages() == [mail.raw for mail in [*MANY[4:], *MANY[:4]]]


def test_an_attempt_that_dies_before_data_is_not_taken_for_the_one_before_it(outbox):
    outbox.post.says("DATA", "452 4.3.1 Full")
    outbox.run()
    assert outbox.states()[0] == "ready"

    outbox.run("prepared")
    outbox.run()

    assert (outbox.states(), outbox.arrived()) == (("sent", "sent"), (1, 1))


def test_staff_are_told_what_nobody_knows_and_where_they_can_look(outbox):
    outbox.post.says("DATA-after", HANG_UP)
    outbox.run()

    (problem,) = mail_problems(outbox.run())

    assert wrong(problem) == (
        "Nobody knows whether the acknowledgement of FIRST1 was sent: "
        "the mail server's last answer was lost, and no Sent folder is set up to look into."
    )
    assert to_do(problem) == (
        f"Look for the code {MAILS[FIRST].token} where sent mail is kept, or ask whoever runs the mail server. "
        "Then write It was sent or Send it again into the column Answer of this row. It is not sent again by itself."
    )


# ------------------------------------------------------------------------------------------------ with a Sent folder
@needs_dovecot
def test_a_mail_whose_answer_was_lost_is_found_once_sent_shows_it_and_not_repeated_before(outbox):
    with dovecot() as outbox.sent_at:
        outbox.post.says("DATA-after", HANG_UP)
        outbox.run()
        run = outbox.run()

        assert outbox.states() == ("uncertain", "sent")
        assert "Sent does not show it" in wrong(mail_problems(run)[0])
        put(outbox.sent_at, MAILS[FIRST].raw)
        found = outbox.run()

    assert found.outcome.done == ["FIRST1: an earlier mail was found in Sent"]
    assert (outbox.states(), outbox.arrived(), mail_problems(found)) == (("sent", "sent"), (1, 1), [])


@needs_dovecot
def test_a_mail_that_never_arrived_stays_uncertain_for_a_person_to_decide(outbox):
    with dovecot() as outbox.sent_at:
        outbox.post.says("DATA", HANG_UP)
        for _ in range(3):
            outbox.run()

    assert (outbox.states(), outbox.arrived()) == (("uncertain", "sent"), (0, 1))


@needs_dovecot
def test_a_server_that_files_nothing_gets_our_copies_each_once(outbox):
    outbox.we_file = True
    with dovecot() as outbox.sent_at:
        outbox.run()
        outbox.run()

        assert (outbox.states(), copies(outbox.sent_at)) == (("sent", "sent"), 2)


def test_a_copy_that_cannot_be_filed_is_told_and_changes_nothing_about_the_mail(outbox):
    outbox.we_file, outbox.sent_at = True, server_at(outbox.post)  # no IMAP server

    outcome = outbox.run().outcome
    outbox.run()

    assert (outbox.states(), outbox.arrived()) == (("sent", "sent"), (1, 1))
    assert [line.partition(": done, but then ")[0] for line in outcome.failed] == [FIRST, SECOND]
