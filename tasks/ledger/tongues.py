"""What the model of languages said of texts: it takes a second to load, so it is asked once about each."""

from functools import cached_property
from importlib.metadata import version

from sqlalchemy import Engine, delete, select

from tasks.domain.keys import digest
from tasks.domain.normalise.text_language import MODEL, Identify, identified
from tasks.ledger.schema import tongues
from tasks.ledger.writing import put

MADE_BY = f"py3langid-{version('py3langid')} {MODEL}"


class Tongues:
    """``model`` is asked about texts of which nothing is known that was ``made_by`` it."""

    def __init__(self, engine: Engine, model: Identify = identified, made_by: str = MADE_BY) -> None:
        self._engine = engine
        self._model = model
        self._made_by = made_by
        self._new: dict[str, tuple[str, float]] = {}

    def identify(self, text: str) -> tuple[str, float]:
        """The code of the text's language, and how sure that is."""
        name = digest(text)
        if name not in self._known:
            self._known[name] = self._new[name] = self._model(text)
        return self._known[name]

    def keep(self) -> None:
        """Keep what the model said anew, and nothing that another one said."""
        if not self._new:
            return
        rows = [
            {"text": name, "made_by": self._made_by, "code": code, "certainty": certainty}
            for name, (code, certainty) in self._new.items()
        ]
        with self._engine.begin() as connection:
            connection.execute(delete(tongues).where(tongues.c.made_by != self._made_by))
            put(connection, tongues, rows)
        self._new.clear()

    @cached_property
    def _known(self) -> dict[str, tuple[str, float]]:
        query = select(tongues).where(tongues.c.made_by == self._made_by)
        with self._engine.connect() as connection:
            return {row.text: (row.code, row.certainty) for row in connection.execute(query)}
