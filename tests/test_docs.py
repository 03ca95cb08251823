"""The documentation is run: what it names exists, and what exists is named."""

import asyncio
import re
import shutil
from pathlib import Path

from typer.testing import CliRunner

from config.settings import ROOT, Settings
from flows.cli import app
from flows.deployments import all_deployments

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def deployments():
    return asyncio.run(all_deployments(Settings(_env_file=None)))


def test_the_flow_table_is_the_timetable():
    table = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \|", README, flags=re.MULTILINE))
    timetable = {
        one.flow_name: f"every {one.schedules[0].schedule.interval.total_seconds() / 60:.0f} min"
        if one.schedules
        else "by hand"
        for one in deployments()
    }
    assert timetable.pop("digest") == "by hand"  # until somebody's address is named
    assert table.pop("digest") == "every week"
    assert table == timetable


def test_the_overview_is_on_the_timetable_of_staff_once_an_address_is_named(tmp_path):
    shutil.copytree(ROOT / "config", tmp_path / "config")
    file = tmp_path / "config" / "programme.toml"
    text = file.read_text(encoding="utf-8").replace("addresses = []", 'addresses = ["ana@example.org"]', 1)
    file.write_text(text.replace('zone = "UTC"', 'zone = "Africa/Nairobi"'), encoding="utf-8")
    served = asyncio.run(all_deployments(Settings(_env_file=None, config=tmp_path / "config")))

    [overview] = [one.schedules[0].schedule for one in served if one.flow_name == "digest"]
    assert (overview.cron, overview.timezone) == ("0 8 * * mon", "Africa/Nairobi")


def test_at_most_one_run_of_a_flow_is_at_work_and_an_order_by_hand_waits_its_turn():
    limits = {
        one.flow_name: (one.concurrency_limit, str(one.concurrency_options.collision_strategy.value))
        for one in deployments()
    }
    assert limits == {
        "intake": (1, "CANCEL_NEW"),
        "scheduling": (1, "CANCEL_NEW"),
        "invitations": (1, "CANCEL_NEW"),
        "reminders": (1, "CANCEL_NEW"),
        "incoming": (1, "CANCEL_NEW"),
        "recordings": (1, "CANCEL_NEW"),
        "resend-invites": (1, "ENQUEUE"),
        "send-letter": (1, "ENQUEUE"),
        "digest": (1, "CANCEL_NEW"),
    }


def test_the_deployment_that_the_readme_starts_by_hand_is_served():
    [named] = re.findall(r"prefect deployment run '([^']+)'", README)
    assert named in {f"{one.flow_name}/{one.name}" for one in deployments()}


def test_every_command_of_the_readme_exists_and_every_command_is_in_the_readme():
    named = set(re.findall(r"^    colab ([a-z-]+)", README, flags=re.MULTILINE))
    known = {command.name or command.callback.__name__ for command in app.registered_commands}
    known |= {group.name for group in app.registered_groups}
    assert named == known - {"demo"}


def test_the_help_says_that_a_run_is_a_rehearsal_and_what_the_exit_codes_mean():
    answer = CliRunner().invoke(app, ["--help"])
    assert "rehearsal" in answer.output
    assert "2 settings unusable" in answer.output


def test_example_env_names_every_setting_and_no_other():
    named = re.findall(r"^#?COLAB_([A-Z_]+)=", (ROOT / "config" / "example.env").read_text(), flags=re.MULTILINE)
    assert {name.lower() for name in named} == set(Settings.model_fields)


def test_example_env_shows_the_defaults():
    shown = dict(re.findall(r"^COLAB_([A-Z_]+)=(.+)$", (ROOT / "config" / "example.env").read_text(), re.MULTILINE))
    defaults = {name: str(Settings.model_fields[name.lower()].default) for name in shown}
    assert {name: value.removesuffix(".0") for name, value in defaults.items()} == shown


def test_every_link_in_the_docs_leads_somewhere():
    broken = [
        f"{path.name}: {target}"
        for path in DOCS
        for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_decisions_are_numbered_without_gaps_and_short():
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    assert [record.name for record in records if len(Path(record).read_text().splitlines()) > 15] == []
