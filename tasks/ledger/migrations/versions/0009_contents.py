"""An index from which alone the contents of a language are read, without the answers beside them."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAME = "ix_response_contents"


def upgrade() -> None:
    op.create_index(NAME, "response", ["language", "key", "fingerprint"])


def downgrade() -> None:
    op.drop_index(NAME, "response")
