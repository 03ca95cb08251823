"""The rules across mails hold of what really arrived, story told: read from the mailbox, held against the ledger."""

import base64
from datetime import UTC, datetime, timedelta

from tasks.domain.effects import EffectKind
from tasks.domain.mails import token
from tasks.domain.message_rules.across import History, across, read_sent, unfinished
from tests.acceptance.people import A_MEMBER, MARCH, add, an_answer, confirm_talk, effects_of, google, send_in

START = datetime(2024, 5, 16, 12, 0, tzinfo=UTC)


def arrived(office, effects):
    """Every mail of the Sent folder with the effect whose code is printed in it."""
    messages = google(office, "gmail", "v1").users().messages()
    mails = []
    for one in messages.list(userId="me", q="in:sent", maxResults=500).execute()["messages"]:
        found = messages.get(userId="me", id=one["id"], format="raw").execute()
        raw = base64.urlsafe_b64decode(found["raw"])
        (effect,) = [effect for key, effect in effects.items() if token(key).encode() in raw]
        mails.append(read_sent(raw, effect.key, effect.ref, effect.claimed_at))
    return mails


def test_a_whole_story_breaks_no_rule_across_its_mails(office):
    send_in(office, "es", an_answer("es", timestamp="2024-03-04T09:00:00"))
    add(office, "Members", A_MEMBER)
    add(office, "Members", {**A_MEMBER, "Name": "Luz", "E-mail": "luz@example.org", "Language": "fr"})
    confirm_talk(office)
    office.run("intake", now=MARCH)
    office.run("invitations", now=MARCH)
    for days in (1, 2):
        office.run("resend-invites", session="TALK1", now=MARCH + timedelta(days=days))
        office.run("invitations", now=MARCH + timedelta(days=days, minutes=5))
    office.run("invitations", now=START + timedelta(minutes=1))

    effects = {key: one for key, one in effects_of(office).items() if one.kind is EffectKind.mail}
    mails = arrived(office, effects)

    assert len(mails) == len(effects) == 10
    assert across(History(mails, starts={"TALK1": START}, cancelled={"TALK1": START})) == []
    assert unfinished(effects.values(), START) == []


def test_an_invitation_of_a_clock_that_went_backwards_is_held(office):
    confirm_talk(office)
    office.run("invitations", now=MARCH)

    outcome = office.run("resend-invites", session="TALK1", now=MARCH - timedelta(days=1))

    assert outcome.red
    assert "C3: DTSTAMP is older than that of an earlier mail" in outcome.failed[0]
