"""Storms: several workers at once, some killed, Google ill, replies lost, staff sorting. `make torture` plays 1,000."""

from typer.testing import CliRunner

from flows.cli import app
from flows.torture.storm import storm


def test_everybody_is_reached_once_through_a_storm_over_smtp(smtp_on_sqlite):
    played = storm(smtp_on_sqlite, 5)

    assert played.wrong == []
    assert min(played.kills, played.faults) > 0


def test_a_storm_is_played_again_by_its_seed_and_told_in_words():
    played = CliRunner().invoke(app, ["torture", "--seed", "3"])

    assert (played.exit_code, played.stderr) == (0, "")
    assert "Storm 3, sqlite, gmail" in played.stdout
    assert "invitations: " in played.stdout
    assert "nothing lost, nothing repeated, nothing stuck" in played.stdout
