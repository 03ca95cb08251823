"""Writes every mail into a folder, to be looked at before anybody gets one."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config.settings import Settings, SettingsError
from tasks.domain.house import house_of
from tasks.domain.letter_files import LettersError
from tasks.domain.letter_notices import advice
from tasks.domain.letter_shelf import load_letters
from tasks.domain.letters import Letters
from tasks.domain.mail_identity import MailKind
from tasks.domain.previews import Preview, advice_on, previews

MADE_AT = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)  # the same files in every year, so that they can be compared


def letters_of(settings: Settings) -> Letters:
    """The letters as a run reads them. Raises SettingsError."""
    try:
        return load_letters(settings.templates / "mail", settings.languages)
    except LettersError as error:
        raise SettingsError(str(error)) from None


def make_previews(
    settings: Settings, letters: Letters, kinds: Iterable[MailKind], languages: Iterable[str], name: str = ""
) -> list[Preview]:
    """Every mail, and what the rules say of it."""
    house = house_of(settings.programme, settings.languages, letters)
    chosen = {code: settings.languages[code] for code in languages}
    return list(previews(letters, house, chosen, kinds=kinds, name=name, made_at=MADE_AT))


def write_previews(settings: Settings, letters: Letters, made: Sequence[Preview], folder: Path) -> None:
    """Write each mail as .html, .txt, .eml and .ics, and index.html."""
    for one in made:
        for file, content in one.files():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    (folder / "index.html").write_text(_index(settings, letters, made), encoding="utf-8")


def _index(settings: Settings, letters: Letters, made: Sequence[Preview]) -> str:
    loader = FileSystemLoader(settings.templates / "preview")
    page = Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("index.html")
    kinds = {
        kind: {code: list(some) for code, some in groupby(of_kind, key=lambda one: one.language)}
        for kind, of_kind in groupby(made, key=lambda one: one.kind)
    }
    names = {code: language.name for code, language in settings.languages.items()}
    faults = [*advice(letters.faults), *advice_on(made)]
    return page.render(programme=settings.programme.name, kinds=kinds, names=names, faults=faults)
