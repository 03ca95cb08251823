"""Possible duplicates: by which words they are found again, the pairs and what staff said, texts that were encoded."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REF = sa.String(12)
TIME = sa.String(32)
LOOKED_UP = ("submitted_at", "address_key")


def upgrade() -> None:
    op.create_table(
        "match_key",
        sa.Column("word", sa.String(240), primary_key=True),
        sa.Column("ref", REF, sa.ForeignKey("submission.ref"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pair",
        sa.Column("one", REF, sa.ForeignKey("submission.ref"), primary_key=True),
        sa.Column("other", REF, sa.ForeignKey("submission.ref"), primary_key=True, index=True),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("band", sa.String(12), nullable=False),
        sa.Column("probability", sa.Float, nullable=False),
        sa.Column("explanation", sa.Text, nullable=False),
        sa.Column("rules", sa.String(40), nullable=False),
        sa.Column("found_at", TIME, nullable=False),
        sa.Column("unacknowledged", REF, nullable=False),
        sa.Column("ruling", sa.String(12), nullable=False),
        sa.Column("ruled_at", TIME),
        sa.Column("parted", sa.Boolean, nullable=False),
    )
    op.create_table(
        "vector",
        sa.Column("ref", REF, sa.ForeignKey("submission.ref"), primary_key=True),
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    for column in LOOKED_UP:
        op.create_index(f"ix_response_{column}", "response", [column])


def downgrade() -> None:
    op.execute("delete from meta where name = 'words'")
    for column in LOOKED_UP:
        op.drop_index(f"ix_response_{column}", "response")
    for table in ("vector", "pair", "match_key"):
        op.drop_table(table)
