"""Live runs, one at a time, and which of them claimed an effect."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TIME = sa.String(32)
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("flow", WORDS, nullable=False),
        sa.Column("holder", WORDS, nullable=False),
        sa.Column("taken_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
    )
    op.add_column("effect", sa.Column("claimed_by", sa.Integer))


def downgrade() -> None:
    op.drop_column("effect", "claimed_by")
    op.drop_table("run")
