"""Every request by which a mail leaves over Gmail loses its answer once, in the first run and in the one after."""

from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest

from tasks.domain.effects import EffectState
from tasks.domain.mail_identity import token
from tests.acceptance.people import FEBRUARY, an_answer, attention, drafts, effects_of, fault, google, send_in, told

CREATE = ("POST", r"/users/me/drafts$")
SEND = ("POST", r"/drafts/send$")
FIND = ("GET", r"/users/me/drafts$")
LOOK = ("GET", r"/users/me/drafts/[^/]+$")
REWRITE = ("PUT", r"/users/me/drafts/[^/]+$")
SENT = ("GET", r"/users/me/messages$")
LOST = ("drop-before", "drop-after")
FIVE_MINUTES = timedelta(minutes=5)

# What is lost in the first run, and the requests of the next run that may be lost then.
AFTER = {
    (CREATE, "drop-before"): (FIND, CREATE, SEND),
    (CREATE, "drop-after"): (FIND, REWRITE, SEND),
    (SEND, "drop-before"): (LOOK, REWRITE, SEND),
    (SEND, "drop-after"): (LOOK, SENT),
}
CASES = [(*first, second, how) for first, seconds in AFTER.items() for second in seconds for how in LOST]


@pytest.mark.parametrize(("first", "how", "second", "how_then"), CASES)
def test_a_mail_is_sent_once_whichever_two_answers_are_lost(office, first, how, second, how_then):
    send_in(office, "en", an_answer())
    fault(office, *first, how)
    assert office.run("intake", now=FEBRUARY).red
    fault(office, *second, how_then)
    assert office.run("intake", now=FEBRUARY + FIVE_MINUTES).red

    runs = [office.run("intake", now=FEBRUARY + turn * FIVE_MINUTES) for turn in range(2, 4)]

    assert [run.red for run in runs] == [False, False]
    assert told(office) == [("wanjiru@example.org", "en")]
    assert drafts(office) == []
    assert {effect.state for effect in effects_of(office).values()} == {EffectState.sent}
    assert attention(office) == []


def test_a_draft_that_gmail_makes_too_late_is_deleted_and_a_persons_own_is_not(office):
    send_in(office, "en", an_answer())
    fault(office, *CREATE, "drop-late", seconds=420)
    assert office.run("intake", now=FEBRUARY).red
    office.run("intake", now=FEBRUARY + FIVE_MINUTES)
    (key,) = (key for key in effects_of(office) if key.startswith("acknowledgement:"))
    theirs = a_persons_draft(office, f"To whom it may concern: they wrote to me, see {token(key)}")
    office.control("clock", advance=420)

    run = office.run("intake", now=FEBRUARY + 2 * FIVE_MINUTES)

    assert run.done == ["1 drafts deleted, whose mails were sent by a later attempt"]
    assert [draft["id"] for draft in drafts(office)] == [theirs]
    assert told(office) == [("wanjiru@example.org", "en")]
    assert not office.run("intake", now=FEBRUARY + 3 * FIVE_MINUTES).done


def a_persons_draft(office, text):
    raw = urlsafe_b64encode(f"To: friend@example.org\r\nSubject: Fwd\r\n\r\n{text}".encode()).decode()
    made = google(office, "gmail", "v1").users().drafts().create(userId="me", body={"message": {"raw": raw}})
    return made.execute()["id"]
