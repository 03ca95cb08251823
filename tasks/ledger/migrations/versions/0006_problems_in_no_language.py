"""Problems are kept as names of phrases with what fills them in; what was kept as a sentence stays that sentence."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    for key, since, what, todo in connection.execute(sa.text("SELECT key, since, what, todo FROM problem")).all():
        said = {"what": json.dumps([what]), "todo": json.dumps([todo]), "key": key, "since": since}
        kept = sa.text("UPDATE problem SET what = :what, todo = :todo WHERE key = :key AND since = :since")
        connection.execute(kept, said)


def downgrade() -> None:
    """What is kept without a language stays readable, if not pretty."""
