"""The programme's languages as staff name them in a cell."""

from collections.abc import Mapping

from babel import Locale

from tasks.domain.folding import fold
from tasks.domain.programme import Language


def find_language(text: str, languages: Mapping[str, Language]) -> str | None:
    """The code for a code or for the language's name in any of the programme's languages; None for anything else."""
    key = fold(text)
    return next((code for code, language in languages.items() if key in _names(code, language, languages)), None)


def _names(code: str, language: Language, languages: Mapping[str, Language]) -> set[str]:
    native = {fold(code), fold(language.name)}
    return native | {fold(name) for reader in languages if (name := Locale.parse(reader).languages.get(code))}
