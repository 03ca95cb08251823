"""What an outbox needs: priority, times, the provider, and what a brake holds."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TIME = sa.String(32)
WORD = sa.String(40).with_variant(sa.Text(collation="C"), "postgresql")


def columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("priority", sa.Integer, nullable=False, server_default="5"),
        sa.Column("not_before", TIME),
        sa.Column("expires_at", TIME),
        sa.Column("person", WORD, nullable=False, server_default=""),
        sa.Column("since", TIME),
        sa.Column("provider", WORD, nullable=False, server_default=""),
        sa.Column("held_by", WORD, nullable=False, server_default=""),
        sa.Column("released_at", TIME),
    ]


def upgrade() -> None:
    for column in columns():
        op.add_column("effect", column)
    op.create_index("ix_effect_claimed_at", "effect", ["claimed_at"])


def downgrade() -> None:
    op.drop_index("ix_effect_claimed_at", "effect")
    for column in columns():
        op.drop_column("effect", column.name)
