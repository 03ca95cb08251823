"""Corrections and decisions of staff, what was seen and written in the register, and an identity for each problem."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TIME = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("ref", sa.String(12), sa.ForeignKey("submission.ref"), primary_key=True),
        sa.Column("field", sa.String(40), primary_key=True),
        sa.Column("seen_at", TIME, primary_key=True),
        sa.Column("withdrawn_at", TIME),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("codes", sa.JSON, nullable=False),
    )
    op.create_table(
        "row_seen",
        sa.Column("ref", sa.String(12), sa.ForeignKey("submission.ref"), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    op.create_table(
        "cell_written",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("written_at", TIME, nullable=False),
    )
    op.create_table(
        "sheet_seen",
        sa.Column("sheet", sa.String(200), primary_key=True),
        sa.Column("seen_at", TIME, nullable=False),
    )
    op.create_table(
        "decision",
        sa.Column("ref", sa.String(12), sa.ForeignKey("submission.ref"), primary_key=True),
        sa.Column("seen_at", TIME, primary_key=True),
        sa.Column("decision", sa.String(40), nullable=False),
    )
    op.add_column("problem", sa.Column("identity", sa.String(12), nullable=False, server_default=""))
    _name_the_problems()
    op.create_index("ix_problem_identity", "problem", ["identity"])


def _name_the_problems() -> None:
    """The keys under which they stand in Needs attention already."""
    connection = op.get_bind()
    for key, since in connection.execute(sa.text("SELECT key, since FROM problem")).all():
        identity = hashlib.sha256(f"{key}@{since}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
        named = sa.text("UPDATE problem SET identity = :identity WHERE key = :key AND since = :since")
        connection.execute(named, {"identity": identity, "key": key, "since": since})


def downgrade() -> None:
    op.drop_index("ix_problem_identity", "problem")
    op.drop_column("problem", "identity")
    for table in ("decision", "sheet_seen", "cell_written", "row_seen", "correction"):
        op.drop_table(table)
