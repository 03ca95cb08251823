"""A sample of all that can happen once in the story, with mail by Gmail; `make torture` tries everything."""

import pytest

from flows.torture.campaign import enumerate_harms
from flows.torture.people import ANSWERS
from flows.torture.story import STORY

EVERY = 73  # prime to the two, three and four ways in which steps repeat


def test_in_the_undisturbed_story_each_presenter_sees_the_recording_and_has_one_letter_about_it(gmail_on_sqlite):
    end = gmail_on_sqlite.scenes[-1].ends

    assert end.shared == {f"{who} as reader of video/mp4": 1 for who in ANSWERS}
    assert sorted(mail.partition("” to ")[2] for mail in end.mails if "for you to see first" in mail.lower()) == sorted(
        ANSWERS
    )


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_whatever_happens_to_the_story_nothing_is_lost_repeated_or_stuck(request, database):
    stage = request.getfixturevalue(f"gmail_on_{database}")
    later = [scene for scene in stage.scenes if database == "postgresql" or scene.chapter is not STORY[0]]

    wrong = {what: found for what, found in enumerate_harms(stage, later, EVERY) if found}

    assert wrong == {}
