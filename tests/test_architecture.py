"""The house rules, read from the code itself: who imports whom, who may look at the clock, what stands where."""

import ast
import asyncio
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from config.settings import ROOT, Settings, load_programme
from flows.cli import FlowName
from flows.deployments import all_deployments
from tasks.domain.mail_identity import MailKind, Short

PROGRAMME = load_programme(ROOT / "config")
SOURCES = [path for folder in ("config", "tasks", "flows") for path in sorted((ROOT / folder).rglob("*.py"))]

# From the bottom of the house to its top: a layer imports itself and what lies below it.
LAYERS = ("tasks.domain", "config", "tasks.adapters tasks.ledger", "tasks.services", "tasks", "flows")
OUTSIDE = {"prefect", "google", "googleapiclient", "gspread", "httplib2", "sqlalchemy", "alembic", "requests", "config"}
GOOGLE = {"gspread", "googleapiclient", "google"}
AN_EXCEPTION = {"flows/demo_staff.py"}  # plays a person at the sheets: people have clients of their own
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic", "localtime", "gmtime"}

TOP = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "Makefile",
    "README.md",
    "config",
    "docs",
    "flows",
    "pyproject.toml",
    "requirements-bench.lock",
    "requirements-dev.lock",
    "requirements.lock",
    "tasks",
    "templates",
    "tests",
}
MACHINE_PATH = re.compile(r"(?<![\w.:/*-])/(?:work|root|tmp|home|Users|var/folders)/[\w.]")
INDEX = re.compile(
    r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|\bpypi\b|artifactory|nexus", re.IGNORECASE
)


