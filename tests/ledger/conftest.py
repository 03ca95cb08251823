"""Ledgers in both databases: every promise of the ledger is tried on SQLite and on PostgreSQL."""

import shutil
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from tasks.ledger.ledger import Ledger
from tests.ledger.ledger_builders import url_of

EVERYTHING = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"


@pytest.fixture
def path(tmp_path):
    """Where a ledger of SQLite may be made."""
    return tmp_path / "ledger.sqlite"


@pytest.fixture(scope="session")
def a_new_file(tmp_path_factory):
    """The file of a ledger that is empty: making its tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("new") / "ledger.sqlite"
    Ledger(url_of(path)).close()
    return path


@pytest.fixture(scope="session")
def a_database(postgres):
    """One database for all tests that want an empty ledger, which is emptied each time."""
    url = postgres.new_database()
    Ledger(url).close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    """The address of an empty ledger."""
    if request.param == "sqlite":
        path = request.getfixturevalue("path")
        shutil.copy(request.getfixturevalue("a_new_file"), path)
        return url_of(path)
    url = request.getfixturevalue("a_database")
    empty(url)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def nothing_yet(request):
    """An address at which no ledger was ever made."""
    if request.param == "sqlite":
        return url_of(request.getfixturevalue("path"))
    return request.getfixturevalue("nothing_on_postgres")


@pytest.fixture
def nothing_on_postgres(postgres):
    """A database without a table."""
    url = postgres.new_database()
    yield url
    postgres.drop(url)


@pytest.fixture
def ledger(url):
    with opened(url) as ledger:
        yield ledger


@pytest.fixture
def other(url):
    """A second run on the same ledger."""
    with opened(url) as ledger:
        yield ledger


@contextmanager
def opened(url):
    ledger = Ledger(url)
    yield ledger
    ledger.close()


def empty(url):
    with psycopg.connect(url) as connection:
        tables = [sql.Identifier(name) for (name,) in connection.execute(EVERYTHING)]
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(sql.SQL(", ").join(tables)))
