"""The tables of the ledger. Times are UTC; a change here needs a migration (a test compares the two)."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept as ISO 8601 text in UTC, so that every database sorts it and none drops the zone."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        return datetime.fromisoformat(value) if value else None


metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

submissions = Table(
    "submission",
    metadata,
    Column("ref", String(12), primary_key=True),
    Column("language", String(8), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

# Every content a response row ever had is a row of its own: the history of a submission is kept.
responses = Table(
    "response",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("fingerprint", String(64), primary_key=True),
    Column("ref", ForeignKey("submission.ref"), nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("submitted_at", UtcDateTime, nullable=False, index=True),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("address_key", Text, nullable=False, index=True),
    Column("answers", JSON, nullable=False),
    Column("codes", JSON, nullable=False),
)

effects = Table(
    "effect",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("ref", String(12), nullable=False, index=True),
    Column("state", String(12), nullable=False, index=True),
    Column("provider_id", Text, nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Column("link", Text, nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("created_at", UtcDateTime, nullable=False),
    Column("claimed_at", UtcDateTime),
    Column("settled_at", UtcDateTime),
)

problems = Table(
    "problem",
    metadata,
    Column("key", String(300), primary_key=True),
    Column("identity", String(12), nullable=False, index=True),
    Column("since", UtcDateTime, primary_key=True),
    Column("solved_at", UtcDateTime),
    Column("code", String(40), nullable=False),
    Column("severity", String(12), nullable=False),
    Column("sheet", Text, nullable=False, index=True),
    Column("subject", Text, nullable=False),
    Column("row", Integer),
    Column("column", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("todo", Text, nullable=False),
)

# What staff typed over an answer in the register; it counts until it is withdrawn.
corrections = Table(
    "correction",
    metadata,
    Column("ref", ForeignKey("submission.ref"), primary_key=True),
    Column("field", String(40), primary_key=True),
    Column("seen_at", UtcDateTime, primary_key=True),
    Column("withdrawn_at", UtcDateTime),
    Column("value", Text, nullable=False),
    Column("codes", JSON, nullable=False),
)

# Digests of what a read found in the rows of the register, and of what was written into its cells.
rows_seen = Table(
    "row_seen",
    metadata,
    Column("ref", ForeignKey("submission.ref"), primary_key=True),
    Column("digest", String(64), nullable=False),
)

cells_written = Table(
    "cell_written",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("written_at", UtcDateTime, nullable=False),
)

sheets_seen = Table(
    "sheet_seen",
    metadata,
    Column("sheet", String(200), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
)

# What a form asked when its responses (by their edition) were last read without a doubt.
forms_seen = Table(
    "form_seen",
    metadata,
    Column("form_id", String(200), primary_key=True),
    Column("edition", String(64), nullable=False),
    Column("form", Text, nullable=False),
)

decisions = Table(
    "decision",
    metadata,
    Column("ref", ForeignKey("submission.ref"), primary_key=True),
    Column("seen_at", UtcDateTime, primary_key=True),
    Column("decision", String(40), nullable=False),
)

# Words by which submissions that may be one are found again (tasks/domain/duplicates/keys.py).
match_keys = Table(
    "match_key",
    metadata,
    Column("word", String(240), primary_key=True),
    Column("ref", ForeignKey("submission.ref"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# Two submissions that are or may be one: ``one`` < ``other``. ``ruling`` is the staff's word, which is final.
pairs = Table(
    "pair",
    metadata,
    Column("one", ForeignKey("submission.ref"), primary_key=True),
    Column("other", ForeignKey("submission.ref"), primary_key=True, index=True),
    Column("outcome", String(12), nullable=False),
    Column("band", String(12), nullable=False),
    Column("probability", Float, nullable=False),
    Column("explanation", Text, nullable=False),
    Column("rules", String(40), nullable=False),
    Column("found_at", UtcDateTime, nullable=False),
    Column("unacknowledged", String(12), nullable=False),
    Column("ruling", String(12), nullable=False),
    Column("ruled_at", UtcDateTime),
    Column("parted", Boolean, nullable=False),
)

# Texts that the encoder has read, so that it reads each once.
vectors = Table(
    "vector",
    metadata,
    Column("ref", ForeignKey("submission.ref"), primary_key=True),
    Column("fingerprint", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
