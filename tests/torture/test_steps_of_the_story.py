"""A sample of all that can happen once in the story, with mail by Gmail; `make torture` tries everything."""

import pytest

from flows.torture.campaign import enumerate_harms
from flows.torture.story import STORY

EVERY = 37  # prime to the two, three and four ways in which steps repeat


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_whatever_happens_to_the_story_nothing_is_lost_repeated_or_stuck(request, database):
    stage = request.getfixturevalue(f"gmail_on_{database}")
    later = [scene for scene in stage.scenes if database == "postgresql" or scene.chapter is not STORY[0]]

    wrong = {what: found for what, found in enumerate_harms(stage, later, EVERY) if found}

    assert wrong == {}
