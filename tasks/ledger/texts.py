"""Texts that the encoder has read: each is read once and kept, so that nothing is loaded where there is nothing new."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, Engine, select

from tasks.domain.duplicates.meaning import Meaning
from tasks.domain.duplicates.proposal import Proposal
from tasks.domain.duplicates.text import texts_to_encode
from tasks.domain.keys import digest
from tasks.ledger.batches import some
from tasks.ledger.schema import vectors
from tasks.ledger.writing import put

Name = tuple[str, str]


class Encoder(Protocol):
    """Makes vectors of the texts of proposals, and tells how near those of two are."""

    name: str

    def encode(self, proposals: Sequence[Sequence[str]]) -> list[bytes]:
        """The vectors of each proposal."""

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

    def closeness(self, couples: Sequence[tuple[Proposal, Proposal]]) -> list[Meaning | None]:
        """How near the texts of each couple are in meaning; None without an encoder or without text."""
        if not self.encoder or not couples:
            return [None] * len(couples)
        known = self._known({one.ref for one in chain(*couples)})
        names = [tuple(map(self._name, couple)) for couple in couples]
        texts = {name: texts_to_encode(one) for name, one in zip(chain(*names), chain(*couples), strict=True)}
        vectors_of = known | self._encoded({name: text for name, text in texts.items() if text and name not in known})
        return [
            self.encoder.compare(vectors_of[one], vectors_of[other])
            if one in vectors_of and other in vectors_of
            else None
            for one, other in names
        ]

    def _name(self, proposal: Proposal) -> Name:
        made_by = self.encoder.name if self.encoder else ""
        return proposal.ref, digest("\n".join((made_by, *texts_to_encode(proposal))))

    def _known(self, refs: Collection[str]) -> dict[Name, bytes]:
        with self._engine.connect() as connection:
            return {
                (row.ref, row.fingerprint): row.vector
                for batch in some(refs)
                for row in connection.execute(select(vectors).where(vectors.c.ref.in_(batch)))
            }

    def _encoded(self, texts: Mapping[Name, Sequence[str]]) -> dict[Name, bytes]:
        if not texts or not self.encoder:
            return {}
        made = dict(zip(texts, self.encoder.encode(list(texts.values())), strict=True))
        self.read += [Text(*name, vector) for name, vector in made.items()]
        return made


def keep_texts(connection: Connection, texts: Iterable[Text]) -> None:
    """Keep what was read."""
    put(connection, vectors, (text._asdict() for text in texts))
