"""A formula as a tree: what there is in it, and what it reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.sandbox.sheets.ranges import Box


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text or a truth value."""

    value: float | str | bool


@dataclass(frozen=True, slots=True)
class Mistake:
    """An error that stands in the formula, such as ``#REF!`` for what was deleted."""

    code: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells of a tab; of the formula's own where ``title`` is None."""

    title: str | None
    box: Box


@dataclass(frozen=True, slots=True)
class Name:
    """A named range perhaps."""

    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator with its operands, one or two; ``%`` is written behind its only one."""

    sign: str
    operands: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Function:
    """A function with its arguments; None stands for one that was left out, as the second of ``IF(A1,,2)``."""

    name: str
    arguments: "tuple[Node | None, ...]"


Node = Constant | Mistake | Reference | Name | Operation | Function


def references(node: Node | None) -> Iterator[Reference | Name]:
    """Everything that the tree reads."""
    if isinstance(node, Reference | Name):
        yield node
    elif isinstance(node, Operation | Function):
        for part in node.operands if isinstance(node, Operation) else node.arguments:
            yield from references(part)
