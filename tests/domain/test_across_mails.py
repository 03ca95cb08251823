"""Each rule across mails finds its defect in a history; the history as it should be has none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.mails import MailKind
from tasks.domain.message_rules.across import History, across, read_sent, unfinished
from tests.domain.letter_builders import MADE_AT, a_mail, a_person, a_session, an_acknowledgement, an_invitation

DAY = timedelta(days=1)
SESSION = a_session()
MOVED = a_session(starts=SESSION.starts + DAY)
STARTS = {"K7P2QX": SESSION.starts}


def sent(mail, at=MADE_AT):
    return read_sent(mail.raw, mail.key, "K7P2QX", at)


def invited(at=MADE_AT, **deviation):
    return sent(an_invitation(made_at=at, **deviation), at)


def written(kind, key, at, **deviation):
    return sent(a_mail(kind, key=key, made_at=at, **deviation), at)


FIRST = invited()
AGAIN = invited(MADE_AT + DAY, key="resend:K7P2QX:amina:2026-10-02", resent=True)
UPDATE = written(MailKind.rescheduled, "update:1", MADE_AT + 2 * DAY, session=MOVED, sequence=1)
CANCEL = written(MailKind.cancelled, "cancel:2", MADE_AT + 3 * DAY, session=MOVED, sequence=2)
REMINDER = written(MailKind.reminder_week, "reminder:1", MADE_AT + 2 * DAY)
RIGHT = History([FIRST, AGAIN, UPDATE, REMINDER, CANCEL, sent(an_acknowledgement())], starts=STARTS)


def test_a_history_as_it_should_be_has_no_defect():
    assert across(RIGHT) == []


def test_two_readers_of_one_event_are_two_histories():
    other = invited(key="invitation:K7P2QX:eva:0", to=a_person("Eva", "eva@example.org"))

    assert across(History([FIRST, other], starts=STARTS)) == []


WRONG = {
    "sent 2 times": History([FIRST, FIRST]),
    "SEQUENCE 0 after 0": History([FIRST, written(MailKind.rescheduled, "u", MADE_AT + DAY, session=MOVED)]),
    "SEQUENCE 0 after 1": History([UPDATE, invited(MADE_AT + 4 * DAY, key="x")]),
    "SEQUENCE 2 after 2": History([CANCEL, invited(MADE_AT + 4 * DAY, key="x", session=MOVED, sequence=2)]),
    "DTSTAMP does not grow": History([FIRST, replace(AGAIN, event=FIRST.event)]),
    "wants no mail": History([FIRST, AGAIN], goodbyes={"amina@example.org": MADE_AT + timedelta(hours=1)}),
    "after the session began": History([REMINDER], starts={"K7P2QX": REMINDER.at}),
    "a reminder of what is cancelled": History([REMINDER], cancelled={"K7P2QX": MADE_AT}),
    "more than 1 of its kind within 1 days": History(
        [sent(an_acknowledgement()), sent(an_acknowledgement(key="acknowledgement:B"), MADE_AT + timedelta(hours=23))]
    ),
    "more than 3 of its kind within 7 days": History(
        [sent(an_acknowledgement(key=f"acknowledgement:{day}"), MADE_AT + 2 * day * DAY) for day in range(4)]
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_defect_across_mails_is_found(what):
    found = across(WRONG[what])

    assert [line for line in found if what in line]
    assert "@" not in "".join(found).replace("@colab.example.org", "")


def test_the_answer_to_a_goodbye_is_not_unwanted():
    done = written(MailKind.reply_handled, "reply:1", MADE_AT + DAY)

    assert across(History([done], goodbyes={"amina@example.org": MADE_AT})) == []


@pytest.mark.parametrize("state", [EffectState.ready, EffectState.sending, EffectState.draft])
def test_a_mail_that_never_comes_to_an_end_is_found(state):
    assert unfinished([Effect("a", EffectKind.mail, "A", state)], MADE_AT) == [f"a: still {state}"]


def test_a_mail_that_waits_for_its_hour_or_for_a_person_is_not_forgotten():
    waits = Effect("a", EffectKind.mail, "A", not_before=MADE_AT + DAY)
    held = Effect("b", EffectKind.mail, "A", EffectState.held, expires_at=MADE_AT + DAY)

    assert unfinished([waits, held], MADE_AT) == []
    assert unfinished([waits, held], MADE_AT + DAY) == ["a: still ready", "b: held although it is too late"]
