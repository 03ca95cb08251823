"""The overview for staff: what waits, what comes, what was done, in one week; and nobody can be recognised in it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tasks.domain.digests import (
    MOST,
    ahead_lines,
    digest_key,
    done_lines,
    invited_by_ref,
    period_of,
    told_until,
    waiting_lines,
)
from tasks.domain.effects import Effect, EffectKind, EffectState
from tasks.domain.models import Problem, SessionStatus, Severity
from tasks.domain.programme import DigestSettings
from tasks.domain.sentences import quotes, say
from tasks.domain.submissions import Attention
from tests.domain.session_builders import BEFORE, STARTS, a_revision, a_session, by_key
from tests.domain.sheet_builders import WORDS

NAIROBI = DigestSettings(weekday="monday", hour=8, zone="Africa/Nairobi")
KINDS = {"invitation": "mails-invitation"}


def an_item(*what, severity=Severity.problem, solved=None):
    return Attention(Problem("x", "register · Sessions", "s", what, (), severity=severity), BEFORE, solved, "k")


def an_effect(key, after=1, kind=EffectKind.mail, state=EffectState.sent):
    return Effect(key, kind, "K7P2QX", state, settled_at=BEFORE + timedelta(days=after))


@pytest.mark.parametrize(
    ("now", "period"),
    [
        ("2024-03-04T04:59", date(2024, 2, 26)),
        ("2024-03-04T05:00", date(2024, 3, 4)),
        ("2024-03-10T23:00", date(2024, 3, 4)),
    ],
)
def test_a_week_begins_at_the_hour_of_staff(now, period):
    assert period_of(datetime.fromisoformat(now).replace(tzinfo=UTC), NAIROBI) == period


@pytest.mark.parametrize(
    "what",
    [
        say("no-letter", column="Send letter", row=2, text="Rima"),
        say("unknown-option", column="Themes", row=3, pieces=quotes(["Rima"])),
        say("mail-failed", mail=say("an-invitation"), ref="K7P2QX", detail="rima@example.org"),
        "Rima called",
    ],
)
def test_what_somebody_typed_is_not_mailed(what):
    assert waiting_lines([an_item(what)], 0, WORDS) == ("register · Sessions: something that Needs attention tells",)


def test_what_stands_open_is_told_problems_first_and_the_rest_counted():
    open_items = [an_item(say("empty", column="Date", row=row)) for row in range(MOST)]
    notice = an_item(say("empty", column="Title", row=9), severity=Severity.notice)
    lines = waiting_lines([notice, *open_items, an_item("x", solved=BEFORE)], 3, WORDS)

    assert lines[0] == "register · Sessions: “Date” in row 0 is empty."
    assert lines[MOST:] == (
        "and 1 more, told in Needs attention",
        "Mails that wait for their hour, or for room at the mail provider: 3.",
    )


def test_sessions_to_come_are_told_by_ref_and_moment():
    off = a_revision(a_session(ref="B"), status=SessionStatus.cancelled)
    revisions = {"K7P2QX": (a_revision(),), "B": (off,)}
    invited = invited_by_ref(["invitation:K7P2QX:a:0", "invitation:K7P2QX:a:1", "invitation:K7P2QX:b:0", "event:B"])

    assert ahead_lines(revisions, invited, STARTS, "UTC", WORDS) == ()
    assert ahead_lines(revisions, invited, BEFORE, "UTC", WORDS) == ("K7P2QX: 16 May 2024 12:00, 2 invited",)


def test_what_was_done_is_counted_since_the_last_overview():
    effects = by_key(
        an_effect("invitation:K7P2QX:a:0", after=-1),
        an_effect("invitation:K7P2QX:b:0"),
        an_effect("invitation:K7P2QX:c:0", state=EffectState.failed),
        an_effect("row:submissions:K7P2QX", kind=EffectKind.row),
        an_effect(digest_key(date(2024, 3, 4), "me")),
    )

    assert done_lines(effects, BEFORE, KINDS, WORDS) == ("new submissions: 1", "1 invitations")
    assert told_until("me", effects, BEFORE) == BEFORE + timedelta(days=1)
    assert told_until("you", effects, BEFORE) == BEFORE
