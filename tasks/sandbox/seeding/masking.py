"""Exports without their people: which cells are replaced, and which say no more than the form itself."""

import random
import re
from dataclasses import replace

from babel import Locale
from email_validator import EmailNotValidError, validate_email

from tasks.domain.folding import fold
from tasks.domain.known_language import find_language
from tasks.domain.zones import find_zone
from tasks.sandbox.seeding.exports import Export, Found
from tasks.sandbox.seeding.fitting import Fit
from tasks.sandbox.seeding.pseudonyms import Pseudonyms
from tasks.sandbox.seeding.stamps import reads_as_a_time
from tasks.sandbox.world import World

NAMES = {"contact_name", "name"}
MENTIONS = {"presenters"}
LONG_NUMBER = 6


def without_people(world: World, fits: list[Fit], source: random.Random) -> list[Fit]:
    """The same tabs about invented people, the same person the same in all of them; headers stay."""
    texts = [str(cell) for one in fits for row in one.export.rows[1:] for cell in row]
    pseudonyms = Pseudonyms(_texts(fits, NAMES), source, mentions=_texts(fits, MENTIONS), texts=texts)
    masking = Masking(world, pseudonyms)
    return [replace(one, export=masking.export(one)) for one in fits]


def _texts(fits: list[Fit], fields: set[str]) -> list[str]:
    return [
        str(row[at] or "")
        for one in fits
        for at, field in one.fields.items()
        if field in fields
        for row in one.export.rows[1:]
        if at < len(row)
    ]


class Masking:
    """Decides cell by cell."""

    def __init__(self, world: World, pseudonyms: Pseudonyms) -> None:
        self.world = world
        self.pseudonyms = pseudonyms
        self.closed = _closed_answers(world)
        self.countries = {fold(name) for code in ("en", "es", "fr") for name in Locale(code).territories.values()}

    def export(self, one: Fit) -> Export:
        """The export with every cell below the headers replaced where it must be."""
        header, *rows = one.export.rows
        masked = [
            [self._cell(one.fields.get(at, ""), cell, one.layout.language) for at, cell in enumerate(row)]
            for row in rows
        ]
        return Export(one.export.origin, [header, *masked])

    def _cell(self, field: str, cell: Found, language: str) -> Found:
        if isinstance(cell, str):
            return self._text(field, cell, language)
        if isinstance(cell, int | float) and not isinstance(cell, bool) and len(str(int(cell))) >= LONG_NUMBER:
            return int(self.pseudonyms.text(str(int(cell))))
        return cell

    def _text(self, field: str, text: str, language: str) -> str:
        if self._many_share(field, text):
            return text
        if field == "email" and _is_address(text.strip()):
            return text.replace(text.strip(), self.pseudonyms.address(text.strip()))
        question = self.world.programme.questions.get(field)
        if question is not None and question.options:
            parts = self.closed.split(text)
            return "".join(part if at % 2 else self.pseudonyms.text(part, language) for at, part in enumerate(parts))
        return self.pseudonyms.text(text, language)

    def _many_share(self, field: str, text: str) -> bool:
        """A time stamp, a country, a city of a time zone, a language or a tick."""
        if field == "timestamp":
            return reads_as_a_time(text)
        if field == "country":
            return fold(text) in self.countries
        if field == "time_zone":
            return find_zone(text) is not None
        if field in {"language", "languages"}:
            return find_language(text, self.world.languages) is not None
        return text.upper() in {"TRUE", "FALSE"}


def _is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def _closed_answers(world: World) -> re.Pattern[str]:
    spoken = world.languages.values()
    wordings = {text for language in spoken for some in language.options.values() for text in some.values()}
    wordings |= {text for language in spoken for text in language.other.values()}
    either = "|".join(map(re.escape, sorted(wordings, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)({either})(?!\w)", re.IGNORECASE)
