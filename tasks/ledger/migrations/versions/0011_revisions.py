"""What people were told of sessions, what is about to change, and how invitations are written once more."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def text(length: int | None = None) -> sa.types.TypeEngine[str]:
    on_sqlite = sa.String(length) if length else sa.Text()
    return on_sqlite.with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("ref", text(), primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("status", text(12), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("recorded_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "change",
        sa.Column("ref", text(), primary_key=True),
        sa.Column("mark", text(64), nullable=False),
        sa.Column("seen_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "asked",
        sa.Column("ref", text(), primary_key=True),
        sa.Column("asked_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "wording",
        sa.Column("key", text(120), primary_key=True),
        sa.Column("asked_at", sa.String(32), nullable=False),
        sa.Column("language", text(8), nullable=False),
        sa.Column("preface", text(), nullable=False),
        sa.Column("reason", text(), nullable=False),
    )


def downgrade() -> None:
    for table in ("wording", "asked", "change", "revision"):
        op.drop_table(table)