def name_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def where(path):
    return str(path.relative_to(ROOT))


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path):
    """The modules that a file imports, in full."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{where(path)}:{node.lineno} imports by a relative name"
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names if is_module(node.module, alias.name)}
    return found


@cache
def is_module(package, name):
    place = ROOT.joinpath(*package.split("."), name)
    return place.is_dir() or place.with_suffix(".py").is_file()


def packages(path):
    return {module.partition(".")[0] for module in imports(path)}


def of(*prefixes):
    return [path for path in SOURCES if within(name_of(path), *prefixes)]


def within(module, *prefixes):
    return any(module == prefix or module.startswith(f"{prefix}.") for prefix in prefixes)


def layer_of(module):
    """The number of the lowest layer that claims a module; the sandbox stands outside the house."""
    if within(module, "tasks.sandbox") or not within(module, "tasks", "config", "flows"):
        return None
    return next(number for number, names in enumerate(LAYERS) if within(module, *names.split()))


def may_import(module, other):
    mine, theirs = layer_of(module), layer_of(other)
    if theirs is None or theirs < mine:
        return True
    return mine == theirs and any(within(module, name) and within(other, name) for name in LAYERS[mine].split())


def committed(pattern="*"):
    """What git knows, whatever else lies about; files that are about to be committed count too."""
    command = ["git", "ls-files", "--", pattern]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / line for line in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file() or path.is_symlink()]


def committed_texts():
    for path in committed():
        try:
            yield path, path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, OSError):  # a picture, or a link that leads nowhere
            continue


# ------------------------------------------------------------------------------------------------ who imports whom
def test_imports_run_one_way():
    for path in SOURCES:
        name = name_of(path)
        if layer_of(name) is not None:
            assert {module for module in imports(path) if not may_import(name, module)} == set(), name


def test_the_domain_imports_nobody():
    for path in of("tasks.domain"):
        assert packages(path) & OUTSIDE == set(), path
        ours = {module for module in imports(path) if within(module, "tasks")}
        assert {module for module in ours if not within(module, "tasks.domain")} <= {"tasks"}, path


def test_the_domain_does_not_look_at_the_clock():
    for path in of("tasks.domain"):
        assert clocks_in(path) == set(), path
        assert "time" not in imports(path), path


def clocks_in(path):
    calls = {
        node.func.attr
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    }
    return calls & CLOCKS


def test_only_the_adapters_know_googles_libraries():
    knowing = {
        where(path) for path in SOURCES if packages(path) & GOOGLE and not within(name_of(path), "tasks.adapters")
    }

    assert knowing == AN_EXCEPTION


def test_only_the_adapters_know_the_protocols_of_mail():
    knowing = {where(path) for path in SOURCES if packages(path) & {"smtplib", "imaplib"}}

    assert {path for path in knowing if not path.startswith("tasks/adapters/")} == set()


def test_the_adapters_do_not_know_prefect_the_ledger_or_the_flows():
    for path in of("tasks.adapters"):
        assert not [m for m in imports(path) if within(m, "prefect", "flows", "tasks.ledger", "tasks.services")], path


def test_only_the_ledger_knows_sql():
    knowing = {name_of(path).rpartition(".")[0] for path in SOURCES if packages(path) & {"sqlalchemy", "alembic"}}

    assert {name for name in knowing if not within(name, "tasks.ledger")} == set()


def test_the_sandbox_shares_nothing_with_the_clients_it_is_there_to_test():
    for path in of("tasks.sandbox"):
        house = {module for module in imports(path) if within(module, "tasks", "config", "flows")}
        assert {m for m in house if not within(m, "tasks.sandbox", "tasks.domain", "config")} <= {"tasks"}, path
        assert packages(path) & {"prefect", "googleapiclient", "gspread", "google"} == set(), path


def test_only_the_flows_and_two_modules_know_prefect():
    knowing = {where(path) for path in SOURCES if "prefect" in packages(path)}

    assert {path for path in knowing if not path.startswith("flows/")} == {"tasks/chapter.py", "tasks/steps.py"}


def test_whoever_hands_over_mails_holds_them_against_the_rules_first():
    hands = {("tasks.mail", "send"), ("tasks.mail", "send_claimed")}
    handing = {path for path in SOURCES if imported_names(path) & hands}

    assert {where(path) for path in handing if "tasks.gate" not in imports(path)} == set()
    assert len(handing) > 1


def imported_names(path):
    nodes = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom)]
    return {(node.module, one.name) for node in nodes for one in node.names}


def test_only_the_flows_start_a_sandbox():
    knowing = {where(p) for p in SOURCES if any(within(module, "tasks.sandbox") for module in imports(p))}

    others = {path for path in knowing if not path.startswith(("tasks/sandbox/", "flows/torture/"))}
    assert others <= {"flows/cli.py", "flows/demo.py"}


# ------------------------------------------------------------------------------------------------ names and places
def test_no_file_has_the_name_of_a_standard_module():
    ours = {path.stem for path in [*of("flows"), *of("tasks")]} - {"__init__"}

    assert ours & sys.stdlib_module_names == set()


def test_every_package_is_installed():
    listed = re.search(r"^packages = \[(.*)\]$", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)

    assert set(re.findall(r'"([^"]+)"', listed[1])) == {name_of(path) for path in SOURCES if path.stem == "__init__"}


def test_the_top_of_the_house_holds_only_what_belongs_there():
    tops = {path.relative_to(ROOT).parts[0] for path in committed()}

    assert tops - TOP == set()
    assert {path.name for path in ROOT.iterdir() if path.name in TOP} >= TOP - {"CHANGELOG.md"}


def test_a_module_says_what_it_is_for():
    silent = [where(path) for path in SOURCES if "migrations/versions" not in where(path) and not docstring(path)]

    assert silent == []


def docstring(path):
    return ast.get_docstring(tree_of(path))


# ------------------------------------------------------------------------------------------------ one vocabulary
def test_every_mail_kind_has_a_folder_of_letters_in_every_language_and_no_folder_is_left_over():
    letters = {(path.parent.name, path.stem) for path in (ROOT / "templates/mail").glob("*/*.md")}

    assert letters == {(str(kind), language) for kind in (*MailKind, *Short) for language in PROGRAMME.forms}


def test_every_form_has_a_language_file_and_no_file_is_left_over():
    assert {path.stem for path in (ROOT / "config/languages").glob("*.toml")} == set(PROGRAMME.forms)


def test_a_flow_has_one_name_in_the_command_the_timetable_and_the_files():
    deployments = asyncio.run(all_deployments(Settings(_env_file=None)))
    scheduled = {one.flow_name for one in deployments if one.schedules}
    by_hand = {one.flow_name for one in deployments if not one.schedules}

    assert scheduled == set(type(PROGRAMME.cadence).model_fields)
    assert all((ROOT / "flows" / f"{name}.py").is_file() for name in scheduled)
    assert scheduled <= set(map(str, FlowName)) <= scheduled | by_hand
    assert by_hand == {"resend-invites", "send-letter", "digest"}


# ------------------------------------------------------------------------------------------------ what is committed
def test_the_lock_files_name_no_index_and_hold_a_hash_for_everything():
    for path in ROOT.glob("requirements*.lock"):
        text = path.read_text(encoding="utf-8")
        assert INDEX.findall(text) == [], path.name
        names = re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
        assert len(names) == len(re.findall(r"^[\w.-]+==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)), path.name


def test_no_committed_file_names_a_place_on_somebodys_machine():
    found = {
        f"{where(path)}: {line.strip()[:80]}"
        for path, text in committed_texts()
        if not path.name.endswith(".lock")
        for line in text.splitlines()
        if MACHINE_PATH.search(line)
    }

    assert found == set()


@pytest.mark.parametrize("wrong", [f"see /{'work'}/main/x", f'"/{"root"}/.cache"', f"(/{'tmp'}/colab.sqlite)"])
def test_a_place_on_somebodys_machine_would_be_noticed(wrong):
    assert MACHINE_PATH.search(wrong)


def test_no_committed_file_holds_a_key():
    marks = ("PRIVATE KEY" + "-----", '"refresh_token": ' + '"1//')
    found = [where(path) for path, text in committed_texts() if any(mark in text for mark in marks)]

    assert found == []


def test_the_folder_of_this_test_is_the_house():
    assert Path(__file__).resolve().parents[1] == ROOT
