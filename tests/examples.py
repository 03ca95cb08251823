"""How many examples Hypothesis tries of a promise: few in every run, 1,000 of each with ``HYPOTHESIS=explore``."""

import os

from hypothesis import settings

EXPLORING = os.environ.get("HYPOTHESIS") == "explore"


def examples(count: int) -> settings:
    """A decorator; everything else is as the profile has it (``tests/conftest.py``)."""
    return settings(max_examples=1000 if EXPLORING else count)
