"""Texts that the encoder has read: each is read once and kept, so that nothing is loaded where there is nothing new."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, Engine, select

from tasks.domain.duplicates.meaning import Meaning
from tasks.domain.duplicates.proposal import Proposal
from tasks.domain.duplicates.text import texts_to_encode, title_to_encode
from tasks.domain.keys import digest
from tasks.ledger.batches import some
from tasks.ledger.schema import vectors
from tasks.ledger.writing import put

Couple = tuple[Proposal, Proposal]
Name = tuple[str, str]
Reading = Callable[[Proposal], Sequence[str]]
Comparing = Callable[[bytes, bytes], Meaning]


class Encoder(Protocol):
    """Makes vectors of the texts of proposals, and tells how near those of two are."""

    name: str

    def encode(self, proposals: Sequence[Sequence[str]]) -> list[bytes]:
        """The vectors of each proposal."""

    def at_best(self, one: bytes, other: bytes) -> Meaning:
        """How near two proposals can be in meaning, as far as their titles tell."""

    def compare(self, one: bytes, other: bytes) -> Meaning:
        """How near two proposals are in meaning."""


class Text(NamedTuple):
    """The texts of a submission as the encoder read them; the fingerprint is that of the texts and the encoder."""

    ref: str
    fingerprint: str
    vector: bytes


class Texts:
    """``read`` collects what the encoder had to read anew."""

    def __init__(self, engine: Engine, encoder: Encoder | None) -> None:
        self._engine = engine
        self.encoder = encoder
        self.read: list[Text] = []

    def closeness_at_best(self, couples: Sequence[Couple]) -> list[Meaning | None]:
        """How near the texts of each can be, as far as the titles tell; None without an encoder or without text."""
        return self._compared(couples, title_to_encode, self.encoder.at_best) if self.encoder else [None] * len(couples)

    def closeness(self, couples: Sequence[Couple]) -> list[Meaning | None]:
        """How near the texts of each couple are in meaning; None without an encoder or without text."""
        return self._compared(couples, texts_to_encode, self.encoder.compare) if self.encoder else [None] * len(couples)

    def _compared(self, couples: Sequence[Couple], read: Reading, compare: Comparing) -> list[Meaning | None]:
        texts = [(one.ref, read(one)) for one in chain(*couples)]
        names = [self._name(*text) for text in texts]
        known = self._known({ref for ref, _ in texts})
        new = {name: some for name, (_, some) in zip(names, texts, strict=True) if some and name not in known}
        vectors_of = known | self._encoded(new)
        found = map(vectors_of.get, names)
        return [compare(one, other) if one and other else None for one, other in zip(found, found, strict=True)]

    def _name(self, ref: str, texts: Sequence[str]) -> Name:
        made_by = self.encoder.name if self.encoder else ""
        return ref, digest("\n".join((made_by, *texts)))

    def _known(self, refs: Collection[str]) -> dict[Name, bytes]:
        queries = (select(vectors).where(vectors.c.ref.in_(batch)) for batch in some(refs))
        with self._engine.connect() as connection:
            kept = {(row.ref, row.fingerprint): row.vector for query in queries for row in connection.execute(query)}
        return kept | {(text.ref, text.fingerprint): text.vector for text in self.read}

    def _encoded(self, texts: Mapping[Name, Sequence[str]]) -> dict[Name, bytes]:
        if not texts or not self.encoder:
            return {}
        made = dict(zip(texts, self.encoder.encode(list(texts.values())), strict=True))
        self.read += [Text(*name, vector) for name, vector in made.items()]
        return made


def keep_texts(connection: Connection, texts: Iterable[Text]) -> None:
    """Keep what was read."""
    put(connection, vectors, (text._asdict() for text in texts))
