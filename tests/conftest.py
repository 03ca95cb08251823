"""What all tests share.

Hypothesis: the same examples in every run, so that a red test is a changed promise; `explore` looks for new ones:
HYPOTHESIS=explore python -m pytest tests/domain

Temporary folders stand in memory where there is room for them: ledgers and sandboxes wait for the disk at each commit,
which costs a third of the time. A killed process loses nothing there either.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

MEMORY, ROOM = Path("/dev/shm"), 2**31  # noqa: S108 (pytest makes folders of its own in it)
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

settings.register_profile("promises", derandomize=True, deadline=None, database=None, max_examples=50)
settings.register_profile("explore", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS", "promises"))


LONGEST = (
    "torture/test_every_step",
    "acceptance/test_serve",
    "torture/",
    "acceptance/test_any_sequence",
    "acceptance/test_hung",
    "acceptance/",
    "sandbox/browser/",
    "sandbox/",
    "ledger/",
    "test_mail",
)


def pytest_collection_modifyitems(items):
    """A worker takes whole files: the long ones first, so that no worker is left with one when the others are done."""
    items.sort(key=lambda item: next((n for n, part in enumerate(LONGEST) if part in item.nodeid), len(LONGEST)))


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server with a private port and folder, where one is installed."""
    from tests.postgres import running  # noqa: PLC0415 (the quick tests need none)

    with running() as server:
        yield server
