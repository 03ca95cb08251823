"""What 50 new rows cost against 1,000, 10,000 and 100,000 submissions, in a process of its own and once more in it.

Seconds are those of a processor and only reported, beside those that the same additions take in the same process: on a
machine that others use they differ twofold within minutes. The growth, the memory and what is loaded are asserted. A
process finds the compiled form of its modules where the first one has left it, as Python keeps it everywhere.
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
    """What the processes said of each size: one in which nothing is new, and one that finds new rows twice."""
    compiled = {"PYTHONPYCACHEPREFIX": str(tmp_path_factory.mktemp("compiled")), "PYTHONDONTWRITEBYTECODE": ""}
    measure(tmp_path_factory.mktemp("first") / "ledger.sqlite", NEWS, compiled)
    return {size: measure(tmp_path_factory.mktemp("ledger") / "ledger.sqlite", size, compiled) for size in SIZES}


def measure(path, size, compiled):
    fill(path, size, NEWS)
    told = [poll(path, polls, compiled) for polls in (0, 2)]
    shutil.rmtree(path.parent)
    return told


def poll(path, polls, compiled):
    command = [sys.executable, "-m", "tests.benchmarks.intake_poll", str(path), str(polls)]
    given = {"cwd": ROOT, "env": {**os.environ, **compiled}}
    told = subprocess.run(command, **given, capture_output=True, text=True, check=True).stdout  # noqa: S603 (our own)
    return json.loads(told)


def test_fifty_new_rows_cost_less_than_in_proportion_to_the_register(polled, report):
    warm = {}
    for size, (nothing_new, told) in polled.items():
        first, again = told["polls"]
        cold, warm[size] = told["starting"] + first["took"], again["took"]
        promised = size == SIZES[-1]
        report(f"50 rows against {size:,}, cold", f"{cold:.2f} s", f"under {COLD} s" * promised, holds=cold < COLD)
        report("  of which texts are read", f"{first['reading']:.2f} s", "", holds=True)
        report("  once more", f"{again['took']:.2f} s", f"under {WARM} s" * promised, holds=again["took"] < WARM)
        report("  of which texts are read", f"{again['reading']:.2f} s", "", holds=True)
        report("  five million additions, beside it", f"{told['yardstick']:.2f} s", "", holds=True)
        report("  nothing new, cold", f"{nothing_new['idle']:.3f} s", "", holds=True)
        report("  once more", f"{told['idle']:.3f} s", "", holds=True)
        assert told["arrived"] == 2 * NEWS
    assert warm[SIZES[-1]] < warm[SIZES[0]] * SIZES[-1] / SIZES[0] / 2


def test_no_encoder_is_loaded_where_there_is_no_new_text(polled):
    assert [nothing_new["encoder"] for nothing_new, _ in polled.values()] == [False] * len(SIZES)


def test_it_takes_little_memory(polled, report):
    most = max(told["megabytes"] for both in polled.values() for told in both)
    report("  most memory", f"{most:.0f} MB", f"under {MEGABYTES} MB", holds=most < MEGABYTES)
    assert most < MEGABYTES
