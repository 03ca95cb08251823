"""How the people of the Members tab want to be written to, whether they are subscribed or not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tasks.domain.addresses import person
from tasks.domain.cells import is_blank
from tasks.domain.member_choices import Choices
from tasks.domain.models import Discretion, Person
from tasks.domain.options import Chosen
from tasks.domain.table import Row, Table

LITTLE = frozenset({Discretion.minimal})
"""For whoever wants something that we cannot read, until it can be read."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """By address (comparison form); None where nobody knows them: then everybody gets as little as possible."""

    by_address: Mapping[str, frozenset[Discretion]] | None = None

    def asked(self, somebody: Person) -> Person:
        """The same person, to be written to as they wish."""
        unknown = LITTLE if self.by_address is None else frozenset[Discretion]()
        return replace(somebody, discretion=(self.by_address or {}).get(somebody.address_key, unknown))


NO_WISHES = Wishes({})
UNKNOWN = Wishes()


def read_wishes(table: Table, choices: Choices) -> tuple[Wishes, list[tuple[Row, Chosen]]]:
    """What the rows wish, one person's together; and the rows that hold a word nobody knows."""
    found: dict[str, frozenset[Discretion]] = {}
    misspelt = []
    for row in table.rows:
        if is_blank(row.cells.get("discretion", "")):
            continue
        chosen = choices.read("discretion", row.text("discretion"))
        misspelt += [(row, chosen)] if chosen.unknown else []
        if somebody := person("", row.text("email")):
            wished = LITTLE if chosen.unknown else frozenset(Discretion(code) for code in chosen.codes if code)
            found[somebody.address_key] = found.get(somebody.address_key, frozenset()) | wished
    return Wishes(found), misspelt
