"""A configuration that cannot be used is refused by name, before anything is done with it."""

import shutil
from pathlib import Path

import pytest

from config.settings import ROOT, Settings, SettingsError, load_languages, load_programme, load_settings
from tasks.domain.programme import Programme

CONFIG = ROOT / "config"


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(CONFIG, tmp_path / "config", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "config"


def rewrite(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = { kind = "short", required = true }', "", "questions: [questions] must define title"),
        ('name = "CoLab peer learning sessions"', 'name = " "', "name: String should have at least 1 character"),
        ("intake = 5", "intake = 0", "cadence.intake: Input should be greater than 0"),
        ("intake = 5", "intak = 5", "cadence.intak: Extra inputs are not permitted"),
        ("title_length = 200", "title_length = -1", "limits.title_length: Input should be greater than 0"),
        ('kind = "paragraph", required', 'kind = "essay", required', "questions.summary.kind: Input should be"),
        ('archive = ""', "", "[spreadsheets] has no entry for archive"),
        ('spreadsheet = "responses-es"', 'spreadsheet = "answers"', "[spreadsheets] has no entry for answers"),
        ('ref = "Ref"', 'ref = ""', "register.submissions.columns.ref: String should have at least 1 character"),
        ('optional = ["answer"]', 'optional = ["x"]', "register.needs_attention: optional names x, which [columns]"),
        ("[session]", "[session", "is not valid TOML"),
        ("[register.members]", "[register.people]", "register.people: Extra inputs are not permitted"),
    ],
)
def test_a_programme_that_cannot_be_used_is_refused_by_name(folder, old, new, told):
    rewrite(folder / "programme.toml", old, new)

    with pytest.raises(SettingsError) as refused:
        load_programme(folder)

    assert str(folder / "programme.toml") in str(refused.value)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\ntitle = ", "\ntitel = ", "no wording for [questions] title"),
        ("\npanel = ", "\npannel = ", "no wording for [options.format] panel"),
        ("\nthemes = ", "\nthemas = ", "no wording for"),
        ("[labels]", "[label]", "label: Extra inputs are not permitted"),
    ],
)
def test_a_language_that_lacks_a_wording_is_refused_by_name(folder, old, new, told):
    rewrite(folder / "languages" / "es.toml", old, new)

    with pytest.raises(SettingsError) as refused:
        load_languages(folder, load_programme(folder))

    assert str(folder / "languages" / "es.toml") in str(refused.value)
    assert told in str(refused.value)


def test_a_question_with_a_free_answer_needs_the_word_before_its_colon(folder):
    path = folder / "languages" / "fr.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index("[other]")
    path.write_text(text[:start] + "[other]\n" + text[text.index("[labels]") :], encoding="utf-8")

    with pytest.raises(SettingsError, match=r"no wording for \[other\] themes"):
        load_languages(folder, load_programme(folder))


def test_a_folder_without_a_programme_is_refused_with_the_setting_that_names_it(tmp_path):
    with pytest.raises(SettingsError, match="COLAB_CONFIG must name the folder that holds it"):
        load_programme(tmp_path)


def test_a_language_without_a_file_is_refused(folder):
    (folder / "languages" / "fr.toml").unlink()

    with pytest.raises(SettingsError, match=r"fr\.toml cannot be read"):
        load_languages(folder, load_programme(folder))


@pytest.mark.parametrize("form", [CONFIG, None])
def test_the_configuration_that_we_ship_can_be_used(form, folder):
    programme = load_programme(form or folder)

    assert list(load_languages(form or folder, programme)) == ["en", "es", "fr"]
    assert programme.register_.sessions.columns["ref"] == "Ref"


def test_nothing_in_a_programme_can_be_changed_afterwards():
    programme = load_programme(CONFIG)

    with pytest.raises(ValueError, match="frozen"):
        programme.name = "Another"


def test_what_is_not_said_has_a_safe_value():
    told = load_programme(CONFIG).model_dump(by_alias=True, exclude={"session", "cadence", "limits"})

    programme = Programme.model_validate(told)

    assert (programme.session.minutes, programme.limits.acknowledge_within_days, programme.cadence.intake) == (
        90,
        30,
        5,
    )


# ------------------------------------------------------------------------------------------------ the environment
@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("COLAB_MODE", "test", "COLAB_MODE: Input should be 'rehearsal', 'allowlist' or 'live'"),
        ("COLAB_GOOGLE_URL", "https://sheets.googleapis.com", "COLAB_GOOGLE_URL: must be the http:// address"),
        ("COLAB_GOOGLE_URL", "http://192.0.2.1:80", "COLAB_GOOGLE_URL: must be the http:// address"),
        ("COLAB_GOOGLE_TIMEOUT_SECONDS", "0", "COLAB_GOOGLE_TIMEOUT_SECONDS: Input should be greater than 0"),
        ("COLAB_LEDGER_URL", "oracle://h/db", "COLAB_LEDGER_URL: must start with sqlite:/// or postgresql://"),
        (
            "COLAB_GOOGLE_AUTHORIZED_USER_FILE",
            "no.json",
            "COLAB_GOOGLE_AUTHORIZED_USER_FILE names no.json, which is not",
        ),
        (
            "COLAB_GOOGLE_SERVICE_ACCOUNT_FILE",
            "no.json",
            "COLAB_GOOGLE_SERVICE_ACCOUNT_FILE names no.json, which is not",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_name(monkeypatch, tmp_path, name, value, told):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as refused:
        load_settings()

    assert str(refused.value).startswith(told)


def test_a_spreadsheet_without_an_id_is_refused_where_it_is_needed(tmp_path):
    settings = Settings(_env_file=None, ledger_url=f"sqlite:///{tmp_path / 'l.sqlite'}")

    with pytest.raises(SettingsError, match=r"\[spreadsheets\] register is empty"):
        settings.spreadsheet_id("register")


def test_a_sandbox_needs_no_ids_and_a_child_process_gets_the_same_settings():
    settings = Settings(_env_file=None, google_url="http://127.0.0.1:8765/", ledger_url="sqlite:///l.sqlite")

    assert (settings.spreadsheet_id("register"), settings.calendar_id) == ("sandbox-register", "primary")
    assert settings.as_environment()["COLAB_GOOGLE_URL"] == "http://127.0.0.1:8765"
    assert settings.as_environment()["COLAB_LEDGER_URL"] == f"sqlite:///{Path('l.sqlite').absolute()}"
    assert "COLAB_GOOGLE_SERVICE_ACCOUNT_FILE" not in settings.as_environment()


def test_the_password_of_the_ledger_is_not_printed_with_the_settings():
    settings = Settings(_env_file=None, ledger_url="postgresql://colab:pa55@db.example.org/colab")

    assert "pa55" not in f"{settings} {settings!r}"
    assert settings.as_environment()["COLAB_LEDGER_URL"] == "postgresql://colab:pa55@db.example.org/colab"
