"""How the ledger's database is opened, and what is told of it."""

import sqlite3
from contextlib import closing
from threading import Timer

import pytest

from tasks.ledger.database import LedgerUnusable, open_database, public_name


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:////var/lib/colab/ledger.sqlite", "sqlite:////var/lib/colab/ledger.sqlite"),
        ("postgresql://colab:pa55@db.example.org:5432/colab?sslmode=require", "postgresql://db.example.org/colab"),
        ("postgresql+psycopg://colab:pa55@db.example.org/colab", "postgresql://db.example.org/colab"),
        ("postgresql:///colab?user=colab&password=pa55", "postgresql:///colab"),
        ("postgresql://colab:p@55@db.example.org/colab", "postgresql://db.example.org/colab"),
        ("postgresql://colab:p?55@db.example.org/colab", "postgresql://db.example.org/colab"),
        ("postgresql://colab:pa55@db.example.org:port/colab", "an address that cannot be read"),
        ("pa55", "an address that cannot be read"),
    ],
)
def test_an_address_is_shown_without_user_password_and_options(url, shown):
    assert public_name(url) == shown


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://colab:pa55@127.0.0.1:9/colab",
        "postgresql://colab:pa55@127.0.0.1:port/colab",
        "postgresql://colab:pa55@127.0.0.1:9/colab?sslmode=perhaps",
        "pa55",
    ],
)
def test_a_database_that_cannot_be_opened_is_refused_without_its_password(url):
    with pytest.raises(LedgerUnusable) as refused:
        open_database(url)

    assert "pa55" not in f"{refused.value!r} {refused.value.__cause__!r}"


def test_a_wrong_password_is_refused_without_it(postgres):
    with pytest.raises(LedgerUnusable) as refused:
        open_database(postgres.url("postgres").replace(":not-a-secret@", ":pa55@"))

    assert "pa55" not in repr(refused.value)


def test_a_new_file_into_which_another_process_writes_just_then_is_waited_for(tmp_path):
    file = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        Timer(0.1, other.execute, ["COMMIT"]).start()

        engine = open_database(f"sqlite:///{file}")

    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


def test_every_commit_on_postgresql_is_on_disk_before_it_returns_and_nobody_holds_the_lock_for_ever(
    nothing_on_postgres,
):
    engine = open_database(nothing_on_postgres)

    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in (
                "synchronous_commit",
                "transaction_isolation",
                "lock_timeout",
                "idle_in_transaction_session_timeout",
            )
        }

    assert found == {
        "synchronous_commit": "on",
        "transaction_isolation": "read committed",
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "30s",
    }
    engine.dispose()
