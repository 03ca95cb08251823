"""The `colab` command as a person or a timer starts it."""

import json
import shutil
import signal
import subprocess
import sys

import pytest

from config.settings import ROOT
from tests.acceptance.forking import environment_with, running_colab
from tests.acceptance.people import A_MEMBER, MARCH, add, an_answer, confirm_talk, send_in, sent, told

NO_SERVER = "postgresql://colab:pa55word@127.0.0.1:9/colab"
NOWHERE = "http://127.0.0.1:9"  # the discard port: nobody answers
ROLES = ["responses-en", "responses-es", "responses-fr", "register", "archive"]


def start(*words, cwd, **settings):
    """A `colab` process that knows only these settings."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "flows.cli", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env=environment_with(**settings),
        text=True,
    )


def whole_process(*words, cwd, patience=60, **settings):
    """Exit code, stdout and stderr of a `colab` process."""
    with start(*words, cwd=cwd, **settings) as process:
        out, err = process.communicate(timeout=patience)
    return process.returncode, out, err


@pytest.fixture(scope="module")
def colab(tmp_path_factory):
    """The same of a command in a process that has imported everything already."""
    with running_colab(tmp_path_factory.mktemp("colab")) as run:
        yield run


@pytest.fixture
def at_office(office, colab):
    """`colab` in an office."""

    def run(*words):
        settings = office.settings
        return colab(*words, cwd=office.folder, google_url=settings.google_url, ledger_url=settings.ledger_url)

    return run


@pytest.fixture
def other_config(tmp_path):
    """A copy of the configuration that a test may spoil."""
    shutil.copytree(ROOT / "config", tmp_path / "config", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "config"


def changed(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# ------------------------------------------------------------------------------------------------------ the ledger
def test_each_sandbox_has_a_ledger_of_its_own_in_its_data_folder(office):
    send_in(office, "en", an_answer())

    words = ("run", "intake", "--live", "--now", "2024-02-16T08:00Z")
    code, _, _ = whole_process(*words, cwd=ROOT, google_url=office.url)

    assert (code, len(sent(office))) == (0, 1)
    assert (office.folder / "sandbox" / "colab-ledger.sqlite").is_file()


def test_the_ledger_of_a_sandbox_is_refused_for_google_and_the_other_way_round(office, tmp_path, colab):
    office.run("intake", live=False)
    account = {"client_id": "x", "client_secret": "x", "refresh_token": "x", "type": "authorized_user"}
    (tmp_path / "user.json").write_text(json.dumps(account), encoding="utf-8")

    code, _, told_to_staff = colab(
        "run",
        "intake",
        cwd=tmp_path,
        ledger_url=office.settings.ledger_url,
        google_authorized_user_file=tmp_path / "user.json",
    )

    assert code == 2
    assert "is the ledger of a sandbox and must not be used with Google" in told_to_staff


# ---------------------------------------------------------------------------------------------- settings unusable
UNUSABLE = {
    "mode": ({"mode": "banana"}, "COLAB_MODE"),
    "another host": ({"google_url": "https://example.org"}, "COLAB_GOOGLE_URL"),
    "another database": ({"ledger_url": "oracle://x"}, "COLAB_LEDGER_URL"),
    "a ledger that cannot be made": ({"google_url": NOWHERE, "ledger_url": "sqlite:////proc/x/l"}, "COLAB_LEDGER_URL"),
    "a server that is not there": ({"google_url": NOWHERE, "ledger_url": NO_SERVER}, "postgresql://127.0.0.1/colab"),
    "no credentials": ({}, "COLAB_GOOGLE_AUTHORIZED_USER_FILE"),
    "no files": ({"config": "/nowhere"}, "COLAB_CONFIG"),
    "no letters": ({"google_url": NOWHERE, "templates": "/nowhere"}, "/nowhere/mail/acknowledgement/en.md"),
    "no sandbox": ({"google_url": NOWHERE}, "COLAB_GOOGLE_URL"),
}


def assert_refused(result, *names):
    code, out, err = result
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1, err
    assert [name for name in names if name not in err] == []


@pytest.mark.parametrize(("settings", "name"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_setting_that_cannot_be_used_is_named_in_one_sentence(tmp_path, colab, settings, name):
    assert_refused(colab("run", "intake", cwd=tmp_path, **settings), name)


def test_the_password_of_a_ledger_that_cannot_be_opened_is_not_printed(tmp_path, colab):
    _, out, err = colab("run", "intake", cwd=tmp_path, google_url=NOWHERE, ledger_url=NO_SERVER)

    assert "pa55word" not in out + err


SPOILED = {
    "broken": ("programme.toml", "[session]", "[session", "programme.toml is not valid TOML"),
    "unknown key": ("programme.toml", "title_length", "titel_length", "limits.titel_length"),
    "missing wording": ("languages/fr.toml", 'peace = "', 'paix = "', "[options.themes] peace"),
}


@pytest.mark.parametrize(("file", "old", "new", "said"), SPOILED.values(), ids=SPOILED)
def test_a_configuration_that_cannot_be_used_is_named_in_one_sentence(
    tmp_path, colab, other_config, file, old, new, said
):
    changed(other_config / file, old, new)

    assert_refused(colab("check", cwd=tmp_path, config=other_config), file, said)


def test_a_sandbox_that_does_not_answer_is_named_also_when_the_clock_is_given(tmp_path, colab):
    result = colab("run", "intake", "--now", "2024-02-16T08:00Z", cwd=tmp_path, google_url=NOWHERE)

    assert_refused(result, "COLAB_GOOGLE_URL")


WITHOUT_PREFECT = """
import sys
from flows.cli import app
try:
    app(["run", "intake"])
