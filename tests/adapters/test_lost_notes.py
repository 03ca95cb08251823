"""A claim whose note may have been lost with the machine's power: only what the provider shows is believed."""

import pytest

from config.mail import MailServer
from tasks.adapters.gmail_transport import GmailTransport
from tasks.adapters.mail_transport import Fate
from tasks.adapters.smtp_transport import SmtpTransport
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.mail_identity import MailKind, message_id
from tests.adapters.mail_builders import SENDER

KEY = "invitation:K7P2QX:000000000001:0"
NOWHERE = MailServer("127.0.0.1", 9, "none", "", "", None, 1.0)
READY, UNCERTAIN = Fate(EffectState.ready), Fate(EffectState.uncertain)


class Sent:
    """A Sent folder that holds some mails."""

    def __init__(self, *message_ids):
        self._ids = message_ids

    def holds(self, message_id):
        return any(message_id in one for one in self._ids)  # a search for a part, as RFC 3501 has it


class Gmail:
    """A mailbox with a draft that waits, and what the search in Sent finds."""

    def __init__(self, found=""):
        self._found = found

    def is_draft(self, draft):
        return draft == "r-7"

    def find_sent(self, _token):
        return self._found


def claimed(note="", attempts=2, *, lost=True):
    return Effect(KEY, EffectKind.mail, "K7P2QX", EffectState.sending, note, attempts=attempts, note_may_be_lost=lost)


def by_smtp(sent):
    return SmtpTransport(NOWHERE, SENDER, sent, we_file=False)


@pytest.mark.parametrize("kind", [MailKind.invitation, MailKind.speaker_invitation])
def test_without_a_note_sent_is_searched_for_what_the_key_alone_says_of_the_message_id(kind):
    mine = message_id(kind, KEY, SENDER.domain)

    assert by_smtp(Sent(mine)).look_up(KEY, claimed()) == Fate(EffectState.sent)


EARLIER = f"smtp 1 {message_id(MailKind.invitation, KEY, SENDER.domain)}"
SILENT = {
    "Sent shows nothing": (by_smtp(Sent()), ""),
    "there is no Sent folder": (by_smtp(None), ""),
    "an earlier attempt was refused, of this one nothing is known": (by_smtp(None), EARLIER),
    "it is now for Gmail, which shows nothing": (GmailTransport(Gmail()), ""),
    "it is now for Gmail, where the draft of an earlier attempt waits": (GmailTransport(Gmail()), "r-7"),
}


@pytest.mark.parametrize(("transport", "note"), SILENT.values(), ids=SILENT)
def test_what_nobody_can_know_is_left_to_a_person(transport, note):
    assert transport.look_up(KEY, claimed(note)) == UNCERTAIN


@pytest.mark.parametrize(("transport", "note"), SILENT.values(), ids=SILENT)
def test_where_no_note_can_be_lost_nothing_was_handed_over(transport, note):
    assert transport.look_up(KEY, claimed(note, lost=False)) == READY


def test_gmail_shows_what_was_sent_over_another_server_of_the_same_mailbox():
    assert GmailTransport(Gmail("m-1")).look_up(KEY, claimed("r-7")) == Fate(EffectState.sent, "m-1")
