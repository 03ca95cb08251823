"""The one gate before a mail is handed over: the very bytes are held against the rules, whoever let the mail go on."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from tasks.chapter import Run
from tasks.domain.effects import BY_RULES, Effect, EffectKind, EffectState, Priority
from tasks.domain.faults import Fault, Rejected, Withheld
from tasks.domain.house import house_of
from tasks.domain.mail_expectations import About, expect
from tasks.domain.mails import Mail
from tasks.domain.message_rules import Finding, House, findings
from tasks.domain.models import Person

TOLD = 3
"""Of the rules that a mail breaks; who mends them sees what is left."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be: its key, the words of the report, how it is composed once it is claimed, and what it is about.

    ``since`` is when its cause arose, where that is not now; it is of no use before ``not_before`` and after
    ``expires_at`` (all UTC). ``copy`` asks for the mail that it repeats, if there is one; it raises Fault.
    """

    key: str
    ref: str
    words: str
    to: Person
    compose: Callable[[], Mail]
    about: About
    priority: Priority = Priority.normal
    since: datetime | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    copy: Callable[[], Mail | None] | None = None

    @property
    def effect(self) -> Effect:
        """What the ledger is to keep of it."""
        return Effect(
            self.key,
            EffectKind.mail,
            self.ref,
            priority=self.priority,
            not_before=self.not_before,
            expires_at=self.expires_at,
        )


class Gate:
    """For the letters of one delivery."""

    def __init__(self, run: Run, letters: Sequence[Letter]) -> None:
        self._run = run
        self._letters = {letter.key: letter for letter in letters}
        self._newest = _newest(run, {letter.ref for letter in letters if letter.about.session})

    @cached_property
    def _house(self) -> House:
        """Made with the first mail: a delivery without one needs none."""
        return _house(self._run, list(self._letters.values()))

    def written(self, letter: Letter) -> Mail:
        """The mail, if it keeps the rules. Raises Withheld, and Rejected if it cannot be written at all.

        Of a copy: it is written anew where none is kept, or where it would break a rule by now. Raises Fault.
        """
        if letter.copy:
            copy = letter.copy()
            if copy and not self._broken(copy, letter):
                return copy
            self._run.outcome.skipped["copies not kept, or not right for their readers by now: written anew"] += 1
        try:
            mail = letter.compose()
        except ValueError as error:
            raise Rejected(f"it cannot be written ({error})") from None
        if found := self._broken(mail, letter):
            raise Withheld("; ".join(map(str, found[:TOLD])), _hold_of(mail, found))
        return mail

    def _broken(self, mail: Mail, letter: Letter) -> tuple[Finding, ...]:
        about = replace(letter.about, after=self._newest.get(whose(letter.key)))
        return findings(mail.raw, expect(mail, about, self._house, self._run.now))

    def look_again(self, known: Mapping[str, Effect]) -> dict[str, Effect]:
        """Make ready what broke a rule and keeps it now; what still breaks one stays held without a claim."""
        held = [key for key, effect in known.items() if effect.may_go and effect.state is EffectState.held]
        mended = [key for key in held if self._keeps_the_rules(self._letters[key])]
        if broken := len(held) - len(mended):
            self._run.outcome.held.append(f"{broken} mails wait until they keep the rules")
        if self._run.live:
            self._run.services.ledger.outbox.release_mended(mended)
        return {**known, **{key: replace(known[key], state=EffectState.ready, held_by="") for key in mended}}

    def rehearse(self, letter: Letter) -> bool:
        """In a rehearsal, whether the mail would be let through; if not, the report says why."""
        if self._run.live:
            return True
        try:
            self.written(letter)
        except Fault as fault:
            self._run.outcome.failed.append(f"{letter.words}: {fault.reason}")
            return False
        return True

    def person(self, letter: Letter) -> str:
        """The keyed hash of the recipient."""
        return self._run.services.ledger.identify(letter.to.address_key)

    def _keeps_the_rules(self, letter: Letter) -> bool:
        try:
            self.written(letter)
        except Fault:
            return False
        return True


def whose(key: str) -> tuple[str, str]:
    """The ref and the keyed hash of the person in the key of a mail about a session."""
    ref, person = (*key.split(":"), "", "")[1:3]
    return ref, person


def _newest(run: Run, refs: Collection[str]) -> dict[tuple[str, str], datetime]:
    """When each person got the newest mail about each session: no calendar file may be older."""
    newest: dict[tuple[str, str], datetime] = {}
    for key, claimed_at in run.services.ledger.outbox.handed_over(refs).items():
        at = claimed_at.replace(microsecond=0)  # as calendars write it
        newest[whose(key)] = max(newest.get(whose(key), at), at)
    return newest


def _hold_of(mail: Mail, found: Sequence[Finding]) -> str:
    """What breaks the same rules in the same letter is told together, and mended together."""
    rules = list(dict.fromkeys(finding.rule.name for finding in found))
    return f"{BY_RULES}{'+'.join(rules[:TOLD])}:{mail.kind}:{mail.language}"


def _house(run: Run, letters: Sequence[Letter]) -> House:
    settings = run.services.settings
    people = {letter.to.address_key for letter in letters}
    sessions = {letter.about.session.ref: letter.about.session for letter in letters if letter.about.session}
    people |= {one.person.address_key for session in sessions.values() for one in session.presenters if one.person}
    return house_of(settings.programme, settings.languages, run.services.letters, people)
