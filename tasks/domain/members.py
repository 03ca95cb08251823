"""The Members tab becomes the people who are written to: those who are subscribed, each address once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tasks.domain.addresses import person
from tasks.domain.cells import is_blank
from tasks.domain.folding import fold, is_yes
from tasks.domain.known_language import find_language
from tasks.domain.member_choices import Choices
from tasks.domain.member_faults import (
    Members,
    bad_address,
    bad_country,
    bad_language,
    bad_zone,
    contradiction,
    twice,
    unknown_choice,
)
from tasks.domain.models import Member, Problem, Tab
from tasks.domain.normalise.countries import find_country
from tasks.domain.normalise.time_zones import zone_of_country
from tasks.domain.programme import Columns, Language
from tasks.domain.table import Row, column_problems, read_table
from tasks.domain.wishes import UNKNOWN, Wishes, read_wishes
from tasks.domain.zones import find_zone

NO_CHOICES = Choices()


@dataclass(frozen=True, slots=True)
class MembersReading:
    """``members`` are subscribed and each address is there once; ``rows`` counts rows with anything in them.

    ``wishes`` are also those of people who are not subscribed.
    """

    members: tuple[Member, ...]
    rows: int
    unsubscribed: int
    problems: tuple[Problem, ...]
    wishes: Wishes = UNKNOWN


def read_members(
    tab: Tab, *, columns: Columns, languages: Mapping[str, Language], sheet: str = "", choices: Choices = NO_CHOICES
) -> MembersReading:
    """Read the tab; ``sheet`` is the name by which people know it (the tab's title where none is given)."""
    table = read_table(tab, columns.columns)
    members = Members(sheet or columns.tab, columns, table)
    if stops := column_problems(table, columns, members.sheet):
        return MembersReading((), len(table.rows), 0, stops)
    wanted = [row for row in table.rows if is_subscribed(row)]
    problems: list[Problem] = []
    wishes, misspelt = read_wishes(table, choices)
    problems += [unknown_choice(row, members, "discretion", chosen) for row, chosen in misspelt]
    found = [member for row in wanted if (member := _member(row, members, languages, choices, problems))]
    found = [replace(member, person=wishes.asked(member.person)) for member in found]
    refused = {_key(row) for row in table.rows if not is_subscribed(row)}
    return MembersReading(
        members=tuple(_once(found, refused, members, problems)),
        rows=len(table.rows),
        unsubscribed=len(table.rows) - len(wanted),
        problems=tuple(problems),
        wishes=wishes,
    )


def is_subscribed(row: Row) -> bool:
    """Whether staff ticked the box, or wrote yes in one of their languages."""
    return is_yes(row.text("subscribed"))


def _member(
    row: Row, members: Members, languages: Mapping[str, Language], choices: Choices, problems: list[Problem]
) -> Member | None:
    somebody = person(row.text("name"), row.text("email"))
    language = find_language(row.text("language"), languages)
    problems += [] if somebody else [bad_address(row, members)]
    problems += [] if language else [bad_language(row, members, languages)]
    zone = _zone(row, members, problems)
    topics, kinds = (_chosen(row, field, members, choices, problems) for field in ("topics", "kinds"))
    return Member(somebody, language, zone, row.number, topics, kinds) if somebody and language else None


def _zone(row: Row, members: Members, problems: list[Problem]) -> str:
    """The zone that is named, or the one clock of the country; two clocks are not chosen between."""
    if zone := find_zone(row.text("time_zone")):
        return zone
    if not is_blank(row.cells["time_zone"]):
        problems.append(bad_zone(row, members))
    elif not is_blank(row.cells.get("country", "")):
        of_country = zone_of_country(find_country(row.text("country")).value)
        problems += [] if of_country.value else [bad_country(row, members, of_country.may_be)]
        return of_country.value
    return ""


def _chosen(row: Row, field: str, members: Members, choices: Choices, problems: list[Problem]) -> frozenset[str]:
    if is_blank(row.cells.get(field, "")):
        return frozenset()
    chosen = choices.read(field, row.text(field))
    problems += [unknown_choice(row, members, field, chosen)] if chosen.unknown else []
    return frozenset(chosen.codes)


def _once(found: list[Member], refused: set[str], members: Members, problems: list[Problem]) -> Iterator[Member]:
    """One row an address, the same one however the tab is sorted; nobody whose other row says no."""
    by_key: dict[str, list[Member]] = defaultdict(list)
    for member in found:
        by_key[member.person.address_key].append(member)
    for key, same in by_key.items():
        if key in refused:
            problems.append(contradiction(same[0], members))
            continue
        first, *others = sorted(same, key=_order)
        if others:
            problems.append(twice(first, others, members))
        yield first


def _order(member: Member) -> tuple[object, ...]:
    return member.language, fold(member.person.name), member.zone, sorted(member.topics), sorted(member.kinds)


def _key(row: Row) -> str:
    somebody = person("", row.text("email"))
    return somebody.address_key if somebody else ""
