"""What a mail that arrived says is done: once, and only about mails that we sent."""

from dataclasses import replace
from functools import cached_property

from tasks.adapters.inbox import Inbox
from tasks.chapter import Run
from tasks.domain.effects import Effect, EffectState
from tasks.domain.faults import NotFound
from tasks.domain.incoming.arrivals import Arrival, Unsubscribing, own_id, read_mail
from tasks.domain.incoming.complaints import Complaint
from tasks.domain.incoming.replies import CalendarReply
from tasks.domain.incoming.reports import DeliveryReport
from tasks.domain.invites import event_uid
from tasks.domain.keys import digest
from tasks.domain.mail_index import MailIndex
from tasks.domain.suppression import (
    COMPLAINT,
    MOST_IN_A_ROW,
    Reason,
    Suppression,
    bounces_in_a_row,
    is_delivered,
    is_for_good,
    person_of,
)
from tasks.steps import step

NOT_OURS = "mail about nothing that we sent"
FOR_PEOPLE = "a letter, or another mail for people"
IDS_ASKED = 2


@step("read a new mail")
async def read_arrival(run: Run, inbox: Inbox, arrival: Arrival) -> bytes:  # noqa: ARG001 (a step belongs to a run)
    """The whole of a mail. Raises Fault."""
    return inbox.read(arrival)


@step("look for a mail of ours")
async def find_sent(run: Run, inbox: Inbox, message_id: str) -> str:  # noqa: ARG001 (a step belongs to a run)
    """The provider's id of a mail that it sent under this Message-ID, or ``""``. Raises Fault."""
    return inbox.provider_id(message_id)


class Hearing:
    """What one run makes of the mails that arrived."""

    def __init__(self, run: Run, inbox: Inbox) -> None:
        self._run, self._inbox = run, inbox
        self.given_up = 0
        self._room, self._sent = run.services.ledger.mailroom, run.services.ledger.sent_mails
        self._identify = run.services.ledger.identify

    @cached_property
    def _ours(self) -> MailIndex:
        return MailIndex(self._sent.every_key())

    @cached_property
    def _refs(self) -> dict[str, str]:
        """The sessions that somebody was invited to, by the UID of their event."""
        sender = self._run.services.settings.programme.sender
        keys = (key.split(":") for key in self._sent.every_key())
        return {event_uid(ref, sender): ref for kind, ref, *_ in keys if kind == "invitation"}

    async def hear(self, arrival: Arrival) -> None:
        """Do what a mail says, unless it was heard before. Raises Fault."""
        if not arrival.is_for_us:
            self._skip(FOR_PEOPLE)
            return
        try:
            raw = await read_arrival(self._run, self._inbox, arrival)
        except NotFound:  # somebody deleted it
            return
        identity = digest(own_id(raw) or f"{self._inbox.name}:{arrival.id}")
        if self._room.is_heard(identity):
            self._skip("mail heard before")
            return
        match read_mail(raw):
            case DeliveryReport() as report:
                await self._report(identity, report)
            case Complaint() as complaint:
                await self._complaint(identity, complaint)
            case Unsubscribing() as wish:
                self._wish(identity, self._ours.with_token(wish.token))
            case CalendarReply() as reply:
                self._answer(identity, reply)
            case None:
                self._skip(FOR_PEOPLE)

    async def _report(self, identity: str, report: DeliveryReport) -> None:
        mail = await self._mail_of(report)
        if mail is None:
            self._nothing(identity)
        elif is_delivered(report.status):
            if self._run.live:
                self._room.arrived(identity, mail, report.status, self._run.now)
            self._skip("a mail surely arrived")
        else:
            self._came_back(identity, report, mail)

    async def _mail_of(self, report: DeliveryReport | Complaint) -> Effect | None:
        """Never by the address: anybody can write one into a report."""
        key = next(filter(None, map(self._ours.with_id, report.about)), "")
        for message_id in () if key else report.about[:IDS_ASKED]:
            provider_id = await find_sent(self._run, self._inbox, message_id)
            key = key or (self._sent.key_at(provider_id) if provider_id else "")
        return self._run.services.ledger.effect(key) if key else None

    def _came_back(self, identity: str, report: DeliveryReport, mail: Effect) -> None:
        run, person = self._run, person_of(mail)
        suppression = self._suppression(report, mail, person) if person else None
        if run.live and not self._room.came_back(identity, mail, report.status, suppression, run.now):
            return
        then = "; nothing more is sent there" if suppression else ""
        self.given_up += bool(suppression)
        run.outcome.done.append(f"{mail.ref}: a mail came back ({report.status}){then}")

    def _suppression(self, report: DeliveryReport, mail: Effect, person: str) -> Suppression | None:
        """At once where the address does not exist; a mailbox that only forwards to such a one gets its chances."""
        run = self._run
        lifted = run.services.ledger.suppressions.lifted_at(person)
        others = [one for one in self._sent.to([person])[person] if one.key != mail.key]
        back = replace(mail, state=EffectState.bounced, settled_at=mail.settled_at or run.now)
        if lifted and back.settled_at and back.settled_at <= lifted:
            return None
        names_them = not report.to or person in map(self._identify, report.to)
        for_good = is_for_good(report.status) and names_them
        if for_good or bounces_in_a_row([*others, back], lifted, run.now) >= MOST_IN_A_ROW:
            return Suppression(person, Reason.held, run.now, report.status)  # until the end of the run
        return None

    async def _complaint(self, identity: str, complaint: Complaint) -> None:
        mail = await self._mail_of(complaint)
        self._wish(identity, mail.key if mail else "", COMPLAINT)

    def _wish(self, identity: str, key: str, detail: str = "") -> None:
        """Whoever got the mail with this key wants no more, and said so to us or (``COMPLAINT``) to a provider."""
        run = self._run
        person = person_of(run.services.ledger.effect(key)) if key else ""
        if not person:
            self._nothing(identity)
            return
        suppression = Suppression(person, Reason.unsubscribed, run.now, detail)
        if not run.live or self._room.unsubscribed(identity, suppression, run.now):
            why = ", and marked one as unwanted" if detail else ""
            run.outcome.done.append(f"{person} wants no more mails that go to many{why}")

    def _answer(self, identity: str, reply: CalendarReply) -> None:
        run, ref, person = self._run, self._refs.get(reply.uid, ""), self._identify(reply.address_key)
        invited = (
            any(mail.key.startswith(f"invitation:{ref}:") for mail in self._sent.to([person])[person]) if ref else False
        )
        if not invited:
            self._nothing(identity)
            return
        at = min(reply.stamp or run.now, run.now)
        if not run.live or self._room.answered(identity, ref, person, reply.answer, reply.sequence, at):
            run.outcome.done.append(f"{ref}: {person} answered {reply.answer}")

    def _nothing(self, identity: str) -> None:
        if self._run.live:
            self._room.heard(identity, "not ours", self._run.now)
        self._skip(NOT_OURS)

    def _skip(self, why: str) -> None:
        self._run.outcome.skipped[why] += 1
