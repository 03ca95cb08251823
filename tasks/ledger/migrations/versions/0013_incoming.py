"""Mail that arrives: what was heard, who gets no more mail, who comes to a session."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TIME = sa.String(32)


def text(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "incoming",
        sa.Column("id", text(64), primary_key=True),
        sa.Column("outcome", text(20), nullable=False),
        sa.Column("read_at", TIME, nullable=False),
    )
    op.create_table(
        "suppression",
        sa.Column("person", text(40), primary_key=True),
        sa.Column("reason", text(20), primary_key=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("detail", text(20), nullable=False),
        sa.Column("lifted_at", TIME),
    )
    op.create_table(
        "reply",
        sa.Column("ref", text(12), primary_key=True),
        sa.Column("person", text(40), primary_key=True),
        sa.Column("answer", text(12), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("reply")
    op.drop_table("suppression")
    op.drop_table("incoming")