except SystemExit as end:
    print(end.code, "prefect" in sys.modules)
"""


def test_whoever_is_refused_does_not_wait_for_prefect(tmp_path):
    command, known = [sys.executable, "-c", WITHOUT_PREFECT], environment_with(google_url=NOWHERE)

    ran = subprocess.run(command, env=known, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603 (ours)

    assert ran.stdout == "2 False\n"


# ------------------------------------------------------------------------------------------------------------ runs
def test_a_session_that_nobody_knows_is_a_failure(at_office):
    code, out, err = at_office("resend-invites", "NOSUCH", "--live", "--json")

    assert (code, err) == (1, "")
    assert json.loads(out)["failed"] == [
        "NOSUCH: there is no confirmed session with this ref in the Sessions tab",
    ]


def test_a_run_is_a_rehearsal_unless_it_is_said_to_be_live(office, at_office):
    send_in(office, "en", an_answer(), an_answer(email="none"))

    code, out, err = at_office("run", "intake", "--json", "--now", "2024-02-16T08:00Z")

    assert (code, err, sent(office)) == (0, "", [])
    assert len(out.splitlines()) == 1
    outcome = json.loads(out)
    assert {"read", "done", "skipped", "held", "problems", "requests"} <= set(outcome)
    assert (outcome["mode"], outcome["read"]["responses-en · Form Responses 1"]) == ("rehearsal", 2)
    assert outcome["requests"] == {"sheets": {"GET": 4}}
    assert [(problem["row"], problem["column"]) for problem in outcome["problems"]] == [(3, "Email Address")]

    assert at_office("run", "intake", "--live", "--now", "2024-02-16T08:00Z")[0] == 0
    assert told(office) == [("wanjiru@example.org", "en")]


def test_one_person_gets_the_invitation_again_and_is_not_named(office, at_office):
    add(office, "Members", A_MEMBER)
    confirm_talk(office)
    office.run("invitations", now=MARCH)

    again = ("resend-invites", "TALK1", "--to", "Sipho@example.net", "--live", "--now", "2024-03-04T10:00")
    code, out, err = at_office(*again)

    assert (code, told(office).count(("sipho@example.net", "en")), len(sent(office))) == (0, 2, 3)
    assert [word for word in ("ipho", "anjiru", "example.net", "example.org") if word in out + err] == []


def test_a_live_run_names_nobody(sample_office, colab):
    google_url, ledger_url = sample_office.settings.google_url, sample_office.settings.ledger_url

    code, out, err = colab(
        "run", "intake", "--live", cwd=sample_office.folder, google_url=google_url, ledger_url=ledger_url
    )

    people = [one for row in sample_office.table("register", "Submissions") for one in (row["Name"], row["E-mail"])]
    assert (code, err, len(people)) == (0, "", 44)
    assert [one for one in people if one.strip() in out] == []


def test_the_help_says_that_a_run_is_a_rehearsal(tmp_path):
    code, out, _ = whole_process("--help", cwd=tmp_path)

    assert (code, "rehearsal" in out) == (0, True)


# ----------------------------------------------------------------------------------------------------- the sandbox
def test_a_sandbox_announces_the_same_ids_at_each_start_and_ends_quietly(tmp_path):
    announcements = []
    for _ in range(2):
        with start("sandbox", "--data", "data", cwd=tmp_path) as process:
            announcements.append(json.loads(process.stdout.readline()))
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "", "")

    assert list(announcements[0]) == ["base_url", "access_token", "spreadsheets", "calendar_id", "mailbox"]
    assert list(announcements[0]["spreadsheets"]) == ROLES
    first, second = ({**one, "base_url": ""} for one in announcements)
    assert first == second


def test_a_second_sandbox_on_the_same_folder_is_refused(tmp_path):
    with start("sandbox", "--data", "data", cwd=tmp_path) as process:
        process.stdout.readline()
        assert_refused(whole_process("sandbox", "--data", "data", cwd=tmp_path), "data")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def test_the_demo_tells_the_whole_story_and_a_second_round_does_nothing(tmp_path):
    code, out, _ = whole_process("demo", cwd=tmp_path, patience=300)

    assert "The second round did nothing." in out
    assert code == 0
