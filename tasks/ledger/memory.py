"""What the ledger remembers of earlier answers: found again by their rows, their people and the matcher's words."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    TableValuedAlias,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    tuple_,
)

from tasks.domain.duplicates.keys import match_keys
from tasks.domain.duplicates.meaning import Meaning
from tasks.domain.duplicates.pairs import Pair, Refs
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.known_answers import Clues, Couple
from tasks.domain.submissions import Submission, Version, submissions
from tasks.ledger import schema
from tasks.ledger.batches import some
from tasks.ledger.contents import Contents
from tasks.ledger.database import database_of
from tasks.ledger.rows import pair_of, pair_values, version_of
from tasks.ledger.texts import Encoder, Texts
from tasks.ledger.writing import put

TOO_COMMON = 60  # a word that more submissions share leads nowhere
WORDS = "1"  # to be raised when match_keys finds other words: every ledger then learns them when it is opened


class Memory:
    """Only reads: what there is to remember is written together with the fact that calls for it (``Ledger.record``)."""

    def __init__(self, engine: Engine, contents: Contents, encoder: Encoder | None) -> None:
        self._engine = engine
        self._contents = contents
        self.texts = Texts(engine, encoder)

    def contents(self, languages: Collection[str]) -> set[str]:
        """The mark of what stands in each row in these languages, as far as it was seen."""
        return self._contents.of(languages)

    def sharing(self, words: Collection[str]) -> dict[str, list[str]]:
        """For each of these words of the matcher the refs that have it, unless they are too many to say anything."""
        with self._engine.connect() as connection:
            found = connection.execute(_sharing(database_of(self._engine).each(sorted(words))))
            sharing = {word: refs.split() for word, refs in found if refs}
        return {word: refs for word, refs in sharing.items() if len(refs) <= TOO_COMMON}

    def submissions_with(self, clues: Clues) -> list[Version]:
        """All versions of the submissions that any of the clues leads to."""
        table = schema.responses.c
        refs = set(clues.refs)
        with self._engine.connect() as connection:
            for few in some(clues.rows):
                refs.update(_refs(connection, or_(*map(_in_row, few))))
            for senders in some(clues.senders):
                refs.update(_refs(connection, table.address_key.in_(senders)))
            for moments in some(clues.moments):
                refs.update(_refs(connection, table.submitted_at.in_(moments)))
            return [version for few in some(refs) for version in versions_of(connection, few)]

    def taken(self, refs: Collection[str]) -> set[str]:
        """Those of these refs that submissions have."""
        table = schema.submissions.c
        with self._engine.connect() as connection:
            queries = (select(table.ref).where(table.ref.in_(few)) for few in some(refs))
            return {ref for query in queries for ref in connection.scalars(query)}

    def pairs(self, refs: Collection[Refs]) -> dict[Refs, Pair]:
        """Those of these pairs that were found before."""
        names = tuple_(schema.pairs.c.one, schema.pairs.c.other)
        with self._engine.connect() as connection:
            rows = [row for few in some(refs) for row in connection.execute(select(schema.pairs).where(names.in_(few)))]
        return {(row.one, row.other): pair_of(row) for row in rows}

    @property
    def reads_meaning(self) -> bool:
        """Whether there is an encoder."""
        return self.texts.encoder is not None

    def closeness_at_best(self, couples: Sequence[Couple]) -> Sequence[Meaning | None]:
        """How near they can be, as far as their titles tell; None for one without text."""
        return self.texts.closeness_at_best(couples)

    def closeness(self, couples: Sequence[Couple]) -> Sequence[Meaning | None]:
        """How near the two texts of each couple are in meaning; None for one without text."""
        return self.texts.closeness(couples)


def learn_words(engine: Engine) -> None:
    """Note the words of all submissions, in a ledger that is older than the words."""
    mine = schema.meta.c.name == "words"
    with engine.begin() as connection:
        if connection.scalar(select(schema.meta.c.value).where(mine)) == WORDS:
            return
        keep_words(connection, connection.scalars(select(schema.submissions.c.ref)).all())
        connection.execute(delete(schema.meta).where(mine))
        connection.execute(insert(schema.meta).values(name="words", value=WORDS))


def keep_words(connection: Connection, refs: Iterable[str]) -> None:
    """Note by which words these submissions are found again: those of what stands now."""
    for few in some(refs):
        found = submissions(versions_of(connection, few)).values()
        note_words(connection, {one.ref: _words(one) for one in found})


def note_words(connection: Connection, words: Mapping[str, Collection[str]]) -> None:
    """Note that these submissions are found again by these words, and by no others."""
    table = schema.match_keys
    for few in some(words):
        connection.execute(delete(table).where(table.c.ref.in_(few)))
    if found := [{"word": word, "ref": ref} for ref, mine in words.items() for word in mine]:
        connection.execute(insert(table), found)


def keep_pairs(connection: Connection, pairs: Iterable[Pair]) -> None:
    """Write pairs as they are now."""
    put(connection, schema.pairs, map(pair_values, pairs))


def versions_of(connection: Connection, refs: Collection[str] | None) -> list[Version]:
    """All versions of these submissions; of every one, where none is named."""
    query = select(schema.responses)
    if refs is not None:
        query = query.where(schema.responses.c.ref.in_(refs))
    return [version_of(row) for row in connection.execute(query)]


def _words(submission: Submission) -> set[str]:
    return {word for one in submission.standing for word in match_keys(proposal_of(one.ref, one.response))}


def _refs(connection: Connection, found: ColumnElement[bool]) -> Iterable[str]:
    return connection.scalars(select(schema.responses.c.ref).where(found))


def _in_row(row: str) -> ColumnElement[bool]:
    """The key of the row itself, or with the number of an answer of the same second."""
    key = schema.responses.c.key
    return or_(key == row, and_(key >= f"{row}#", key < f"{row}$"))


def _sharing(words: TableValuedAlias) -> Select[tuple[str, str | None]]:
    """The refs of each word in one text; of a word that is too common no more than what tells so."""
    table = schema.match_keys.c
    mine = select(table.ref).where(table.word == words.c.value).limit(TOO_COMMON + 1).correlate(words).subquery()
    return select(words.c.value, select(func.aggregate_strings(mine.c.ref, " ")).scalar_subquery())
