"""How a mail that staff asked for is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """``language`` is of its letter (``""``: everybody's own), ``preface`` what staff say above it, ``reason`` for us.

    ``contact`` is who of the Secretariat writes; ``questions`` are those that a letter asks, as names of the form's
    questions or as staff typed them.
    """

    language: str = ""
    preface: str = ""
    reason: str = ""
    contact: str = ""
    questions: tuple[str, ...] = ()


AS_USUAL = Wording()
