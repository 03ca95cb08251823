"""How mail leaves, as the environment says it: what is refused, and what is never shown."""

from pathlib import Path

import pytest

from config.settings import Settings, SettingsError, load_settings

SMTP = {"COLAB_MAIL_TRANSPORT": "smtp", "COLAB_SMTP_HOST": "smtp.example.org"}
IMAP = {"COLAB_IMAP_HOST": "imap.example.org"}
PASSWORD, OTHER = "COLAB_SMTP_PASSWORD", "COLAB_IMAP_PASSWORD"
ONLY_HERE = "which is for a server on this machine only"
HERE = {**SMTP, "COLAB_SMTP_HOST": "127.0.0.1"}


@pytest.fixture
def settings_with(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def read(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, str(value))
        return load_settings()

    return read


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({**SMTP, "COLAB_SMTP_HOST": ""}, "COLAB_MAIL_TRANSPORT is smtp, but COLAB_SMTP_HOST names no server"),
        (
            {**SMTP, "COLAB_SMTP_SECURITY": "none"},
            f"COLAB_SMTP_SECURITY is none, {ONLY_HERE}; mail to smtp.example.org must be encrypted",
        ),
        (
            {**SMTP, "COLAB_IMAP_HOST": "imap.example.org", "COLAB_IMAP_SECURITY": "none"},
            f"COLAB_IMAP_SECURITY is none, {ONLY_HERE}; mail to imap.example.org must be encrypted",
        ),
        (
            {**SMTP, "COLAB_MAIL_FILES_SENT": "us"},
            "COLAB_MAIL_FILES_SENT is us, but COLAB_IMAP_HOST names no server with a Sent folder",
        ),
        (
            {**SMTP, "COLAB_GOOGLE_URL": "http://127.0.0.1:8765"},
            "COLAB_SMTP_HOST is smtp.example.org, but with a sandbox (COLAB_GOOGLE_URL) no mail may leave",
        ),
        ({**SMTP, "COLAB_SMTP_PASSWORD_FILE": "no.txt"}, "COLAB_SMTP_PASSWORD_FILE names no.txt, which is not a file"),
        ({**SMTP, "COLAB_MAIL_CA_FILE": "no.pem"}, "COLAB_MAIL_CA_FILE names no.pem, which is not a file"),
    ],
)
def test_settings_by_which_mail_cannot_leave_or_would_not_be_safe_are_refused(settings_with, environment, told):
    with pytest.raises(SettingsError) as refused:
        settings_with(**environment)

    assert str(refused.value) == told


def test_without_a_word_mail_leaves_by_gmail():
    assert Settings(_env_file=None).mail_transport == "gmail"


def test_a_sandbox_may_write_to_a_mail_server_on_this_machine(settings_with):
    settings = settings_with(**HERE, COLAB_SMTP_SECURITY="none", COLAB_GOOGLE_URL="http://127.0.0.1:8765")

    assert (settings.smtp_server.host, settings.smtp_server.port) == ("127.0.0.1", 25)


@pytest.mark.parametrize(("security", "port"), [("tls", 465), ("starttls", 587)])
def test_the_port_follows_from_the_kind_of_encryption(settings_with, security, port):
    assert settings_with(**SMTP, COLAB_SMTP_SECURITY=security).smtp_server.port == port


def test_the_sent_folder_has_the_same_log_in_unless_another_is_given(settings_with):
    both = settings_with(**SMTP, **IMAP, COLAB_SMTP_USER="us", **{PASSWORD: "one"})
    assert (both.imap_server.user, both.imap_server.password, both.imap_server.port) == ("us", "one", 993)

    other = settings_with(COLAB_IMAP_USER="them", **{OTHER: "two"})
    assert (other.imap_server.user, other.imap_server.password) == ("them", "two")


def test_a_password_is_read_from_its_file_without_the_end_of_the_line(settings_with):
    Path("password.txt").write_text("secret\n", encoding="utf-8")

    settings = settings_with(**SMTP, **{f"{PASSWORD}_FILE": "password.txt"})

    assert settings.smtp_server.password == "secret"  # noqa: S105 (of a test)


def test_a_password_is_never_shown_and_a_child_process_gets_it(settings_with):
    settings = settings_with(**SMTP, **{PASSWORD: "hush-hush"})

    assert "hush" not in f"{settings!r}{settings}{settings.smtp_server!r}"
    assert settings.as_environment()[PASSWORD] == "hush-hush"
    assert OTHER not in settings.as_environment()
