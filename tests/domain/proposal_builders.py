"""Proposals to compare, made from rows of a response sheet."""

from dataclasses import replace

from config.duplicates import load_rules
from tasks.domain.duplicates.judge import judge
from tasks.domain.duplicates.proposal import proposal_of
from tasks.domain.duplicates.versions import obstacles
from tasks.domain.keys import response_key
from tests.domain.sheet_builders import STAMP, the_response

RULES = load_rules()
LATER = STAMP + 3


def a_proposal(ref="K7P2QX", *, language="en", response_id="", **changes):
    response = replace(the_response(**changes), language=language)
    return proposal_of(ref, replace(response, key=response_key(response_id)) if response_id else response)


def verdict(one, other, meaning=None):
    return judge(one, other, meaning=meaning, rules=RULES)


def sent_again(before, after, *, language="en", field="title", **changes):
    """The verdict on a proposal that was sent once more with another title (or another field)."""
    first = a_proposal(language=language, **{field: before})
    return verdict(first, a_proposal("M4XB7T", language=language, **{"timestamp": LATER, **changes, field: after}))


def in_the_way(before, after, *, field="title", **changes):
    """What keeps the two from being versions of one submission without asking."""
    second = a_proposal("M4XB7T", **{"timestamp": LATER, **changes, field: after})
    return obstacles(a_proposal(**{field: before}), second, RULES.known)
