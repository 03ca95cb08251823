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
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    false,
)
from sqlalchemy.types import TypeEngine

from tasks.domain.effects import Priority


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept as ISO 8601 text in UTC, so that every database sorts it and none drops the zone."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return in_text(value) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        return datetime.fromisoformat(value) if value else None


def in_text(moment: datetime) -> str:
    """A moment as the ledger keeps it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def words(length: int | None = None) -> TypeEngine[str]:
    """Text; on PostgreSQL as on SQLite, where lengths are remarks and bytes are compared."""
    on_sqlite = String(length) if length else Text()
    return on_sqlite.with_variant(Text(collation="C"), "postgresql")


metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", words(40), primary_key=True),
    Column("value", words(), nullable=False),
)

submissions = Table(
    "submission",
    metadata,
    Column("ref", words(12), primary_key=True),
    Column("language", words(8), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

# Every content a response row ever had is a row of its own: the history of a submission is kept.
responses = Table(
    "response",
    metadata,
    Column("key", words(80), primary_key=True),
    Column("fingerprint", words(64), primary_key=True),
    Column("ref", ForeignKey("submission.ref"), nullable=False, index=True),
    Column("language", words(8), nullable=False),
    Column("submitted_at", UtcDateTime, nullable=False, index=True),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("name", words(), nullable=False),
    Column("address", words(), nullable=False),
    Column("address_key", words(), nullable=False, index=True),
    Column("answers", JSON, nullable=False),
    Column("codes", JSON, nullable=False),
    Index("ix_response_contents", "language", "key", "fingerprint"),
)

effects = Table(
    "effect",
    metadata,
    Column("key", words(120), primary_key=True),
    Column("kind", words(12), nullable=False),
    Column("ref", words(12), nullable=False, index=True),
    Column("state", words(12), nullable=False, index=True),
    Column("provider_id", words(), nullable=False, default=""),
    Column("detail", words(), nullable=False, default=""),
    Column("link", words(), nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("created_at", UtcDateTime, nullable=False),
    Column("claimed_at", UtcDateTime, index=True),
    Column("claimed_by", Integer),
    Column("settled_at", UtcDateTime),
    Column("priority", Integer, nullable=False, default=Priority.normal),
    Column("not_before", UtcDateTime),
    Column("expires_at", UtcDateTime),
    Column("person", words(40), nullable=False, default=""),
    Column("since", UtcDateTime),
    Column("provider", words(40), nullable=False, default=""),
    Column("held_by", words(40), nullable=False, default=""),
    Column("released_at", UtcDateTime),
    Column("boot", words(40), nullable=False, default=""),
)

# Live runs, one at a time: the newest holds the lease until it ends, dies or expires. ``id`` is its fence.
runs = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("flow", words(), nullable=False),
    Column("holder", words(), nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)

problems = Table(
    "problem",
    metadata,
    Column("key", words(300), primary_key=True),
    Column("identity", words(12), nullable=False, index=True),
    Column("since", UtcDateTime, primary_key=True),
    Column("solved_at", UtcDateTime),
    Column("code", words(40), nullable=False),
    Column("severity", words(12), nullable=False),
    Column("sheet", words(), nullable=False, index=True),
    Column("subject", words(), nullable=False),
    Column("row", Integer),
    Column("column", words(), nullable=False),
    Column("what", words(), nullable=False),
    Column("todo", words(), nullable=False),
)

# What staff typed over an answer in the register; it counts until it is withdrawn.
corrections = Table(
    "correction",
    metadata,
    Column("ref", ForeignKey("submission.ref"), primary_key=True),
    Column("field", words(40), primary_key=True),
    Column("seen_at", UtcDateTime, primary_key=True),
    Column("withdrawn_at", UtcDateTime),
    Column("value", words(), nullable=False),
    Column("codes", JSON, nullable=False),
)

# Digests of what a read found in the rows of the register, and of what was written into its cells.
rows_seen = Table(
    "row_seen",
    metadata,
    Column("ref", ForeignKey("submission.ref"), primary_key=True),
    Column("digest", words(64), nullable=False),
)

cells_written = Table(
    "cell_written",
    metadata,
    Column("digest", words(64), primary_key=True),
    Column("written_at", UtcDateTime, nullable=False),
)

sheets_seen = Table(
    "sheet_seen",
    metadata,
    Column("sheet", words(200), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
)

# What a form asked when its responses (by their edition) were last read without a doubt.
forms_seen = Table(
    "form_seen",
    metadata,
    Column("form_id", words(200), primary_key=True),
    Column("edition", words(64), nullable=False),
    Column("form", words(), nullable=False),
)

decisions = Table(
    "decision",
    metadata,
    Column("ref", ForeignKey("submission.ref"), primary_key=True),
    Column("seen_at", UtcDateTime, primary_key=True),
    Column("decision", words(40), nullable=False),
)

# Words by which submissions that may be one are found again (tasks/domain/duplicates/keys.py).
match_keys = Table(
    "match_key",
    metadata,
    Column("word", words(240), primary_key=True),
    Column("ref", ForeignKey("submission.ref"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# Two submissions that are or may be one: ``one`` < ``other``. ``ruling`` is the staff's word, which is final.
pairs = Table(
    "pair",
    metadata,
    Column("one", ForeignKey("submission.ref"), primary_key=True),
    Column("other", ForeignKey("submission.ref"), primary_key=True, index=True),
    Column("outcome", words(12), nullable=False),
    Column("band", words(12), nullable=False),
    Column("probability", Float, nullable=False),
    Column("explanation", words(), nullable=False),
    Column("rules", words(40), nullable=False),
    Column("found_at", UtcDateTime, nullable=False),
    Column("unacknowledged", words(12), nullable=False),
    Column("ruling", words(12), nullable=False),
    Column("ruled_at", UtcDateTime),
    Column("parted", Boolean, nullable=False),
)

# What people were told of sessions, one revision after the other; ``sequence`` is the SEQUENCE of RFC 5546.
revisions = Table(
    "revision",
    metadata,
    Column("ref", words(), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("status", words(12), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
)

# What rows of sessions say by now, since when, and nobody was told yet.
changes = Table(
    "change",
    metadata,
    Column("ref", words(), primary_key=True),
    Column("mark", words(64), nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

# Wishes in cells of staff (the box of a session by its ref, a letter by kind and ref) that were acted upon, so that
# each sends once however often the cell is read.
asked = Table(
    "asked",
    metadata,
    Column("ref", words(), primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
)

# How a mail that staff asked for is written, or copied (``key`` is that of its effect), and why.
wordings = Table(
    "wording",
    metadata,
    Column("key", words(120), primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("language", words(8), nullable=False),
    Column("preface", words(), nullable=False),
    Column("reason", words(), nullable=False),
    Column("contact", words(), nullable=False),
    Column("questions", JSON, nullable=False),
    Column("as_copy", Boolean, nullable=False, server_default=false()),
)

# Texts that the encoder has read, so that it reads each once.
vectors = Table(
    "vector",
    metadata,
    Column("ref", ForeignKey("submission.ref"), primary_key=True),
    Column("fingerprint", words(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

# What the model of languages said of a text (its digest).
tongues = Table(
    "tongue",
    metadata,
    Column("text", words(64), primary_key=True),
    Column("made_by", words(40), nullable=False),
    Column("code", words(8), nullable=False),
    Column("certainty", Float, nullable=False),
)

# Mails that arrived and said something to the pipeline, by a digest of their id: none is heard twice.
incoming = Table(
    "incoming",
    metadata,
    Column("id", words(64), primary_key=True),
    Column("outcome", words(20), nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
)

# Addresses (their keyed hashes) that mail is kept from, until somebody says that they work, or are wanted, again.
suppressions = Table(
    "suppression",
    metadata,
    Column("person", words(40), primary_key=True),
    Column("reason", words(20), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("detail", words(20), nullable=False),
    Column("lifted_at", UtcDateTime),
)

# What a guest (a keyed hash) answered last to the invitation to a session; ``sequence`` is that of the invitation.
replies = Table(
    "reply",
    metadata,
    Column("ref", words(12), primary_key=True),
    Column("person", words(40), primary_key=True),
    Column("answer", words(12), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
