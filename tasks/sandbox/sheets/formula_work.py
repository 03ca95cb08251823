"""A formula's tree worked out: operators, functions, and what they read from the spreadsheet."""

import operator
from collections.abc import Callable
from dataclasses import dataclass

from tasks.sandbox.sheets.formula_conditions import COMPARISONS
from tasks.sandbox.sheets.formula_functions import FUNCTIONS, call
from tasks.sandbox.sheets.formula_tree import Constant, Function, Mistake, Name, Node, Operation, Reference
from tasks.sandbox.sheets.formula_values import (
    DIVISION,
    MISSING,
    NAME,
    NUM,
    VALUE,
    Argument,
    Desk,
    Failure,
    FormulaError,
    Grid,
    Moment,
    Scalar,
    numeric,
    ordered,
    single,
    text,
    truth,
)

Read = Callable[[Reference | Name], Grid]
ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
}
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Work:
    """Works out the formula of one cell; ``read`` raises FormulaError for what does not exist."""

    desk: Desk
    read: Read
    row: int
    column: int

    def result(self, tree: Node) -> Scalar:
        """The value of the cell. Raises FormulaError."""
        value = self.value(tree)
        if isinstance(value, Grid):
            value = self._own(value)
        return single(value)

    def value(self, node: Node | None) -> Argument:
        """The value of a part. Raises FormulaError."""
        match node:
            case None:
                return None
            case Constant(value):
                return value
            case Mistake(code):
                raise FormulaError(code)
            case Reference() | Name():
                return self.read(node)
            case Operation(sign, operands):
                return self._operation(sign, [self.value(part) for part in operands])
            case Function():
                return self._function(node)

    def _own(self, found: Grid) -> Argument:
        """Of a whole column or row a cell takes what stands beside it; other grids do not fit into a cell."""
        if len(found.rows) == 1 and len(found.rows[0]) == 1:
            return found.rows[0][0]
        if found.top is None:
            raise FormulaError(NAME)
        down, across = self.row - found.top, self.column - found.left
        if all(len(row) == 1 for row in found.rows) and 0 <= down < len(found.rows):
            return found.rows[down][0]
        if len(found.rows) == 1 and 0 <= across < len(found.rows[0]):
            return found.rows[0][across]
        raise FormulaError(VALUE)

    def _function(self, node: Function) -> Argument:
        lazy = LAZY.get(node.name)
        if lazy:
            return lazy(self, node.arguments)
        if node.name not in FUNCTIONS:
            raise FormulaError(NAME)
        if node.name.startswith("IS"):
            return call(self.desk, node.name, [self._tried(part) for part in node.arguments])
        return call(self.desk, node.name, [self.value(part) for part in node.arguments])

    def _tried(self, node: Node | None) -> Argument:
        """An error as a value, for those who ask whether it is one."""
        try:
            return self.value(node)
        except FormulaError as error:
            return Failure(error.code)

    def _operation(self, sign: str, given: list[Argument]) -> Argument:
        """Also row by row over grids, as FILTER wants its conditions."""
        height = max((len(part.rows) for part in given if isinstance(part, Grid)), default=0)
        if height <= 1:
            return self._single(sign, given)
        return Grid([[self._quiet(sign, [_line(part, at) for part in given])] for at in range(height)])

    def _quiet(self, sign: str, given: list[Argument]) -> Scalar:
        try:
            return single(self._single(sign, given))
        except FormulaError as error:
            return Failure(error.code)

    def _single(self, sign: str, given: list[Argument]) -> Argument:
        if sign in COMPARISONS:
            return COMPARISONS[sign](ordered(single(given[0]), single(given[1])))
        if sign == "&":
            return text(given[0], self.desk.locale) + text(given[1], self.desk.locale)
        numbers = [numeric(part, self.desk.locale) for part in given]
        if sign == "%":
            return numbers[0] / PERCENT
        if len(numbers) == 1:
            return -numbers[0] if sign == "-" else numbers[0]
        return _reckoned(sign, numbers[0], numbers[1])

    def _if(self, arguments: tuple[Node | None, ...]) -> Argument:
        _check(arguments, 2, 3)
        if truth(self.value(arguments[0])):
            return self.value(arguments[1])
        return self.value(arguments[2]) if len(arguments) > 2 else False  # noqa: PLR2004 (the third is optional)

    def _ifs(self, arguments: tuple[Node | None, ...]) -> Argument:
        _check(arguments, 2, 254)
        for at in range(0, len(arguments) - 1, 2):
            if truth(self.value(arguments[at])):
                return self.value(arguments[at + 1])
        raise FormulaError(MISSING)

    def _if_error(self, arguments: tuple[Node | None, ...], only: str = "") -> Argument:
        _check(arguments, 1, 2)
        try:
            found = self.value(arguments[0])
            single(self._own(found) if isinstance(found, Grid) else found)
        except FormulaError as error:
            if only and error.code != only:
                raise
            return self.value(arguments[1]) if len(arguments) > 1 else None
        return found


def _check(arguments: tuple[Node | None, ...], least: int, most: int) -> None:
    if not least <= len(arguments) <= most:
        raise FormulaError(MISSING)


def _line(part: Argument, at: int) -> Argument:
    if not isinstance(part, Grid):
        return part
    if len(part.rows) == 1:
        at = 0
    if at >= len(part.rows) or len(part.rows[at]) != 1:
        return Failure(VALUE)
    return part.rows[at][0]


def _reckoned(sign: str, left: float, right: float) -> float:
    try:
        found = ARITHMETIC[sign](left, right)
    except ZeroDivisionError:
        raise FormulaError(DIVISION if sign == "/" else NUM) from None
    except OverflowError:
        raise FormulaError(NUM) from None
    if isinstance(found, complex) or found in {float("inf"), float("-inf")}:
        raise FormulaError(NUM)
    moments = [one for one in (left, right) if isinstance(one, Moment)]
    return Moment.of(found, moments[0].pattern) if len(moments) == 1 and sign in "+-" else found


LAZY: dict[str, Callable[[Work, tuple[Node | None, ...]], Argument]] = {
    "IF": Work._if,  # noqa: SLF001 (its own table)
    "IFS": Work._ifs,  # noqa: SLF001 (its own table)
    "IFERROR": Work._if_error,  # noqa: SLF001 (its own table)
    "IFNA": lambda work, arguments: work._if_error(arguments, MISSING),  # noqa: SLF001 (its own table)
}
