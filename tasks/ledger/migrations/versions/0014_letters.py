"""What letters that staff ask for say: who writes, and what is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("wording", sa.Column("contact", TEXT, nullable=False, server_default=""))
    op.add_column("wording", sa.Column("questions", sa.JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("wording", "questions")
    op.drop_column("wording", "contact")
