"""The intake is killed at every commit, request and reply, and loses every answer: the next runs make it right.

So is every other chapter of the story in ``make torture``; `make test` tries a sample of them.
"""

import pytest

from flows.torture.campaign import enumerate_harms
from flows.torture.harm import Killed, LostReply, harms
from flows.torture.story import STORY

INTAKE = STORY[0]


@pytest.fixture(scope="module")
def intake(gmail_on_sqlite):
    return [scene for scene in gmail_on_sqlite.scenes if scene.chapter is INTAKE]


def test_whatever_happens_to_an_intake_nothing_is_lost_repeated_or_stuck(gmail_on_sqlite, intake):
    wrong = {what: found for what, found in enumerate_harms(gmail_on_sqlite, intake) if found}

    assert wrong == {}


def test_every_commit_request_and_reply_of_an_intake_is_among_its_harms(gmail_on_sqlite, intake):
    found = list(harms(gmail_on_sqlite, *intake))

    killed = [harm.step for harm in found if isinstance(harm, Killed)]
    lost = [(harm.effect, harm.request) for harm in found if isinstance(harm, LostReply)]
    sends = "POST /gmail/v1/users/me/drafts/send"
    assert killed.count("before a commit") == killed.count("after a commit") > 10
    assert killed.count(f"before {sends}") == killed.count(f"after {sends}") == 2
    assert lost.count(("drop-before", sends)) == lost.count(("drop-after", sends)) == 2
    assert lost.count(("drop-late", sends)) == 4
