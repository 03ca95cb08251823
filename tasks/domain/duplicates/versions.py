"""The hard rule: when two proposals are two versions of one submission, and what stands in the way otherwise."""

from collections.abc import Iterator

from tasks.domain.duplicates.additions import summary_obstacles, title_obstacles
from tasks.domain.duplicates.persons import names_conflict, same_person
from tasks.domain.duplicates.proposal import Proposal
from tasks.domain.duplicates.typos import Lexicon

OBSTACLES = (
    "language",
    "year",
    "name",
    "person",
    "part",
    "number",
    "region",
    "closed-answers",
    "presenters",
    "title-words",
    "summary-words",
    "word-order",
    "added-negation",
    "added-number",
    "added-place",
    "empty-title",
    "empty-summary",
    "long-text",
)
"""Everything that ``obstacles`` can answer; staff read a phrase for each."""


def same_response(one: Proposal, other: Proposal) -> bool:
    """Google Forms says that they are one response, edited."""
    return bool(one.response_id) and one.response_id == other.response_id


def obstacles(one: Proposal, other: Proposal, lexicon: Lexicon) -> tuple[str, ...]:
    """Why the two are not versions of one submission without asking anybody, as codes; none where they are."""
    found = tuple(dict.fromkeys(_before_reading(one, other)))
    texts = {*title_obstacles(one.title, other.title, lexicon), *summary_obstacles(one.summary, other.summary, lexicon)}
    return (*found, *sorted(texts))


def _before_reading(one: Proposal, other: Proposal) -> Iterator[str]:
    if one.language != other.language:
        yield "language"
    if one.year != other.year:
        yield "year"
    if one.sender.address == other.sender.address and names_conflict(one.sender.names, other.sender.names):
        yield "name"
    elif not is_same_person(one, other):
        yield "person"
    if one.parts != other.parts:
        yield "part"
    if one.numbers != other.numbers:
        yield "number"
    if one.regions != other.regions or (one.country and other.country and one.country != other.country):
        yield "region"
    if dict(one.closed) != dict(other.closed):
        yield "closed-answers"
    if co_presenters_conflict(one, other):
        yield "presenters"


def is_same_person(one: Proposal, other: Proposal) -> bool:
    """One sender, by more than the name."""
    same_organisation = bool(one.organisation) and one.organisation == other.organisation
    return same_person(one.sender, other.sender, same_organisation=same_organisation)


def co_presenters_conflict(one: Proposal, other: Proposal) -> bool:
    """Each names somebody on stage whom the other does not."""
    mine, theirs = set(one.presenters), set(other.presenters)
    return bool(mine - theirs) and bool(theirs - mine)
