"""Every mail as files to be looked at: each kind, language and unusual case, and a page that leads to them."""

import email
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tasks.domain.letters import Letters
from tasks.domain.mail_expectations import expect
from tasks.domain.mail_identity import NATURE, MailKind, method_of, sheet_of
from tasks.domain.mails import Mail
from tasks.domain.message_rules import Finding, House, findings
from tasks.domain.programme import Language
from tasks.domain.samples import SAMPLES, Case, about_sample, compose_sample

ENDINGS = {"text/plain": "txt", "text/html": "html", "text/calendar": "ics"}
NAMED = {Case.usual, Case.minimal, Case.text_only, Case.no_calendar}
WITHOUT_A_MOMENT = {
    MailKind.welcome,
    MailKind.accepted,
    MailKind.declined,
    MailKind.missing_answer,
    MailKind.reply_handled,
    MailKind.digest,
}


@dataclass(frozen=True, slots=True)
class Preview:
    """One mail, and the rules that it breaks.

    ``language`` is the one that was asked for, which may not be the one it is written in.
    """

    kind: MailKind
    language: str
    case: Case
    mail: Mail
    broken: tuple[Finding, ...]

    @property
    def stem(self) -> str:
        """Where it stands: ``invitation/fr`` or ``invitation/fr-long``."""
        return f"{self.kind}/{self.language}" + ("" if self.case is Case.usual else f"-{self.case}")

    @property
    def letter(self) -> str:
        """What it is written from: ``invitation/fr``."""
        return f"{sheet_of(self.kind, self.mail.to)}/{self.mail.language}"

    @property
    def has_calendar(self) -> bool:
        """Whether it brings a calendar file."""
        return bool(method_of(self.kind, self.mail.to))

    @property
    def has_page(self) -> bool:
        """Whether it has an HTML part."""
        return self.mail.to.wants_page

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Name and content: the whole mail, and its parts as they are in it."""
        yield f"{self.stem}.eml", self.mail.raw
        for part in email.message_from_bytes(self.mail.raw).walk():
            if part.get_content_type() in ENDINGS:
                ending = ENDINGS[part.get_content_type()]
                content = bytes(part.get_payload(decode=True) or b"")
                yield f"{self.stem}.{ending}", content if ending == "ics" else content.replace(b"\r\n", b"\n")


def previews(
    letters: Letters,
    house: House,
    languages: Mapping[str, Language],
    *,
    kinds: Iterable[MailKind] = tuple(MailKind),
    name: str = "",
    made_at: datetime,
) -> Iterator[Preview]:
    """Each kind in each language, in every case that shows in it; ``name`` is that of the usual reader.

    That reader also wants as little as possible, no page, or no calendar file.
    """
    for kind in kinds:
        for code, language in languages.items():
            for case in cases(kind):
                sample = replace(SAMPLES[case], name=name) if case in NAMED and name else SAMPLES[case]
                key = f"preview:{kind}:{code}:{case}"
                mail = compose_sample(letters, house.sender, kind, sample, key=key, language=language, made_at=made_at)
                about = about_sample(kind, sample, language=language, made_at=made_at)
                yield Preview(kind, code, case, mail, findings(mail.raw, expect(mail, about, house, made_at)))


def advice_on(made: Iterable[Preview]) -> list[str]:
    """One sentence for each rule that a letter breaks, in whatever case."""
    return list(dict.fromkeys(f"{one.letter}.md: {what}" for one in made for what in one.broken))


def cases(kind: MailKind) -> tuple[Case, ...]:
    """The cases that make a difference to a kind."""
    if kind is MailKind.acknowledgement:  # nothing in it comes from a person
        return (Case.usual, Case.text_only)
    without = {Case.no_zone} if kind in WITHOUT_A_MOMENT else set()
    without |= set() if NATURE[kind].method else {Case.no_calendar}
    return tuple(case for case in Case if case not in without)
