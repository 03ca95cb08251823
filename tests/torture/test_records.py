"""Torture that could not find anything would be worthless: what is lost or done twice is told."""

from collections import Counter
from dataclasses import replace

import pytest

from flows.torture.record import Record, differences

MAIL, EVENT, ROW = "“Welcome” to wanjiru@example.org", "event 1234 (confirmed)", "Ref K7P2QX"
SEEN = "wanjiru@example.org as reader of video/mp4"
GOOD = Record(Counter([MAIL]), Counter([EVENT]), 0, {"Submissions": Counter([ROW])}, Counter([SEEN]))
BAD = {
    "a mail that was lost": (replace(GOOD, mails=Counter()), f"{MAIL}: 0 instead of 1"),
    "a mail that came twice": (replace(GOOD, mails=Counter([MAIL, MAIL])), f"{MAIL}: 2 instead of 1"),
    "a mail that nobody should get": (replace(GOOD, mails=Counter([MAIL, "x"])), "x: 1 instead of 0"),
    "an event that was made twice": (replace(GOOD, events=Counter([EVENT, EVENT])), f"{EVENT}: 2 instead of 1"),
    "a row that was lost": (replace(GOOD, rows={"Submissions": Counter()}), f"Submissions: {ROW}: 0 instead of 1"),
    "a file that was shared twice": (replace(GOOD, shared=Counter([SEEN, SEEN])), f"{SEEN}: 2 instead of 1"),
    "a draft that was left": (replace(GOOD, drafts=1), "1 drafts wait instead of 0"),
}


@pytest.mark.parametrize(("found", "told"), BAD.values(), ids=BAD)
def test_what_is_not_as_in_the_undisturbed_story_is_told(found, told):
    assert differences(GOOD, found) == [told]


def test_the_same_record_is_well():
    assert differences(GOOD, replace(GOOD, mails=Counter([MAIL]))) == []
