"""Which translations of a letter can be used, and which language stands in for one that cannot."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tasks.domain.letter_files import Letter, LettersError, read_letter, read_text, source_hash
from tasks.domain.mail_identity import Sheet, is_threaded
from tasks.domain.programme import Language

ORIGINAL = "en"  # the language that the others are translated from


class Why(StrEnum):
    """Why a translation cannot be used."""

    missing = "missing"
    stale = "stale"
    unequal = "unequal"
    unusable = "unusable"


@dataclass(frozen=True, slots=True)
class Fault:
    """A translation that cannot be used, and the language its readers are written to in meanwhile.

    ``detail`` is the source that a stale one must name, the placeholders in which an unequal one differs, or what an
    unusable one is told by its reader.
    """

    kind: Sheet
    language: str
    why: Why
    detail: str
    used: str

    @property
    def file(self) -> str:
        """As people know it."""
        return f"{self.kind}/{self.language}.md"


@dataclass(frozen=True, slots=True)
class Translations:
    """The letters of one kind that can be used, by language, and what is wrong with the others: why and detail."""

    kind: Sheet
    usable: Mapping[str, Letter]
    wrong: Mapping[str, tuple[Why, str]]

    def used(self, language: Language) -> str:
        """The language that readers of ``language`` are written to in. Raises LettersError."""
        for code in (language.code, *language.fallback):
            if code in self.usable:
                return code
        chain = " or ".join(language.fallback) or "its fallback, which is empty"
        raise LettersError(f"{self.kind}/{language.code}.md cannot be used, and neither can {chain}")

    def faults(self, languages: Mapping[str, Language]) -> Iterator[Fault]:
        """One for each translation that cannot be used. Raises LettersError."""
        for code, (why, detail) in self.wrong.items():
            yield Fault(self.kind, code, why, detail, self.used(languages[code]))


def read_translations(folder: Path, kind: Sheet, languages: Mapping[str, Language]) -> Translations:
    """Compare each language's file with the original. Raises LettersError where the original cannot be used."""
    path = folder / kind / f"{ORIGINAL}.md"
    original, source = read_letter(path), source_hash(read_text(path))
    if bool(original.subject) is is_threaded(kind):
        rule = "no subject, for it goes on in a thread" if is_threaded(kind) else "a subject"
        raise LettersError(f"{path} must have {rule}")
    usable, wrong = {}, {}
    for code in languages:
        translation = _read(folder / kind / f"{code}.md", original, "" if code == ORIGINAL else source)
        if isinstance(translation, Letter):
            usable[code] = translation
        else:
            wrong[code] = translation
    return Translations(kind, usable, wrong)


def _read(path: Path, original: Letter, source: str) -> Letter | tuple[Why, str]:
    if not path.is_file():
        return Why.missing, ""
    try:
        letter = read_letter(path)
    except LettersError as error:
        return Why.unusable, str(error)
    if different := sorted(letter.parts ^ original.parts):
        return Why.unequal, ", ".join(different)
    return (Why.stale, source) if letter.source != source else letter
