"""Mail by the Gmail API: a draft whose id is noted, then sent; what became of it is told by the draft and by Sent."""

from collections.abc import Sequence
from contextlib import suppress

from tasks.adapters.gmail import Gmail
from tasks.adapters.mail_transport import Fate
from tasks.domain.effects import Effect, EffectState
from tasks.domain.faults import NotFound, Refused, TryLater, Unclear
from tasks.domain.mails import Mail, token
from tasks.domain.smtp_note import never_handed_over, smtp_note

AT_A_TIME = 50
"""Words that one search asks for."""


class GmailTransport:
    """A MailTransport."""

    unknown = "mail-uncertain"
    advice = "look-into-sent"
    notes_may_be_lost = False  # the draft's id is what resolves a doubt

    def __init__(self, gmail: Gmail) -> None:
        self._gmail = gmail

    def prepare(self, mail: Mail, effect: Effect) -> str:
        """Create the draft, or rewrite the one that an earlier attempt left; answers its id."""
        try:
            waiting = _draft_of(effect) or (self._gmail.find_draft(mail.token) if effect.attempts > 1 else "")
            return self._gmail.rewrite_draft(waiting, mail.raw) if waiting else self._gmail.create_draft(mail.raw)
        except NotFound as fault:
            raise Unclear(fault.reason) from None
        except Unclear as fault:
            raise Refused(fault.reason) from None

    def hand_over(self, mail: Mail, note: str) -> str:  # noqa: ARG002 (the draft holds the mail)
        """Send the draft; answers the id of the sent message."""
        try:
            return self._gmail.send_draft(note)
        except NotFound as fault:
            raise Unclear(fault.reason) from None

    def look_up(self, key: str, effect: Effect) -> Fate:
        """A draft that waits was not sent; one that is gone is looked for in Sent by its code."""
        draft = _draft_of(effect)
        drafted = draft and not effect.note_may_be_lost
        if never_handed_over(effect) or (drafted and self._gmail.is_draft(draft)):
            return Fate(EffectState.ready)
        if message_id := self._gmail.find_sent(token(key)):
            return Fate(EffectState.sent, message_id)
        return Fate(EffectState.uncertain)

    def clear(self, keys: Sequence[str]) -> int:
        """Delete the drafts of mails that were sent: Gmail made them when a later attempt had made another one."""
        few = [keys[start : start + AT_A_TIME] for start in range(0, len(keys), AT_A_TIME)]
        found = [draft for some in few for draft in self._gmail.drafts_with([token(key) for key in some])]
        left = [draft for draft in found if self._gmail.is_made_by_machine(draft)]
        for draft in left:
            self._gmail.delete_draft(draft)
        return len(left)

    def file(self, mail: Mail) -> None:
        """Gmail does that by itself."""

    def copy(self, key: str, effect: Effect) -> bytes | None:
        """As Gmail has it in Sent."""
        try:
            message_id = self._sent_as(key, effect)
            return self._gmail.raw(message_id) if message_id else None
        except NotFound:
            return None
        except Unclear as fault:  # it was only asked for
            raise TryLater(fault.reason) from None

    def remove(self, key: str, effect: Effect) -> None:
        """Into the trash; what is gone already is gone."""
        if message_id := self._sent_as(key, effect):
            with suppress(NotFound):
                self._gmail.throw_away(message_id)

    def _sent_as(self, key: str, effect: Effect) -> str | None:
        of_gmail = effect.provider_id and "@" not in effect.provider_id  # else another transport's Message-ID
        return effect.provider_id if of_gmail else self._gmail.find_sent(token(key))

    def close(self) -> None:
        """Nothing of its own is open."""


def _draft_of(effect: Effect) -> str:
    return "" if smtp_note(effect.provider_id) else effect.provider_id
