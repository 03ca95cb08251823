"""Hypothesis: the same examples in every run, so that a red test is a changed promise; `explore` looks for new ones.

HYPOTHESIS=explore python -m pytest tests/domain
"""

import os

import pytest
from hypothesis import settings

from tests.postgres import running

settings.register_profile("promises", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS", "promises"))


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server with a private port and folder, where one is installed."""
    with running() as server:
        yield server
