"""What each form asked when its answers were last read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_seen",
        sa.Column("form_id", sa.String(200), primary_key=True),
        sa.Column("edition", sa.String(64), nullable=False),
        sa.Column("form", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("form_seen")
