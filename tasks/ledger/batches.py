"""A few things at a time: a query takes only so many."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

AT_A_TIME = 400
T = TypeVar("T")


def some(things: Iterable[T]) -> Iterator[list[T]]:
    """The things in lists that a query can take."""
    rest = iter(things)
    while batch := list(islice(rest, AT_A_TIME)):
        yield batch
