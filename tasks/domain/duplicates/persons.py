"""Who sent a proposal, as keys that two of them are compared by."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from tasks.domain.duplicates.wording import word_set
from tasks.domain.normalise.names import names_match, names_near

LONG_LOCAL = 5
NINE = 9
FREE = word_set(
    "gmail googlemail hotmail outlook live msn yahoo ymail icloud me aol gmx protonmail proton pm tutanota zoho mail "
    "orange laposte free wanadoo sfr yandex qq 163"
)


@dataclass(frozen=True, slots=True)
class Sender:
    """``address`` is the canonical one; ``domain`` is empty where everybody can have an address at it."""

    name: str
    names: frozenset[str]
    address: str
    domain: str
    phone: str

    @property
    def local(self) -> str:
        """What stands before the @."""
        return self.address.rpartition("@")[0]


def own_domain(address: str) -> str:
    """The domain of an organisation; empty for a mail service that is open to all."""
    domain = address.rpartition("@")[2]
    return "" if domain.partition(".")[0] in FREE else domain


def last_digits(phone: str) -> str:
    """The last nine digits, which country codes and trunk zeros leave alone; empty where there are fewer."""
    digits = "".join(letter for letter in phone.removesuffix(".0") if letter.isdecimal())
    return digits[-9:] if len(digits) >= NINE else ""


def names_conflict(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both give a name, and neither can be the other."""
    if not one or not other or one == other or names_match(one, other) or names_near(one, other):
        return False
    mine, theirs = _without_initials(one, other), _without_initials(other, one)
    return not (mine <= other or theirs <= one)


def _without_initials(names: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The words of a name, but for single letters with which a word of the other one begins."""
    return frozenset(word for word in names if len(word) > 1 or not any(w.startswith(word) for w in other))


def addresses_near(one: Sender, other: Sender) -> bool:
    """One typing error apart in the part before or after the @, and not equal."""
    mine, theirs = one.address.rpartition("@"), other.address.rpartition("@")
    if mine[2] == theirs[2]:
        return one.address != other.address and _near(mine[0], theirs[0])
    return len(mine[0]) >= LONG_LOCAL and mine[0] == theirs[0] and _near(mine[2], theirs[2])


def _near(one: str, other: str) -> bool:
    long = min(len(one), len(other)) >= LONG_LOCAL
    digits = [letter for letter in one if letter.isdigit()], [letter for letter in other if letter.isdigit()]
    return long and digits[0] == digits[1] and OSA.distance(one, other, score_cutoff=1) <= 1


def same_person(one: Sender, other: Sender, *, same_organisation: bool) -> bool:
    """An equal address without another name, or the same name and one thing more; a name alone is nobody."""
    if one.address == other.address:
        return not names_conflict(one.names, other.names)
    if not (names_match(one.names, other.names) or names_near(one.names, other.names)):
        return False
    return (
        addresses_near(one, other)
        or bool(one.domain and one.domain == other.domain)
        or bool(one.phone and one.phone == other.phone)
        or same_organisation
    )
