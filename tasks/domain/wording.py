"""How a mail that staff asked for is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """``language`` is of its letter (``""``: everybody's own), ``preface`` what staff say above it, ``reason`` for us.

    ``contact`` is who of the Secretariat writes; ``questions`` are those that a letter asks, as names of the form's
    questions or as staff typed them. An invitation ``as_copy`` is what its reader got last, as far as a copy is kept.
    """

    language: str = ""
    preface: str = ""
    reason: str = ""
    contact: str = ""
    questions: tuple[str, ...] = ()
    as_copy: bool = False


AS_USUAL = Wording()
