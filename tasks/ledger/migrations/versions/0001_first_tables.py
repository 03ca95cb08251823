"""First tables: identities seen, effects claimed, problems shown."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TIME = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "submission",
        sa.Column("ref", sa.String(12), primary_key=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
    )
    op.create_table(
        "response",
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("ref", sa.String(12), sa.ForeignKey("submission.ref"), nullable=False, index=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("submitted_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("address_key", sa.Text, nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("codes", sa.JSON, nullable=False),
    )
    op.create_table(
        "effect",
        sa.Column("key", sa.String(120), primary_key=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("ref", sa.String(12), nullable=False, index=True),
        sa.Column("state", sa.String(12), nullable=False, index=True),
        sa.Column("provider_id", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("claimed_at", TIME),
        sa.Column("settled_at", TIME),
    )
    op.create_table(
        "problem",
        sa.Column("key", sa.String(300), primary_key=True),
        sa.Column("since", TIME, primary_key=True),
        sa.Column("solved_at", TIME),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("severity", sa.String(12), nullable=False),
        sa.Column("sheet", sa.Text, nullable=False, index=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("row", sa.Integer),
        sa.Column("column", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("todo", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("problem", "effect", "response", "submission", "meta"):
        op.drop_table(table)
