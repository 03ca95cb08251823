"""What 50 new rows cost against 1,000, 10,000 and 100,000 submissions, in a process of its own and once more in it.

Seconds are those of a processor and only reported; the growth, the memory and what is loaded are asserted. A process
finds the compiled form of its modules where the first one has left it, as Python keeps it everywhere.
"""

import json
import os
import shutil
import subprocess
import sys

import pytest

from config.settings import ROOT
from tests.benchmarks.filled_ledger import fill

SIZES = (1_000, 10_000, 100_000)
NEWS = 50
COLD, WARM, MEGABYTES = 2.0, 0.3, 600


@pytest.fixture(scope="module")
def polled(tmp_path_factory):
    """What the process said of each size."""
    compiled = {"PYTHONPYCACHEPREFIX": str(tmp_path_factory.mktemp("compiled")), "PYTHONDONTWRITEBYTECODE": ""}
    poll(tmp_path_factory.mktemp("first") / "ledger.sqlite", NEWS, compiled)
    return {size: poll(tmp_path_factory.mktemp("ledger") / "ledger.sqlite", size, compiled) for size in SIZES}


def poll(path, size, compiled):
    fill(path, size, NEWS)
    command = [sys.executable, "-m", "tests.benchmarks.intake_poll", str(path)]
    given = {"cwd": ROOT, "env": {**os.environ, **compiled}}
    told = subprocess.run(command, **given, capture_output=True, text=True, check=True).stdout  # noqa: S603 (our own)
    shutil.rmtree(path.parent)
    return json.loads(told)


def test_fifty_new_rows_cost_less_than_in_proportion_to_the_register(polled, report):
    for size, told in polled.items():
        cold, warm = told["cold"], told["warm"]
        promised = size == SIZES[-1]
        report(f"50 rows against {size:,}, cold", f"{cold:.2f} s", f"under {COLD} s" * promised, holds=cold < COLD)
        report("  once more", f"{warm:.2f} s", f"under {WARM} s" * promised, holds=warm < WARM)
        report("  of which texts are read", f"{told['reading']:.2f} s", "", holds=True)
        report("  nothing new", f"{told['idle']:.3f} s", "", holds=True)
    first, *_, last = (told["warm"] for told in polled.values())
    assert last < first * SIZES[-1] / SIZES[0] / 2
    assert {told["arrived"] for told in polled.values()} == {2 * NEWS}


def test_no_encoder_is_loaded_where_there_is_no_new_text(polled):
    assert [told["encoder when idle"] for told in polled.values()] == [False] * len(SIZES)


def test_it_takes_little_memory(polled, report):
    most = max(told["megabytes"] for told in polled.values())
    report("  most memory", f"{most:.0f} MB", f"under {MEGABYTES} MB", holds=most < MEGABYTES)
    assert most < MEGABYTES
