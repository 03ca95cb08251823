"""The tables that Alembic makes are those of the schema, and every older ledger can be brought up to date."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import String, inspect
from sqlalchemy.dialects import postgresql

from tasks.domain.effects import EffectState
from tasks.ledger import schema
from tasks.ledger.database import MIGRATIONS, open_database
from tasks.ledger.ledger import Ledger
from tests.ledger.ledger_builders import (
    KEY,
    NOW,
    a_mail,
    a_plan,
    a_problem,
    a_version,
    at_state,
    change,
    child,
    killed,
    past_the_ledger,
)

CONFIG = Config()
CONFIG.set_main_option("script_location", str(MIGRATIONS))
REVISIONS = [script.revision for script in ScriptDirectory.from_config(CONFIG).walk_revisions()]


def move(url, direction, revision):
    """Run migrations as a technical colleague would."""
    with past_the_ledger(url) as connection:
        CONFIG.attributes["connection"] = connection
        direction(CONFIG, revision)


def tables(url):
    with past_the_ledger(url) as connection:
        return set(inspect(connection).get_table_names())


def difference(url):
    engine = open_database(url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    engine.dispose()
    return found


def test_the_migrations_make_exactly_the_schema(nothing_yet):
    assert difference(nothing_yet) == []


def test_the_comparison_would_notice_a_column_that_no_migration_makes(nothing_yet):
    Ledger(nothing_yet).close()
    change(nothing_yet, "alter table effect drop column link")

    (operation, _, table, column) = difference(nothing_yet)[0]

    assert (operation, table, column.name) == ("add_column", "effect", "link")


def test_primary_and_foreign_keys_are_those_of_the_schema(url):
    engine = open_database(url)
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


def test_on_postgresql_text_has_any_length_and_is_compared_byte_by_byte():
    texts = [c for table in schema.metadata.tables.values() for c in table.columns if isinstance(c.type, String)]

    found = {c.type.compile(postgresql.dialect()) for c in texts}

    assert found == {'TEXT COLLATE "C"'}


def test_an_older_ledger_is_brought_up_to_date_when_it_is_opened(nothing_yet):
    Ledger(nothing_yet).close()
    for revision in [*REVISIONS, "base"]:
        move(nothing_yet, command.downgrade, revision)
        assert difference(nothing_yet) == [], revision


def test_a_problem_that_was_kept_as_a_sentence_stays_that_sentence(nothing_yet):
    ledger = Ledger(nothing_yet)
    ledger.record_problems([a_problem()], {"responses-en"}, NOW)
    ledger.close()
    change(nothing_yet, "update problem set what = 'is \"wrong\"', todo = '[Mend it.]'")
    move(nothing_yet, command.downgrade, "0005")

    ledger = Ledger(nothing_yet)

    (line,) = ledger.attention()
    assert (line.problem.what, line.problem.todo) == (('is "wrong"',), ("[Mend it.]",))
    ledger.close()


def test_opening_again_keeps_what_is_in_it(url):
    first = Ledger(url)
    first.record(a_plan(a_version(), promised=(a_mail(),)), NOW)
    at_state(first, EffectState.sent)
    secret = first.secret()
    first.close()

    second = Ledger(url)

    assert (second.versions(), second.effects()[KEY].state, second.secret()) == (
        [a_version()],
        EffectState.sent,
        secret,
    )
    second.close()


def test_the_way_back_removes_every_table(nothing_yet):
    Ledger(nothing_yet).close()
    assert set(schema.metadata.tables) <= tables(nothing_yet)

    move(nothing_yet, command.downgrade, "base")

    assert tables(nothing_yet) == {"alembic_version"}


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


def test_a_migration_killed_half_way_leaves_nothing_and_is_made_again(nothing_yet):
    assert killed(child(KILLED, nothing_yet))
    assert tables(nothing_yet) == set()

    assert difference(nothing_yet) == []
