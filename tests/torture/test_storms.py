"""Storms: several workers at once, some killed, Google ill, replies lost, staff sorting. `make torture` plays 1,000."""

import os
import subprocess
import sys

import pytest

from config.settings import ROOT
from flows.torture.storm import storm


@pytest.mark.parametrize("seed", [2, 5])
def test_everybody_is_reached_once_through_a_storm_over_smtp(smtp_on_sqlite, seed):
    played = storm(smtp_on_sqlite, seed)

    assert played.wrong == []
    assert min(played.kills, played.faults) > 0


def test_a_storm_is_played_again_by_its_seed_and_told_in_words():
    command = [sys.executable, "-m", "flows.cli", "torture", "--seed", "3"]
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("COLAB_")}

    played = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)  # noqa: S603 (ours)

    assert (played.returncode, played.stderr) == (0, "")
    assert "Storm 3, sqlite, gmail" in played.stdout
    assert "invitations: " in played.stdout
    assert "nothing lost, nothing repeated, nothing stuck" in played.stdout
