"""Within which start of the machine a claim's missing note means that nothing was handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WORD = sa.String(40).with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("effect", sa.Column("boot", WORD, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("effect", "boot")
