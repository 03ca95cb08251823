"""On PostgreSQL text is of any length and compared byte by byte, as it is on SQLite."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIMES = 32  # columns of this length hold moments, which are written by us and sort well anywhere


def upgrade() -> None:
    _change_text(sa.Text(collation="C"))


def downgrade() -> None:
    _change_text(sa.Text())


def _change_text(type_: sa.Text) -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    found = sa.inspect(connection)
    for table in found.get_table_names():
        for column in found.get_columns(table) if table != "alembic_version" else ():
            if isinstance(column["type"], sa.String) and column["type"].length != TIMES:
                op.alter_column(table, column["name"], type_=type_)
