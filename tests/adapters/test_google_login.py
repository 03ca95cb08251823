"""Who we are at Google is chosen by the settings; a file that is no use is named."""

import json

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.oauth2 import credentials as oauth2
from google.oauth2 import service_account

from config.sandbox import ACCESS_TOKEN
from config.settings import Settings, SettingsError
from tasks.adapters.google_login import MISSING, REMOVING_SCOPES, SCOPES, log_in
from tasks.domain.reviews import FIELD


@pytest.fixture(scope="module")
def account():
    """A service account's key file, thrown away after the test."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "type": "service_account",
        "client_email": "robot@project.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.googleapis.com/token",
        "private_key": key.decode(),
        "private_key_id": "1",
        "project_id": "project",
    }


USER = {"client_id": "c", "client_secret": "s", "refresh_token": "r", "type": "authorized_user"}


@pytest.fixture
def kept(tmp_path):
    """Write a file and answer its path."""

    def keep(content, name="file.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return keep


def settings(**values):
    return Settings(_env_file=None, **values)


def test_without_credentials_the_settings_that_are_missing_are_named():
    with pytest.raises(SettingsError) as refused:
        log_in(settings())

    assert str(refused.value) == MISSING
    assert {word for word in MISSING.split() if word.startswith("COLAB_")} == {
        "COLAB_GOOGLE_AUTHORIZED_USER_FILE,",
        "COLAB_GOOGLE_SERVICE_ACCOUNT_FILE",
        "COLAB_GOOGLE_DELEGATED_USER,",
        "COLAB_GOOGLE_URL",
    }


@pytest.mark.parametrize("setting", ["google_service_account_file", "google_authorized_user_file"])
@pytest.mark.parametrize(
    "content",
    [b"", b"no json", b"\xff\xfe", {}, [], "text", None, {"type": "service_account"}],
    ids=["empty", "text", "bytes", "object", "list", "string", "null", "half"],
)
def test_a_file_that_is_no_use_is_named(kept, setting, content):
    path = kept(content)

    with pytest.raises(SettingsError) as refused:
        log_in(settings(**{setting: path}))

    assert str(refused.value) == f"{path} is not a credentials file of the kind its setting names"


@pytest.mark.parametrize(
    "key", ["", "no key", "-----BEGIN PRIVATE" + " KEY-----\nAAAA\n-----END PRIVATE" + " KEY-----\n"]
)
def test_a_key_that_is_no_key_is_refused_without_showing_it(kept, account, key):
    path = kept({**account, "private_key": key})

    with pytest.raises(SettingsError) as refused:
        log_in(settings(google_service_account_file=path))

    assert str(path) in str(refused.value)
    assert "AAAA" not in str(refused.value)


def test_files_of_the_other_kind_are_refused(kept, account):
    user, robot = kept(USER, "user.json"), kept(account, "robot.json")

    with pytest.raises(SettingsError, match=r"user\.json"):
        log_in(settings(google_service_account_file=user))
    with pytest.raises(SettingsError, match=r"robot\.json"):
        log_in(settings(google_authorized_user_file=robot))


def test_a_service_account_acts_for_itself_or_for_a_mailbox(kept, account):
    path = kept(account)

    alone = log_in(settings(google_service_account_file=path))
    acting = log_in(settings(google_service_account_file=path, google_delegated_user="colab@example.org"))

    assert isinstance(alone, service_account.Credentials)
    assert set(alone.scopes) == {*SCOPES, *REMOVING_SCOPES}
    assert (alone._subject, acting._subject) == (None, "colab@example.org")  # noqa: SLF001 (it has no other name)


def test_a_user_comes_before_a_service_account_and_a_sandbox_before_both(kept, account):
    files = {
        "google_service_account_file": kept(account, "robot.json"),
        "google_authorized_user_file": kept(USER, "user.json"),
    }

    user = log_in(settings(**files))
    sandbox = log_in(settings(**files, google_url="http://127.0.0.1:8765"))

    assert isinstance(user, oauth2.Credentials)
    assert (user.refresh_token, sandbox.refresh_token, sandbox.token) == ("r", None, ACCESS_TOKEN)


@pytest.mark.parametrize("removes", [True, False])
def test_sent_mails_can_be_removed_only_where_that_is_wanted(kept, removes):
    made = settings(google_authorized_user_file=kept(USER, "user.json"))
    discretion = made.programme.discretion.model_copy(update={"safer_from_sent": removes})
    made.programme = made.programme.model_copy(update={"discretion": discretion})

    assert any(scope.endswith("gmail.modify") for scope in log_in(made).scopes) is removes


@pytest.mark.parametrize("shares", [True, False])
def test_files_can_be_shared_only_where_the_archive_has_a_box_for_it(kept, shares):
    made = settings(google_authorized_user_file=kept(USER, "user.json"))
    archive = made.programme.archive
    columns = {**archive.recordings.columns, **({FIELD: "Share for review"} if shares else {})}
    recordings = archive.recordings.model_copy(update={"columns": columns})
    made.programme = made.programme.model_copy(
        update={"archive": archive.model_copy(update={"recordings": recordings})}
    )

    assert any(scope.endswith("auth/drive") for scope in log_in(made).scopes) is shares


def test_we_ask_for_no_more_than_we_need():
    assert sorted(scope.rpartition("/")[2] for scope in SCOPES) == [
        "calendar.events.owned",
        "drive.meet.readonly",
        "gmail.compose",
        "gmail.readonly",
        "meetings.space.readonly",
        "spreadsheets",
    ]
