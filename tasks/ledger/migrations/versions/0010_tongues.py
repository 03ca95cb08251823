"""What the model of languages said of texts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def text(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "tongue",
        sa.Column("text", text(64), primary_key=True),
        sa.Column("made_by", text(40), nullable=False),
        sa.Column("code", text(8), nullable=False),
        sa.Column("certainty", sa.Float, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("tongue")
