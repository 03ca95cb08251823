"""The tables that Alembic makes are those of the schema, and every older ledger can be brought up to date."""

import sqlite3
from contextlib import closing

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from tasks.domain.effects import EffectState
from tasks.ledger import schema
from tasks.ledger.database import MIGRATIONS, open_database
from tasks.ledger.ledger import Ledger
from tests.ledger.ledger_builders import KEY, NOW, a_mail, a_plan, a_version, at_state, child, killed, url_of

CONFIG = Config()
CONFIG.set_main_option("script_location", str(MIGRATIONS))
REVISIONS = [script.revision for script in ScriptDirectory.from_config(CONFIG).walk_revisions()]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.sqlite"


def move(path, direction, revision):
    """Run migrations as a technical colleague would."""
    engine = create_engine(url_of(path))
    with engine.begin() as connection:
        CONFIG.attributes["connection"] = connection
        direction(CONFIG, revision)
    engine.dispose()


def tables(path):
    with closing(sqlite3.connect(path)) as plain:
        return {name for (name,) in plain.execute("select name from sqlite_master where type = 'table'")}


def difference(path):
    engine = open_database(url_of(path))
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    engine.dispose()
    return found


def test_the_migrations_make_exactly_the_schema(path):
    assert difference(path) == []


def test_the_comparison_would_notice_a_column_that_no_migration_makes(path):
    Ledger(url_of(path)).close()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("alter table effect drop column link")

    (operation, _, table, column) = difference(path)[0]

    assert (operation, table, column.name) == ("add_column", "effect", "link")


def test_primary_and_foreign_keys_are_those_of_the_schema(path):
    engine = open_database(url_of(path))
    found = inspect(engine)

    keys = {name: found.get_pk_constraint(name)["constrained_columns"] for name in schema.metadata.tables}
    strangers = {name: [key["referred_table"] for key in found.get_foreign_keys(name)] for name in keys}

    assert keys == {
        name: [column.name for column in table.primary_key] for name, table in schema.metadata.tables.items()
    }
    of_a_submission = {"response", "correction", "row_seen", "decision", "match_key", "vector"}
    expected = {name: ["submission"] if name in of_a_submission else [] for name in schema.metadata.tables}
    assert strangers == {**expected, "pair": ["submission", "submission"]}
    engine.dispose()


@pytest.mark.parametrize("revision", ["base", *REVISIONS])
def test_an_older_ledger_is_brought_up_to_date_when_it_is_opened(path, revision):
    Ledger(url_of(path)).close()
    move(path, command.downgrade, revision)

    assert difference(path) == []


def test_opening_again_keeps_what_is_in_it(path):
    first = Ledger(url_of(path))
    first.record(a_plan(a_version(), promised=(a_mail(),)), NOW)
    at_state(first, EffectState.sent)
    secret = first.secret()
    first.close()

    second = Ledger(url_of(path))

    assert (second.versions(), second.effects()[KEY].state, second.secret()) == (
        [a_version()],
        EffectState.sent,
        secret,
    )
    second.close()


def test_the_way_back_removes_every_table(path):
    Ledger(url_of(path)).close()
    assert set(schema.metadata.tables) <= tables(path)

    move(path, command.downgrade, "base")

    assert tables(path) == {"alembic_version"}


KILLED = """
import os, signal, sys
from sqlalchemy import Engine, event
from tasks.ledger.database import open_database
made = 0
def count(connection, cursor, statement, *_):
    global made
    made += "CREATE TABLE" in statement
    if made == 4:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(Engine, "after_cursor_execute", count)
open_database(sys.argv[1])
"""


def test_a_migration_killed_half_way_leaves_nothing_and_is_made_again(path):
    assert killed(child(KILLED, url_of(path)))
    assert tables(path) == set()

    assert difference(path) == []
